// What the cases room hands to the inbox: open tasks, and cases opened in an emergency that wait for her review.
import { entryActs, type InboxEntry, type InboxSource } from "@simpul/features/inbox/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { openingsIn } from "./emergency.ts";
import { decide, factsOfEach, type CasesNode } from "./node.ts";
import { iso } from "./records.ts";
import { taskDeeds } from "./task-deeds.ts";

interface Row {
  id: Id;
  title: string;
  due: string | null;
  owner_id: Id | null;
  created_at: Date;
  case_id: Id;
  number: string;
  case_title: string;
}

export const caseTasks = (node: CasesNode): InboxSource => ({
  name: "task",
  deeds: taskDeeds(node),
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, desk } = standing.actor;
    const { rows } = await sql<Row>`
        select t.id, t.title, t.due, t.owner_id, t.created_at, t.case_id, c.number, c.title as case_title
        from simpul.case_tasks t join simpul.cases c on c.id = t.case_id
        where t.state = 'open' and t.removed_at is null and c.state <> 'closed'
          and (t.owner_id = ${id} or (t.owner_id is null and t.desk_id = ${desk}))
        order by t.due nulls last, t.id limit 300`.execute(db.rows);
    const cases = await factsOfEach(db, [...new Set(rows.map((row) => row.case_id))]);
    const worked = new Set<Id>();
    for (const [of, facts] of cases) if (decide(node, standing, "case.task", facts).allowed) worked.add(of);
    return rows.map((row) => ({
      id: row.id,
      kind: "task",
      title: row.title,
      to: `/cases/${row.number}/tasks?at=${row.id}`,
      due: row.due,
      since: iso(row.created_at),
      for: row.owner_id === id ? "me" : "desk",
      case: { id: row.case_id, number: row.number, title: row.case_title },
      may: worked.has(row.case_id) ? entryActs : [],
    }));
  },
});

/** Cases opened in an emergency that this officer may review: their owner and oversight find each here by itself. */
export const emergencies = (node: CasesNode): InboxSource => ({
  name: "case-emergency",
  waiting: async (_, db) =>
    (await openingsIn(node, db))
      .filter((one) => one.may.includes("review"))
      .map((one) => ({
        id: one.id,
        kind: "case-emergency",
        title: one.case.title === null ? one.case.number : `${one.case.number} · ${one.case.title}`,
        to: `/emergencies?at=${one.id}`,
        due: null,
        since: one.openedAt,
        for: "desk",
        case: null,
      })),
});
