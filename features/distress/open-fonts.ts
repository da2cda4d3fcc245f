// The letters of the page for a held person, for phones that lack them: a phone that has a font of its own fetches nothing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What phones call their own font of a script: Android's, then Apple's, then Windows'. */
const own = {
  khmer: ["Noto Sans Khmer", "Khmer Sangam MN", "Khmer UI"],
  lao: ["Noto Sans Lao", "Lao Sangam MN", "Lao UI"],
  myanmar: ["Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text"],
  tamil: ["Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI"],
  thai: ["Noto Sans Thai", "Thonburi", "Leelawadee UI"],
} as const;
export type OpenScript = keyof typeof own;
const scripts = Object.keys(own) as OpenScript[];
export const isOpenScript = (name: string): name is OpenScript => Object.hasOwn(own, name);

const { resolve } = createRequire(import.meta.url);
const rangeOf = (script: OpenScript): string =>
  (
    JSON.parse(readFileSync(resolve(`@fontsource/noto-sans-${script}/unicode.json`), "utf8")) as Record<
      OpenScript,
      string
    >
  )[script];

/** WOFF2, 9 to 47 kB. */
export const openFont = (script: OpenScript): Buffer =>
  readFileSync(
    resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff2`),
  );

/** Shown at once in what the phone has, and again when the font is there. */
const face = (family: string, sources: string[], script: OpenScript): string =>
  `@font-face{font-family:${family};src:${sources.join(",")};font-display:swap;unicode-range:${rangeOf(script)}}`;

/**
 * The rules for all scripts, fonts below `path`. Burmese text always comes in ours: many phones there draw Zawgyi, and
 * would garble it under the name of their own font. The names of the languages do not need that.
 */
export function openFontRules(path: string): string {
  const rules = scripts.map((script) => {
    const ours = `url(${path}/${script}) format("woff2")`;
    return face("open", [...own[script].map((name) => `local("${name}")`), ours], script);
  });
  return [
    ...rules,
    face("open-my", [`url(${path}/myanmar) format("woff2")`], "myanmar"),
    `html[lang=my] body{font-family:open-my,sans-serif}`,
  ].join("\n");
}
