// How requests of other states ended here and how long they took, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

/** The step with which each request of another state first ended here, in this month. */
const ended = ({ from, until }: { from: Date; until: Date }) => sql`
  select t.peer, t.outcome, t.created_at, e.kind, e.at
  from simpul.request_threads t
  cross join lateral (
    select s.kind, s.at from simpul.request_steps s
    where s.thread_id = t.id and s.kind in ('answered', 'refused', 'transferred', 'withdrawn')
    order by s.at, s.id limit 1) e
  where t.direction = 'incoming' and t.created_at < ${until} and t.changed_at >= ${from}
    and e.at >= ${from} and e.at < ${until}`;

export const requestsCounts: Counting = {
  async "requests-answered"(db, span) {
    const { rows } = await sql<Count>`
      select peer as row, case kind when 'answered' then coalesce(outcome, 'partial') else kind end as "column",
        count(*)::int as count
      from (${ended(span)}) e group by 1, 2`.execute(db.rows);
    return rows;
  },

  async "requests-time"(db, span) {
    const { rows } = await sql<Count>`
      select peer as row, case when at - created_at <= interval '1 day' then 'day'
          when at - created_at <= interval '7 days' then 'week'
          when at - created_at <= interval '30 days' then 'month' else 'longer' end as "column",
        count(*)::int as count
      from (${ended(span)}) e where kind in ('answered', 'refused') group by 1, 2`.execute(db.rows);
    return rows;
  },
};
