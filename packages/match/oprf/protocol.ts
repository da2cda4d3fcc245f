// RFC 9497 in its modes OPRF and VOPRF over ristretto255-SHA512: blind, evaluate, finalise; always in batches.
import type { Random } from "@simpul/model";
import { ascii, join, piece, prefixed } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { proveWith, randomScalar, verifyProof } from "./proof.ts";
import { invertAll, readScalar, toNumber } from "./scalars.ts";
import { batchLimit, hashToGroup, hashToScalar, inputLimit, label, type Mode } from "./suite.ts";

export interface KeyPair {
  /** A canonical scalar, 32 bytes. */
  secretKey: Uint8Array;
  /** Its element, 32 bytes; published in the signed directory. */
  publicKey: Uint8Array;
}

/** What the asker keeps (blinds) and what she sends (blinded); packed, in the order of the inputs. */
export interface Blinded {
  blinds: Uint8Array;
  blinded: Uint8Array;
}

/** What the holder returns. */
export interface Evaluated {
  evaluated: Uint8Array;
  proof: Uint8Array;
}

function count(packed: Uint8Array, what: string): number {
  if (packed.length % 32 !== 0) throw new OprfError("BAD_LENGTH", what);
  const n = packed.length / 32;
  if (n === 0) throw new OprfError("EMPTY", what);
  if (n > batchLimit) throw new OprfError("TOO_MANY", `${n} ${what}`);
  return n;
}

/** DeriveKeyPair (RFC 9497 section 3.2.1) from a 32-byte seed. */
export function deriveKeyPair(engine: OprfEngine, mode: Mode, seed: Uint8Array, info: Uint8Array): KeyPair {
  if (seed.length !== 32) throw new OprfError("BAD_LENGTH", `a seed of ${seed.length} bytes`);
  for (let counter = 0; counter < 256; counter++) {
    const message = join(seed, prefixed(info), Uint8Array.of(counter));
    const secretKey = hashToScalar(engine, message, label(mode, "key"));
    if (toNumber(secretKey) !== 0n) return { secretKey, publicKey: engine.multiplyBase(secretKey) };
  }
  throw new OprfError("KEY_UNUSABLE");
}

/** Blind with blinds that are given; only vectors and samplings of an oversight officer do so. */
export function blindWith(
  engine: OprfEngine,
  mode: Mode,
  inputs: readonly Uint8Array[],
  blinds: Uint8Array,
): Blinded {
  if (count(blinds, "blinds") !== inputs.length)
    throw new OprfError("BAD_LENGTH", "one blind for each input");
  for (let i = 0; i < inputs.length; i++) readScalar(piece(blinds, i, 32));
  return { blinds, blinded: engine.multiply(hashToGroup(engine, mode, inputs), blinds) };
}

/** Blind: hides each input behind a fresh random factor, so that the holder learns nothing about it at all. */
export function blind(
  engine: OprfEngine,
  mode: Mode,
  inputs: readonly Uint8Array[],
  random: Random,
): Blinded {
  if (inputs.length === 0) throw new OprfError("EMPTY", "inputs");
  if (inputs.length > batchLimit) throw new OprfError("TOO_MANY", `${inputs.length} inputs`);
  const blinds = engine.reduce(random.bytes(64 * inputs.length));
  return blindWith(engine, mode, inputs, blinds);
}

/** BlindEvaluate without a proof (mode OPRF). Throws `NOT_AN_ELEMENT` for anything not canonical. */
export function evaluate(engine: OprfEngine, secretKey: Uint8Array, blinded: Uint8Array): Uint8Array {
  count(blinded, "blinded elements");
  readScalar(secretKey);
  return engine.multiply(blinded, secretKey);
}

/** BlindEvaluate with one proof for the batch (mode VOPRF); `r` is given by vectors only. */
export function evaluateWithProof(
  engine: OprfEngine,
  keys: KeyPair,
  blinded: Uint8Array,
  r: Random | Uint8Array,
): Evaluated {
  const evaluated = evaluate(engine, keys.secretKey, blinded);
  const chosen = r instanceof Uint8Array ? r : randomScalar(engine, r);
  return {
    evaluated,
    proof: proveWith(engine, keys.secretKey, { publicKey: keys.publicKey, blinded, evaluated }, chosen),
  };
}

/** Hash(len(input) || input || len(element) || element || "Finalize"). */
function output(engine: OprfEngine, input: Uint8Array, element: Uint8Array): Uint8Array {
  return engine.sha512(join(prefixed(input), prefixed(element), finalLabel));
}
const finalLabel = ascii("Finalize");

/** Finalize without a proof (mode OPRF): 64 bytes for each input. */
export function finalise(
  engine: OprfEngine,
  inputs: readonly Uint8Array[],
  blinds: Uint8Array,
  evaluated: Uint8Array,
): Uint8Array[] {
  if (count(evaluated, "evaluated elements") !== inputs.length || blinds.length !== evaluated.length)
    throw new OprfError("BAD_LENGTH", "one element for each input");
  const unblinded = engine.multiply(evaluated, invertAll(blinds));
  return inputs.map((input, i) => output(engine, input, piece(unblinded, i, 32)));
}

/** Finalize (mode VOPRF): throws `BAD_PROOF` when another key than the published one was used for any of them. */
export function finaliseVerified(
  engine: OprfEngine,
  ask: { inputs: readonly Uint8Array[]; publicKey: Uint8Array } & Blinded,
  answer: Evaluated,
): Uint8Array[] {
  verifyProof(
    engine,
    { publicKey: ask.publicKey, blinded: ask.blinded, evaluated: answer.evaluated },
    answer.proof,
  );
  return finalise(engine, ask.inputs, ask.blinds, answer.evaluated);
}

/** Evaluate (RFC 9497 section 3.3): what finalise gives, for one's own values under one's own key. */
export function evaluateOwn(
  engine: OprfEngine,
  mode: Mode,
  secretKey: Uint8Array,
  inputs: readonly Uint8Array[],
): Uint8Array[] {
  readScalar(secretKey);
  if (inputs.some((input) => input.length > inputLimit)) throw new OprfError("TOO_LONG");
  const elements = engine.multiply(hashToGroup(engine, mode, inputs), secretKey);
  return inputs.map((input, i) => output(engine, input, piece(elements, i, 32)));
}
