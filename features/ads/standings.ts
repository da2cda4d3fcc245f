// What adverts share with others: numbers and links that officers found in recruitment, other campaigns, the size of their own.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Standings } from "./reading.ts";

export interface Value {
  type: string;
  canonical: string | null;
  valid: boolean;
}
export interface Asked {
  id: Id;
  campaign: Id;
  values: readonly Value[];
  /** Of new ones: how often the same text came in this portion. */
  seen?: number;
}

/** In more campaigns than this it is a platform's or a bank's own, and links nothing. */
const linking = 50;
/** The same text over and over makes a campaign no larger than this many times. */
const mostSeen = 5;
const sound = (values: readonly Value[]): string[] =>
  values.filter((one) => one.valid && one.canonical !== null).slice(0, 100).map(keyOf); // prettier-ignore
const keyOf = (of: { type: string; canonical: string | null }): string => `${of.type} ${of.canonical}`;

interface Shared {
  /** Adverts of confirmed recruitment that hold it. */
  known: Set<string>;
  campaigns: Set<string>;
  business: boolean;
}

/**
 * For all of a portion at once. `new` ones are not kept yet: they count for each other here; `kept` ones are in the tables
 * already, and do not make themselves known.
 */
export async function standings(
  tx: Pick<Writer, "rows">,
  agency: Id,
  adverts: readonly Asked[],
  which: "new" | "kept",
): Promise<Standings[]> {
  const keys = adverts.map(({ values }) => sound(values));
  const shared = await sharedBy(tx, agency, adverts, new Set(keys.flat()));
  const sizes = await sizesOf(tx, adverts);
  if (which === "new")
    for (const [nth, { campaign, seen = 1 }] of adverts.entries()) {
      for (const key of keys[nth]!) shared.get(key)?.campaigns.add(campaign);
      const of = sizes.get(campaign);
      sizes.set(campaign, { size: (of?.size ?? 0) + Math.min(seen, mostSeen), found: of?.found ?? null });
    }
  return adverts.map(({ id, campaign }, nth) => {
    const own = [...new Set(keys[nth])].flatMap((key) => {
      const one = shared.get(key)!;
      const others = one.campaigns.size - (one.campaigns.has(campaign) ? 1 : 0);
      // An employer's own number, copied into a false advert, points at nobody.
      return one.business || others > linking ? [] : [{ key, others, known: one.known }];
    });
    const { size, found } = sizes.get(campaign) ?? { size: 0, found: null };
    return {
      known: own.filter((one) => one.known.size > (one.known.has(id) ? 1 : 0)).map((one) => one.key),
      sharedWith: Math.max(0, ...own.map((one) => one.others)),
      ...{ size, confirmed: found === "recruitment" },
    };
  });
}

/** Each value with where else it stands; a number in honest adverts too is known of nobody. */
async function sharedBy(
  tx: Pick<Writer, "rows">,
  agency: Id,
  adverts: readonly Asked[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, Shared>> {
  const shared = new Map<string, Shared>(
    [...wanted].map((key) => [key, { known: new Set(), campaigns: new Set(), business: false }]),
  );
  if (wanted.size === 0) return shared;
  const values = adverts
    .flatMap((one) => one.values)
    .filter((one) => wanted.has(keyOf(one)))
    .map(({ type, canonical }) => ({ type, canonical }));
  const { rows } = await sql<{
    type: string;
    canonical: string;
    known: string[] | null;
    honest: boolean | null;
    campaigns: string[];
    business: boolean;
  }>`select s.type, s.canonical, (array_agg(distinct a.id) filter (where a.found = 'recruitment'))[1:2] as known,
      bool_or(a.found = 'legitimate') as honest, (array_agg(distinct a.campaign_id))[1:${linking + 2}] as campaigns,
      bool_or(s.role in ('business', 'place')) as business
    from (select distinct * from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(type text, canonical text)) v
    join simpul.ad_selectors s on s.type = v.type and s.canonical = v.canonical and s.valid
    join simpul.ad_adverts a on a.id = s.advert_id and a.agency_id = ${agency} and a.purged_at is null
    group by 1, 2`.execute(tx.rows);
  for (const row of rows)
    shared.set(keyOf(row), {
      known: new Set(row.honest === true ? [] : row.known),
      campaigns: new Set(row.campaigns),
      business: row.business,
    });
  return shared;
}

async function sizesOf(
  tx: Pick<Writer, "rows">,
  adverts: readonly Asked[],
): Promise<Map<string, { size: number; found: string | null }>> {
  const ids = [...new Set(adverts.map((one) => one.campaign))];
  const { rows } = await sql<{ id: Id; size: number; found: string | null }>`
    select c.id, c.found, (select coalesce(sum(least(seen, ${mostSeen})), 0)::int from (select seen from simpul.ad_adverts
      where campaign_id = c.id and purged_at is null limit 2000) n) as size
    from simpul.ad_campaigns c where c.id = any(${ids}::uuid[])`.execute(tx.rows);
  return new Map(rows.map(({ id, size, found }) => [id, { size, found }]));
}
