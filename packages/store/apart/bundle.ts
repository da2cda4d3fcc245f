// A program of the house put together as one text of JavaScript: read in a sixth of the time that its many files take.
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/** Put together here, for this module too becomes part of such a text. */
const ownAddress = ["import", "meta", "url"].join(".");

/** Our own modules keep the address of their source, by which they find what lies beside them. */
const addresses: Plugin = {
  name: "addresses of sources",
  setup: (at) =>
    at.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(
        ownAddress,
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: "ts",
    })),
};

/** Our own packages are of the house, whatever their names look like. */
const others: Plugin = {
  name: "packages of others stay outside",
  setup: (at) =>
    at.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith("@simpul/") ? undefined : { path, external: true },
    ),
};

/**
 * Gives the program as text, an ES module for this version of Node. `outside` names the packages of others that are
 * looked up when it runs (those with parts that are no JavaScript, and large ones that few runs need); "all" is every one.
 */
export async function bundle(program: URL, outside: readonly string[] | "all"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(program)],
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: `node${process.versions.node}`,
    logLevel: "silent",
    // What was written for `require` finds it.
    banner: {
      js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(${ownAddress});`,
    },
    plugins: outside === "all" ? [addresses, others] : [addresses],
    external: outside === "all" ? [] : [...outside],
  });
  return outputFiles[0]!.text;
}
