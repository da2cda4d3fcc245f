// What may stand where in a machine readable zone, and its check digits (ICAO Doc 9303 parts 3 to 6).

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
const digits = "0123456789";
/** a: letter or filler, n: digit or filler, d: check digit, s: sex, x: any. */
const may: Readonly<Record<string, string>> = {
  a: letters,
  n: `${digits}<`,
  d: `${digits}<`,
  s: "MFX<",
  x: digits + letters,
};

export interface Layout {
  /** Letters of a line. */
  width: number;
  lines: readonly string[];
  /** What each check digit stands for: line, from, to, and where it is itself. */
  checks: readonly {
    of: readonly (readonly [line: number, from: number, to: number])[];
    line: number;
    at: number;
  }[];
}
const a = (n: number): string => "a".repeat(n);
const x = (n: number): string => "x".repeat(n);
const days = "nnnnnndsnnnnnnd";
const passport = (width: number, rest: number): Layout => ({
  width,
  lines: [a(width), `${x(9)}daaa${days}${x(rest)}${width === 44 ? "dd" : "d"}`],
  checks: [
    { of: [[1, 0, 9]], line: 1, at: 9 },
    { of: [[1, 13, 19]], line: 1, at: 19 },
    { of: [[1, 21, 27]], line: 1, at: 27 },
    { of: [[1, 0, 10], [1, 13, 20], [1, 21, width - 1]], line: 1, at: width - 1 },
  ],
}); // prettier-ignore

/** Passports (TD3), cards in two lines (TD2), cards in three (TD1). */
export const layouts: readonly Layout[] = [
  passport(44, 14),
  passport(36, 7),
  {
    width: 30,
    lines: [`${a(5)}${x(9)}d${x(15)}`, `${days}aaa${x(11)}d`, a(30)],
    checks: [
      { of: [[0, 5, 14]], line: 0, at: 14 },
      { of: [[1, 0, 6]], line: 1, at: 6 },
      { of: [[1, 8, 14]], line: 1, at: 14 },
      { of: [[0, 5, 30], [1, 0, 7], [1, 8, 15], [1, 18, 29]], line: 1, at: 29 },
    ],
  },
]; // prettier-ignore

export const allowed = (layout: Layout, line: number, at: number): string => may[layout.lines[line]![at]!]!;

const weights = [7, 3, 1];
const valueOf = (letter: string): number =>
  letter === "<" ? 0 : letter >= "A" ? letter.charCodeAt(0) - 55 : Number(letter);

/** The digit that a text calls for. */
export const checkDigit = (text: string): string =>
  String(Array.from(text).reduce((sum, letter, at) => sum + valueOf(letter) * weights[at % 3]!, 0) % 10);

/** Whether a check digit fits what it stands for; a filler is right where nothing stands. */
export function fits(lines: readonly string[], check: Layout["checks"][number]): boolean {
  const text = check.of.map(([line, from, to]) => lines[line]!.slice(from, to)).join("");
  const digit = lines[check.line]![check.at]!;
  return digit === checkDigit(text) || (digit === "<" && /^<*$/.test(text));
}
