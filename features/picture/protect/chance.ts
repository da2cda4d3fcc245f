// Chance without floating point: whole numbers and coins whose odds are exact, from the node's own random bytes.
import type { Random } from "@simpul/model";

/** What is drawn from must hold in 32 bits. */
const most = 2 ** 32;

/** A whole number from 0 up to `below` - 1, each as likely; by throwing away what would favour the small ones. */
export function drawBelow(random: Random, below: number): number {
  if (!Number.isInteger(below) || below < 1 || below > most)
    throw new RangeError(`no number below ${String(below)} can be drawn`);
  const fair = most - (most % below);
  for (;;) {
    const drawn = new DataView(random.bytes(4).slice().buffer).getUint32(0);
    if (drawn < fair) return drawn % below;
  }
}

/** Heads with the odds `of` in `outOf`. */
export const coin = (random: Random, of: number, outOf: number): boolean => drawBelow(random, outOf) < of;

/**
 * Heads with the probability exp(-of/outOf), for 0 <= of <= outOf, without computing it: the series of e, tossed out.
 * Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy" (2020), algorithm 1.
 */
export function coinOfExp(random: Random, of: number, outOf: number): boolean {
  let tosses = 1;
  while (coin(random, of, outOf * tosses)) tosses++;
  return tosses % 2 === 1;
}
