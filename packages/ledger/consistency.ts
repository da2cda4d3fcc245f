// Whether a log went on from what it was: consistency proofs (RFC 6962 section 2.1.2).
import { sameBytes } from "@simpul/seal";
import { half, isOdd, levelOf, nodeHash, refuse } from "./merkle.ts";
import type { Hash } from "./merkle.ts";

/**
 * RFC 9162 section 2.1.4.2. A proof from size 0 is refused, because it says nothing: who allows an empty beginning
 * (C2SP tlog-witness) asks for that before. Throws `BAD_PROOF`.
 */
export function verifyConsistency(
  given: { old: number; size: number; oldRoot: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
  engine: Hash,
): void {
  const { old, size, oldRoot, root } = given;
  if (!Number.isSafeInteger(old) || !Number.isSafeInteger(size) || old < 0 || old > size)
    throw refuse(`${old} of ${size}`);
  if (given.proof.some((step) => step.length !== 32)) throw refuse("a hash is not 32 bytes");
  if (old === 0) throw refuse("from nothing everything follows");
  if (old === size) {
    if (given.proof.length > 0 || !sameBytes(oldRoot, root))
      throw refuse("equal sizes need equal roots and no proof");
    return;
  }
  const steps = levelOf(old) !== null ? [oldRoot, ...given.proof] : [...given.proof];
  let fn = old - 1;
  let sn = size - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  const first = steps.shift();
  if (first === undefined || given.proof.length === 0) throw refuse("the proof is too short");
  let oldHash = first;
  let newHash = first;
  for (const step of steps) {
    if (sn === 0) throw refuse("the proof is too long");
    if (isOdd(fn) || fn === sn) {
      oldHash = nodeHash(step, oldHash, engine);
      newHash = nodeHash(step, newHash, engine);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else newHash = nodeHash(newHash, step, engine);
    fn = half(fn);
    sn = half(sn);
  }
  if (sn !== 0 || !sameBytes(oldHash, oldRoot) || !sameBytes(newHash, root)) {
    throw refuse(`the tree of ${size} does not continue the tree of ${old}`);
  }
}
