// Writing signed notes (C2SP signed-note v1.0.0) and their lines.
import { concat, toBase64, utf8 } from "./bytes.ts";
import type { Signer } from "./engine.ts";
import { SealError } from "./errors.ts";
import type { VerifierKey } from "./keys.ts";
import { hasControl } from "./note.ts";
import type { Note, NoteSignature } from "./note.ts";

export const signatureLine = (signature: NoteSignature): string =>
  `— ${signature.name} ${toBase64(concat(signature.id, signature.body))}\n`;

export const printNote = (note: Note): string =>
  `${note.text}\n${note.signatures.map(signatureLine).join("")}`;

/** Signs `text` (which ends with a newline) under the key's name. Throws `NOT_A_NOTE` for what could not be read back. */
export async function signNote(text: string, key: VerifierKey, signer: Signer): Promise<NoteSignature> {
  if (!text.endsWith("\n") || text === "\n")
    throw new SealError("NOT_A_NOTE", "the text does not end with a newline");
  if (hasControl(text) || /\p{Surrogate}/u.test(text))
    throw new SealError("NOT_A_NOTE", "a control character");
  return { name: key.name, id: key.id, body: await signer.sign(utf8(text)) };
}
