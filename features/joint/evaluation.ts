// The evaluation of a joint investigation (JIT-9), and what a party keeps of one that is out for proceedings already begun (JIT-5).
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { JointError, type Assessment, type Evaluated, type Kept } from "./contract.ts";
import { namedIn } from "./ending.ts";
import { requireSpace, signsAs, type Db, type JointNode, type OfOfficer } from "./node.ts";
import { heldOf, json, knownSpace, policyFacts, touch, type ThingRow } from "./records.ts";
import { outBy } from "./rules.ts";
import { read } from "./shapes.ts";
import { sign, signedBy } from "./signing.ts";
import { tell } from "./tell.ts";

/** What this state says of it at the end, to all parties; said again, the later word counts. Throws `NOT_WAITING_HERE`. */
export async function evaluate(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  ask: Assessment,
): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    const agency = held.row.agency_id;
    if (agency === null || !held.approvals.some((one) => one.party === node.code))
      throw new JointError("NOT_WAITING_HERE");
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    const evaluated: Evaluated = {
      ...ask,
      ...{ space, party: node.code, officer: as.officer, at: tx.at.toISOString() },
    };
    const signed = await sign(node, "evaluation", evaluated);
    await keep(tx, evaluated, signed);
    for (const to of namedIn(held).filter((one) => one !== node.code))
      await tell(tx, to, "joint.evaluated", { agency, evaluated, signed });
    tx.note("joint.evaluated", { id: space });
  });
  node.send();
  node.wake(`joint:${space}`);
}

async function keep(tx: Writer, says: Evaluated, signed: string): Promise<void> {
  await sql`insert into simpul.joint_evaluations as e (space_id, party, says, signed, at)
    values (${says.space}, ${says.party}, ${json(says)}, ${signed}, ${says.at}::timestamptz)
    on conflict (space_id, party) do update set says = excluded.says, signed = excluded.signed, at = excluded.at
      where e.at < excluded.at`.execute(tx.rows);
  await touch(tx, says.space);
}

export async function takeEvaluated(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { evaluated, signed } = read("joint.evaluated", envelope.body);
  const { space, party } = evaluated;
  const held = await knownSpace(tx, space);
  if (party !== envelope.from) throw new EnvelopeRefused("BAD_BODY", "somebody else's evaluation");
  if (!held.approvals.some((one) => one.party === party))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  if (!(await signedBy(node, party, "evaluation", evaluated, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "an evaluation that its party did not sign");
  await keep(tx, evaluated, signed);
  tx.note("joint.evaluation-arrived", { id: space, peer: party });
  return space;
}

export async function evaluationsOf(db: Pick<Db, "rows">, space: Id): Promise<Evaluated[]> {
  const { rows } = await sql<{ says: Evaluated }>`select says from simpul.joint_evaluations
    where space_id = ${space} order by party`.execute(db.rows);
  return rows.map((row) => row.says);
}

/** Spaces that this state evaluated, of those that the reader sees. */
export async function evaluatedBy(db: Pick<Db, "rows">, party: NodeCode): Promise<ReadonlySet<Id>> {
  const { rows } = await sql<{ space_id: Id }>`select space_id from simpul.joint_evaluations
    where party = ${party}`.execute(db.rows);
  return new Set(rows.map((row) => row.space_id));
}

/** JIT-5: one by one, each with its proceedings. Throws `NOT_WAITING_HERE` where its party is not out. */
export async function keepThing(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  thing: Id,
  proceeding: string,
): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    await requireSpace(node, tx, "joint.view", policyFacts(node, held));
    const hers = held.members.find((one) => one.officer === standing.actor.id && one.ended === null);
    if (hers?.role === "reader") throw new JointError("MEMBER_ROLE_ENDED");
    const { rows } = await sql<ThingRow>`select * from simpul.joint_things where space_id = ${space}
      and id = ${thing}`.execute(tx.rows);
    const row = rows[0];
    if (row === undefined) throw new JointError("NOT_FOUND");
    const out = row.party !== node.code && outBy(held.facts, row.party) !== null;
    const agency = held.row.agency_id;
    if (!out || row.content === null || agency === null) throw new JointError("NOT_WAITING_HERE");
    const kept: Kept = { thing, party: node.code, proceeding, officer: as.officer, at: tx.at.toISOString() };
    await keepKept(tx, space, kept);
    for (const to of namedIn(held).filter((one) => one !== node.code))
      await tell(tx, to, "joint.kept", { agency, space, kept });
    tx.note("joint.kept", { id: space, thing });
  });
  node.send();
  node.wake(`joint:${space}`);
}

const keepKept = (tx: Writer, space: Id, kept: Kept) =>
  sql`insert into simpul.joint_kept (space_id, thing_id, party, proceeding, officer, at)
    values (${space}, ${kept.thing}, ${kept.party}, ${kept.proceeding}, ${kept.officer}, ${kept.at}::timestamptz)
    on conflict do nothing`.execute(tx.rows);

export async function takeKept(tx: Writer, envelope: Envelope): Promise<Id> {
  const { space, kept } = read("joint.kept", envelope.body);
  const held = await knownSpace(tx, space);
  if (kept.party !== envelope.from) throw new EnvelopeRefused("BAD_BODY", "somebody else's list");
  if (!held.approvals.some((one) => one.party === kept.party))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  await keepKept(tx, space, kept);
  tx.note("joint.kept-arrived", { id: space, peer: envelope.from, thing: kept.thing });
  return space;
}

/** Who keeps which of these. */
export async function keptOf(db: Pick<Db, "rows">, space: Id, things: readonly Id[]): Promise<Kept[]> {
  const { rows } = await sql<
    Omit<Kept, "at"> & { at: Date }
  >`select thing_id as thing, party, proceeding, officer, at
    from simpul.joint_kept where space_id = ${space} and thing_id = any(${[...things]}::uuid[]) order by at`.execute(
    db.rows,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
