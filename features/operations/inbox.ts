// What waits in operations: a plan from another state, a go that this state has not said, a collision, figures after the window.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayOn, type OperationsNode } from "./node.ts";
import { headOf, operations, votesOf } from "./records.ts";

export const operationsInbox = (node: OperationsNode): InboxSource => ({
  name: "operations",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const now = node.clock.now();
    const waiting: InboxEntry[] = [];
    const rows = await operations(db);
    const collided = await sql<{ operation_id: Id; at: Date }>`select k.operation_id, max(k.at) as at
        from simpul.operation_collisions k where not exists (select from simpul.operation_clearings c
          where c.operation_id = k.operation_id and c.at >= k.at)
        group by k.operation_id`.execute(db.rows);
    for (const row of rows) {
      const head = await headOf(db, row, now);
      const of = { id: row.id, author: row.made_by };
      const put = (kind: string, due: string | null, since: Date): void => {
        waiting.push({
          ...{
            id: row.id,
            kind,
            title: row.title,
            to: `/operations/${row.id}`,
            due,
            for: "desk",
            case: null,
          },
          since: since.toISOString(),
        });
      };
      const met = collided.rows.find((one) => one.operation_id === row.id);
      const open = ["draft", "ready", "approved", "running"].includes(head.state);
      if (met !== undefined && open && mayOn(node, standing, "operation.clear", of))
        put("operation-collision", head.window.starts, met.at);
      if (head.state === "ready" && mayOn(node, standing, "operation.act", of)) {
        const votes = await votesOf(db, row.id);
        const said = votes.some((vote) => vote.node === node.code && vote.version === row.version);
        if (!said) put("operation-vote", head.window.starts, row.sent_at ?? now);
      }
      if (head.state === "recalled" && now.getTime() - row.recalled_at!.getTime() < 86_400_000)
        put("operation-recalled", null, row.recalled_at!);
      if (head.state === "ended" && mayOn(node, standing, "operation.act", of)) {
        const { rows: mine } = await sql`select 1 from simpul.operation_reports
            where operation_id = ${row.id} and node = ${node.code}`.execute(db.rows);
        if (mine.length === 0) put("operation-report", null, row.ends_at);
      }
    }
    return waiting;
  },
});
