// The note's way: drafted on one page, sent as a signed letter to each named party, approved, declined, extended.
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { clausesFor, sameClause } from "./contract/clauses.ts";
import { JointError, type Approval, type Clause, type Note, type NoteDraft } from "./contract.ts";
import { addAdministrator } from "./members.ts";
import { officerOf, requireDraft, requireSpace, signsAs, type JointNode, type OfOfficer } from "./node.ts";
import { bytesOf, heldOf, json, keepNote, policyFacts, touch, type Held, type NoteRow } from "./records.ts";
import { clearedBy, tellClearances } from "./note-words.ts";
import { findingsOf, noteOf, outBy } from "./rules.ts";
import { digestOf, sign } from "./signing.ts";
import { tell } from "./tell.ts";

const tidy = ({ coordination = [], clauses = [], ...draft }: NoteDraft): NoteDraft => ({
  ...draft,
  // Absent rather than empty: the digest of a note that names none is what it always was.
  ...(coordination.length > 0 && { coordination: [...new Set(coordination)].sort() }),
  ...(clauses.some(hasWords) && { clauses: inOrder(clauses.filter(hasWords), draft.parties) }),
  title: draft.title.trim(),
  facts: draft.facts.trim(),
  parties: [...new Set(draft.parties)].sort(),
  leads: draft.leads.filter((one) => one.part.trim() !== ""),
});

const hasWords = ({ text }: Clause): boolean => text.trim() !== "";
/** As an agreement states them, whichever was written first; what fits no party stays, to be found and said. */
function inOrder(clauses: readonly Clause[], parties: NoteDraft["parties"]): Clause[] {
  const order = clausesFor([...parties].sort());
  const place = (of: Clause): number => order.findIndex((one) => sameClause(one, of));
  return clauses.map((one) => ({ ...one, text: one.text.trim() })).toSorted((a, b) => place(a) - place(b));
}

/** A draft that nobody but this state's contact point sees. */
export async function draftNote(node: JointNode, standing: OfOfficer, draft: NoteDraft): Promise<Id> {
  const because = requireDraft(node, standing);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    const note: Note = { space: id, version: 1, proposer: node.code, ...tidy(draft) };
    await sql`insert into simpul.joint_spaces (id, title, proposer, agency_id, created_at, changed_at)
      values (${id}, ${note.title}, ${node.code}, ${standing.actor.agency}, ${tx.at}, ${tx.at})`.execute(
      tx.rows,
    );
    await keepNote(tx, note, digestOf(note), null);
    tx.note("joint.drafted", { id });
    return id;
  });
}

/** The draft that waits, ours; throws `NOT_WAITING_HERE`. */
function draftOf(held: Held): NoteRow {
  const row = held.notes.find((one) => one.signed === null);
  if (row === undefined) throw new JointError("NOT_WAITING_HERE");
  return row;
}

export async function saveNote(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  draft: NoteDraft,
): Promise<void> {
  const because = requireDraft(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const held = await heldOf(tx, id, { lock: true });
    const { note } = draftOf(held);
    const next: Note = { ...note, ...tidy(draft) };
    await sql`update simpul.joint_notes set note = ${json(next)}, digest = ${bytesOf(digestOf(next))}, at = ${tx.at}
      where space_id = ${id} and version = ${note.version}`.execute(tx.rows);
    if (note.version === 1)
      await sql`update simpul.joint_spaces set title = ${next.title}, changed_at = ${tx.at} where id = ${id}`.execute(
        tx.rows,
      );
    tx.note("joint.note-saved", { id });
  });
  node.wake(`joint:${id}`);
}

/** The next version, in draft; its writer alone makes one. */
export async function extendNote(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  draft: NoteDraft,
): Promise<void> {
  const because = requireDraft(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const held = await heldOf(tx, id, { lock: true });
    const last = held.notes.at(-1)!;
    const mine = held.row.proposer === node.code && last.signed !== null && held.row.purged_at === null;
    if (!mine) throw new JointError("NOT_WAITING_HERE");
    const note: Note = { ...tidy(draft), space: id, version: last.version + 1, proposer: node.code };
    await keepNote(tx, note, digestOf(note), null);
    await touch(tx, id);
    tx.note("joint.drafted", { id, version: note.version });
  });
  node.wake(`joint:${id}`);
}

