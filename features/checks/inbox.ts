// What checks hand to the inbox: those that wait for a supervisor's agreement, and fresh hits nobody has followed yet.
import type { InboxEntry, InboxSource } from "@simpul/features/inbox/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { hitLastsHours } from "./contract.ts";
import { iso, type ChecksNode } from "./node.ts";

interface Row {
  id: Id;
  kind: "check-agree" | "check-hit";
  since: Date;
  case_id: Id;
  number: string;
  title: string;
}

export const checksTasks = (node: ChecksNode): InboxSource => ({
  name: "check",
  waiting: (standing) =>
    node.store.read(standing, async (db): Promise<InboxEntry[]> => {
      const { id, roles } = standing.actor;
      const agrees = roles.includes("supervisor");
      const fresh = new Date(node.clock.now().getTime() - hitLastsHours * 3_600_000);
      const { rows } = await sql<Row>`
        select c.id, 'check-agree' as kind, c.asked_at as since, k.id as case_id, k.number, k.title
          from simpul.checks c join simpul.cases k on k.id = c.case_id
          where ${agrees} and c.state = 'proposed' and c.officer_id <> ${id}
        union all
        select c.id, 'check-hit', max(r.at), k.id, k.number, k.title
          from simpul.checks c join simpul.cases k on k.id = c.case_id
          join simpul.check_results r on r.case_id = c.case_id and r.check_id = c.id and r.reply = 'hit'
          where c.officer_id = ${id} and r.at > ${fresh} group by c.id, k.id
        order by since desc limit 100`.execute(db.rows);
      db.noteRead("check.waiting-listed", { shown: rows.length });
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        title: row.title,
        to: `/check/${row.id}`,
        // HIT-8: facts go out within a day, or the hit expires.
        due: row.kind === "check-hit" ? iso(new Date(row.since.getTime() + hitLastsHours * 3_600_000)) : null,
        since: iso(row.since),
        for: row.kind === "check-hit" ? "me" : "desk",
        case: { id: row.case_id, number: row.number, title: row.title },
      }));
    }),
});
