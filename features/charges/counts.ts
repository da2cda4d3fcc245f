// How many were charged and judged, and what the law of states lacks, for the region's picture: aggregates of a month.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

/** The offence by which a charge counts: the first of these that it names. */
const order = [
  "trafficking-child",
  "trafficking",
  "confinement",
  "online-fraud",
  "laundering",
  "immigration",
];
const counted = sql`(select o.code from unnest(${order}::text[]) with ordinality as o(code, nth)
  where c.offences ? o.code order by o.nth limit 1)`;

export const chargesCounts: Counting = {
  async "persons-charged"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select ${counted} as row, c.kind as "column", count(*)::int as count from simpul.charges c
      where c.filed_at >= ${from} and c.filed_at < ${until} group by 1, 2`.execute(db.rows);
    return rows;
  },

  // The first verdict alone: an appeal that turns it is another act, and she would stand in two cells.
  async "persons-judged"(db, { from, until }) {
    const { rows } = await sql<Count>`
      with firsts as (
        select distinct on (charge_id) charge_id, event, at from simpul.charge_events
        where event in ('convicted', 'acquitted') order by charge_id, at, id)
      select ${counted} as row, f.event as "column", count(*)::int as count
      from firsts f join simpul.charges c on c.id = f.charge_id
      where f.at >= ${from} and f.at < ${until} group by 1, 2`.execute(db.rows);
    return rows;
  },

  async "legal-gaps"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select kind as row, state as "column", count(*)::int as count from simpul.legal_gaps
      where month >= ${from}::date and month < ${until}::date group by kind, state`.execute(db.rows);
    return rows;
  },
};
