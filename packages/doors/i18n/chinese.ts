// The pieces of the Chinese font that comes along: it has a hundred, and a page asks for those in which its words stand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/** What phones call their own font of Chinese signs: Android's, then Apple's, then Windows'. Who has one fetches none of ours. */
export const ownChinese = [
  ...[
    "Noto Sans SC",
    "NotoSansSC-Regular",
    "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular",
    "Droid Sans Fallback",
  ],
  ...["PingFang SC", "PingFangSC-Regular", "STHeitiSC-Light", "Microsoft YaHei", "SimHei"],
];

/** By its number, the signs that a piece holds, as CSS writes them; the most common ones lie together. */
const ranges: ReadonlyMap<string, string> = new Map(
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

/** The path of a piece's file (WOFF2, 9 to 47 kB); null where there is no piece of this number. */
export const chineseFile = (number: string): string | null =>
  ranges.has(number)
    ? resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-${number}-400-normal.woff2`)
    : null;

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

export interface ChinesePiece {
  number: string;
  /** All its signs, and those of the words alone; both as CSS writes ranges. */
  whole: string;
  these: string;
}

/** The pieces in which the signs of these words stand. */
export function chinesePieces(words: string): ChinesePiece[] {
  const signs = [...new Set(words)].map((sign) => sign.codePointAt(0)!);
  return [...ranges].flatMap(([number, whole]) => {
    const here = signs.filter((sign) => holds(whole, sign));
    if (here.length === 0) return [];
    return [{ number, whole, these: here.map((sign) => `U+${sign.toString(16)}`).join(",") }];
  });
}
