// What waits for whom: approval and release, requests with their clocks, questions back, permissions (HC-8).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { iso, type Db, type RequestsNode } from "./node.ts";
import { overridesIn } from "./override.ts";

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

const clocked: readonly string[] = ["request-unopened", "request-near", "request-over"];

/**
 * Everything under the reader's own sight: what her desk works on, what she wrote and came back, and for the contact
 * point what nobody took yet. An overdue permission stays here until somebody decides: silence is never consent.
 */
export const requestsInbox = (node: RequestsNode): InboxSource => ({
  name: "request",
  async waiting(standing, db): Promise<InboxEntry[]> {
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
        select r.id, case when r.draft ->> 'unasked' is not null then 'told-' || (r.draft ->> 'unasked')
                          when a.state = 'submitted' then 'request-release'
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
        -- Told by the clock: also a stand-in, and a supervisor whose desk it is not, find it in their own list.
        select r.id, case n.level when 'near' then 'request-near' when 'over' then 'request-over'
            else 'request-unopened' end,
          r.subject, t.due_at, n.at, true, t.peer, t.reference, null, null, null, ''
        from simpul.request_notices n join simpul.requests r on r.id = n.request_id
          join simpul.request_threads t on t.id = n.about, me
        where (n.officer_id = ${id} or (n.level = 'phone' and n.done_at is null and me.contact))
          and (case when n.level in ('near', 'over') then t.due_at is not null
                 and (n.level = 'over') = (t.due_at <= ${node.clock.now()}) else t.state = 'delivered' end)
          and not exists (select 1 from simpul.request_notices later where later.about = n.about and later.at > n.at
            and later.officer_id = n.officer_id)
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
        -- MLA-10: an item of ours did not hold over there; stays until somebody looked after the report came.
        select r.id, 'item-not-verified', r.subject, null, v.kept_at, r.author_id = ${id}, t.peer, t.reference, c.id,
          c.number, c.title, ''
        from simpul.item_reports v join simpul.request_threads t on t.id = v.thread_id
          join simpul.requests r on r.id = t.request_id left join simpul.cases c on c.id = r.case_id
        where v.failed is not null and v.checked_by = t.peer and (r.author_id = ${id} or r.desk_id = ${desk})
          and not exists (select 1 from simpul.leaves l where l.about_id = r.id and l.kind = 'request.viewed'
            and l.officer_id = ${id} and l.at > v.kept_at)
        union all
        -- MSG-4: signed over there that nobody opened it in the agreed time, and nobody has since.
        select r.id, 'request-not-opened', r.subject, null, e.kept_at, r.author_id = ${id}, t.peer, t.reference, c.id,
          c.number, c.title, ''
        from simpul.request_evidences e join simpul.request_threads t on t.id = e.thread_id
          join simpul.requests r on r.id = t.request_id left join simpul.cases c on c.id = r.case_id
        where e.event = 'not-retrieved' and e.answer_id is null and t.direction = 'outgoing'
          and t.state in ('queued', 'delivered') and (r.author_id = ${id} or r.desk_id = ${desk})
        union all
        select p.id, case when p.due_at < ${node.clock.now()} then 'permission-overdue' else 'permission' end,
          coalesce(p.records -> 0 ->> 'title', ''), p.due_at, p.at, false, p.peer, p.reference, null, null, null,
          '/requests/permissions/' || p.id
        from simpul.permissions p join simpul.requests r on r.id = p.request_id, me
        where p.direction = 'incoming' and p.state = 'delivered' and (me.contact or (r.desk_id = ${desk} and me.leads))
        order by due nulls last, since limit 300`.execute(db.rows);
    const told = await toldAbout(
      db,
      rows.map((row) => row.id),
    );
    // What the clock told stands once, in the stronger word.
    const stronger = new Set(rows.filter((row) => clocked.includes(row.kind)).map((row) => row.id));
    const weaker = (row: Row) => ["request-new", "request-work"].includes(row.kind) && stronger.has(row.id);
    return rows
      .filter((row) => !weaker(row))
      .map((row) => ({
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
        ...(told.has(row.id) ? { told: told.get(row.id)! } : {}),
      }));
  },
});

/** HC-9: what was passed on here, and what others passed on of ours, until somebody said whether it was right. */
export const overridesInbox = (node: RequestsNode): InboxSource => ({
  name: "override",
  waiting: async (_, db) =>
    (await overridesIn(node, db))
      .filter((one) => one.may.includes("review"))
      .map((one) => ({
        id: one.id,
        kind: one.direction === "ours" ? "override" : "override-told",
        title: one.request === null ? one.authority : one.records.map((record) => record.title).join(", "),
        to: `/overrides?at=${one.id}`,
        due: null,
        since: one.at ?? one.askedAt,
        for: "desk",
        case: null,
      })),
});

/** Who was told about these requests and permissions, the last first. */
async function toldAbout(
  db: Pick<Db, "rows">,
  ids: readonly Id[],
): Promise<Map<Id, NonNullable<InboxEntry["told"]>>> {
  const { rows } = await sql<{ of: Id; name: string; at: Date }>`
    select case when n.level = 'permission' then n.about else n.request_id end as of, o.name, max(n.at) as at
    from simpul.request_notices n join simpul.officers o on o.id = n.officer_id
    where n.request_id = any(${[...ids]}::uuid[]) or n.about = any(${[...ids]}::uuid[])
    group by 1, o.id, o.name order by at desc`.execute(db.rows);
  const found = new Map<Id, NonNullable<InboxEntry["told"]>>();
  for (const row of rows)
    found.set(row.of, [...(found.get(row.of) ?? []), { name: row.name, at: iso(row.at) }]);
  return found;
}
