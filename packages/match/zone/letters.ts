// Which letter of OCR-B stands in a cell of a row: the cell is cut out along the row and held against each letter's picture.
//
// The pictures (letters.json, 16 by 24, 0 to f) were drawn from the OCR-B of Norbert Schwarz and Matthew Skala, which anybody may use
// freely: one pitch wide, 1.3 capitals high.
import pictures from "./letters.json" with { type: "json" };
import type { Grey, Row } from "./lines.ts";

const [wide, high] = [16, 24];
const room = 2;
const all = Object.keys(pictures);
const models = Object.values(pictures).map((rows) =>
  centred(Float32Array.from(rows, (one) => parseInt(one, 16))),
);

/** Around nought, and of length one: light and contrast drop out. */
function centred(values: Float32Array): Float32Array {
  let sum = 0;
  for (const one of values) sum += one;
  const mean = sum / values.length;
  let square = 0;
  for (let at = 0; at < values.length; at++) {
    values[at]! -= mean;
    square += values[at]! * values[at]!;
  }
  const size = Math.sqrt(square) || 1;
  for (let at = 0; at < values.length; at++) values[at]! /= size;
  return values;
}

/** How a row lies in the picture: where its first cell is, and how places of cells follow. */
export interface Lying {
  /** Cells from its first patch to its last. */
  cells: number;
  pitch: number;
  capital: number;
  place(cell: number): { x: number; y: number };
  lean: number;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Null where the patches do not follow each other at one pitch. */
export function lying({ patches }: Row): Lying | null {
  const pitch = middle(patches.slice(1).map((one, nth) => one.x - patches[nth]!.x));
  if (pitch < 5) return null;
  const index: number[] = [0];
  for (let nth = 1; nth < patches.length; nth++)
    index.push(index[nth - 1]! + Math.max(1, Math.round((patches[nth]!.x - patches[nth - 1]!.x) / pitch)));
  const whole = patches.flatMap((one, nth) => (one.wide < pitch * 1.3 ? [nth] : []));
  const cells = index.at(-1)! + 1;
  if (whole.length < 12 || cells > 60) return null;
  const along = curve(whole.map((nth) => [index[nth]!, patches[nth]!.x]));
  const across = curve(whole.map((nth) => [index[nth]!, patches[nth]!.y]));
  const heights = patches.map((one) => one.high).sort((one, other) => one - other);
  return {
    ...{
      cells,
      pitch, // A patch of ink is a dot larger on each side than its letter: ink was told by small surroundings.
      capital: heights[Math.floor(heights.length * 0.88)]! - 2,
    },
    place: (cell) => ({ x: along(cell), y: across(cell) }),
    lean: Math.atan2(across(cells - 1) - across(0), along(cells - 1) - along(0)),
  };
}

/** The parabola that fits best: a page that is held at an angle, or not quite flat. */
function curve(points: (readonly [number, number])[]): (at: number) => number {
  const far = Math.max(...points.map(([at]) => at)) || 1;
  const sums = Array.from({ length: 5 }, (_, power) =>
    points.reduce((sum, [at]) => sum + (at / far) ** power, 0),
  );
  const right = [0, 1, 2].map((power) =>
    points.reduce((sum, [at, value]) => sum + (at / far) ** power * value, 0),
  );
  const rows = [0, 1, 2].map((row) => [sums[row]!, sums[row + 1]!, sums[row + 2]!, right[row]!]);
  for (let pivot = 0; pivot < 3; pivot++)
    for (let row = 0; row < 3; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column < 4; column++) rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  const [a, b, c] = rows.map((row, nth) => row[3]! / row[nth]!) as [number, number, number];
  return (at) => a + (b * at) / far + c * (at / far) ** 2;
}

export type Scores = ReadonlyMap<string, number>;

/** How like each letter the cell is, from -1 to 1; the best place within two dots counts, looked for roughly and then closely. */
export function scoresAt(picture: Grey, row: Lying, cell: number): Scores {
  const patch = cut(picture, row, cell);
  const best = new Float32Array(all.length).fill(-1);
  const where = new Uint8Array(all.length);
  const seen = new Map<number, Float32Array>();
  const at = (place: number): Float32Array => {
    if (!seen.has(place)) seen.set(place, windowOf(patch, place % span, Math.floor(place / span)));
    return seen.get(place)!;
  };
  const hold = (nth: number, place: number): void => {
    const [model, window] = [models[nth]!, at(place)];
    let sum = 0;
    for (let dot = 0; dot < model.length; dot++) sum += model[dot]! * window[dot]!;
    if (sum <= best[nth]!) return;
    best[nth] = sum;
    where[nth] = place;
  };
  for (const place of rough) for (let nth = 0; nth < all.length; nth++) hold(nth, place);
  const near = Array.from(best.keys())
    .sort((one, other) => best[other]! - best[one]!)
    .slice(0, 6);
  for (const nth of near) {
    const [dx, dy] = [where[nth]! % span, Math.floor(where[nth]! / span)];
    for (let y = Math.max(0, dy - 1); y <= Math.min(span - 1, dy + 1); y++)
      for (let x = Math.max(0, dx - 1); x <= Math.min(span - 1, dx + 1); x++) hold(nth, y * span + x);
  }
  return new Map(all.map((letter, nth) => [letter, best[nth]!]));
}

/** Places of a window within its room; the rough ones are every other. */
const span = 2 * room + 1;
const rough = [0, 2, 4].flatMap((y) => [0, 2, 4].map((x) => y * span + x));

function windowOf(patch: Float32Array, dx: number, dy: number): Float32Array {
  const window = new Float32Array(wide * high);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) window[y * wide + x] = patch[(y + dy) * (wide + 2 * room) + x + dx]!;
  return centred(window);
}

/** Ink of a cell with some room around it, along the row as it leans; between dots in proportion. */
function cut({ data, width, height }: Grey, row: Lying, cell: number): Float32Array {
  const { x: middleX, y: middleY } = row.place(cell);
  const [cos, sin] = [Math.cos(row.lean), Math.sin(row.lean)];
  const [stepX, stepY] = [row.pitch / wide, (row.capital * 1.3) / high];
  const out = new Float32Array((wide + 2 * room) * (high + 2 * room));
  let at = 0;
  for (let y = -room; y < high + room; y++)
    for (let x = -room; x < wide + room; x++) {
      const u = (x - (wide - 1) / 2) * stepX;
      const v = (y - (high - 1) / 2) * stepY;
      const px = Math.min(width - 2, Math.max(0, middleX + u * cos - v * sin));
      const py = Math.min(height - 2, Math.max(0, middleY + u * sin + v * cos));
      const [left, top] = [Math.floor(px), Math.floor(py)];
      const [fx, fy] = [px - left, py - top];
      const dot = (dx: number, dy: number): number => data[(top + dy) * width + left + dx]!;
      out[at++] =
        255 -
        ((dot(0, 0) * (1 - fx) + dot(1, 0) * fx) * (1 - fy) + (dot(0, 1) * (1 - fx) + dot(1, 1) * fx) * fy);
    }
  return out;
}
