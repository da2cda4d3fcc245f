// What oversight hands to the inbox: samples that are not looked through, what stood out, freezes whose end is asked for.
import type { InboxEntry, InboxSource } from "@simpul/features/inbox/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { listFreezes } from "./freeze.ts";
import { iso, type OversightNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  title: string;
  to: string;
  since: Date;
}

export const oversightInbox = (node: OversightNode): InboxSource => ({
  name: "oversight",
  async apart(standing) {
    const rows = await node.store.read(standing, async (db) => {
      db.noteRead("oversight.waiting-listed", {});
      // Row security shows these tables to oversight alone.
      const found = await sql<Row>`
        select e.leaf_id as id, 'oversight-sample' as kind, s.week::text as title, s.drawn_at as since,
          '/oversight/samples/' || s.log || '/' || s.week as to
        from simpul.oversight_samples s join simpul.oversight_sample_entries e
          on e.log = s.log and e.week = s.week and e.nth = 0
        where exists (select 1 from simpul.oversight_sample_entries o where o.log = s.log and o.week = s.week
          and not exists (select 1 from simpul.oversight_marks m
            where m.log = o.log and m.week = o.week and m.nth = o.nth))
        union all
        select n.id, 'oversight-notice', n.day::text, n.noticed_at, '/oversight/notices?at=' || n.id
        from simpul.oversight_notices n where n.officer_id <> ${standing.actor.id}
          and not exists (select 1 from simpul.oversight_decisions d where d.notice_id = n.id)
        order by since limit 100`.execute(db.rows);
      return found.rows;
    });
    const lifts = (await listFreezes(node, standing)).filter((one) => one.may.includes("agree"));
    return [
      ...rows.map(({ since, ...one }): InboxEntry => ({
        ...one,
        ...{ due: null, since: iso(since), for: "desk", case: null },
      })),
      ...lifts.map((one): InboxEntry => ({
        id: one.id,
        kind: "freeze-lift",
        title: one.name,
        to: `/freezes?at=${one.id}`,
        ...{ due: null, since: one.lift!.at, for: "desk", case: null },
      })),
    ];
  },
});
