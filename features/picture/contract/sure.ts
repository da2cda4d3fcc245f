// How sure a published number is: what noise and rounding may have done to it.
import type { Protection } from "../protect/release.ts";

/** Of the discrete Laplace of one cell: 2 alpha / (1 - alpha)^2 with alpha = exp(-epsilon). */
function varianceOf({ epsilon }: Protection): number {
  if (epsilon === null) return 0;
  const alpha = Math.exp(-epsilon.of / epsilon.outOf);
  return (2 * alpha) / (1 - alpha) ** 2;
}

/**
 * How far noise and rounding move a number that adds up so many cells of each of these tables, in 19 of 20 draws: two
 * standard deviations of the noise, and two of rounding, at most a step apart each (base / 2 for every table). 0 where
 * the tables were published as they are.
 */
export function offOf(tables: readonly { protection: Protection }[], cells: number): number {
  const variance = tables.reduce((sum, { protection }) => {
    const rounding = protection.base === 1 ? 0 : (protection.base / 2) ** 2;
    return sum + cells * varianceOf(protection) + rounding;
  }, 0);
  return Math.ceil(2 * Math.sqrt(variance));
}
