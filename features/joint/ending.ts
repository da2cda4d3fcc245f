// Leaving: declining a note, withdrawing, removing a party, and winding down with a signed list of what was kept (JIT-5, JIT-8).
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { JointError, type Confirmation, type Ending, type EndingKind } from "./contract.ts";
import { jobStanding, requireSpace, signsAs, type JointNode, type OfOfficer } from "./node.ts";
import { asksUs } from "./note.ts";
import { asJob, heldOf, hexOf, json, policyFacts, touch, type Held } from "./records.ts";
import { noteOf, outBy, partiesIn, partyStands, phaseOf, purgeBy, shunnedBy } from "./rules.ts";
import { digestOf, sign } from "./signing.ts";
import { spacesOf } from "./send.ts";
import { tell } from "./tell.ts";

/** Everybody whom a note of this space ever named. */
export const namedIn = (held: Held): NodeCode[] => [
  ...new Set(held.facts.notes.flatMap((one) => one.parties)),
];

interface Saying {
  party: NodeCode;
  kind: EndingKind;
  reason: string;
}

/** Her signature is this state's word; every party hears it. Throws `NOT_WAITING_HERE` where there is nothing to end. */
async function end(node: JointNode, standing: OfOfficer, id: Id, saying: Saying): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, id, { lock: true });
    if (!mayEnd(node, held, saying)) throw new JointError("NOT_WAITING_HERE");
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    const ending: Ending = {
      ...{ space: id, party: saying.party, by: node.code, kind: saying.kind, reason: saying.reason },
      ...{ officer: as.officer, at: tx.at.toISOString() },
    };
    const signed = await sign(node, "ending", ending);
    await keepEnding(tx, tx.newId(), ending, signed);
    const agency = held.row.agency_id ?? standing.actor.agency;
    for (const to of namedIn(held).filter((one) => one !== node.code))
      await tell(tx, to, "joint.ended", { agency, ending, signed });
    await closeIfOver(node, tx, id);
    tx.note(`joint.${saying.kind}`, { id, of: saying.party });
  });
  node.send();
  node.wake("joint");
  node.wake(`joint:${id}`);
}

function mayEnd(node: JointNode, held: Held, { party, kind }: Saying): boolean {
  if (held.row.purged_at !== null) return false;
  if (kind === "declined") return asksUs(node.code, held).length > 0;
  const stands = partyStands(held.facts, node.code, node.clock.now());
  if (kind === "suspended") return stands === "in";
  if (kind === "resumed") return stands === "suspended";
  const signed = held.approvals.some((one) => one.party === party);
  if (kind === "withdrawn") return signed && outBy(held.facts, node.code) === null;
  const inside = partiesIn(held.facts, node.clock.now());
  return (
    party !== node.code &&
    inside.includes(node.code) &&
    inside.includes(party) &&
    !shunnedBy(held.facts, node.code, party)
  );
}

export async function keepEnding(tx: Writer, id: Id, ending: Ending, signed: string): Promise<void> {
  await sql`insert into simpul.joint_endings (space_id, id, party, by_party, says, signed)
    values (${ending.space}, ${id}, ${ending.party}, ${ending.by}, ${json(ending)}, ${signed})`.execute(
    tx.rows,
  );
  await touch(tx, ending.space);
}

export const decline = (node: JointNode, standing: OfOfficer, id: Id, reason: string): Promise<void> =>
  end(node, standing, id, { party: node.code, kind: "declined", reason });
export const withdraw = (node: JointNode, standing: OfOfficer, id: Id, reason: string): Promise<void> =>
  end(node, standing, id, { party: node.code, kind: "withdrawn", reason });
/** JIT-2: our part rests: nothing reaches us and we put nothing in, until we go on. */
export const suspend = (node: JointNode, standing: OfOfficer, id: Id, reason: string): Promise<void> =>
  end(node, standing, id, { party: node.code, kind: "suspended", reason });
/** The others then send what they put in meanwhile. */
export const resume = (node: JointNode, standing: OfOfficer, id: Id, reason: string): Promise<void> =>
  end(node, standing, id, { party: node.code, kind: "resumed", reason });
/** This state sends it nothing from now on; for everybody it is out once two said so. What it put in stays, frozen. */
export const remove = (
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  ask: { party: NodeCode; reason: string },
): Promise<void> => end(node, standing, id, { ...ask, kind: "removed" });

