// Checks, for "Why can I see this?": a check is seen as its case is.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { SightSource } from "../sight/contract.ts";
import type { ChecksNode } from "./node.ts";

export const checksSight = (node: Pick<ChecksNode, "caseFacts">): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const { rows } = await sql<{ case_id: Id }>`select k.case_id from simpul.checks k
      join simpul.cases c on c.id = k.case_id where k.id = ${id}`.execute(db.rows);
    const of = rows[0]?.case_id;
    if (of === undefined) return null;
    const record = await node.caseFacts(db, of);
    return {
      kind: "check",
      id,
      case: of,
      seen: [{ act: "case.view", record }],
      looks: { about: [id], case: null },
    };
  },
});
