// What is said of a note while it is agreed: a party's remark on one of its parts, its lawyer's clearance (JIT-2).
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { isPart, JointError, type Clearance, type NoteWord, type PartRef, type Remark } from "./contract.ts";
import { requireSpace, signsAs, type Db, type JointNode, type OfOfficer } from "./node.ts";
import { bytesOf, heldOf, json, policyFacts, touch, type Held, type NoteRow } from "./records.ts";
import { most } from "./rules.ts";
import { read } from "./shapes.ts";
import { digestOf, sign, signedBy } from "./signing.ts";
import { learnNote } from "./learn-note.ts";
import { tell } from "./tell.ts";

/** The words that she read. */
interface OfNote {
  version: number;
  digest: Digest;
}
type What = Pick<Remark, "kind" | "part" | "of" | "text"> | Pick<Clearance, "kind" | "text">;

/** Every party of a note that was sent reads it; what is said of a draft stays here. Throws `NOTE_IS_ANOTHER`, `NOT_WAITING_HERE`. */
export const remark = (
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  { part, of, text, ...note }: OfNote & PartRef & { text: string },
): Promise<void> => speak(node, standing, space, note, { kind: "remark", part, of, text });

/** A lawyer of this state finds that it may sign these words: another officer than the one who signs. Throws as `remark`. */
export const clear = (
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  { text, ...note }: OfNote & { text: string },
): Promise<void> => speak(node, standing, space, note, { kind: "clearance", text });

async function speak(node: JointNode, standing: OfOfficer, space: Id, of: OfNote, what: What): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    const row = spokenOf(held, node.code);
    if (row?.version !== of.version) throw new JointError("NOT_WAITING_HERE");
    if (row.digest !== of.digest) throw new JointError("NOTE_IS_ANOTHER");
    if (what.kind === "remark" && !isPart(what, row.note.parties)) throw new JointError("NOT_WAITING_HERE");
    await requireSpace(
      node,
      tx,
      what.kind === "remark" ? "joint.remark" : "joint.clear",
      policyFacts(node, held),
    );
    if ((await howMany(tx, space, node.code)) >= most.words) throw new JointError("SPACE_FULL");
    const word: NoteWord = {
      ...what,
      ...{ id: tx.newId(), space, ...of, party: node.code, ...as, at: tx.at.toISOString() },
    };
    const signed = await sign(node, "word", word);
    await keep(tx, word, signed, standing.actor.id);
    const agency = held.row.agency_id ?? standing.actor.agency;
    for (const to of row.signed === null ? [] : othersOf(row, node.code))
      await tell(tx, to, "joint.word", { agency, note: row.note, noteSigned: row.signed!, word, signed });
    tx.note(what.kind === "remark" ? "joint.remarked" : "joint.cleared", {
      id: space,
      version: of.version,
      digest: of.digest,
    });
  });
  node.send();
  node.wake("joint");
  node.wake(`joint:${space}`);
}

/** The newest version of a note that names this state, draft or sent; null once the space was wound down. */
export function spokenOf(held: Held, us: NodeCode): NoteRow | null {
  const newest = held.notes.at(-1);
  return held.row.purged_at === null && newest?.note.parties.includes(us) === true ? newest : null;
}

const othersOf = (row: NoteRow, us: NodeCode): NodeCode[] => row.note.parties.filter((one) => one !== us);

async function howMany(tx: Writer, space: Id, party: NodeCode): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.joint_words
    where space_id = ${space} and party = ${party}`.execute(tx.rows);
  return rows[0]!.n;
}

async function keep(tx: Writer, word: NoteWord, signed: string, officer: Id | null): Promise<void> {
  await sql`insert into simpul.joint_words (space_id, id, kind, party, digest, says, signed, officer_id, at)
    values (${word.space}, ${word.id}, ${word.kind}, ${word.party}, ${bytesOf(word.digest)}, ${json(word)}, ${signed},
      ${officer}, ${word.at}::timestamptz) on conflict do nothing`.execute(tx.rows);
  await touch(tx, word.space);
}

export async function takeWord(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { note, noteSigned, word, signed } = read("joint.word", envelope.body);
  const fits =
    word.party === envelope.from &&
    word.space === note.space &&
    word.version === note.version &&
    word.digest === digestOf(note) &&
    note.parties.includes(envelope.from) &&
    (word.kind !== "remark" || isPart(word, note.parties));
  if (!fits) throw new EnvelopeRefused("BAD_BODY", "a word on something else");
  await learnNote(node, tx, note, noteSigned);
  if (!(await signedBy(node, envelope.from, "word", word, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "a word that its party did not sign");
  if ((await howMany(tx, word.space, envelope.from)) >= most.words)
    throw new EnvelopeRefused("LIMITED", "words on a note");
  await keep(tx, word, signed, null);
  tx.note(word.kind === "remark" ? "joint.remark-arrived" : "joint.clearance-arrived", {
    id: word.space,
    peer: envelope.from,
    version: word.version,
  });
  return word.space;
}

/** All that was said of the notes of these spaces, oldest first. */
export async function wordsOf(db: Pick<Db, "rows">, spaces: readonly Id[]): Promise<NoteWord[]> {
  const { rows } = await sql<{ says: NoteWord }>`select says from simpul.joint_words
    where space_id = any(${[...spaces]}::uuid[]) order by at, id`.execute(db.rows);
  return rows.map((row) => row.says);
}

/** Whether a lawyer of that party cleared exactly these words. */
export async function clearedBy(
  db: Pick<Db, "rows">,
  { note, digest }: Pick<NoteRow, "note" | "digest">,
  party: NodeCode,
): Promise<boolean> {
  const { rows } = await sql`select 1 from simpul.joint_words where space_id = ${note.space}
    and kind = 'clearance' and party = ${party} and digest = ${bytesOf(digest)} limit 1`.execute(db.rows);
  return rows.length > 0;
}

/** What was cleared while only this state knew the note, to a party that is told of it now. */
export async function tellClearances(
  tx: Writer,
  { note, digest, signed: noteSigned }: { note: NoteRow["note"]; digest: Digest; signed: string },
  from: { party: NodeCode; agency: Id },
): Promise<void> {
  const { rows } = await sql<{ says: NoteWord; signed: string }>`select says, signed from simpul.joint_words
    where space_id = ${note.space} and kind = 'clearance' and party = ${from.party}
      and digest = ${bytesOf(digest)} order by at`.execute(tx.rows);
  for (const to of note.parties.filter((one) => one !== from.party))
    for (const { says, signed } of rows)
      await tell(tx, to, "joint.word", { agency: from.agency, note, noteSigned, word: says, signed });
}
