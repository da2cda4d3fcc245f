// What was deleted and what is held, for "Why can I see this?": as the case, item or request that it is or was of.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InSight, SightSource } from "../sight/contract.ts";
import type { KeptKind } from "./contract.ts";
import { factsOf } from "./look.ts";
import type { RetentionNode } from "./node.ts";

type Row = { kind: KeptKind; record_id: Id; case_id: Id | null };

/** Asked last: a record that is still there is its own room's. A hold is known by its own id too. */
export const retentionSight = (node: RetentionNode): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const { rows } = await sql<Row>`
      select kind, record_id, case_id from simpul.retentions where record_id = ${id}
      union all select kind, record_id, case_id from simpul.retention_holds where id = ${id}
      limit 1`.execute(db.rows);
    const row = rows[0];
    if (row === undefined) return null;
    const { kind, record_id: record, case_id } = row;
    const facts = await factsOf(node, db, { kind, id: record, case_id, desk_id: null }).catch(() => null);
    if (facts === null) return null;
    return {
      kind: "kept",
      id,
      case: case_id,
      seen: [seenAs(facts)],
      looks: { about: [id, record], case: case_id },
    };
  },
});

function seenAs(record: Awaited<ReturnType<typeof factsOf>>): InSight["seen"][number] {
  switch (record.kind) {
    case "case":
      return { act: "case.view", record };
    case "request":
      return { act: "request.view", record };
    case "item":
      return { act: "evidence.view", record };
  }
}
