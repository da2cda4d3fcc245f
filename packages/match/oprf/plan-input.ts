// The private comparison of plans before they are approved (OP-2): its own inputs and keys, so that nothing of it meets a check.
import { ascii, join, prefixed } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { canonicalLimit } from "./input.ts";
import { deriveKeyPair, type KeyPair } from "./protocol.ts";

/** A cell of the map in one week, or an identifier. */
export const planKinds = ["site", "identifier"] as const;
export type PlanKind = (typeof planKinds)[number];

const context = ascii("simpul/plan/1");

/** Context, kind and value, each behind its length. Throws `EMPTY`, `TOO_LONG`, `BAD_LENGTH` for what is no value. */
export function planInput(kind: PlanKind, value: string): Uint8Array {
  if (value.trim() === "") throw new OprfError("EMPTY", "a value");
  if (/\p{Surrogate}/u.test(value)) throw new OprfError("BAD_LENGTH", "not well-formed text");
  const bytes = ascii(value);
  if (bytes.length > canonicalLimit) throw new OprfError("TOO_LONG", `${bytes.length} bytes`);
  return join(prefixed(context), prefixed(ascii(kind)), prefixed(bytes));
}

/** The key of one month, from a seed of its own. */
export const planKey = (engine: OprfEngine, seed: Uint8Array, epoch: string): KeyPair =>
  deriveKeyPair(engine, "voprf", seed, join(prefixed(ascii("simpul/plan-key/1")), prefixed(ascii(epoch))));
