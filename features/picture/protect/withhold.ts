// Which cells of a table are withheld: the small ones, and as many others as it takes that nobody works the small ones out.
import { isSum, tableLimits } from "./table.ts";

/** What a table is for, and so stays where something goes beside what is small: its sums, or its single cells. */
export type Tells = "sums" | "cells";

/** Where a cell stands, as one number: row times width plus column. */
type At = number;

/**
 * Which cells stay unpublished, of counts with their sums (`withSums`): every count below the threshold, none among
 * them, for "nobody" tells as much of a person as "one". Then others, until the sums leave open for each small cell
 * that it is anything from nobody up to the threshold itself.
 *
 * How: cells are edges between their row and their column. A small cell can be larger by n where rings of withheld
 * cells lead back, rising and falling by turns, that carry n together: what falls falls by what it holds at most, over all
 * of them; and smaller likewise (Gusfield 1988; Kelly, Golden, Assad 1992). Where no ring is there, the cheapest is opened,
 * counted in what it hides; where none can be, everything is withheld. So now and then a cell too many is hidden and
 * never one too few. Time O(small x threshold x cells).
 */
export function withheld(
  counts: readonly (readonly number[])[],
  threshold: number,
  tells: Tells = "sums",
): boolean[][] {
  const field = new Field(counts, tells);
  const small = field.all.filter((at) => field.count(at) < threshold);
  for (const at of small) field.hide(at);
  // The largest need first: its rings serve the others too.
  for (const at of small.sort((one, other) => field.count(one) - field.count(other))) {
    const known = field.count(at);
    if (!field.leadBack(at, "rises", threshold - known) || (known > 0 && !field.leadBack(at, "falls", known)))
      return counts.map((row) => row.map(() => true));
  }
  return counts.map((row, nth) => row.map((_, column) => field.isHidden(nth * row.length + column)));
}

class Field {
  readonly #rows: number;
  readonly #columns: number;
  readonly #counts: Float64Array;
  readonly #hidden: Uint8Array;
  readonly #dear: readonly [cell: number, sum: number, whole: number];
  readonly all: At[];

  constructor(counts: readonly (readonly number[])[], tells: Tells) {
    const { count, rows } = tableLimits;
    this.#dear = tells === "sums" ? [1, count, count * rows] : [count * rows, 1, 1];
    this.#rows = counts.length;
    this.#columns = counts[0]!.length;
    this.#counts = Float64Array.from(counts.flat());
    this.#hidden = new Uint8Array(this.#counts.length);
    this.all = [...this.#counts.keys()];
  }

  count(at: At): number {
    return this.#counts[at]!;
  }
  hide(at: At): void {
    this.#hidden[at] = 1;
  }
  isHidden(at: At): boolean {
    return this.#hidden[at] === 1;
  }

  #isSum(row: number, column: number): boolean {
    return isSum({ row, column }, { row: this.#rows - 1, column: this.#columns - 1 });
  }

  /** What hiding it costs: nothing more where it is hidden, else what it tells: what the table is for tells most. */
  #price(at: At): number {
    if (this.#hidden[at] === 1) return 0;
    const last = at >= (this.#rows - 1) * this.#columns ? 1 : 0;
    const lines = last + (at % this.#columns === this.#columns - 1 ? 1 : 0);
    return this.#counts[at]! + this.#dear[lines]!;
  }

  /**
   * Hides what it takes that the cell can rise or fall by `need`, by one ring where one carries it all, else by several
   * (a sum of small ones falls with each of its parts). Says whether there are such.
   */
  leadBack(start: At, how: "rises" | "falls", need: number): boolean {
    /** By how much each cell falls already. */
    const fallen = new Map<At, number>();
    for (let left = need; left > 0;) {
      const way = this.#way(start, how, left, fallen) ?? this.#way(start, how, 1, fallen);
      if (way === null) return false;
      const falling = way.filter(({ falls }) => falls).map(({ at }) => at);
      const by = Math.min(left, ...falling.map((at) => this.#counts[at]! - (fallen.get(at) ?? 0)));
      for (const at of falling) fallen.set(at, (fallen.get(at) ?? 0) + by);
      for (const { at } of way) this.hide(at);
      left -= by;
    }
    return true;
  }

  /** The cheapest way from its column back to its row on which whatever falls can fall by `need` (Dijkstra); null without one. */
  #way(
    start: At,
    how: "rises" | "falls",
    need: number,
    fallen: ReadonlyMap<At, number>,
  ): { at: At; falls: boolean }[] | null {
    const [rows, columns] = [this.#rows, this.#columns];
    const [row, column] = [Math.floor(start / columns), start % columns];
    // Nodes: rows first, then columns. Walking a cell from row to column raises its term of the equation.
    const raises = (how === "rises") !== this.#isSum(row, column);
    const from = raises ? rows + column : row;
    const to = raises ? row : rows + column;
    const cost = new Float64Array(rows + columns).fill(Infinity);
    const came = new Int32Array(rows + columns).fill(-1);
    const done = new Uint8Array(rows + columns);
    cost[from] = 0;
    for (;;) {
      let at = -1;
      for (let node = 0; node < cost.length; node++)
        if (done[node] === 0 && cost[node]! < Infinity && (at < 0 || cost[node]! < cost[at]!)) at = node;
      if (at < 0) return null;
      if (at === to) break;
      done[at] = 1;
      const isRow = at < rows;
      for (let other = 0; other < (isRow ? columns : rows); other++) {
        const cell: At = isRow ? at * columns + other : other * columns + (at - rows);
        if (cell === start) continue;
        const sum = isRow ? this.#isSum(at, other) : this.#isSum(other, at - rows);
        const falls = isRow === sum;
        if (falls && this.#counts[cell]! - (fallen.get(cell) ?? 0) < need) continue;
        const next = isRow ? rows + other : other;
        const price = cost[at]! + this.#price(cell);
        if (price < cost[next]!) {
          cost[next] = price;
          came[next] = cell;
        }
      }
    }
    const way: { at: At; falls: boolean }[] = [];
    for (let at = to; at !== from;) {
      const cell = came[at]!;
      const [cellRow, cellColumn] = [Math.floor(cell / columns), cell % columns];
      // Walked from the node that it did not reach.
      const before = at < rows ? rows + cellColumn : cellRow;
      way.push({ at: cell, falls: before < rows === this.#isSum(cellRow, cellColumn) });
      at = before;
    }
    return way;
  }
}
