// Builds the pages: split by room and by language, no inline code, fonts as files.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin } from "vite";
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

/** What is said before somebody signed in. */
const atTheDoor = /(packages\/doors|features\/access)\//;

/**
 * Two files per language: what the door says (`virtual:words/km`), and the rest (`virtual:words-inside/km`), so that a
 * slow line waits for the door alone and then asks once.
 */
function words(): Plugin {
  return {
    name: "simpul-words",
    resolveId: (id) => (/^virtual:words(-inside)?\//.test(id) ? `\0${id}` : null),
    load(id) {
      const asked = /^\0virtual:words(-inside)?\/(.+)$/.exec(id);
      if (asked === null) return null;
      const inside = asked[1] !== undefined;
      const locale = asked[2]!;
      if (!(locales as readonly string[]).includes(locale)) return null;
      const all: Record<string, string> = {};
      for (const folder of catalogueFolders().filter((one) => atTheDoor.test(one) !== inside)) {
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

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [words(), woff2Only(), react()],
  // The server puts the nonce of the request in its place (apps/server/assets.ts).
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // A font as data: would break the policy `font-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
});
