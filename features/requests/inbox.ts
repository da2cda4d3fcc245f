// What waits for whom: approval and release, requests with their clocks, questions back, permissions (HC-8).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { iso, type RequestsNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  title: string;
  due: Date | null;
  since: Date;
  mine: boolean;
  peer: NodeCode | null;
  reference: string | null;
  case_id: Id | null;
  number: string | null;
  case_title: string | null;
  to: string;
}

/**
 * Everything under the reader's own sight: what her desk works on, what she wrote and came back, and for the contact
 * point what nobody took yet. An overdue permission stays here until somebody decides: silence is never consent.
 */
export const requestsInbox = (node: RequestsNode): InboxSource => ({
  name: "request",
  waiting: (standing) =>
    node.store.read(standing, async (db): Promise<InboxEntry[]> => {
      const { id, desk } = standing.actor;
      const { rows } = await sql<Row>`
        with me as (select simpul.is_contact_point() as contact, simpul.has_role('supervisor') as leads)
        select r.id, case r.state when 'submitted' then 'request-approval' else 'request-returned' end as kind,
          r.subject as title, null::timestamptz as due, r.changed_at as since, r.author_id = ${id} as mine,
          null as peer, null as reference, c.id as case_id, c.number, c.title as case_title, '' as to
        from simpul.requests r left join simpul.cases c on c.id = r.case_id, me
        where r.direction = 'outgoing'
          and ((r.state = 'submitted' and r.author_id <> ${id}
                and (me.contact or (r.desk_id = ${desk} and me.leads)))
               or (r.state = 'draft' and r.returned is not null and r.author_id = ${id}))
        union all
        select r.id, case when a.state = 'submitted' then 'request-release'
                          when r.desk_id is null then 'request-new' else 'request-work' end,
          r.subject, t.due_at, t.created_at, false, t.peer, t.reference, null, null, null, ''
        from simpul.requests r join simpul.request_threads t on t.request_id = r.id
          left join simpul.request_answers a on a.thread_id = t.id and a.direction = 'outgoing'
            and a.state in ('draft', 'submitted'), me
        where r.direction = 'incoming' and t.state in ('delivered', 'opened', 'in-work', 'judicial')
          and (r.desk_id = ${desk} or (r.desk_id is null and me.contact)
               or (a.state = 'submitted' and me.contact))
          and (a.state is distinct from 'submitted' or a.author_id <> ${id})
        union all
        select r.id, case t.state when 'clarification' then 'request-asked-back' when 'undelivered'
            then 'request-undelivered' else 'request-answered' end,
          r.subject, null, t.changed_at, r.author_id = ${id}, t.peer, t.reference, c.id, c.number, c.title, ''
        from simpul.requests r join simpul.request_threads t on t.request_id = r.id
          left join simpul.cases c on c.id = r.case_id
        where r.direction = 'outgoing' and t.state in ('clarification', 'answered', 'refused', 'transferred', 'undelivered')
          and (r.author_id = ${id} or r.desk_id = ${desk})
        union all
        -- What came in between stays here until its author has looked.
        select r.id, 'request-interim', r.subject, null, a.changed_at, r.author_id = ${id}, t.peer, t.reference, c.id,
          c.number, c.title, ''
        from simpul.requests r join simpul.request_threads t on t.request_id = r.id
          left join simpul.cases c on c.id = r.case_id
          join simpul.request_answers a on a.thread_id = t.id and a.direction = 'incoming'
        where a.content ->> 'kind' = 'interim' and t.outcome is null and r.author_id = ${id}
          and not exists (select 1 from simpul.leaves l where l.about_id = r.id and l.kind = 'request.viewed'
            and l.officer_id = ${id} and l.at > a.changed_at)
        union all
        select p.id, case when p.due_at < ${node.clock.now()} then 'permission-overdue' else 'permission' end,
          coalesce(p.records -> 0 ->> 'title', ''), p.due_at, p.at, false, p.peer, p.reference, null, null, null,
          '/requests/permissions/' || p.id
        from simpul.permissions p join simpul.requests r on r.id = p.request_id, me
        where p.direction = 'incoming' and p.state = 'delivered' and (me.contact or (r.desk_id = ${desk} and me.leads))
        order by due nulls last, since limit 300`.execute(db.rows);
      db.noteRead("request.waiting-listed", { shown: rows.length });
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        title: [row.reference, row.title].filter((part) => part !== null && part !== "").join(" · "),
        to: row.to === "" ? `/requests/${row.id}` : row.to,
        due: row.due === null ? null : iso(row.due),
        since: iso(row.since),
        for: row.mine ? "me" : "desk",
        case:
          row.case_id === null
            ? null
            : { id: row.case_id, number: row.number ?? "", title: row.case_title ?? "" },
      }));
    }),
});