/** Notes when it ended here before its day, so that the time for winding down runs from then; a return takes it back. */
export async function closeIfOver(node: JointNode, tx: Writer, id: Id): Promise<void> {
  const held = await heldOf(tx, id);
  const over = phaseOf(held.facts, node.code, node.clock.now()) === "ended";
  if (over === (held.row.closed_at !== null)) return;
  await sql`update simpul.joint_spaces set closed_at = ${over ? tx.at : null} where id = ${id}`.execute(
    tx.rows,
  );
}

/** What lies here now: identifier and digest of each standing thing, in one order, and the digest of that list. */
export async function hashList(
  tx: Pick<Writer, "rows">,
  id: Id,
): Promise<{ list: Confirmation["list"]; digest: Digest }> {
  const { rows } = await sql<{ id: Id; digest: Buffer }>`select id, digest from simpul.joint_things
    where space_id = ${id} and state = 'standing' order by id`.execute(tx.rows);
  const list = rows.map((row) => ({ id: row.id, digest: hexOf(row.digest) }));
  return { list, digest: digestOf(list) };
}

/** She has the copy whose list she saw; her node signs that, tells the others, and its own copy goes. Throws `LIST_IS_ANOTHER`. */
export async function confirm(node: JointNode, standing: OfOfficer, id: Id, digest: Digest): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, id, { lock: true });
    if (phaseOf(held.facts, node.code, node.clock.now()) !== "ended")
      throw new JointError("NOT_WAITING_HERE");
    const now = await hashList(tx, id);
    if (now.digest !== digest) throw new JointError("LIST_IS_ANOTHER");
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    const says: Confirmation = {
      ...{ space: id, party: node.code, officer: as.officer, at: tx.at.toISOString(), list: now.list },
    };
    const signed = await sign(node, "confirmation", says);
    const things = now.list.length;
    const made = await sql`insert into simpul.joint_confirmed (space_id, party, officer, at, things, signed)
      values (${id}, ${node.code}, ${as.officer}, ${tx.at}, ${things}, ${signed}) on conflict do nothing`.execute(
      tx.rows,
    );
    if (made.numAffectedRows !== 1n) throw new JointError("NOT_WAITING_HERE");
    const agency = held.row.agency_id ?? standing.actor.agency;
    for (const to of namedIn(held).filter((one) => one !== node.code))
      await tell(tx, to, "joint.confirmed", {
        agency,
        space: id,
        officer: as.officer,
        at: says.at,
        things,
        signed,
      });
    await touch(tx, id);
    tx.note("joint.confirmed", { id, things, digest });
  });
  node.send();
  await windDown(node);
  node.wake("joint");
  node.wake(`joint:${id}`);
}

/**
 * By the clock, and after each confirmation: where this state confirmed what it keeps, or its time for that is over, the
 * content goes; that each thing was there, whose it was and its digest stay, with the note and all signatures.
 */
export async function windDown(node: JointNode): Promise<number> {
  const now = node.clock.now();
  const due = await node.store.read(jobStanding, async (db) => {
    const open = (await spacesOf(db)).filter((one) => one.row.purged_at === null);
    const { rows } = await sql<{ space_id: Id }>`select space_id from simpul.joint_confirmed
      where party = ${node.code}`.execute(db.rows);
    const confirmed = new Set(rows.map((row) => row.space_id));
    return open.filter((held) => {
      if (phaseOf(held.facts, node.code, now) !== "ended") return false;
      const note = noteOf(held.facts, node.code);
      return note === null || confirmed.has(held.row.id) || now > purgeBy(note, held.row.closed_at);
    });
  });
  for (const held of due)
    await asJob(node, async (tx) => {
      const { id } = held.row;
      await sql`delete from simpul.joint_before where space_id = ${id}`.execute(tx.rows);
      await sql`delete from simpul.joint_waiting where space_id = ${id}`.execute(tx.rows);
      // JIT-5: what was listed for proceedings already begun stays with who listed it.
      await sql`update simpul.joint_things t set content = null, title = '', reason = ''
        where space_id = ${id} and not exists (select 1 from simpul.joint_kept k where k.space_id = t.space_id
          and k.thing_id = t.id and k.party = ${node.code})`.execute(tx.rows);
      await sql`update simpul.joint_spaces set purged_at = ${tx.at}, changed_at = ${tx.at} where id = ${id}`.execute(
        tx.rows,
      );
      await sql`select simpul.forget_joint(${[id]}::uuid[], '{}')`.execute(tx.rows);
      tx.note("joint.purged", { id });
    });
  return due.length;
}
