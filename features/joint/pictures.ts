// What timeline, map, chart and calendar of a space draw: all that stands in it of the kinds that can be drawn.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { JointError, pictureKinds, type Picture } from "./contract.ts";
import { viewsOf } from "./look.ts";
import { maySpace, type JointNode, type OfOfficer } from "./node.ts";
import { heldOf, policyFacts, type ThingRow } from "./records.ts";

/** At most so many are drawn, the newest; the page says how many are not. */
const most = 2000;

/** Throws `NOT_FOUND` for whoever is no member. */
export const pictureOf = (node: JointNode, standing: OfOfficer, id: Id): Promise<Picture> =>
  node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    const { allowed, because } = maySpace(node, standing, "joint.view", policyFacts(node, held));
    if (!allowed) throw new JointError("NOT_FOUND");
    db.allowed(because);
    const { rows } = await sql<ThingRow & { of: number }>`select t.*, count(*) over ()::int as of
      from simpul.joint_things t where t.space_id = ${id} and t.state = 'standing' and t.content is not null
        and t.kind = any(${[...pictureKinds]}::text[])
      order by t.arrived_at desc, t.id desc limit ${most}`.execute(db.rows);
    db.noteRead("joint.picture-looked-at", { id, shown: rows.length });
    const things = await viewsOf(
      node,
      db,
      standing,
      held,
      rows.map((row) => ({ ...row, earlier: 0 })),
    );
    return { things, left: (rows[0]?.of ?? 0) - rows.length };
  });
