// The proof that one key evaluated a whole batch: discrete logarithm equality, RFC 9497 sections 2.2.1 and 2.2.2.
import type { Random } from "@simpul/model";
import { ascii, join, piece, prefixed, same, twoBytes } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { order, readScalar, toNumber } from "./scalars.ts";
import { batchLimit, hashToScalar, label } from "./suite.ts";

export const proofBytes = 64;

/** A batch as both sides see it: packed elements as sent, packed elements as returned. */
interface Batch {
  publicKey: Uint8Array;
  blinded: Uint8Array;
  evaluated: Uint8Array;
}

/** The weights d_i, packed. */
function weights(engine: OprfEngine, batch: Batch): Uint8Array {
  const n = batch.blinded.length / 32;
  if (n === 0) throw new OprfError("EMPTY", "a batch");
  if (n > batchLimit) throw new OprfError("TOO_MANY", `${n} in one batch`);
  if (batch.evaluated.length !== batch.blinded.length)
    throw new OprfError("BAD_LENGTH", "as many back as were sent");
  const seed = engine.sha512(join(prefixed(batch.publicKey), prefixed(label("voprf", "seed"))));
  const dst = label("voprf", "scalar");
  const packed = new Uint8Array(n * 32);
  const end = ascii("Composite");
  for (let i = 0; i < n; i++) {
    const transcript = join(
      prefixed(seed),
      twoBytes(i),
      prefixed(piece(batch.blinded, i, 32)),
      prefixed(piece(batch.evaluated, i, 32)),
      end,
    );
    packed.set(hashToScalar(engine, transcript, dst), i * 32);
  }
  return packed;
}

function challenge(engine: OprfEngine, elements: readonly Uint8Array[]): Uint8Array {
  const transcript = join(...elements.map(prefixed), ascii("Challenge"));
  return hashToScalar(engine, transcript, label("voprf", "scalar"));
}

/** A scalar that nobody can guess, never zero; `wide` fixes it for the published vectors. */
export function randomScalar(engine: OprfEngine, random: Random): Uint8Array {
  for (;;) {
    const scalar = engine.reduce(random.bytes(64));
    if (toNumber(scalar) !== 0n) return scalar;
  }
}

/** GenerateProof with a given `r`; only vectors give one. */
export function proveWith(engine: OprfEngine, key: Uint8Array, batch: Batch, r: Uint8Array): Uint8Array {
  const m = engine.combine(batch.blinded, weights(engine, batch));
  const z = engine.multiply(m, key);
  const t2 = engine.multiplyBase(r);
  const t3 = engine.multiply(m, r);
  const c = challenge(engine, [batch.publicKey, m, z, t2, t3]);
  return join(c, engine.respond(r, c, key));
}

/** Throws `BAD_PROOF` unless one key, the one behind `publicKey`, made every element of the batch. */
export function verifyProof(engine: OprfEngine, batch: Batch, proof: Uint8Array): void {
  if (proof.length !== proofBytes) throw new OprfError("BAD_PROOF", `${proof.length} bytes`);
  const c = proof.subarray(0, 32);
  const s = proof.subarray(32);
  if (toNumber(c) >= order || toNumber(s) >= order) throw new OprfError("BAD_PROOF", "a scalar out of range");
  if (!engine.isElement(batch.publicKey)) throw new OprfError("NOT_AN_ELEMENT", "the public key");
  const d = weights(engine, batch);
  const m = engine.combine(batch.blinded, d);
  const z = engine.combine(batch.evaluated, d);
  try {
    readScalar(c);
    readScalar(s);
  } catch (cause) {
    throw new OprfError("BAD_PROOF", "a scalar is zero", cause);
  }
  const t2 = engine.combine(join(base, batch.publicKey), join(s, c));
  const t3 = engine.combine(join(m, z), join(s, c));
  if (!same(c, challenge(engine, [batch.publicKey, m, z, t2, t3]))) throw new OprfError("BAD_PROOF");
}

/** The generator of ristretto255 (RFC 9496 appendix A.1, multiple 1). */
const base = Uint8Array.from(
  "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"
    .match(/../g)!
    .map((hex) => parseInt(hex, 16)),
);
