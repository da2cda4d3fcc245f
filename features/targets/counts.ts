// How many were taken up as targets and what was frozen of theirs, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const targetsCounts: Counting = {
  // VIC-2: a person counts once her legal review let her stand, an organisation waits for none.
  async "persons-accused"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select kind as row, 'all' as "column", count(*)::int as count from simpul.targets
      where coalesce(accepted_at, case when kind = 'organisation' then nominated_at end) >= ${from}
        and coalesce(accepted_at, case when kind = 'organisation' then nominated_at end) < ${until}
      group by kind`.execute(db.rows);
    return rows;
  },

  async "assets-frozen"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select type as row, state as "column", count(*)::int as count from simpul.target_freezes
      where answered_at >= ${from} and answered_at < ${until} and state <> 'asked' group by type, state`.execute(
      db.rows,
    );
    return rows;
  },
};
