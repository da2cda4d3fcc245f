// The hashing of the Merkle tree of RFC 6962 section 2.1, and the root to which a proof leads (safe integers: no shifts).
import { concat } from "./bytes.ts";
import type { Verifying } from "./engine.ts";

export type Hash = Pick<Verifying, "hash">;
/** A leaf in a tree of `size`, and the hashes beside its way up. */
export type InTree = { index: number; size: number; leafHash: Uint8Array; proof: readonly Uint8Array[] };

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

export const leafHash = (leaf: Uint8Array, { hash }: Hash): Uint8Array => hash(concat(leafMark, leaf));
export const nodeHash = (left: Uint8Array, right: Uint8Array, { hash }: Hash): Uint8Array =>
  hash(concat(nodeMark, left, right));

export const half = (n: number): number => Math.floor(n / 2);
export const isOdd = (n: number): boolean => n % 2 === 1;

/** The root that follows (RFC 9162 section 2.1.3.2); null for no leaf of such a tree, or a proof of another length. */
export function rootThrough({ index, size, leafHash, proof }: InTree, engine: Hash): Uint8Array | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  let [fn, sn, hash] = [index, size - 1, leafHash];
  for (const step of proof) {
    if (sn === 0 || step.length !== 32) return null;
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
  return sn === 0 ? hash : null;
}
