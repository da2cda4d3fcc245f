// Heads that a node makes and cosigns (C2SP tlog-checkpoint, tlog-cosignature), and two that cannot both be true.
import { concat, cosignedText, sameBytes, toBase64, uint64 } from "@simpul/seal";
import type { NoteSignature, Signer, VerifierKey } from "@simpul/seal";
import type { Checkpoint } from "./checkpoint.ts";

export const printCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

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
