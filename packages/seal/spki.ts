// Ed25519 public keys as SubjectPublicKeyInfo (RFC 8410), and the name that comes of it.
import { concat, sameBytes, toHex } from "./bytes.ts";
import type { Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";

const spkiHead = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

/** The SubjectPublicKeyInfo DER of a raw 32-byte Ed25519 key. */
export function toSpki(raw: Uint8Array): Uint8Array {
  if (raw.length !== 32) throw new SealError("NOT_A_KEY", `${raw.length} bytes`);
  return concat(spkiHead, raw);
}

/** The raw key in a SubjectPublicKeyInfo; throws `NOT_A_KEY` for anything but Ed25519. */
export function fromSpki(der: Uint8Array): Uint8Array {
  if (der.length !== 44 || !sameBytes(der.subarray(0, 12), spkiHead))
    throw new SealError("NOT_A_KEY", "not Ed25519 SPKI");
  return der.slice(12);
}

/** How a key is named in logs, statements and on screen: hex SHA-256 of its SPKI. */
export const keyName = (raw: Uint8Array, { hash }: Pick<Verifying, "hash">): string =>
  toHex(hash(toSpki(raw)));
