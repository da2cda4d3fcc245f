// The head of an age v1 file (C2SP age.md): one X25519 stanza per recipient, then a MAC over all of it.
import { EvidenceError } from "../errors.ts";
import { hkdf32, join, same, type AgeEngine, type RandomBytes } from "./engine.ts";
import type { AgeIdentity } from "./keys.ts";

const version = "age-encryption.org/v1\n";
const label = "age-encryption.org/v1/X25519";
const zeroNonce = new Uint8Array(12);
const utf8 = new TextEncoder();
/** Longest head we read: room for about 200 recipients. */
export const maxHeaderBytes = 24 * 1024;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 without padding, as age writes it. */
function base64(data: Uint8Array): string {
  let out = "";
  for (let i = 0; i < data.length; i += 3) {
    const word = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    const letters = Math.min(4, Math.ceil(((data.length - i) * 8) / 6));
    for (let j = 0; j < letters; j++) out += alphabet[(word >> (18 - 6 * j)) & 63]!;
  }
  return out;
}

/** Canonical only: a second spelling of the same bytes is refused. */
function unbase64(text: string): Uint8Array {
  const values = Array.from(text, (letter) => alphabet.indexOf(letter));
  const out: number[] = [];
  for (let i = 0; i < values.length; i += 4) {
    const group = values.slice(i, i + 4);
    const word = group.reduce((sum, value, j) => sum | (value << (18 - 6 * j)), 0);
    for (let j = 0; j < group.length - 1; j++) out.push((word >> (16 - 8 * j)) & 255);
  }
  const data = Uint8Array.from(out);
  if (values.includes(-1) || base64(data) !== text) throw new EvidenceError("NOT_AN_AGE_FILE", "base64");
  return data;
}

export interface SealedHead {
  /** The head, then the 16-byte nonce: everything before the first chunk. */
  bytes: Uint8Array;
  payloadKey: Uint8Array;
}

/** Makes a new file key and wraps it to every recipient (X25519 points). */
export function writeHead(
  engine: AgeEngine,
  random: RandomBytes,
  recipients: readonly Uint8Array[],
): SealedHead {
  if (recipients.length === 0) throw new EvidenceError("NOT_AN_AGE_KEY", "no recipient");
  const fileKey = random.bytes(16);
  let text = version;
  for (const recipient of recipients) {
    const ephemeral = random.bytes(32);
    const share = engine.x25519Public(ephemeral);
    const shared = agree(engine, ephemeral, recipient);
    const wrapKey = hkdf32(engine, shared, join([share, recipient]), label);
    text += `-> X25519 ${base64(share)}\n${base64(engine.seal(wrapKey, zeroNonce, fileKey))}\n`;
  }
  text += "---";
  const mac = engine.hmacSha256(hkdf32(engine, fileKey, new Uint8Array(), "header"), utf8.encode(text));
  const nonce = random.bytes(16);
  return {
    bytes: join([utf8.encode(`${text} ${base64(mac)}\n`), nonce]),
    payloadKey: hkdf32(engine, fileKey, nonce, "payload"),
  };
}

function agree(engine: AgeEngine, scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const shared = engine.x25519(scalar, point);
  if (same(shared, new Uint8Array(32))) throw new EvidenceError("NOT_AN_AGE_KEY", "low order point");
  return shared;
}

export interface OpenedHead {
  payloadKey: Uint8Array;
  /** Where the first chunk begins. */
  length: number;
}

/**
 * Opens the head at the start of `bytes` (give at least `maxHeaderBytes`, or the whole file). Throws
 * `NOT_AN_AGE_FILE` when it is not one, `NOT_FOR_THIS_KEY`, `AGE_FILE_DAMAGED` when the MAC does not fit.
 */
export function readHead(engine: AgeEngine, identity: AgeIdentity, bytes: Uint8Array): OpenedHead {
  const { text, stanzas, mac } = split(bytes);
  const fileKey = stanzas.map((stanza) => unwrap(engine, identity, stanza)).find((key) => key !== null);
  if (fileKey === undefined) throw new EvidenceError("NOT_FOR_THIS_KEY");
  const signed = utf8.encode(text.slice(0, text.lastIndexOf(" ")));
  if (!same(engine.hmacSha256(hkdf32(engine, fileKey, new Uint8Array(), "header"), signed), mac))
    throw new EvidenceError("AGE_FILE_DAMAGED", "header");
  const nonce = bytes.subarray(text.length, text.length + 16);
  if (nonce.length !== 16) throw new EvidenceError("NOT_AN_AGE_FILE", "cut off");
  return { payloadKey: hkdf32(engine, fileKey, nonce, "payload"), length: text.length + 16 };
}

interface Stanza {
  share: Uint8Array;
  body: Uint8Array;
}

function split(bytes: Uint8Array): { text: string; stanzas: Stanza[]; mac: Uint8Array } {
  // Latin-1 keeps one letter per byte, so that offsets in the text are offsets in the file.
  const head = Array.from(bytes.subarray(0, maxHeaderBytes), (byte) => String.fromCharCode(byte)).join("");
  const end = /\n--- [^\n]*\n/.exec(head);
  if (!head.startsWith(version) || end === null) throw new EvidenceError("NOT_AN_AGE_FILE");
  const text = head.slice(0, end.index + end[0].length);
  const stanzas: Stanza[] = [];
  // A body's last line is shorter than 64; an X25519 body is 43 letters, one line. Other kinds are passed over.
  for (const [, args, body] of text.matchAll(
    /^-> ([^\n]+)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63})\n/gm,
  )) {
    const [kind, share, more] = args!.split(" ");
    if (kind !== "X25519") continue;
    if (share === undefined || more !== undefined) throw new EvidenceError("NOT_AN_AGE_FILE", "stanza");
    const stanza = { share: unbase64(share), body: unbase64(body!.replaceAll("\n", "")) };
    if (stanza.share.length !== 32 || stanza.body.length !== 32)
      throw new EvidenceError("NOT_AN_AGE_FILE", "stanza length");
    stanzas.push(stanza);
  }
  const mac = unbase64(text.slice(text.lastIndexOf(" ") + 1, -1));
  return { text, stanzas, mac };
}

function unwrap(engine: AgeEngine, identity: AgeIdentity, stanza: Stanza): Uint8Array | null {
  const shared = agree(engine, identity.scalar, stanza.share);
  const wrapKey = hkdf32(engine, shared, join([stanza.share, identity.point]), label);
  return engine.open(wrapKey, zeroNonce, stanza.body);
}
