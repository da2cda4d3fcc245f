// What a check asks about requests: whether a hit was followed by one.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { FollowUps } from "../checks/contract.ts";

export const followUps: FollowUps = {
  async askedIn(db, cases) {
    if (cases.length === 0) return [];
    const { rows } = await sql<{ case: Id; peer: NodeCode; at: Date }>`
      select q.case_id as "case", t.peer, max(t.created_at) as at
        from simpul.requests q join simpul.request_threads t on t.request_id = q.id
        where q.case_id = any(${[...cases]}::uuid[]) and t.direction = 'outgoing'
          and t.state not in ('withdrawn', 'undelivered')
        group by q.case_id, t.peer`.execute(db.rows);
    return rows;
  },
};
