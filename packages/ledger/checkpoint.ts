// C2SP tlog-checkpoint v1.0.0: the head of a log as three lines of a signed note, and its cosignatures.
import {
  checkNote,
  concat,
  cosignedText,
  fromBase64,
  parseNote,
  sameBytes,
  toBase64,
  uint64,
} from "@simpul/seal";
import type { CheckedSignature, Note, NoteSignature, Signer, VerifierKey, Verifying } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

/** What a head says: so many leaves, under this root, in the log of this name. */
export interface Checkpoint {
  /** Unique name of the log, e.g. `simpul.example/id/main`. */
  origin: string;
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

export const printCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads a note's text; lines after the root are allowed and carried by the signature only. Throws `NOT_A_CHECKPOINT`. */
export function parseCheckpoint(text: string): Checkpoint {
  const refuse = (): LedgerError => new LedgerError("NOT_A_CHECKPOINT", text.slice(0, 120));
  const form = /^([^\n]{1,300})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/.exec(text);
  if (form === null) throw refuse();
  const size = Number(form[2]);
  if (!Number.isSafeInteger(size)) throw refuse();
  try {
    return { origin: form[1]!, size, root: fromBase64(form[3]!) };
  } catch {
    throw refuse();
  }
}

export interface OpenedCheckpoint extends Checkpoint {
  note: Note;
  /** Signatures of known keys; the log's own first where it is there. */
  signed: CheckedSignature[];
}

/** Reads a signed checkpoint that the log itself must have signed. Throws `NOT_A_CHECKPOINT`, `NOT_A_NOTE`, `BAD_SIGNATURE`. */
export async function openCheckpoint(
  bytes: Uint8Array,
  log: VerifierKey,
  cosigners: readonly VerifierKey[],
  engine: Verifying,
): Promise<OpenedCheckpoint> {
  const note = parseNote(bytes);
  const head = parseCheckpoint(note.text);
  if (head.origin !== log.name)
    throw new LedgerError("NOT_A_CHECKPOINT", `of ${head.origin}, not of ${log.name}`);
  const signed = await checkNote(note, [log, ...cosigners], engine);
  if (!signed.some(({ key }) => key === log))
    throw new LedgerError("NOT_A_CHECKPOINT", "the log did not sign it");
  return { ...head, note, signed };
}

/** A cosigner's signature over a checkpoint's text at `time` (seconds since 1970), C2SP tlog-cosignature. */
export async function cosign(
  text: string,
  key: VerifierKey,
  time: number,
  signer: Signer,
): Promise<NoteSignature> {
  const signature = await signer.sign(cosignedText(text, time));
  return { name: key.name, id: key.id, body: concat(uint64(time), signature) };
}

/** Two heads of one log that cannot both be true: the log's own signatures prove it. Kept for ever, shown to everybody. */
export interface FraudRecord {
  kind: "split-view";
  first: string;
  second: string;
}

/** Null when the two heads can both be true as far as sizes and roots tell. */
export function fraudBetween(
  first: { head: Checkpoint; text: string },
  second: { head: Checkpoint; text: string },
): FraudRecord | null {
  const split =
    first.head.origin === second.head.origin &&
    first.head.size === second.head.size &&
    !sameBytes(first.head.root, second.head.root);
  return split ? { kind: "split-view", first: first.text, second: second.text } : null;
}
