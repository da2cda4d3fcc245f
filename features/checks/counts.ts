// How many hits private checks gave and what became of them, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const checksCounts: Counting = {
  // A hit is followed where a request went to that state out of the same case (HIT-8).
  async "checks-hits"(db, { from, until }) {
    const { rows } = await sql<Count>`
      with hits as (
        select r.case_id, r.record_id, r.peer, min(r.at) as at from simpul.check_results r
        where r.reply = 'hit' and r.at < ${until} group by r.case_id, r.record_id, r.peer
        having min(r.at) >= ${from})
      select h.peer as row, case when exists (
          select 1 from simpul.requests q join simpul.request_threads t on t.request_id = q.id
          where q.case_id = h.case_id and t.peer = h.peer and t.direction = 'outgoing' and t.created_at >= h.at)
        then 'followed' else 'not-followed' end as "column", count(*)::int as count
      from hits h group by 1, 2`.execute(db.rows);
    return rows;
  },
};
