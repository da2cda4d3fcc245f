// C2SP tlog-checkpoint v1.0.0: the head of a log as three lines of a signed note, and its cosignatures.
import { checkNote, fromBase64, parseNote } from "@simpul/seal";
import type { CheckedSignature, Note, VerifierKey, Verifying } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

/** What a head says: so many leaves, under this root, in the log of this name. */
export interface Checkpoint {
  /** Unique name of the log, e.g. `simpul.example/id/main`. */
  origin: string;
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

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
