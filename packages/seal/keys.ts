// Ed25519 public keys in the spellings that others use: raw, SPKI (RFC 8410), and C2SP verifier keys.
import { concat, fromBase64, toBase64, toHex, utf8 } from "./bytes.ts";
import type { Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";

/** Signature types of C2SP signed-note: a plain Ed25519 note signature and a cosignature/v1. */
export const noteTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type NoteType = (typeof noteTypes)[keyof typeof noteTypes];

/** A key that may sign notes, under the name its owner goes by. */
export interface VerifierKey {
  name: string;
  /** SHA-256(name || 0x0A || type || key), its first four bytes (C2SP signed-note, "Key ID"). */
  id: Uint8Array;
  type: NoteType;
  publicKey: Uint8Array;
}

/** C2SP signed-note: names are not empty and hold no white space and no plus sign. */
export const isKeyName = (name: string): boolean => name.length <= 200 && /^[^\s+\p{Cc}]+$/u.test(name);

export function verifierKey(
  name: string,
  type: NoteType,
  publicKey: Uint8Array,
  { hash }: Pick<Verifying, "hash">,
): VerifierKey {
  if (!isKeyName(name) || publicKey.length !== 32)
    throw new SealError("NOT_A_VERIFIER_KEY", name.slice(0, 80));
  const id = hash(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
  return { name, id, type, publicKey };
}

/** `name+hex(id)+base64(type||key)`. */
export const printVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${toHex(key.id)}+${toBase64(concat(Uint8Array.of(key.type), key.publicKey))}`;

/** Reads a verifier key and checks its id; throws `NOT_A_VERIFIER_KEY`. */
export function parseVerifierKey(text: string, engine: Pick<Verifying, "hash">): VerifierKey {
  const refuse = (): SealError => new SealError("NOT_A_VERIFIER_KEY", text.slice(0, 80));
  const form = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (form === null) throw refuse();
  let body: Uint8Array;
  try {
    body = fromBase64(form[3]!);
  } catch {
    throw refuse();
  }
  const type = Object.values(noteTypes).find((known) => known === body[0]);
  if (type === undefined || body.length !== 33) throw refuse();
  const key = verifierKey(form[1]!, type, body.slice(1), engine);
  if (toHex(key.id) !== form[2]) throw refuse();
  return key;
}
