// Finds the given data that some tests read, which lies beside the repository and may be absent.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The path of a given file or folder, or null when this machine has none: the test is then skipped and says so. */
export function given(name: string): string | null {
  const folder = path.resolve(root, process.env["SIMPUL_DATA"] ?? "../shared/data");
  const file = path.join(folder, name);
  return existsSync(file) ? file : null;
}
