// This room's side of the exchange: letters of other parties, and the note's last word on each of ours before it leaves.
import { EnvelopeRefused, type Envelope, type Leave, type Outgoing, type PeerPart } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Content } from "./contract.ts";
import { takeDocument, takeSignature } from "./documents.ts";
import { takeEvaluated, takeKept } from "./evaluation.ts";
import { takeConfirmed, takeEnded } from "./ending-arrive.ts";
import { learnNote } from "./learn-note.ts";
import { clearedBy, takeWord } from "./note-words.ts";
import { jobStanding, type JointNode } from "./node.ts";
import { asJob, heldOf, json, knownSpace, touch } from "./records.ts";
import { takePut } from "./arrive.ts";
import { approvedOf, partyStands, recipientsOf } from "./rules.ts";
import { read, wire, type Wire } from "./shapes.ts";
import { digestOf, signedBy } from "./signing.ts";

/** Told after the commit: a page that asks now finds what arrived. */
const soon = (run: () => void): void => void setTimeout(run, 50).unref();

export function jointPart(node: JointNode): PeerPart {
  const took = (space: Id, list = true): void =>
    soon(() => {
      if (list) node.wake("joint");
      node.wake(`joint:${space}`);
    });
  const notice = (kind: "joint.proposed" | "joint.approved") => async (tx: Writer, envelope: Envelope) =>
    took(await takeNotice(node, tx, kind, envelope));
  return {
    takes: {
      "joint.proposed": notice("joint.proposed"),
      "joint.approved": notice("joint.approved"),
      "joint.word": async (tx, envelope) => took(await takeWord(node, tx, envelope)),
      "joint.ended": async (tx, envelope) => took(await takeEnded(node, tx, envelope)),
      "joint.members": async (tx, envelope) => took(await takeMembers(node, tx, envelope), false),
      "joint.put": async (tx, envelope) => took(await takePut(node, tx, envelope), false),
      "joint.confirmed": async (tx, envelope) => took(await takeConfirmed(node, tx, envelope)),
      "joint.document-signed": async (tx, envelope) => took(await takeSignature(node, tx, envelope), false),
      "joint.evaluated": async (tx, envelope) => took(await takeEvaluated(node, tx, envelope), false),
      "joint.kept": async (tx, envelope) => took(await takeKept(tx, envelope), false),
      "joint.document": async (tx, envelope) => took(await takeDocument(node, tx, envelope), false),
    },
    leaves: Object.fromEntries(
      Object.keys(wire).map((kind) => [
        kind,
        (out: Outgoing) => mayLeave(node, kind as keyof typeof wire, out),
      ]),
    ),
    receipted: {
      "joint.put": (out, receipt) =>
        onReceipt(node, out, receipt.outcome === "accepted" ? null : (receipt.code ?? "")),
    },
  };
}

