// How many operations this state led, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const operationsCounts: Counting = {
  async "operations-held"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select case cardinality(parties) when 1 then 'one' when 2 then 'two' when 3 then 'three' else 'more' end as row,
        case state when 'recalled' then 'called-back' else 'held' end as "column", count(*)::int as count
      from simpul.operations
      where ours and state in ('ready', 'recalled') and ends_at >= ${from} and ends_at < ${until}
      group by 1, 2`.execute(db.rows);
    return rows;
  },
};
