// What other features may take of joint spaces, under the reader's rights.
import { Evaluation, type Id, type NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { JointThings, ThingView } from "./contract.ts";
import type { JointNode } from "./node.ts";
import { hexOf, iso, type ThingRow } from "./records.ts";
import { aboutThing } from "./titles.ts";

export const jointThings = (node: Pick<JointNode, "records">): JointThings => ({
  async thingsFor(db, kinds, limit) {
    const { rows } = await sql<ThingRow & { space: string; member: string | null }>`
      select t.*, s.title as space, m.name as member from simpul.joint_things t
      join simpul.joint_spaces s on s.id = t.space_id
      left join simpul.joint_members m on m.space_id = t.space_id and m.party = t.party and m.id = t.by_member
      where t.state = 'standing' and t.content is not null and t.kind = any(${[...kinds]}::text[])
      order by t.arrived_at desc, t.id desc limit ${Math.min(limit, 10_000)}`.execute(db.rows);
    return rows.map((row): { space: Id; title: string; party: NodeCode; thing: ThingView } => ({
      ...{ space: row.space_id, title: row.space, party: row.party },
      thing: {
        ...{ id: row.id, kind: row.kind, version: row.version, state: row.state, reason: row.reason },
        ...{ at: iso(row.at), firstAt: iso(row.first_at), arrivedAt: iso(row.arrived_at) },
        ...{ handling: row.handling, evaluation: Evaluation.parse(row.evaluation), content: row.content },
        ...{ ...aboutThing(node, row.content), party: row.party, originator: row.originator },
        ...{ by: row.member ?? "", digest: hexOf(row.digest), frozen: false, court: false, case: null },
        ...{ earlier: 0, waits: [], refused: [], may: [] },
      },
    }));
  },
});
