// The Merkle tree of RFC 6962 section 2.1: its hashing, and checking what somebody proves about it.
//
// Sizes and indices are safe integers, so the arithmetic divides instead of shifting.
import type { Verifying } from "@simpul/seal";
import { concat, sameBytes } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

export type Hash = Pick<Verifying, "hash">;

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

export const leafHash = (leaf: Uint8Array, { hash }: Hash): Uint8Array => hash(concat(leafMark, leaf));
export const nodeHash = (left: Uint8Array, right: Uint8Array, { hash }: Hash): Uint8Array =>
  hash(concat(nodeMark, left, right));
export const emptyRoot = ({ hash }: Hash): Uint8Array => hash(new Uint8Array(0));

/** k when `n` is 2^k, else null. (Math.log2 rounds above 2^48 and would take neighbours for powers.) */
export function levelOf(n: number): number | null {
  let level = 0;
  for (; n > 1 && n % 2 === 0; n /= 2) level++;
  return n === 1 ? level : null;
}

export const half = (n: number): number => Math.floor(n / 2);
export const isOdd = (n: number): boolean => n % 2 === 1;
export const refuse = (why: string): LedgerError => new LedgerError("BAD_PROOF", why);

/** RFC 9162 section 2.1.3.2. Throws `BAD_PROOF`. */
export function verifyInclusion(
  given: {
    index: number;
    size: number;
    leafHash: Uint8Array;
    root: Uint8Array;
    proof: readonly Uint8Array[];
  },
  engine: Hash,
): void {
  const { index, size, proof, root } = given;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw refuse(`leaf ${index} is not in a tree of ${size}`);
  }
  let fn = index;
  let sn = size - 1;
  let hash = given.leafHash;
  for (const step of proof) {
    if (sn === 0 || step.length !== 32) throw refuse("the proof is too long");
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(step, hash, engine);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else hash = nodeHash(hash, step, engine);
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0 || !sameBytes(hash, root)) throw refuse(`leaf ${index} is not under the root of ${size}`);
}
