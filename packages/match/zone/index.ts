// Reads the machine readable zone in a picture of a document (ICAO Doc 9303): pure, so that it runs in the browser that took the picture.
import { allowed, fits, layouts, type Layout } from "./grammar.ts";
import { lying, scoresAt, type Lying, type Scores } from "./letters.ts";
import { rowsOf, type Grey } from "./lines.ts";

export type { Grey } from "./lines.ts";

export interface ZoneRead {
  lines: string[];
  /** Letters that another would fit nearly as well, or that a check digit put right: a person looks at them. */
  unsure: { line: number; at: number }[];
  /** Check digits that fit what they stand for, of all. */
  fitting: number;
  checks: number;
  /** How like OCR-B the letters are, from 0 to 1. */
  like: number;
}

/** Closer to the next letter than this is unsure; a letter less like OCR-B than `least` too. */
const close = 0.05;
const least = 0.62;
/** In numbers these letters are rare, and digits look like them. */
const twins = "OISBZGQD";
const doubt = 0.03;
/** What is less like OCR-B on the whole is no zone, or one that nobody could read. */
const legible = 0.75;

/** Upright, lying on a side, or upside down. Null where no zone is in the picture. */
export function readZone(picture: Grey): ZoneRead | null {
  let best: ZoneRead | null = null;
  let turned = picture;
  for (let turn = 0; turn < 4; turn++) {
    for (const read of readUpright(turned)) {
      if (read.like >= legible && (best === null || better(read, best))) best = read;
      if (best?.fitting === best?.checks && best !== null) return best;
    }
    turned = quarter(turned);
  }
  return best;
}

const better = (one: ZoneRead, other: ZoneRead): boolean =>
  one.fitting / one.checks + one.like > other.fitting / other.checks + other.like;

function quarter({ data, width, height }: Grey): Grey {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out[x * height + height - 1 - y] = data[y * width + x]!;
  return { data: out, width: height, height: width };
}

function* readUpright(picture: Grey): Generator<ZoneRead> {
  const rows = rowsOf(picture, 20)
    .slice(0, 12)
    .flatMap((row) => lying(row) ?? [])
    .sort((one, other) => one.place(0).y - other.place(0).y);
  for (const layout of layouts) {
    const fitting = rows.filter((row) => Math.abs(row.cells - layout.width) <= 3 && looksLike(picture, row));
    for (let first = 0; first + layout.lines.length <= fitting.length; first++) {
      const some = fitting.slice(first, first + layout.lines.length);
      if (some.every((row, nth) => nth === 0 || together(some[nth - 1]!, row)))
        yield* readRows(picture, layout, some);
    }
  }
}

/** Upside down, or in another type, a row is known by a few of its cells. */
function looksLike(picture: Grey, row: Lying): boolean {
  const some = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9].map((part) =>
    Math.max(...scoresAt(picture, row, Math.round(row.cells * part)).values()),
  );
  return some.sort((one, other) => one - other)[3]! > 0.7;
}

/** The next line of the same zone: as wide, and not far below. */
function together(above: Lying, below: Lying): boolean {
  const down = below.place(below.cells / 2).y - above.place(above.cells / 2).y;
  return Math.abs(above.pitch - below.pitch) < above.pitch * 0.12 && down > 0 && down < above.pitch * 4.5;
}

/** A letter at an end may be lost, or a speck taken for one: each row begins where most check digits fit. */
function* readRows(picture: Grey, layout: Layout, rows: readonly Lying[]): Generator<ZoneRead> {
  const starts = rows.map((row) => startsOf(row.cells, layout.width));
  const choices = starts.reduce<number[][]>((before, own) => before.flatMap((some) => own.map((one) => [...some, one])), [[]]); // prettier-ignore
  const cache = new Map<string, Scores>();
  const scores = (line: number, cell: number): Scores => {
    const key = `${line} ${cell}`;
    if (!cache.has(key)) cache.set(key, scoresAt(picture, rows[line]!, cell));
    return cache.get(key)!;
  };
  for (const choice of choices.slice(0, 27)) yield decode(layout, choice, scores);
}

const startsOf = (cells: number, width: number): number[] => {
  const spare = cells - width;
  return Array.from({ length: Math.abs(spare) + 1 }, (_, nth) => (spare >= 0 ? nth : nth + spare));
};

interface Choice {
  letter: string;
  score: number;
}

function decode(
  layout: Layout,
  starts: readonly number[],
  scores: (line: number, cell: number) => Scores,
): ZoneRead {
  const ranked = layout.lines.map((line, nth) =>
    Array.from(line, (_, at): Choice[] => {
      const seen = scores(nth, starts[nth]! + at);
      const kind = layout.lines[nth]![at]!;
      return Array.from(allowed(layout, nth, at), (letter) => ({
        letter,
        score: seen.get(letter)! - (kind === "x" && twins.includes(letter) ? doubt : 0),
      }))
        .sort((one, other) => other.score - one.score)
        .slice(0, 4);
    }),
  );
  const lines = ranked.map((line) => line.map((one) => one[0]!.letter).join(""));
  const unsure = new Set<string>();
  for (const [line, cells] of ranked.entries())
    for (const [at, [first, second]] of cells.entries())
      if (first!.score < least || (second !== undefined && first!.score - second.score < close))
        unsure.add(`${line} ${at}`);
  for (const check of layout.checks.slice(0, -1)) if (!fits(lines, check)) mend(lines, ranked, check, unsure);
  const cells = ranked.flat();
  return {
    lines,
    unsure: [...unsure]
      .map((one) => one.split(" ").map(Number))
      .map(([line, at]) => ({ line: line!, at: at! })),
    fitting: layout.checks.filter((check) => fits(lines, check)).length,
    checks: layout.checks.length,
    like: cells.reduce((sum, one) => sum + one[0]!.score, 0) / cells.length,
  };
}

/** One letter of the field that is nearly as like another, with which the check digit fits; it stays marked as unsure. */
function mend(
  lines: string[],
  ranked: Choice[][][],
  check: Layout["checks"][number],
  unsure: Set<string>,
): void {
  const places = [...check.of.flatMap(([line, from, to]) => Array.from({ length: to - from }, (_, at) => [line, from + at] as const)), [check.line, check.at] as const]; // prettier-ignore
  const tries = places
    .flatMap(([line, at]) =>
      ranked[line]![at]!.slice(1).map((one) => ({
        line,
        at,
        letter: one.letter,
        lost: ranked[line]![at]![0]!.score - one.score,
      })),
    ) // prettier-ignore
    .filter((one) => one.lost < 2 * close)
    .sort((one, other) => one.lost - other.lost);
  for (const { line, at, letter } of tries) {
    const before = lines[line]!;
    lines[line] = before.slice(0, at) + letter + before.slice(at + 1);
    unsure.add(`${line} ${at}`);
    if (fits(lines, check)) return;
    lines[line] = before;
    if (ranked[line]![at]![0]!.score - ranked[line]![at]![1]!.score >= close) unsure.delete(`${line} ${at}`);
  }
}
