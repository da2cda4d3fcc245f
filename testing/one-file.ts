// A program of the house as one file, for tests that start it again and again: read in a third of the time.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "@simpul/store/apart";

const house = fileURLToPath(new URL("..", import.meta.url));

/** Gives its place. Packages of others stay outside, and every module keeps the address of its source. */
export async function oneFile(program: string): Promise<string> {
  const folder = path.join(house, ".cache", "one-file");
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${path.basename(program, ".ts")}-${process.pid}.mjs`);
  await writeFile(file, await bundle(pathToFileURL(program), "all"));
  return file;
}
