// How formal requests of this state ended, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const assistanceCounts: Counting = {
  async "assistance-ended"(db, { from, until }) {
    const { rows } = await sql<Count>`
      with firsts as (
        select distinct on (s.assistance_id) a.peer, s.state, s.at
        from simpul.assistances a join simpul.assistance_steps s on s.assistance_id = a.id
        where a.direction = 'outgoing' and a.kind = 'formal'
          and s.state in ('executed', 'partly-executed', 'refused', 'withdrawn')
        order by s.assistance_id, s.at, s.id)
      select peer as row, case state when 'partly-executed' then 'partly' else state end as "column",
        count(*)::int as count
      from firsts where at >= ${from} and at < ${until} group by 1, 2`.execute(db.rows);
    return rows;
  },
};
