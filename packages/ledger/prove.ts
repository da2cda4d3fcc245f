// Making proofs about the Merkle tree of RFC 6962 section 2.1, from hashes that are read on demand.
import { LedgerError } from "./errors.ts";
import { emptyRoot, levelOf, nodeHash } from "./merkle.ts";
import type { Hash } from "./merkle.ts";

/** The hash of the complete subtree `index` at `level` (level 0: leaf hashes). */
export type HashReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** The largest power of two below `n`; `n` is at least 2. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

type Range = readonly [from: number, to: number];

/** MTH of the leaves `[from, to)`, where `from` is a multiple of the next power of two above the length. */
async function rangeHash([from, to]: Range, read: HashReader, engine: Hash): Promise<Uint8Array> {
  const size = to - from;
  const level = levelOf(size);
  if (level !== null) return read(level, from / size);
  const middle = from + splitPoint(size);
  const left = await rangeHash([from, middle], read, engine);
  return nodeHash(left, await rangeHash([middle, to], read, engine), engine);
}

/** The root over the first `size` leaves. */
export const rootOf = async (size: number, read: HashReader, engine: Hash): Promise<Uint8Array> =>
  size === 0 ? emptyRoot(engine) : rangeHash([0, size], read, engine);

/** PATH(m, D[n]) as ranges, from the leaf upwards. */
function inclusionRanges(index: number, [from, to]: Range): Range[] {
  if (to - from === 1) return [];
  const middle = from + splitPoint(to - from);
  return index < middle
    ? [...inclusionRanges(index, [from, middle]), [middle, to]]
    : [...inclusionRanges(index, [middle, to]), [from, middle]];
}

/** PROOF(m, D[n]) as ranges. */
function consistencyRanges(old: number, [from, to]: Range, whole: boolean): Range[] {
  if (old === to) return whole ? [] : [[from, to]];
  const middle = from + splitPoint(to - from);
  return old <= middle
    ? [...consistencyRanges(old, [from, middle], whole), [middle, to]]
    : [...consistencyRanges(old, [middle, to], false), [from, middle]];
}

/** One after the other: the reader may be a single connection to a database. */
async function readAll(ranges: readonly Range[], read: HashReader, engine: Hash): Promise<Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  for (const range of ranges) hashes.push(await rangeHash(range, read, engine));
  return hashes;
}

function requireSize(holds: boolean, what: string): void {
  if (!holds) throw new LedgerError("OUT_OF_RANGE", what);
}

/** The proof that leaf `index` is in the tree of `size`; at most log2(size) hashes. Throws `OUT_OF_RANGE`. */
export async function inclusionProof(
  index: number,
  size: number,
  read: HashReader,
  engine: Hash,
): Promise<Uint8Array[]> {
  requireSize(Number.isSafeInteger(index) && index >= 0 && index < size, `leaf ${index} of ${size}`);
  return readAll(inclusionRanges(index, [0, size]), read, engine);
}

/** The proof that the tree of `old` leaves is a beginning of the tree of `size`. Throws `OUT_OF_RANGE`. */
export async function consistencyProof(
  old: number,
  size: number,
  read: HashReader,
  engine: Hash,
): Promise<Uint8Array[]> {
  requireSize(Number.isSafeInteger(old) && old >= 0 && old <= size, `${old} of ${size}`);
  if (old === 0 || old === size) return [];
  return readAll(consistencyRanges(old, [0, size], true), read, engine);
}
