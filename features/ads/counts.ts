// What was found of adverts and what followed from them, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const adsCounts: Counting = {
  async "adverts-found"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select s.kind as row, a.found as "column", count(*)::int as count
      from simpul.ad_adverts a join simpul.ad_sources s on s.id = a.source_id
      where a.found_at >= ${from} and a.found_at < ${until} and a.found is not null group by 1, 2`.execute(
      db.rows,
    );
    return rows;
  },

  async "campaigns-found"(db, { from, until }) {
    const { rows } = await sql<Count>`
      with sized as (
        select c.found, (select count(*) from simpul.ad_adverts a where a.campaign_id = c.id) as adverts
        from simpul.ad_campaigns c
        where c.founded_at >= ${from} and c.founded_at < ${until} and c.found is not null and c.into_id is null)
      select found as row, case when adverts < 10 then 'few' when adverts < 100 then 'tens' else 'hundreds' end as "column",
        count(*)::int as count
      from sized group by 1, 2`.execute(db.rows);
    return rows;
  },

  async "adverts-answered"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select kind as row, coalesce(answer, 'open') as "column", count(*)::int as count from simpul.ad_outcomes
      where at >= ${from} and at < ${until} group by 1, 2`.execute(db.rows);
    return rows;
  },
};
