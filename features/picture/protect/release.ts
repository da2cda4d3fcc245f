// From counts of persons to what may be published of them: noise, threshold, rounding, and what was done said beside it (STAT-1).
import type { Random } from "@simpul/model";
import { noise, type Epsilon } from "./noise.ts";
import { rounded } from "./round.ts";
import { checkCounts, withSums } from "./table.ts";
import { withheld, type Tells } from "./withhold.ts";

export interface Protection {
  /** Counts below it are not published. */
  threshold: number;
  /** What is published is a multiple of it; 1 for no rounding. */
  base: number;
  /** Null only for a table that is published once and never again. */
  epsilon: Epsilon | null;
}

/** What the agreement of the states says until they agree otherwise (STAT-1). */
export const agreed: Protection = { threshold: 10, base: 5, epsilon: { of: 1, outOf: 2 } };

export interface Released {
  /** With their sums: the last row, the last column, and the whole in the corner. Null is withheld. */
  cells: (number | null)[][];
  /** How many are withheld, sums among them. */
  withheld: number;
  protection: Protection;
}

/**
 * Counts that the noise took below nobody are nobody, and what that adds is taken from the smallest others: so the whole is
 * what the noise made it, above on average as often as below, and a table of many empty cells does not grow by its noise.
 * Reads noised counts alone, so it tells no more of anybody than they do (Dwork, Roth 2014, proposition 2.1).
 */
export function settled(noised: readonly (readonly number[])[]): number[][] {
  const table = noised.map((row) => row.map((count) => Math.max(0, count)));
  let owed = noised.flat().reduce((sum, count) => sum + Math.max(0, -count), 0);
  const smallestFirst = table
    .flatMap((row) => row.map((count, column) => ({ row, column, count })))
    .sort((one, other) => one.count - other.count);
  for (const { row, column, count } of smallestFirst) {
    const taken = Math.min(owed, count);
    row[column] = count - taken;
    owed -= taken;
  }
  return table;
}

/**
 * The table as it may leave. Every person may stand in one cell of it only: then the noise is what `noise` proves, and
 * all that follows reads nothing but the noised counts. Throws `TableError`.
 */
export function release(
  counts: readonly (readonly number[])[],
  protection: Protection,
  random: Random,
  tells: Tells = "sums",
): Released {
  checkCounts(counts);
  const { threshold, base, epsilon } = protection;
  const seen =
    epsilon === null
      ? counts
      : settled(counts.map((row) => row.map((count) => count + noise(random, epsilon))));
  const table = withSums(seen);
  const hidden = withheld(table, threshold, tells);
  const cells = rounded(table, base, random).map((row, nth) =>
    row.map((count, column) => (hidden[nth]![column]! ? null : count)),
  );
  return { cells, withheld: hidden.flat().filter(Boolean).length, protection };
}
