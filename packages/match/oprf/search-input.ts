// The private search between victim desks: its own inputs, keys and tags, so that nothing of it meets the general check.
import { ascii, join, prefixed, toHex } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { canonicalLimit } from "./input.ts";
import { deriveKeyPair, type KeyPair } from "./protocol.ts";

/** By what a person is looked for; a name never without the day of birth. */
export const searchKinds = ["document", "phone", "name-birth"] as const;
export type SearchKind = (typeof searchKinds)[number];

const context = ascii("simpul/victim-search/1");

/** Context, kind and value, each behind its length. Throws `EMPTY`, `TOO_LONG`, `BAD_LENGTH` for what is no value. */
export function searchInput(kind: SearchKind, value: string): Uint8Array {
  if (value.trim() === "") throw new OprfError("EMPTY", "a value");
  if (/\p{Surrogate}/u.test(value)) throw new OprfError("BAD_LENGTH", "not well-formed text");
  const bytes = ascii(value);
  if (bytes.length > canonicalLimit) throw new OprfError("TOO_LONG", `${bytes.length} bytes`);
  return join(prefixed(context), prefixed(ascii(kind)), prefixed(bytes));
}

/** The key of one search, from a seed of its own that is destroyed with it. */
export const searchKey = (engine: OprfEngine, seed: Uint8Array, search: string): KeyPair =>
  deriveKeyPair(
    engine,
    "voprf",
    seed,
    join(prefixed(ascii("simpul/victim-search-key/1")), prefixed(ascii(search))),
  );

/** The first 16 bytes of an output, in hexadecimal: too many for a match by chance. */
export function searchTag(output: Uint8Array): string {
  if (output.length !== 64) throw new OprfError("BAD_LENGTH", `an output of ${output.length} bytes`);
  return toHex(output.subarray(0, 16));
}
