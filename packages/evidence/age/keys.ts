// Age keys as text: Bech32 (BIP 173) of an X25519 scalar or point, as the stock tools read them.
import { EvidenceError } from "../errors.ts";
import type { AgeEngine, RandomBytes } from "./engine.ts";

const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if ((top >>> i) & 1) checksum ^= generator;
    });
  }
  return checksum;
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function regroup(data: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  const out: number[] = [];
  let bits = 0;
  let value = 0;
  for (const piece of data) {
    value = ((value << from) | piece) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((value >> bits) & ((1 << to) - 1));
    }
  }
  if (pad) {
    if (bits > 0) out.push((value << (to - bits)) & ((1 << to) - 1));
    return out;
  }
  return bits >= from || ((value << (to - bits)) & ((1 << to) - 1)) !== 0 ? null : out;
}

function bech32(prefix: string, data: Uint8Array): string {
  const words = regroup(data, 8, 5, true)!;
  const checksum = polymod([...expand(prefix), ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [5, 4, 3, 2, 1, 0].map((i) => (checksum >>> (5 * i)) & 31);
  return `${prefix}1${[...words, ...tail].map((word) => alphabet[word]!).join("")}`;
}

function unbech32(prefix: string, text: string): Uint8Array {
  const lower = text.toLowerCase();
  const words = Array.from(lower.slice(prefix.length + 1), (letter) => alphabet.indexOf(letter));
  const mixed = text !== lower && text !== text.toUpperCase();
  if (mixed || text.length > 90 || !lower.startsWith(`${prefix}1`) || words.includes(-1) || words.length < 6)
    throw new EvidenceError("NOT_AN_AGE_KEY");
  if (polymod([...expand(prefix), ...words]) !== 1) throw new EvidenceError("NOT_AN_AGE_KEY", "checksum");
  const data = regroup(words.slice(0, -6), 5, 8, false);
  if (data?.length !== 32) throw new EvidenceError("NOT_AN_AGE_KEY", "length");
  return Uint8Array.from(data);
}

/** The private half of an age key pair: 32 bytes. */
export interface AgeIdentity {
  readonly scalar: Uint8Array;
  readonly point: Uint8Array;
}

export const AgeIdentity = {
  make(engine: AgeEngine, random: RandomBytes): AgeIdentity {
    return AgeIdentity.of(engine, random.bytes(32));
  },
  of: (engine: AgeEngine, scalar: Uint8Array): AgeIdentity => ({
    scalar,
    point: engine.x25519Public(scalar),
  }),
  /** Reads `AGE-SECRET-KEY-1…`; throws `NOT_AN_AGE_KEY`, and never repeats the text. */
  parse: (engine: AgeEngine, text: string): AgeIdentity =>
    AgeIdentity.of(engine, unbech32("age-secret-key-", text.trim())),
  /** What `age -d -i FILE` reads. */
  print: (identity: AgeIdentity): string => bech32("age-secret-key-", identity.scalar).toUpperCase(),
};

export const AgeRecipient = {
  /** Reads `age1…`; throws `NOT_AN_AGE_KEY`. */
  parse: (text: string): Uint8Array => unbech32("age", text.trim()),
  print: (point: Uint8Array): string => bech32("age", point),
};
