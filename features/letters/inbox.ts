// What waits of letters: one to be sent, one that nobody answered in time; for whoever wrote it and the contact point.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { LettersNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  reference: string;
  subject: string;
  due: Date | null;
  since: Date;
  mine: boolean;
  case_id: Id | null;
  number: string | null;
  title: string | null;
}

export const lettersInbox = (node: LettersNode): InboxSource => ({
  name: "letter",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, desk } = standing.actor;
    const { rows } = await sql<Row>`
        select s.id, case s.state when 'queued' then 'letter-to-send' else 'letter-overdue' end as kind, s.reference,
          s.subject, s.due, s.since, s.mine, c.id as case_id, c.number, c.title
        from (select l.id, l.reference, coalesce(l.standing, t.state) as state, coalesce(l.due_at, t.due_at) as due,
            coalesce(l.changed_at, t.changed_at) as since, r.author_id = ${id} as mine, r.case_id,
            case when l.said is null then r.subject else l.said -> 'earlier' ->> 'reference' end as subject
          from simpul.letters l join simpul.requests r on r.id = l.request_id
            left join simpul.request_threads t on t.id = l.id
          where r.author_id = ${id} or r.desk_id = ${desk} or simpul.is_contact_point()) s
        left join simpul.cases c on c.id = s.case_id
        where s.state = 'queued' or (s.state in ('posted', 'delivered') and s.due < ${node.clock.now()})
        order by s.due nulls last, s.since limit 200`.execute(db.rows);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: `${row.reference} · ${row.subject}`,
      to: `/letters/${row.id}`,
      due: row.due === null ? null : row.due.toISOString(),
      since: row.since.toISOString(),
      for: row.mine ? "me" : "desk",
      case:
        row.case_id === null ? null : { id: row.case_id, number: row.number ?? "", title: row.title ?? "" },
    }));
  },
});
