// How many cases were opened and where sites lie, for the region's picture: aggregates of a month, an area of two degrees at best.
import { sql } from "kysely";
import type { Count, Counting } from "../picture/contract.ts";

export const casesCounts: Counting = {
  async "cases-opened"(db, { from, until }) {
    const { rows } = await sql<Count>`
      select crime_type as row, 'all' as "column", count(*)::int as count from simpul.cases
      where opened_at >= ${from} and opened_at < ${until} group by crime_type`.execute(db.rows);
    return rows;
  },

  // VIC-7: what protects somebody (a shelter, an address) is no kind that is counted.
  async "sites-by-area"(db, { from, until }) {
    const { rows } = await sql<Count>`
      with placed as (
        select kind, floor((position ->> 'latitude')::float / 2)::int * 2 as south,
          floor((position ->> 'longitude')::float / 2)::int * 2 as west
        from simpul.case_places
        where created_at >= ${from} and created_at < ${until} and removed_at is null and position is not null
          and kind in ('site', 'recruitment', 'transit', 'border'))
      select case when west < 0 then 'other' else (case when south < 0 then 's' else 'n' end)
          || lpad(abs(south)::text, 2, '0') || 'e' || lpad(west::text, 3, '0') end as row,
        kind as "column", count(*)::int as count
      from placed group by 1, 2`.execute(db.rows);
    return rows;
  },
};
