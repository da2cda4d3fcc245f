// Builds the pages: split by room and by language, no inline code, fonts as files.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin } from "vite";
import { chineseFile, chinesePieces, ownChinese } from "../../packages/doors/i18n/chinese.ts";
import { locales } from "../../packages/doors/i18n/locales.ts";

const house = fileURLToPath(new URL("../../", import.meta.url));

/** Every folder of words in the house, by rule: in packages, in packages/doors, in features. */
function catalogueFolders(): string[] {
  return ["packages", "packages/doors", "features"]
    .flatMap((above) =>
      readdirSync(path.join(house, above), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(house, above, entry.name, "words")),
    )
    .filter((folder) => {
      try {
        return readdirSync(folder).includes("en.json");
      } catch {
        return false;
      }
    });
}

/** What is said before somebody signed in, and what the phone in the field says. */
const atTheDoor = /(packages\/doors|features\/access)\//;
const inTheField = /(packages\/doors|features\/(field|screening))\//;

/**
 * Files per language: what the door says (`virtual:words/km`), the rest (`virtual:words-inside/km`), so that a slow line
 * waits for the door alone and then asks once; and what the phone in the field says (`virtual:words-field/km`).
 */
function words(): Plugin {
  return {
    name: "simpul-words",
    resolveId: (id) => (/^virtual:words(-inside|-field)?\//.test(id) ? `\0${id}` : null),
    load(id) {
      const asked = /^\0virtual:words(-inside|-field)?\/(.+)$/.exec(id);
      if (asked === null) return null;
      const wanted = (folder: string): boolean =>
        asked[1] === "-field" ? inTheField.test(folder) : atTheDoor.test(folder) === (asked[1] === undefined);
      const locale = asked[2]!;
      if (!(locales as readonly string[]).includes(locale)) return null;
      const all: Record<string, string> = {};
      for (const folder of catalogueFolders().filter(wanted)) {
        const file = path.join(folder, `${locale}.json`);
        this.addWatchFile(file);
        Object.assign(all, JSON.parse(readFileSync(file, "utf8")));
      }
      // A string parsed at run time is read faster than an object literal of this size.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(all))});`;
    },
  };
}

/** Every browser that runs the pages reads woff2; the woff twins would only fill the disk. */
const woff2Only = (): Plugin => ({
  name: "simpul-woff2-only",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("@fontsource") && id.includes(".css")
      ? code.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "")
      : null,
});

/**
 * Chinese for the open page: the pieces of the font in which its own words stand, for these signs alone. Nothing that a
 * visitor pastes asks for another piece, so nothing of it can be told from what is fetched.
 */
const offerChinese = (): Plugin => ({
  name: "simpul-offer-chinese",
  enforce: "pre",
  transform: (code, id) => {
    if (!id.endsWith("/offer/chinese.css")) return null;
    const words = readFileSync(here("../../features/prevention/page-words/zh.json"), "utf8");
    const own = ownChinese.map((name) => `local("${name}")`);
    const rules = chinesePieces(words.replaceAll(/[\u0000-\u2fff]/g, "")).map(({ number, these }) => {
      const file = path.relative(path.dirname(id), chineseFile(number)!);
      const from = [...own, `url("${file}") format("woff2")`].join(",");
      return `@font-face{font-family:"Simpul Chinese";src:${from};font-display:swap;unicode-range:${these}}`;
    });
    return [code, ...rules].join("\n");
  },
});

/** As it is built; each app has its own of it, with its files put in. */
const workerFile = "kept-sw.js";

interface Kept {
  /** Its entry, and the name of its page's address. */
  app: string;
  /** Further files its page needs. */
  also: readonly string[];
  fonts: boolean;
}

/**
 * Tells a service worker which files its app is made of, so that it opens without a line: all that its page can reach;
 * for the field app with the fonts of every language a person may be asked in. Chinese, which comes in a hundred
 * pieces, is drawn there by the phone's own font.
 */
const keptFiles = ({ app, also, fonts }: Kept): Plugin => ({
  name: `simpul-${app}-files`,
  // Written anew when all is on the disk: until then there are chunks that hold styles alone, and are put away.
  writeBundle({ dir }, bundle) {
    const folder = dir ?? "dist";
    const wanted = new Set<string>([app, ...also]);
    const walk = (file: string): void => {
      const one = bundle[file];
      if (one === undefined || wanted.has(file) || !existsSync(path.join(folder, file))) return;
      wanted.add(file);
      if (one.type !== "chunk") return;
      const { importedCss, importedAssets } = one.viteMetadata ?? {};
      for (const next of [
        ...one.imports,
        ...one.dynamicImports,
        ...(importedCss ?? []),
        ...(importedAssets ?? []),
      ])
        walk(next);
    };
    const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
    walk(chunks.find((one) => one.isEntry && one.name === app)!.fileName);
    // Workers are files of their own, named in the text of the chunk that starts them.
    for (const file of app === "field" ? Object.keys(bundle) : [])
      if (/\/pin\.worker-/.test(file)) walk(file);
    const styles = (fonts ? [...wanted] : [])
      .filter((file) => file.endsWith(".css"))
      .map((file) => readFileSync(path.join(folder, file), "utf8"));
    for (const [, font] of styles.join("").matchAll(/url\(\/?(assets\/[^)]+\.woff2)\)/g)) wanted.add(font!);
    const files = [...wanted]
      .filter((file) => !/noto-sans-(sc|cyrillic|greek|devanagari)/.test(file))
      .filter((file) => fonts || !file.endsWith(".woff2"))
      .map((file) => `/${file}`)
      .sort();
    const code = readFileSync(path.join(folder, workerFile), "utf8");
    const version = createHash("sha256").update(files.join()).update(code).digest("hex").slice(0, 12);
    const told = JSON.stringify(JSON.stringify({ app, version, files, fonts }));
    writeFileSync(
      path.join(folder, `${app}-sw.js`),
      code.replace(/["'`]__KEPT_FILES__["'`]/, () => told),
    );
  },
});

const field: Kept = {
  app: "field",
  also: ["field.webmanifest", "icon.svg"],
  fonts: true,
};
const offer: Kept = { app: "offer", also: ["icon.svg"], fonts: false };

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [words(), woff2Only(), offerChinese(), react(), keptFiles(field), keptFiles(offer)],
  // The server puts the nonce of the request in its place (apps/server/assets.ts).
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // A font as data: would break the policy `font-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: here("index.html"),
        field: here("field.html"),
        "kept-sw": here("src/kept-sw.ts"),
        offer: here("offer.html"),
      },
      output: {
        // A service worker keeps its name: its address is what the browser looks for a newer one at.
        entryFileNames: ({ name }) => (/-sw$/.test(name) ? `${name}.js` : "assets/[name]-[hash].js"),
      },
    },
    chunkSizeWarningLimit: 900,
  },
});
