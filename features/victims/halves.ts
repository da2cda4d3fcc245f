// The recovery secret as two halves on paper: each alone is random, typed again it is checked before it is used.
import { createHash } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export interface Half {
  which: 1 | 2;
  bytes: Uint8Array;
}

/** Two halves whose exclusive-or is the secret; fourteen groups of four letters each. */
export function split(secret: Uint8Array, random: Uint8Array): [string, string] {
  return [print({ which: 1, bytes: random }), print({ which: 2, bytes: xor(secret, random) })];
}

export const join = (one: Half, other: Half): Uint8Array => xor(one.bytes, other.bytes);

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, nth) => byte ^ b[nth]!);

const check = (body: Uint8Array): Uint8Array =>
  createHash("sha256").update("simpul recovery half v1").update(body).digest().subarray(0, 2);

function print({ which, bytes }: Half): string {
  const body = Uint8Array.of(which, ...bytes);
  const all = Uint8Array.of(...body, ...check(body));
  let bits = 0n;
  for (const byte of all) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let at = 55n; at >= 0n; at--) text += letters.charAt(Number((bits >> (at * 5n)) & 31n));
  return text.match(/.{4}/g)!.join(" ");
}

/** Null for what is no half, or has a slip in it. Letters that look alike on paper are taken for each other. */
export function readHalf(text: string): Half | null {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (!/^[0-9A-HJKMNP-TV-Z]{56}$/.test(plain)) return null;
  let bits = 0n;
  for (const letter of plain) bits = (bits << 5n) | BigInt(letters.indexOf(letter));
  const all = Uint8Array.from({ length: 35 }, (_, nth) => Number((bits >> BigInt((34 - nth) * 8)) & 255n));
  const body = all.subarray(0, 33);
  const which = body[0];
  if ((which !== 1 && which !== 2) || !check(body).every((byte, nth) => byte === all[33 + nth])) return null;
  return { which, bytes: Uint8Array.from(body.subarray(1)) };
}
