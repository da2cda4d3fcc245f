// Builds the offline verifier (apps/verifier): one page without any file beside it, and one script for node.
//
// `vite build --config verifier.config.ts --mode page|script`; the same sources give the same bytes.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import type { Plugin } from "vite";

const house = fileURLToPath(new URL("../../", import.meta.url));
const verifier = fileURLToPath(new URL("../verifier/", import.meta.url));
const read = (file: string): string => readFileSync(verifier + file, "utf8");
const source = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Puts style and script into the page itself, under a policy that names just these two and forbids every connection. */
const onePage = (): Plugin => ({
  name: "simpul-one-page",
  generateBundle(_, bundle) {
    const script = Object.entries(bundle).find(([, part]) => part.type === "chunk");
    if (script?.[1].type !== "chunk") throw new Error("the page has no script");
    // `</script>` inside a text would end the element.
    const code = script[1].code.replaceAll("</script", String.raw`<\/script`);
    const style = read("page/page.css");
    const policy = [
      "default-src 'none'",
      `script-src ${source(code)}`,
      `style-src ${source(style)}`,
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    const parts: Readonly<Record<string, string>> = {
      SECURITY: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      STYLE: `<style>${style}</style>`,
      SCRIPT: `<script type="module">${code}</script>`,
    };
    const page = read("page/page.html").replaceAll(
      /<!-- ([A-Z]+) -->/g,
      (_all, name: string) => parts[name]!,
    );
    delete bundle[script[0]];
    this.emitFile({ type: "asset", fileName: "verify.html", source: page });
  },
});

/** Which of our files are in the program; apps/verifier/verifier.test.ts counts their lines. */
const whatIsReached = (mode: string): Plugin => ({
  name: "simpul-what-is-reached",
  generateBundle(_, bundle) {
    const parts = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? [part] : []));
    const ids = parts.flatMap(({ modules }) =>
      Object.keys(modules).filter((id) => modules[id]!.renderedLength > 0),
    );
    const files = ids.sort().map((id) => path.relative(house, id));
    this.emitFile({
      type: "asset",
      fileName: `${mode}.reached.json`,
      source: JSON.stringify(files, null, 1),
    });
  },
});

export default defineConfig(({ mode }) => ({
  root: verifier,
  publicDir: false,
  plugins: [whatIsReached(mode), ...(mode === "page" ? [onePage()] : [])],
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: false,
    // A sceptic reads it: nothing is shortened.
    minify: false,
    modulePreload: false,
    lib: {
      entry: mode === "page" ? "page/page.ts" : "script/verify.ts",
      formats: ["es"],
      fileName: () => (mode === "page" ? "page.js" : "verify.mjs"),
    },
    rolldownOptions: { external: [/^node:/] },
  },
}));