/** The note with the sender's approval; both signed, and nobody approves for another. */
async function takeNotice(
  node: JointNode,
  tx: Writer,
  kind: "joint.proposed" | "joint.approved",
  envelope: Envelope,
): Promise<Id> {
  const { note, noteSigned, approval, signed, agency: _ } = read(kind, envelope.body);
  const fits =
    approval.space === note.space &&
    approval.version === note.version &&
    approval.digest === digestOf(note) &&
    approval.party === envelope.from &&
    note.parties.includes(envelope.from) &&
    (kind !== "joint.proposed" || note.proposer === envelope.from);
  if (!fits) throw new EnvelopeRefused("BAD_BODY", "an approval of something else");
  const { digest } = await learnNote(node, tx, note, noteSigned);
  if (!(await signedBy(node, envelope.from, "approval", approval, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "an approval that its party did not sign");
  // JIT-2: its clearance came before it, where the note asks for one.
  if (note.clearance === true && !(await clearedBy(tx, { note, digest }, envelope.from)))
    throw new EnvelopeRefused("NOT_ALLOWED", "NOT_CLEARED");
  await sql`insert into simpul.joint_approvals (space_id, version, party, says, signed)
    values (${note.space}, ${note.version}, ${envelope.from}, ${json(approval)}, ${signed})
    on conflict do nothing`.execute(tx.rows);
  await touch(tx, note.space);
  await tx.enqueue({
    kind: "joint.welcome",
    payload: { space: note.space, party: envelope.from },
    key: `${note.space} ${envelope.from}`,
  });
  const said = kind === "joint.proposed" ? "joint.note-arrived" : "joint.approval-arrived";
  tx.note(said, { id: note.space, peer: envelope.from, version: note.version, digest });
  return note.space;
}

async function takeMembers(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { space, members } = read("joint.members", envelope.body);
  const held = await knownSpace(tx, space);
  if (partyStands(held.facts, envelope.from, node.clock.now()) !== "in")
    throw new EnvelopeRefused("NOT_ALLOWED", "members of a party that is not in");
  for (const one of members)
    await sql`insert into simpul.joint_members as m (space_id, party, id, name, office, role, since, ended_at)
      values (${space}, ${envelope.from}, ${one.id}, ${one.name}, ${one.office}, ${one.role}, ${one.since}::timestamptz,
        ${one.ended}::timestamptz)
      on conflict (space_id, party, id) do update set name = excluded.name, office = excluded.office, role = excluded.role,
        ended_at = coalesce(m.ended_at, excluded.ended_at)`.execute(tx.rows);
  await touch(tx, space);
  tx.note("joint.members-arrived", { id: space, peer: envelope.from, members: members.length });
  return space;
}

/** The note's last word before each sending: whoever is out meanwhile gets nothing that waited (architecture 5.5). */
async function mayLeave(node: JointNode, kind: keyof typeof wire, out: Outgoing): Promise<Leave> {
  if (kind !== "joint.put" && kind !== "joint.members" && kind !== "joint.document") return { kind: "may" };
  const body = out.body as Wire<"joint.put">;
  const verdict = await node.store.read(jobStanding, async (db) => {
    const held = await heldOf(db, body.space);
    const now = node.clock.now();
    if (kind !== "joint.put")
      return approvedOf(held.facts, node.code, now).includes(out.to) ? null : "PARTY_IS_OUT";
    // What takes back always leaves.
    const standing = body.things.filter((one) => one.state === "standing");
    if (standing.length === 0) return null;
    if (!recipientsOf(held.facts, node.code, now).includes(out.to)) return "PARTY_IS_OUT";
    return (await stopped(node, db, standing, out.to)) ? "ORIGINATOR_NOT_ASKED" : null;
  });
  if (verdict === null) return { kind: "may" };
  if (kind === "joint.put" && verdict === "ORIGINATOR_NOT_ASKED" && body.things.length > 1)
    await oneByOne(node, out);
  else if (kind === "joint.put") await keepRefused(node, out, verdict);
  return { kind: "may-not", because: verdict };
}

/** HC-6: a permission that ended while the letter waited lets nothing leave any more. */
async function stopped(
  node: JointNode,
  db: Parameters<JointNode["records"]["stops"]>[0],
  things: Wire<"joint.put">["things"],
  to: NodeCode,
): Promise<boolean> {
  const contents = things.flatMap((one) => (one.content as Content | null) ?? []);
  const records = contents.flatMap((one) => ("record" in one ? [one.record] : []));
  const items = contents.flatMap((one) => ("item" in one ? [one.item] : []));
  return (await node.records.stops(db, { records, items }, [to])).length > 0;
}

/** Their receipt: the next letter goes; a letter of many that was refused goes again one by one, so that one holds up nothing. */
async function onReceipt(node: JointNode, out: Outgoing, code: string | null): Promise<void> {
  const { space, things } = out.body as Wire<"joint.put">;
  const payload = { space, party: out.to };
  if (code !== null && things.length === 1) await keepRefused(node, out, code);
  if (code !== null && things.length > 1) await oneByOne(node, out);
  await asJob(node, async (tx) => {
    // Its number in the outbox may be another by now: somebody had it tried again.
    await sql`delete from simpul.joint_letters where party = ${out.to} and space_id = ${space}
      and id = any(${[out.id, out.first]}::uuid[])`.execute(tx.rows);
    const { rows } =
      await sql`select 1 from simpul.joint_waiting where space_id = ${space} and party = ${out.to}
      limit 1`.execute(tx.rows);
    if (rows.length > 0) await tx.enqueue({ kind: "joint.send", payload, key: `${space} ${out.to}` });
    tx.note("joint.receipted", { id: space, peer: out.to, things: things.length, accepted: code === null });
  });
  node.wake(`joint:${space}`);
}

/** What went together goes again, each in a letter of its own. */
const oneByOne = (node: JointNode, out: Outgoing): Promise<void> =>
  asJob(node, async (tx) => {
    const { space, things } = out.body as Wire<"joint.put">;
    await sql`insert into simpul.joint_waiting (party, space_id, thing_id, alone, at)
      select ${out.to}, ${space}, id, true, ${tx.at} from unnest(${things.map((one) => one.id)}::uuid[]) id
      on conflict (party, space_id, thing_id) do update set alone = true`.execute(tx.rows);
    await tx.enqueue({
      kind: "joint.send",
      payload: { space, party: out.to },
      key: `${space} ${out.to}`,
    });
    tx.note("joint.apart", { id: space, peer: out.to, things: things.length });
  });

/** Shown at the thing: who did not take it, and why. */
const keepRefused = (node: JointNode, out: Outgoing, code: string): Promise<void> =>
  asJob(node, async (tx) => {
    const { space, things } = out.body as Wire<"joint.put">;
    for (const one of things)
      await sql`insert into simpul.joint_refused as r (space_id, thing_id, party, version, code, at)
        values (${space}, ${one.id}, ${out.to}, ${one.version}, ${code}, ${tx.at}) on conflict do nothing`.execute(
        tx.rows,
      );
    tx.note("joint.not-taken", { id: space, peer: out.to, code });
  });