/** JIT-2: where the note says so, this state's lawyer comes before its signature. Throws `NOT_CLEARED`. */
async function requireCleared(
  node: JointNode,
  tx: Writer,
  row: Pick<NoteRow, "note" | "digest">,
): Promise<void> {
  if (row.note.clearance === true && !(await clearedBy(tx, row, node.code)))
    throw new JointError("NOT_CLEARED");
}

/** Her signature is her state's approval; with it the note leaves for each party it names. Throws `NOTE_INCOMPLETE`. */
export async function sendNote(node: JointNode, standing: OfOfficer, id: Id): Promise<void> {
  const as = await signsAs(node, standing.actor);
  const peers = await node.peers();
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, id, { lock: true });
    const { note, digest } = draftOf(held);
    const here = { own: node.code, peers, offences: node.offences, today: tx.at.toISOString().slice(0, 10) };
    const findings = findingsOf(note, here);
    if (findings.length > 0)
      throw new JointError("NOTE_INCOMPLETE", {
        fields: [...new Set(findings.map((one) => `${one.field}:${one.code}`))].join(","),
      });
    await requireCleared(node, tx, { note, digest });
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    const signed = await sign(node, "note", note);
    await sql`update simpul.joint_notes set signed = ${signed} where space_id = ${id} and version = ${note.version}`.execute(
      tx.rows,
    );
    await tellClearances(tx, { note, digest, signed }, { party: node.code, agency: standing.actor.agency });
    await say(node, tx, { ...held, notes: [] }, { note, digest, signed }, as, "joint.proposed");
    tx.note("joint.proposed", { id, version: note.version, digest, parties: note.parties });
  });
  node.send();
  node.wake("joint");
  node.wake(`joint:${id}`);
}

/** Keeps this state's approval and sends it, with the note, to every other party. */
async function say(
  node: JointNode,
  tx: Writer,
  held: Held,
  { note, digest, signed }: { note: Note; digest: Digest; signed: string },
  as: { officer: string; office: string },
  kind: "joint.proposed" | "joint.approved",
): Promise<void> {
  const officer = officerOf(tx.standing);
  const approval: Approval = {
    ...{ space: note.space, version: note.version, digest, party: node.code },
    ...as,
    at: tx.at.toISOString(),
  };
  const ours = await sign(node, "approval", approval);
  await sql`insert into simpul.joint_approvals (space_id, version, party, says, signed, officer_id)
    values (${note.space}, ${note.version}, ${node.code}, ${json(approval)}, ${ours}, ${officer.id})`.execute(
    tx.rows,
  );
  await sql`update simpul.joint_spaces set title = ${note.title}, agency_id = coalesce(agency_id, ${officer.agency}),
    changed_at = ${tx.at} where id = ${note.space}`.execute(tx.rows);
  for (const to of note.parties.filter((one) => one !== node.code))
    await tell(tx, to, kind, { agency: officer.agency, note, noteSigned: signed, approval, signed: ours });
  await addAdministrator(node, tx, held, as);
  await tx.enqueue({
    kind: "joint.welcome",
    payload: { space: note.space, party: node.code },
    key: note.space,
  });
}

/** A named party's yes, to exactly the words she read. Throws `NOT_WAITING_HERE`, `NOTE_IS_ANOTHER`. */
export async function approveNote(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  read: { version: number; digest: Digest },
): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, id, { lock: true });
    const row = held.notes.find((one) => one.version === read.version);
    if (row === undefined || !asksUs(node.code, held).includes(row)) throw new JointError("NOT_WAITING_HERE");
    if (row.digest !== read.digest) throw new JointError("NOTE_IS_ANOTHER");
    await requireCleared(node, tx, row);
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    await say(node, tx, held, { ...row, signed: row.signed! }, as, "joint.approved");
    tx.note("joint.approved", { id, version: row.version, digest: row.digest });
  });
  node.send();
  node.wake("joint");
  node.wake(`joint:${id}`);
}

/** Versions that wait for this state's word: newer than the one in force for it, or one after it said no before. */
export function asksUs(us: NodeCode, held: Held): NoteRow[] {
  if (held.row.purged_at !== null) return [];
  const inForce = noteOf(held.facts, us)?.version ?? 0;
  const newest = held.notes.filter((one) => one.signed !== null && one.note.parties.includes(us)).at(-1);
  if (newest === undefined || newest.version < inForce) return [];
  const said = held.approvals.some((one) => one.party === us && one.version === newest.version);
  if (said) return [];
  const no = outBy(held.facts, us);
  return no !== null && no.at > newest.at ? [] : [newest];
}
