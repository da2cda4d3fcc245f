// Rounding a whole table at once: every count to a neighbouring multiple, and every sum is still the sum.
import type { Random } from "@simpul/model";
import { coin } from "./chance.ts";
import { isSum } from "./table.ts";

interface Cell {
  row: number;
  column: number;
}

/**
 * Counts with their sums (`withSums`), each turned into the multiple of `base` just below or just above it, or left
 * where it is one; all sums hold, and on average nothing is added or taken away.
 *
 * Cox, "A Constructive Procedure for Unbiased Controlled Rounding" (1987): a line of the table with one cell between two
 * multiples has another, so a ring of such cells exists; it is moved up and down by turns until one of them arrives, with
 * the odds that keep the mean. Each ring settles a cell at least: time O(cells x (rows + columns)).
 */
export function rounded(counts: readonly (readonly number[])[], base: number, random: Random): number[][] {
  const table = counts.map((row) => [...row]);
  const between = ({ row, column }: Cell): boolean => table[row]![column]! % base !== 0;
  for (let row = 0; row < table.length;) {
    if (table[row]!.some((_, column) => between({ row, column })))
      turn(table, ring(table, between, row), base, random);
    else row++;
  }
  return table;
}

/** Cells between two multiples, each in a line with the one before and, across, with the one after; first and last too. */
function ring(table: readonly (readonly number[])[], between: (at: Cell) => boolean, start: number): Cell[] {
  const met = [`row ${String(start)}`];
  const way: Cell[] = [];
  for (let line = start, along: "row" | "column" = "row"; ;) {
    const last = way.at(-1);
    const all: Cell[] =
      along === "row"
        ? table[line]!.map((_, column) => ({ row: line, column }))
        : table.map((_, row) => ({ row, column: line }));
    const next = all.find((at) => between(at) && (at.row !== last?.row || at.column !== last.column))!;
    way.push(next);
    [along, line] = along === "row" ? ["column", next.column] : ["row", next.row];
    const before = met.indexOf(`${along} ${String(line)}`);
    if (before >= 0) return way.slice(before);
    met.push(`${along} ${String(line)}`);
  }
}

function turn(table: number[][], cells: readonly Cell[], base: number, random: Random): void {
  const steps = cells.map((at, nth) => {
    const last = { row: table.length - 1, column: table[0]!.length - 1 };
    return { at, up: (nth % 2 === 0) !== isSum(at, last), over: table[at.row]![at.column]! % base };
  });
  const room = Math.min(...steps.map(({ up, over }) => (up ? base - over : over)));
  const roomBack = Math.min(...steps.map(({ up, over }) => (up ? over : base - over)));
  const by = coin(random, roomBack, room + roomBack) ? room : -roomBack;
  for (const { at, up } of steps) table[at.row]![at.column]! += up ? by : -by;
}
