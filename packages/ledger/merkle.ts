// The Merkle tree of RFC 6962 section 2.1: its empty root and levels, and checking what somebody proves about it.
import { rootThrough, sameBytes, type Hash, type InTree } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

export { half, isOdd, leafHash, nodeHash, type Hash } from "@simpul/seal";
export const emptyRoot = ({ hash }: Hash): Uint8Array => hash(new Uint8Array(0));

/** k when `n` is 2^k, else null. (Math.log2 rounds above 2^48 and would take neighbours for powers.) */
export function levelOf(n: number): number | null {
  let level = 0;
  for (; n > 1 && n % 2 === 0; n /= 2) level++;
  return n === 1 ? level : null;
}

export const refuse = (why: string): LedgerError => new LedgerError("BAD_PROOF", why);

/** RFC 9162 section 2.1.3.2. Throws `BAD_PROOF`. */
export function verifyInclusion(given: InTree & { root: Uint8Array }, engine: Hash): void {
  const found = rootThrough(given, engine);
  if (found === null || !sameBytes(found, given.root))
    throw refuse(`leaf ${given.index} is not under the root of ${given.size}`);
}
