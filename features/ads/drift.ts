// Whether a source still gives what it gave: the last week beside the eight before it, without anybody's labels.
import type { Id } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import { driftNeeds, type Drift } from "./contract/drift.ts";
import { worthATurn } from "./draw.ts";
import { beyondChance, shifted } from "./rules.ts";

/** The newest so many are looked at. */
const most = 50_000;
/** Where scores are parted to see how they spread: below nothing, little, some, worth a look, much. */
const parts = [0, 1, worthATurn, 4];
/** A population stability index from which two spreads are taken for different ones. */
const other = 0.25;
/** A sign whose share moved by less is no news, however sure that is. */
const least = 0.1;

// A type, not an interface: rows are read by hand-written SQL.
type Count = {
  source: Id;
  name: string;
  now: boolean;
  adverts: number;
  above: number;
  fresh: number;
  spread: number[];
};
type Signed = { source: Id; flag: string; now: boolean; adverts: number };

/** Sources with enough of both, those whose adverts changed first. */
export async function driftOf(db: Reader, agency: Id, at: Date): Promise<Drift[]> {
  const week = new Date(at.getTime() - 7 * 86_400_000);
  const since = new Date(at.getTime() - 63 * 86_400_000);
  const looked = sql`(select a.serial, a.source_id, a.campaign_id, a.telling, a.flags, a.taken_at >= ${week} as now
    from simpul.ad_adverts a where a.agency_id = ${agency} and a.purged_at is null and a.taken_at >= ${since}
    order by a.serial desc limit ${most})`;
  const bins = sql.join(
    [...parts, Infinity].map((to, nth) => {
      const from = nth === 0 ? sql`true` : sql`telling >= ${parts[nth - 1]!}`;
      return sql`count(*) filter (where ${from} ${Number.isFinite(to) ? sql`and telling < ${to}` : sql``})::int`;
    }),
  );
  const { rows: counts } = await sql<Count>`
    select l.source_id as source, s.name, l.now, count(*)::int as adverts,
      count(*) filter (where l.telling >= ${worthATurn})::int as above,
      count(*) filter (where not exists (select 1 from simpul.ad_adverts e where e.campaign_id = l.campaign_id
        and e.serial < l.serial))::int as fresh,
      array[${bins}] as spread
    from ${looked} l join simpul.ad_sources s on s.id = l.source_id group by 1, 2, 3`.execute(db.rows);
  const { rows: signs } = await sql<Signed>`
    select source_id as source, f.flag, now, count(*)::int as adverts from ${looked} l,
      lateral (select distinct one ->> 'flag' as flag from jsonb_array_elements(l.flags) one) f
    group by 1, 2, 3`.execute(db.rows);
  return counts
    .filter((one) => one.now && one.adverts >= driftNeeds)
    .flatMap((now) => {
      const before = counts.find((one) => !one.now && one.source === now.source);
      if (before === undefined || before.adverts < driftNeeds) return [];
      return [drifted(before, now, signs.filter((one) => one.source === now.source))]; // prettier-ignore
    })
    .sort((a, b) => Number(b.alarm) - Number(a.alarm) || b.spread - a.spread);
}

function drifted(before: Count, now: Count, signs: readonly Signed[]): Drift {
  const beside = (what: "above" | "fresh") => ({
    before: before[what] / before.adverts,
    now: now[what] / now.adverts,
  });
  const counted = (flag: string, of: boolean): number =>
    signs.find((one) => one.flag === flag && one.now === of)?.adverts ?? 0;
  const moved = [...new Set(signs.map((one) => one.flag))].flatMap((flag) => {
    const [was, is] = [counted(flag, false), counted(flag, true)];
    const shares = { before: was / before.adverts, now: is / now.adverts };
    const far = Math.abs(shares.now - shares.before) >= least;
    return far && beyondChance([was, before.adverts], [is, now.adverts]) ? [{ flag, ...shares }] : [];
  });
  const spread = shifted(before.spread, now.spread);
  return {
    ...{ source: now.source, name: now.name, adverts: { before: before.adverts, now: now.adverts } },
    ...{ above: beside("above"), fresh: beside("fresh"), spread, signs: moved },
    alarm: spread >= other || moved.length > 0,
  };
}
