// The private check at a border: its own inputs and keys, one key for each list, so that nothing of it meets other checks.
import { ascii, join, prefixed } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { canonicalLimit } from "./input.ts";
import { deriveKeyPair, type KeyPair } from "./protocol.ts";

/** By what somebody at a border is looked for; a name never without the day of birth. */
export const borderKinds = ["document", "name-birth"] as const;
export type BorderKind = (typeof borderKinds)[number];

const context = ascii("simpul/border-check/1");

/** Context, kind and value, each behind its length. Throws `EMPTY`, `TOO_LONG`, `BAD_LENGTH` for what is no value. */
export function borderInput(kind: BorderKind, value: string): Uint8Array {
  if (value.trim() === "") throw new OprfError("EMPTY", "a value");
  if (/\p{Surrogate}/u.test(value)) throw new OprfError("BAD_LENGTH", "not well-formed text");
  const bytes = ascii(value);
  if (bytes.length > canonicalLimit) throw new OprfError("TOO_LONG", `${bytes.length} bytes`);
  return join(prefixed(context), prefixed(ascii(kind)), prefixed(bytes));
}

/** The key of one version of one list, from a seed of its own that is destroyed with it. */
export const borderKey = (engine: OprfEngine, seed: Uint8Array, list: string): KeyPair =>
  deriveKeyPair(engine, "voprf", seed, join(prefixed(ascii("simpul/border-key/1")), prefixed(ascii(list))));
