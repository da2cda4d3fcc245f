// Decisions about figures, from values alone: the table of a definition, what a person was exposed to, what to warn of.
import { axes, type Count, type Definition, type Unit, type Warning } from "./contract.ts";
import type { Protection } from "./protect/release.ts";
import type { Epsilon } from "./protect/noise.ts";

/** A month is counted for so long; what was later is of the archive. */
export const oldestMonths = 24;

/** Epsilon in thousandths, rounded up. */
export const thousandths = (epsilon: Epsilon | null): number =>
  epsilon === null ? 0 : Math.ceil((epsilon.of * 1000) / epsilon.outOf);

/**
 * What all that is ever published may tell of one person, in thousandths of epsilon, by unit (STAT-1): each figure once,
 * and room for some corrections. Five figures of victims are 2,500, of perpetrators four and of requests four 2,000 each.
 */
export const budgetOf: Readonly<Record<Unit, number>> = {
  event: 2000,
  victim: 4000,
  perpetrator: 3000,
  entity: 3000,
};

/** Published as they are: acts of authorities, of which a person is no part. */
export const asTheyAre: Protection = { threshold: 0, base: 1, epsilon: null };

/** Noise that was drawn for one table of one month. */
export interface Spent {
  unit: Unit;
  figure: string;
  definition: number;
  month: string;
  spent: number;
}

/**
 * What a person of this unit was exposed to at most. She stands in one month of each series, nobody knows which: so of each
 * series its dearest month counts, and the series add up (sequential composition; Dwork, Roth 2014, theorem 3.16).
 */
export function exposed(unit: Unit, all: readonly Spent[]): number {
  const months = new Map<string, Map<string, number>>();
  for (const one of all) {
    if (one.unit !== unit) continue;
    const series = `${one.figure} ${String(one.definition)}`;
    const of = months.get(series) ?? new Map<string, number>();
    of.set(one.month, (of.get(one.month) ?? 0) + one.spent);
    months.set(series, of);
  }
  return [...months.values()].reduce((sum, of) => sum + Math.max(...of.values()), 0);
}

/** Whether the noise may be drawn once more. */
export const affords = (all: readonly Spent[], next: Spent): boolean =>
  exposed(next.unit, [...all, next]) <= budgetOf[next.unit];

/**
 * The counts of a definition as rows and columns, noughts where nothing was counted. A value that the axis lacks counts
 * as `other` or `not-said`. Throws `RangeError` where it has neither: a feature counts what nobody agreed on.
 */
export function tabulate(
  definition: Pick<Definition, "figure" | "rows" | "columns">,
  counts: readonly Count[],
): number[][] {
  const [rows, columns] = [axes[definition.rows], axes[definition.columns]] as [
    readonly string[],
    readonly string[],
  ];
  const place = (values: readonly string[], value: string): number => {
    for (const one of [value, "other", "not-said"]) if (values.includes(one)) return values.indexOf(one);
    throw new RangeError(`${definition.figure} has no ${value}`);
  };
  const table = rows.map(() => columns.map(() => 0));
  for (const { row, column, count } of counts) table[place(rows, row)]![place(columns, column)]! += count;
  return table;
}

/** What was published of the same series the month before, for comparing; null where it was withheld or is not there. */
export interface Before {
  whole: number | null;
}

/** What to think of before this goes. */
export function warningsOf(
  draft: { cells: readonly (readonly (number | null)[])[]; withheld: number; number: number },
  { before, left, spends }: { before: Before | null; left: number; spends: number },
): Warning[] {
  const all = draft.cells.length * (draft.cells[0]?.length ?? 0);
  const whole = draft.cells.at(-1)?.at(-1) ?? null;
  const known = before?.whole ?? null;
  return [
    ...(draft.withheld === all ? (["all-withheld"] as const) : []),
    ...(draft.withheld < all && draft.withheld > all / 2 ? (["much-withheld"] as const) : []),
    ...(spends > 0 && left < spends * 2 ? (["budget-low"] as const) : []),
    ...(draft.number > 1 ? (["correction"] as const) : []),
    ...(whole !== null && known !== null && whole > known * 3 ? (["much-higher"] as const) : []),
    ...(whole !== null && known !== null && whole * 3 < known ? (["much-lower"] as const) : []),
  ];
}
