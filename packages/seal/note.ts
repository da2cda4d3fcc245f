// C2SP signed-note v1.0.0: a short text that several named keys signed, each on a line of its own.
import { fromBase64, sameBytes, toHex, utf8 } from "./bytes.ts";
import type { Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";
import { isKeyName, noteTypes } from "./keys.ts";
import type { VerifierKey } from "./keys.ts";

export interface NoteSignature {
  name: string;
  /** Four bytes. */
  id: Uint8Array;
  /** What follows the id; 64 bytes for Ed25519, 72 for a cosignature. */
  body: Uint8Array;
}

export interface Note {
  /** Ends with a newline. */
  text: string;
  signatures: NoteSignature[];
}

/** More than C2SP asks for (at least 16), and an end to what a hostile log can make us check. */
const limits = { bytes: 1_000_000, signatures: 100 } as const;

/** C2SP signed-note: nothing below U+0020 but the newline. */
export const hasControl = (text: string): boolean => /[\u0000-\u0009\u000b-\u001f]/.test(text);

/** Reads a note without believing any of it. Throws `NOT_A_NOTE`. */
export function parseNote(bytes: Uint8Array): Note {
  const refuse = (why: string): SealError => new SealError("NOT_A_NOTE", why);
  if (bytes.length > limits.bytes) throw refuse("too large");
  let all: string;
  try {
    all = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse("not UTF-8");
  }
  if (hasControl(all)) throw refuse("a control character");
  const split = all.lastIndexOf("\n\n");
  if (split < 0) throw refuse("no empty line before the signatures");
  const text = all.slice(0, split + 1);
  const block = all.slice(split + 2);
  if (block === "" || !block.endsWith("\n")) throw refuse("no signature");
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > limits.signatures) throw refuse("too many signatures");
  return { text, signatures: lines.map((line) => parseSignatureLine(line, refuse)) };
}

function parseSignatureLine(line: string, refuse: (why: string) => SealError): NoteSignature {
  const form = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
  if (form === null || !isKeyName(form[1]!)) throw refuse("a malformed signature line");
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(form[2]!);
  } catch {
    throw refuse("a malformed signature line");
  }
  if (bytes.length < 5) throw refuse("a short signature");
  return { name: form[1]!, id: bytes.slice(0, 4), body: bytes.slice(4) };
}

export interface CheckedSignature {
  key: VerifierKey;
  /** Seconds since 1970 that a cosigner vouches for; null for a plain signature. */
  time: number | null;
}

/** What a cosigner signs: `cosignature/v1`, the time, then the note's text (C2SP tlog-cosignature). */
export const cosignedText = (text: string, time: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * Gives the signatures of known keys, each key once, in the order of the note. Unknown keys are passed over; a known
 * key whose signature does not hold makes the whole note worthless. Throws `BAD_SIGNATURE`.
 */
export async function checkNote(
  note: Note,
  known: readonly VerifierKey[],
  engine: Verifying,
): Promise<CheckedSignature[]> {
  const checked: CheckedSignature[] = [];
  const tried = new Set<string>();
  for (const signature of note.signatures) {
    const key = known.find((one) => one.name === signature.name && sameBytes(one.id, signature.id));
    if (key === undefined) continue;
    const label = `${key.name}+${toHex(key.id)}`;
    // Every line of a known key is checked, its second one too: C2SP signed-note, "Signatures".
    const time = await holds(note.text, key, signature, engine);
    if (time === false) throw new SealError("BAD_SIGNATURE", label);
    if (!tried.has(label)) checked.push({ key, time });
    tried.add(label);
  }
  return checked;
}

async function holds(
  text: string,
  key: VerifierKey,
  { body }: NoteSignature,
  engine: Verifying,
): Promise<number | null | false> {
  if (key.type === noteTypes.ed25519) {
    return body.length === 64 && (await engine.verify(key.publicKey, utf8(text), body)) ? null : false;
  }
  if (body.length !== 72) return false;
  const time = Number(new DataView(body.buffer, body.byteOffset, 8).getBigUint64(0));
  if (!Number.isSafeInteger(time)) return false;
  return (await engine.verify(key.publicKey, cosignedText(text, time), body.subarray(8))) ? time : false;
}
