// The suite ristretto255-SHA512 of RFC 9497 (section 4.1): its labels, and hashing to the group and to scalars.
import { ascii, join, piece, twoBytes } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";

export const identifier = "ristretto255-SHA512";
export const modes = { oprf: 0, voprf: 1 } as const;
export type Mode = keyof typeof modes;

/** RFC 9497 section 2.2.1 writes the index of an item into two bytes. */
export const batchLimit = 0xffff;
/** RFC 9497 section 1.2: inputs of at most 2^16 - 1 bytes. */
export const inputLimit = 0xffff;

/** RFC 9497 section 3.1: "OPRFV1-" || I2OSP(mode, 1) || "-" || identifier. */
const contextString = (mode: Mode): Uint8Array =>
  join(ascii("OPRFV1-"), Uint8Array.of(modes[mode]), ascii(`-${identifier}`));

const labels = Object.fromEntries(
  (["oprf", "voprf"] as const).map((mode) => {
    const context = contextString(mode);
    return [
      mode,
      {
        group: join(ascii("HashToGroup-"), context),
        scalar: join(ascii("HashToScalar-"), context),
        key: join(ascii("DeriveKeyPair"), context),
        seed: join(ascii("Seed-"), context),
      },
    ];
  }),
) as Record<Mode, Record<"group" | "scalar" | "key" | "seed", Uint8Array>>;

export const label = (mode: Mode, use: "group" | "scalar" | "key" | "seed"): Uint8Array => labels[mode][use];

const blockBytes = 128;

/** expand_message_xmd of RFC 9380 section 5.3.1 with SHA-512, for exactly 64 bytes. */
export function expand(engine: OprfEngine, message: Uint8Array, dst: Uint8Array): Uint8Array {
  const tail = join(dst, Uint8Array.of(dst.length));
  const first = engine.sha512(
    join(new Uint8Array(blockBytes), message, twoBytes(64), Uint8Array.of(0), tail),
  );
  return engine.sha512(join(first, Uint8Array.of(1), tail));
}

/** HashToGroup for every input; elements packed. Throws `TOO_LONG`. */
export function hashToGroup(engine: OprfEngine, mode: Mode, inputs: readonly Uint8Array[]): Uint8Array {
  const uniform = new Uint8Array(inputs.length * 64);
  const dst = label(mode, "group");
  inputs.forEach((input, i) => {
    if (input.length > inputLimit) throw new OprfError("TOO_LONG", `an input of ${input.length} bytes`);
    uniform.set(expand(engine, input, dst), i * 64);
  });
  const elements = engine.derive(uniform);
  for (let i = 0; i < inputs.length; i++)
    if (piece(elements, i, 32).every((byte) => byte === 0))
      throw new OprfError("NOT_AN_ELEMENT", "an input hashes to the identity");
  return elements;
}

/** HashToScalar with the mode's own label unless another is given. */
export const hashToScalar = (engine: OprfEngine, message: Uint8Array, dst: Uint8Array): Uint8Array =>
  engine.reduce(expand(engine, message, dst));
