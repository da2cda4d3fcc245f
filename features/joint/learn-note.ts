// A note as it comes along with another party's word: signed by its writer, one text under one version.
import { EnvelopeRefused } from "@simpul/exchange";
import type { Digest } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Note } from "./contract.ts";
import type { JointNode } from "./node.ts";
import { keepNote, knownSpace, type Held } from "./records.ts";
import { digestOf, signedBy } from "./signing.ts";

/** Kept where it was not known; throws the refusals `BAD_BODY`, `NOT_ALLOWED`. */
export async function learnNote(
  node: JointNode,
  tx: Writer,
  note: Note,
  signed: string,
): Promise<{ held: Held; digest: Digest }> {
  if (!note.parties.includes(node.code) || !note.parties.includes(note.proposer))
    throw new EnvelopeRefused("BAD_BODY", "a note of others");
  const digest = digestOf(note);
  if (!(await signedBy(node, note.proposer, "note", note, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "a note that its writer did not sign");
  await sql`insert into simpul.joint_spaces (id, title, proposer, created_at, changed_at)
    values (${note.space}, ${note.title}, ${note.proposer}, ${tx.at}, ${tx.at}) on conflict do nothing`.execute(
    tx.rows,
  );
  await keepNote(tx, note, digest, signed);
  const held = await knownSpace(tx, note.space);
  const kept = held.notes.find((one) => one.version === note.version);
  // One version, one text: whoever signs two of them is told so, and the first stays.
  if (kept?.digest !== digest || held.row.proposer !== note.proposer)
    throw new EnvelopeRefused("NOT_ALLOWED", "another note under the same number");
  return { held, digest };
}
