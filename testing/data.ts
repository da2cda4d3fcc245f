// Where tests find the data they were given: real files that lie outside the repository.
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(process.env["SIMPUL_DATA"] ?? "../shared/data");

/** The place of a given file, or null where this machine has none: such tests are skipped and say so. */
export function given(path: string): string | null {
  const place = resolve(root, path);
  return existsSync(place) ? place : null;
}
