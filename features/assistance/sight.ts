// Matters of legal assistance, for "Why can I see this?": as the request that is their way, and by those who review and send them.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InSight, SightSource } from "../sight/contract.ts";
import type { AssistanceNode, AssistanceRow } from "./node.ts";

/** What row security shows beyond the request's own readers (MLA-4): what was put before them, or came in. */
const hands = ({ kind, direction, reached }: AssistanceRow) => {
  if (kind !== "formal") return [];
  if (direction === "incoming") return ["assistance.handle"] as const;
  if (reached >= 2) return ["assistance.follow"] as const;
  return reached === 1 ? (["assistance.review"] as const) : [];
};

export const assistanceSight = (node: AssistanceNode): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const { rows } = await sql<AssistanceRow>`select * from simpul.assistances where id = ${id}`.execute(
      db.rows,
    );
    const row = rows[0];
    if (row === undefined) return null;
    const record = await node.requests.facts(db, id);
    const seen: InSight["seen"][number][] = ["request.view" as const, ...hands(row)].map((act) => ({
      act,
      record,
    }));
    const out = await sql<{ id: Id }>`select simpul.excluded_officers(${id}) as id`.execute(db.rows);
    const never = new Set(out.rows.map((one) => one.id));
    return { kind: "assistance", id, case: row.case_id, seen, never, looks: { about: [id], case: null } };
  },
});
