// The letters of the page for a held person, for phones that lack them: a phone that has a font of its own fetches nothing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chineseFile, chinesePieces, ownChinese } from "@simpul/doors/i18n/chinese";

/** What phones call their own font of a script: Android's, then Apple's, then Windows'. */
const own = {
  khmer: ["Noto Sans Khmer", "Khmer Sangam MN", "Khmer UI"],
  lao: ["Noto Sans Lao", "Lao Sangam MN", "Lao UI"],
  myanmar: ["Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text"],
  tamil: ["Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI"],
  thai: ["Noto Sans Thai", "Thonburi", "Leelawadee UI"],
} as const;
type OpenScript = keyof typeof own;
const scripts = Object.keys(own) as OpenScript[];
const isScript = (name: string): name is OpenScript => Object.hasOwn(own, name);

const { resolve } = createRequire(import.meta.url);
const rangeOf = (script: OpenScript): string =>
  (
    JSON.parse(readFileSync(resolve(`@fontsource/noto-sans-${script}/unicode.json`), "utf8")) as Record<
      OpenScript,
      string
    >
  )[script];

/** WOFF2 of a script or of a piece of Chinese (`chinese-118`), 9 to 47 kB; null where there is none of that name. */
export function openFont(name: string): Uint8Array<ArrayBuffer> | null {
  const file = isScript(name)
    ? resolve(`@fontsource/noto-sans-${name}/files/noto-sans-${name}-${name}-400-normal.woff2`)
    : name.startsWith("chinese-")
      ? chineseFile(name.slice("chinese-".length))
      : null;
  return file === null ? null : new Uint8Array(readFileSync(file));
}

/** Shown at once in what the phone has, and again when the font is there. */
const face = (family: string, sources: string[], range: string): string =>
  `@font-face{font-family:${family};src:${sources.join(",")};font-display:swap;unicode-range:${range}}`;
const local = (names: readonly string[]): string[] => names.map((name) => `local("${name}")`);
const from = (path: string, name: string): string => `url(${path}/${name}) format("woff2")`;

/**
 * The rules for all scripts, fonts below `path`. Burmese text always comes in ours: many phones there draw Zawgyi, and
 * would garble it under the name of their own font. The names of the languages do not need that.
 */
export function openFontRules(path: string): string {
  const rules = scripts.map((script) =>
    face("open", [...local(own[script]), from(path, script)], rangeOf(script)),
  );
  return [
    ...rules,
    face("open-my", [from(path, "myanmar")], rangeOf("myanmar")),
    `html[lang=my] body{font-family:open-my,sans-serif}`,
  ].join("\n");
}

/**
 * The rules for Chinese: the pieces in which these words stand, whole, so that most of a reply is drawn too; with `only`,
 * for these signs alone, as the name of a language needs them.
 */
export const chineseRules = (path: string, words: string, how: { only?: true } = {}): string =>
  chinesePieces(words)
    .map(({ number, whole, these }) =>
      face(
        "open",
        [...local(ownChinese), from(path, `chinese-${number}`)],
        how.only === true ? these : whole,
      ),
    )
    .join("\n");
