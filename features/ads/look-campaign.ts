// One campaign, as whoever works on adverts of her agency sees it: its template, growth and platforms, and what it is linked with.
import { ngrams, sketch, template } from "@simpul/detect";
import type { Id, SelectorType } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type CampaignView, type Finding } from "./contract.ts";
import { headsOf } from "./look.ts";
import { mustWork, type AdsNode } from "./node.ts";
import { outcomesOf } from "./outcomes.ts";
import { shownText } from "./reading.ts";

const compared = 24;
const shown = 60;

/** Throws `NOT_FOUND`. */
export async function viewCampaign(node: AdsNode, standing: Standing, id: Id): Promise<CampaignView> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.campaign-viewed", { id });
    const { rows } = await sql<{ founded_at: Date; into_id: Id | null; found: Finding | null }>`
      select founded_at, into_id, found from simpul.ad_campaigns where id = ${id}`.execute(db.rows);
    const [row] = rows;
    if (row === undefined) throw new AdsError("NOT_FOUND");
    const members = await sql<{
      id: Id;
      body: string;
      zawgyi: boolean;
    }>`select id, body, zawgyi from simpul.ad_adverts
      where campaign_id = ${id} and purged_at is null order by serial desc limit 200`.execute(db.rows);
    const texts = members.rows.map((one) => shownText(one.body, one.zawgyi));
    return {
      ...{ id, into: row.into_id, foundedAt: row.founded_at.toISOString(), found: row.found },
      ...(await countsOf(db, id)),
      template: templateOf(texts),
      compared: Math.min(texts.length, compared + 1),
      adverts: await headsOf(node, db, members.rows.slice(0, shown).map((one) => one.id)), // prettier-ignore
      links: await linksOf(db, id),
      outcomes: await outcomesOf(node, db, { campaign: id }),
      history: await historyOf(db, id),
    };
  });
}

/** The member that agrees best with the others speaks for them; slots are where they differ. */
function templateOf(texts: readonly string[]): CampaignView["template"] {
  if (texts.length < 2)
    return texts[0] === undefined ? [] : [{ kind: "fixed", text: texts[0].slice(0, 4000) }];
  const some = texts.slice(0, compared + 1).map((text) => text.slice(0, 12_000));
  const sketches = some.map((text) => sketch(ngrams(text)).values);
  const agreeing = sketches.map((own) =>
    sketches.reduce(
      (sum, other) => sum + own.reduce((same, value, bin) => same + (value === other[bin] ? 1 : 0), 0),
      0,
    ),
  );
  const middle = agreeing.indexOf(Math.max(...agreeing));
  return template(some[middle]!, some.filter((_, nth) => nth !== middle)).parts; // prettier-ignore
}

async function countsOf(
  db: Reader,
  id: Id,
): Promise<Pick<CampaignView, "size" | "waiting" | "languages" | "sources" | "platforms" | "growth">> {
  const counts = await sql<{
    size: number;
    waiting: number;
    languages: string[] | null;
  }>`select count(*)::int as size,
      count(*) filter (where found is null and purged_at is null)::int as waiting, array_agg(distinct language) as languages
    from simpul.ad_adverts where campaign_id = ${id}`.execute(db.rows);
  const sources = await sql<{
    id: Id;
    name: string;
    adverts: number;
  }>`select s.id, s.name, count(*)::int as adverts
    from simpul.ad_adverts a join simpul.ad_sources s on s.id = a.source_id where a.campaign_id = ${id}
    group by 1, 2 order by 3 desc limit 50`.execute(db.rows);
  // An address by its host, a message of an export by its chat.
  const platforms = await sql<{ name: string; adverts: number }>`
    select coalesce(lower(substring(origin from '^[A-Za-z]+://(?:www[.])?([^/:?#]+)')), regexp_replace(origin, ' #[0-9]+$', ''))
      as name, count(*)::int as adverts
    from simpul.ad_adverts where campaign_id = ${id} and origin <> '' and purged_at is null
    group by 1 order by 2 desc, 1 limit 20`.execute(db.rows);
  const growth = await sql<{ day: string; adverts: number }>`
    select (coalesce(posted_at, taken_at) at time zone 'UTC')::date::text as day, sum(seen)::int as adverts
    from simpul.ad_adverts where campaign_id = ${id} group by 1 order by 1 desc limit 60`.execute(db.rows);
  const { size, waiting, languages } = counts.rows[0]!;
  return {
    ...{ size, waiting, languages: languages ?? [], sources: sources.rows, platforms: platforms.rows },
    growth: growth.rows.reverse(),
  };
}

async function linksOf(db: Reader, id: Id): Promise<CampaignView["links"]> {
  const { rows } = await sql<{ type: SelectorType; canonical: string; campaigns: Id[]; adverts: number }>`
    select s.type, s.canonical, array_agg(distinct a.campaign_id) as campaigns, count(*)::int as adverts
    from (select distinct m.type, m.canonical from simpul.ad_selectors m join simpul.ad_adverts o on o.id = m.advert_id
        where o.campaign_id = ${id} and m.valid and m.canonical is not null and m.role not in ('business', 'place')
        limit 500) v
    join simpul.ad_selectors s on s.type = v.type and s.canonical = v.canonical and s.valid
    join simpul.ad_adverts a on a.id = s.advert_id and a.campaign_id <> ${id} and a.purged_at is null
    group by 1, 2 having count(distinct a.campaign_id) <= 50 order by 4 desc limit 100`.execute(db.rows);
  return rows;
}

async function historyOf(db: Reader, id: Id): Promise<CampaignView["history"]> {
  const { rows } = await sql<{
    act: "merged" | "split" | "gathered";
    other: Id;
    adverts: number;
    reason: string;
    by: Id | null;
    at: Date;
  }>`select act, case when campaign_id = ${id} then other_id else campaign_id end as other, adverts, reason, by_id as by, at
    from simpul.ad_campaign_acts where campaign_id = ${id} or other_id = ${id} order by at desc limit 200`.execute(
    db.rows,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
