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
type OpenScript = keyof typeof own;
const scripts = Object.keys(own) as OpenScript[];
const isScript = (name: string): name is OpenScript => Object.hasOwn(own, name);

/** Chinese signs come in a hundred pieces, the most common ones together; a phone sold without them has none of these. */
const ownChinese = [
  ...[
    "Noto Sans SC",
    "NotoSansSC-Regular",
    "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular",
    "Droid Sans Fallback",
  ],
  ...["PingFang SC", "PingFangSC-Regular", "STHeitiSC-Light", "Microsoft YaHei", "SimHei"],
];

const { resolve } = createRequire(import.meta.url);
const rangeOf = (script: OpenScript): string =>
  (
    JSON.parse(readFileSync(resolve(`@fontsource/noto-sans-${script}/unicode.json`), "utf8")) as Record<
      OpenScript,
      string
    >
  )[script];

/** By its number, the signs that a piece holds, as CSS writes them. */
const chinese: ReadonlyMap<string, string> = new Map(
  Object.entries(
    JSON.parse(readFileSync(resolve("@fontsource/noto-sans-sc/unicode.json"), "utf8")) as Record<
      string,
      string
    >,
  ).flatMap(([name, range]) => {
    const number = /^\[(\d+)\]$/.exec(name)?.[1];
    return number === undefined ? [] : [[number, range]];
  }),
);

/** WOFF2 of a script or of a piece of Chinese (`chinese-118`), 9 to 47 kB; null where there is none of that name. */
export function openFont(name: string): Uint8Array<ArrayBuffer> | null {
  const piece = name.startsWith("chinese-") ? name.slice("chinese-".length) : null;
  const [family, part] = isScript(name)
    ? [name, name]
    : piece !== null && chinese.has(piece)
      ? ["sc", piece]
      : [null, null];
  if (family === null) return null;
  const file = `@fontsource/noto-sans-${family}/files/noto-sans-${family}-${part}-400-normal.woff2`;
  return new Uint8Array(readFileSync(resolve(file)));
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

/** Whether a sign stands in a range as CSS writes it, e.g. `U+4e00,U+4e03-4e08`. */
const holds = (range: string, sign: number): boolean =>
  range.split(",").some((part) => {
    const [first, last = first] = part
      .trim()
      .slice(2)
      .split("-")
      .map((hex) => parseInt(hex, 16));
    return sign >= first! && sign <= last!;
  });

/**
 * The rules for Chinese: the pieces in which these words stand, whole, so that most of a reply is drawn too; with `only`,
 * for these signs alone, as the name of a language needs them.
 */
export function chineseRules(path: string, words: string, how: { only?: true } = {}): string {
  const signs = [...new Set(words)].map((sign) => sign.codePointAt(0)!);
  return [...chinese]
    .flatMap(([piece, range]) => {
      const here = signs.filter((sign) => holds(range, sign));
      if (here.length === 0) return [];
      const drawn = how.only === true ? here.map((sign) => `U+${sign.toString(16)}`).join(",") : range;
      return [face("open", [...local(ownChinese), from(path, `chinese-${piece}`)], drawn)];
    })
    .join("\n");
}
