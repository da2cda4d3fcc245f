// A text as 128 small numbers, so that two texts can be compared without being read again: own MinHash on character
// n-grams, one permutation in bins (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012).
import { fold } from "../fold.ts";

export const bins = 128;
/** A bin that no n-gram fell into. */
export const empty = 0xffff_ffff;
/** Into how many stretches a text is divided, to tell a text that agrees throughout from one that shares a sentence. */
export const stretches = 8;

export interface Sketch {
  /** The smallest hash of each bin. */
  values: Uint32Array;
  /** In which stretch of the text it stands, 0 to 7. */
  places: Uint8Array;
  /** How many n-grams the text has; below {@link fewest} two texts are compared strictly. */
  grams: number;
}

/** Units that one sketch reads: what an advert says, it says in its first pages. */
const longest = 40_000;

/** Letters per n-gram: about a syllable and a half, whatever the script. */
function width(unit: number): number {
  if (unit >= 0x3400 && unit <= 0x9fff) return 2;
  if (unit >= 0x0e00 && unit <= 0x0eff) return 4;
  return 5;
}

/** What of a text counts: letters and digits in lower case, all digits alike, one space between words. */
export function essence(original: string): string {
  const { text } = fold(original.length > longest ? original.slice(0, longest) : original);
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/\d+/g, "0")
    .replace(/[^\p{L}\p{M}0]+/gu, " ")
    .replace(/(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]) (?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff])/g, "")
    .trim(); // prettier-ignore
}

/** Mixes the bits of a hash (finaliser of MurmurHash3, 32 bit). */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The hash of every n-gram of a text, in order; of at most its first 40,000 units. */
export function ngrams(original: string): Uint32Array {
  const text = essence(original);
  const hashes = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const size = width(text.charCodeAt(at));
    if (at + size > text.length) break;
    let hash = 0x9747b28c;
    for (let i = 0; i < size; i++)
      hash = (Math.imul(hash ^ text.charCodeAt(at + i), 0x5bd1e995) + 0x1b873593) | 0;
    hashes[count++] = mixed(hash);
  }
  return hashes.subarray(0, count);
}

/** `common` says which n-grams tell nothing and are left out; without it all count. */
export function sketch(hashes: Uint32Array, common?: { has(hash: number): boolean }): Sketch {
  const values = new Uint32Array(bins).fill(empty);
  const places = new Uint8Array(bins);
  let grams = 0;
  for (let nth = 0; nth < hashes.length; nth++) {
    const value = hashes[nth]!;
    if (common?.has(value)) continue;
    grams++;
    // The lowest bits choose the count of the common ones, the highest the bin; all of it orders inside the bin.
    const bin = value >>> 25;
    if (value < values[bin]!) {
      values[bin] = value;
      places[bin] = Math.floor((nth * stretches) / hashes.length);
    }
  }
  return { values, places, grams };
}

export interface Agreement {
  /** The share of bins that hold the same n-gram: an estimate of the share of n-grams in common. */
  share: number;
  /** In how many of the eight stretches of the one and of the other something agrees; the smaller of both. */
  spread: number;
}

/** `at`: where the values of the second begin in a longer array. */
export function agreement(one: Sketch, values: Uint32Array, places: Uint8Array, at = 0): Agreement {
  let same = 0;
  let filled = 0;
  let mine = 0;
  let others = 0;
  for (let bin = 0; bin < bins; bin++) {
    const a = one.values[bin]!;
    const b = values[at + bin]!;
    if (a === empty && b === empty) continue;
    filled++;
    if (a !== b) continue;
    same++;
    mine |= 1 << one.places[bin]!;
    others |= 1 << places[at + bin]!;
  }
  return { share: filled === 0 ? 0 : same / filled, spread: Math.min(ones(mine), ones(others)) };
}

function ones(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const fewest = 40;

/**
 * Whether two texts are versions of one. A low share is enough when it is spread over both texts: words were exchanged
 * here and there. The same share in one place is a sentence that many use, and makes no campaign.
 */
export function agrees({ share, spread }: Agreement, grams: number): boolean {
  if (grams < fewest) return share >= 0.6;
  return share >= 0.5 || (share >= 0.14 && spread >= 6) || (share >= 0.25 && spread >= 5);
}
