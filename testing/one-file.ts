// A program of the house as one file, for tests that start it again and again: read in a third of the time.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const house = fileURLToPath(new URL("..", import.meta.url));

/** What is used of esbuild, the translator with which every start runs. */
interface Translator {
  build(asked: object): Promise<unknown>;
}
interface Build {
  onResolve(where: { filter: RegExp }, done: (found: { path: string }) => object | undefined): void;
  onLoad(where: { filter: RegExp }, done: (found: { path: string }) => Promise<object>): void;
}

/** Gives its place. Packages of others stay outside, and every module keeps the address of its source. */
export async function oneFile(program: string): Promise<string> {
  const { build } = createRequire(createRequire(import.meta.url).resolve("tsx"))("esbuild") as Translator;
  const folder = path.join(house, ".cache", "one-file");
  await mkdir(folder, { recursive: true });
  const outfile = path.join(folder, `${path.basename(program, ".ts")}-${process.pid}.mjs`);
  const setup = (at: Build): void => {
    at.onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
      name.startsWith("@simpul/") ? undefined : { path: name, external: true },
    );
    at.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replaceAll(
        "import.meta.url",
        JSON.stringify(pathToFileURL(file).href),
      ),
      loader: "ts",
    }));
  };
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: `node${process.versions.node}`,
    plugins: [{ name: "source", setup }],
  });
  return outfile;
}
