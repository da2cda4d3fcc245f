// All of a space in one file: what a party keeps where its state keeps such, before its copy goes.
import type { Digest, Id } from "@simpul/model";
import { sql } from "kysely";
import { JointError } from "./contract.ts";
import { hashList } from "./ending.ts";
import { endsOf } from "./ends.ts";
import { maySpace, type JointNode, type OfOfficer } from "./node.ts";
import { heldOf, hexOf, iso, policyFacts, type ThingRow } from "./records.ts";

/** Everything that lies here, with the list that winding down confirms; she keeps the file where her state keeps such. */
export async function exportSpace(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
): Promise<{ note: unknown; approvals: unknown; things: unknown[]; list: unknown; digest: Digest }> {
  return node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    const { allowed, because } = maySpace(node, standing, "joint.members", policyFacts(node, held));
    if (!allowed) throw new JointError("NOT_FOUND");
    db.allowed(because);
    const { rows } =
      await sql<ThingRow>`select * from simpul.joint_things where space_id = ${id} order by id`.execute(
        db.rows,
      );
    const signed = await sql<{
      signed: string;
    }>`select signed from simpul.joint_approvals where space_id = ${id}
      order by version, party`.execute(db.rows);
    const { list, digest } = await hashList(db, id);
    db.noteRead("joint.exported", { id, things: list.length, digest });
    const ends = await endsOf(db, id, rows);
    const things = rows.map((row) => ({
      ...{
        id: row.id,
        kind: row.kind,
        party: row.party,
        version: row.version,
        state: row.state,
        reason: row.reason,
      },
      ...{ at: iso(row.at), firstAt: iso(row.first_at), originator: row.originator, handling: row.handling },
      ...{ evaluation: row.evaluation, content: row.content, digest: hexOf(row.digest) },
      // Beside what was signed: who is linked with whom can be read without looking ids up.
      ...(ends.has(row.id) && { ends: ends.get(row.id)! }),
    }));
    const notes = held.notes.map(({ note, signed: text }) => ({ note, signed: text }));
    return { note: notes, approvals: signed.rows.map((one) => one.signed), things, list, digest };
  });
}
