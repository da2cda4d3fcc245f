// What waits: recalls to let go, those that came back to their author, those to answer with their clock, and who is late (COR-1).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { RecallsNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  title: string;
  due: Date | null;
  since: Date;
  mine: boolean;
  originator: NodeCode;
  late: NodeCode[] | null;
}

export const recallsInbox = (node: RecallsNode): InboxSource => ({
  name: "recall",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, desk } = standing.actor;
    const now = node.clock.now();
    const { rows } = await sql<Row>`
        with me as (select simpul.is_contact_point() as contact, simpul.has_role('supervisor') as leads)
        select r.id, case r.state when 'submitted' then 'recall-approval' else 'recall-returned' end as kind,
          coalesce((select string_agg(distinct t.title, ', ') from simpul.recall_things t where t.recall_id = r.id), '') as title,
          null::timestamptz as due, r.created_at as since, r.author_id = ${id} as mine, r.originator, null::text[] as late
        from simpul.recalls r, me
        where r.ours and ((r.state = 'submitted' and r.author_id <> ${id} and (me.contact or (r.desk_id = ${desk} and me.leads)))
          or (r.state = 'returned' and r.author_id = ${id}))
        union all
        select r.id, case when r.due_at < ${now} then 'recall-overdue' else 'recall' end, '', r.due_at, r.created_at, false,
          r.originator, null
        from simpul.recalls r where not r.ours and r.state = 'open'
        union all
        -- Both sides hear who is late: whoever called it back, and whoever passed it on.
        select r.id, 'recall-late', '', r.due_at, r.due_at, false, r.originator,
          (select array_agg(h.holder order by h.holder) from simpul.recall_holders h
            where h.recall_id = r.id and h.answered_at is null)
        from simpul.recalls r, me
        where r.state in ('sent', 'answered', 'open') and r.due_at < ${now} and (me.contact or me.leads)
          and exists (select 1 from simpul.recall_holders h where h.recall_id = r.id and h.answered_at is null)
        union all
        -- EV-4: the originator's answer, then both supervisors hear that it is late; whoever proposed reads the answer.
        select p.id, case when p.ours then 'grade-answered' when p.due_at < ${now} then 'grade-late' else 'grade' end,
          p.title, case when p.ours then null else p.due_at end, coalesce(p.answered_at, p.at), p.by_officer = ${id}, p.peer, null
        from simpul.grade_proposals p join simpul.requests q on q.id = p.request_id, me
        where (not p.ours and p.state = 'open' and (me.contact or q.desk_id = ${desk}))
          or (p.ours and p.state = 'open' and p.due_at < ${now} and me.leads)
          or (p.ours and p.by_officer = ${id} and p.state in ('declined', 'undelivered')
            and p.answered_at > ${now}::timestamptz - interval '14 days')
        order by due nulls last, since limit 200`.execute(db.rows);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      title:
        row.late !== null ? row.late.join(", ").toUpperCase() : row.title || row.originator.toUpperCase(),
      to: row.kind.startsWith("grade") ? "/recalls/grades" : `/recalls/${row.id}`,
      due: row.due?.toISOString() ?? null,
      since: row.since.toISOString(),
      for: row.mine ? "me" : "desk",
      case: null,
    }));
  },
});
