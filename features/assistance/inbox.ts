// What waits: drafts that came back, matters to review, send, register or carry out, freezing to answer or to renew, copies due.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { AssistanceNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  title: string;
  due: Date | null;
  since: Date;
  mine: boolean;
  peer: NodeCode;
  reference: string | null;
  case_id: Id | null;
  number: string | null;
  case_title: string | null;
}

export const assistanceInbox = (node: AssistanceNode): InboxSource => ({
  name: "assistance",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, desk } = standing.actor;
    const now = node.clock.now();
    const near = new Date(now.getTime() + node.codes.days.renewWarn * 86_400_000);
    const { rows } = await sql<Row>`
        with me as (select simpul.is_contact_point() as contact, simpul.has_role('supervisor') as leads,
          simpul.is_central_authority() as central, simpul.is_prosecution() as prosecution),
        seen as (select a.*, r.desk_id as works, c.number, c.title as case_title,
            a.author_id = ${id} or a.desk_id = ${desk} as own
          from simpul.assistances a join simpul.requests r on r.id = a.id left join simpul.cases c on c.id = a.case_id
          where a.state not in ('closed', 'withdrawn')),
        waits as (
          select s.*, case
            when s.direction = 'outgoing' then case
              when s.state = 'draft' and s.returned is not null and s.author_id = ${id} then 'assistance-returned'
              when s.state = 'prosecutor' and me.prosecution then 'assistance-review'
              when s.state = 'central' and me.central then 'assistance-send'
              when s.state = 'approval' and s.author_id <> ${id} and (me.contact or (s.desk_id = ${desk} and me.leads))
                then 'assistance-freeze'
              when s.formal_due is not null and s.formal_at is null and me.central then 'assistance-formal-copy'
              when s.state = 'information-asked' and (s.own or me.central) then 'assistance-asked'
              when s.kept_until <= ${near}::date and s.state in ('preserved', 'partly') and (s.own or me.contact)
                then 'assistance-expires'
              when s.state in ('executed', 'partly-executed', 'refused', 'not-held') and s.own then 'assistance-answered'
              when s.due_at < ${now} and (s.own or me.central) then 'assistance-late' end
            when s.kind = 'preservation' then case
              when s.state = 'arrived' and (me.contact or s.works = ${desk}) then 'assistance-keep' end
            else case
              when s.state = 'arrived' and me.central then 'assistance-arrived'
              when s.formal_due < ${now} and s.formal_at is null and me.central then 'assistance-formal-copy'
              when s.state in ('assigned', 'judicial-order', 'execution') and s.works = ${desk} then 'assistance-work'
              when s.state in ('registered', 'legal-review', 'product-review', 'postponed') and me.central
                then 'assistance-handle'
              when s.state = 'return-tracking' and me.central then 'assistance-return' end
            end as what
          from seen s, me)
        select id, what as kind, form ->> 'subject' as title,
          case when what = 'assistance-formal-copy' then formal_due
            when what = 'assistance-expires' then kept_until::timestamptz else due_at end as due,
          changed_at as since, author_id = ${id} as mine, peer, reference, case_id, number, case_title
        from waits where what is not null order by due nulls last, since limit 200`.execute(db.rows);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: [row.reference ?? row.peer.toUpperCase(), row.title].filter((part) => part !== "").join(" · "),
      to: `/assistance/${row.id}`,
      due: row.due?.toISOString() ?? null,
      since: row.since.toISOString(),
      for: row.mine ? "me" : "desk",
      case:
        row.case_id === null || row.number === null
          ? null
          : { id: row.case_id, number: row.number, title: row.case_title ?? "" },
    }));
  },
});
