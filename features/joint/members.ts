// Who works in a space for this state: added and ended by its contact point, told to the other parties (JIT-5).
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { JointError, type AskMember, type Member } from "./contract.ts";
import { officerOf, requireSpace, type JointNode, type OfOfficer } from "./node.ts";
import { heldOf, policyFacts, touch, type Held, type MemberRow } from "./records.ts";
import { approvedOf, most } from "./rules.ts";
import { tell } from "./tell.ts";

const wireOf = ({ id, name, office, role, since, ended }: MemberRow): Member => ({
  ...{ id, name, office, role, since, ended },
});

/** The whole list, to every party that approved, also before the first day. */
export async function tellMembers(node: JointNode, tx: Writer, space: Id): Promise<void> {
  const held = await heldOf(tx, space);
  const members = held.members.filter((one) => one.party === node.code).map(wireOf);
  if (held.row.agency_id === null) return;
  for (const to of approvedOf(held.facts, node.code, node.clock.now()))
    await tell(tx, to, "joint.members", { agency: held.row.agency_id, space, members });
}

/** Whoever binds the state works in the space: the other parties know her name from her signature. */
export async function addAdministrator(
  node: JointNode,
  tx: Writer,
  held: Held,
  as: { officer: string; office: string },
): Promise<Id> {
  const officer = officerOf(tx.standing);
  const there = held.members.find((one) => one.officer === officer.id && one.ended === null);
  if (there !== undefined) return there.id;
  const id = tx.newId();
  await sql`insert into simpul.joint_members (space_id, party, id, officer_id, name, office, role, since)
    values (${held.row.id}, ${node.code}, ${id}, ${officer.id}, ${as.officer}, ${as.office}, 'administrator', ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  return id;
}

/** Throws `ALREADY_A_MEMBER`, `NOT_FOUND` for an officer who is not there. */
export async function addMember(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  ask: AskMember,
): Promise<Id> {
  const found = (await node.directory.officers([ask.officer])).get(ask.officer);
  if (found === undefined) throw new JointError("NOT_FOUND");
  const office = await node.officeOf(ask.officer);
  const id = await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    await requireSpace(node, tx, "joint.members", policyFacts(node, held));
    const ours = held.members.filter((one) => one.party === node.code);
    if (ours.some((one) => one.officer === ask.officer && one.ended === null))
      throw new JointError("ALREADY_A_MEMBER");
    if (ours.length >= most.members) throw new JointError("SPACE_FULL");
    const id = tx.newId();
    await sql`insert into simpul.joint_members (space_id, party, id, officer_id, name, office, role, since)
      values (${space}, ${node.code}, ${id}, ${ask.officer}, ${found.nameLatin ?? found.name}, ${office}, ${ask.role},
        ${tx.at})`.execute(tx.rows);
    await touch(tx, space);
    await tellMembers(node, tx, space);
    tx.note("joint.member-added", { id: space, member: id, role: ask.role });
    return id;
  });
  node.send();
  node.wake(`joint:${space}`);
  return id;
}

/** From now on she neither sees nor puts anything in; the other parties refuse what would still come of hers. */
export async function endMember(node: JointNode, standing: OfOfficer, space: Id, member: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    await requireSpace(node, tx, "joint.members", policyFacts(node, held));
    const row = held.members.find(
      (one) => one.id === member && one.party === node.code && one.ended === null,
    );
    if (row === undefined) throw new JointError("NOT_FOUND");
    await sql`update simpul.joint_members set ended_at = ${tx.at} where space_id = ${space} and party = ${node.code}
      and id = ${member}`.execute(tx.rows);
    await touch(tx, space);
    await tellMembers(node, tx, space);
    tx.note("joint.member-ended", { id: space, member });
  });
  node.send();
  node.wake(`joint:${space}`);
}
