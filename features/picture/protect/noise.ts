// The noise on a count of persons: discrete Laplace, exact, so that one person more or less hardly changes what is seen.
import type { Random } from "@simpul/model";
import { coin, coinOfExp, drawBelow } from "./chance.ts";

/** How much one release may tell of one person, as a fraction: `of`/`outOf` is the epsilon of differential privacy. */
export interface Epsilon {
  of: number;
  outOf: number;
}

/**
 * A whole number x with a probability that falls as exp(-|x| epsilon); mean 0, standard deviation about 1.41/epsilon.
 *
 * Where a person stands in one cell of a table, the table without her differs by one in one cell, and the odds of any
 * noised table differ by a factor of exp(epsilon) at most: the definition of epsilon-differential privacy (Dwork,
 * McSherry, Nissim, Smith 2006). Sampled without floating point, whose last digits have betrayed such noise (Mironov
 * 2012): Canonne, Kamath, Steinke (2020), algorithm 2.
 */
export function noise(random: Random, { of, outOf }: Epsilon): number {
  for (;;) {
    const part = drawBelow(random, outOf);
    if (!coinOfExp(random, part, outOf)) continue;
    let wholes = 0;
    while (coinOfExp(random, 1, 1)) wholes++;
    const far = Math.floor((part + outOf * wholes) / of);
    const negative = coin(random, 1, 2);
    if (negative && far === 0) continue;
    return negative ? -far : far;
  }
}
