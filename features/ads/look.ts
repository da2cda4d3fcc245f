// The queue of the day and one advert, as whoever works on adverts of her agency sees them.
import { shareAt } from "@simpul/detect";
import type { HolderRole, Id, SelectorType } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  AdsError,
  type AdvertHead,
  type AdvertSelector,
  type AdvertView,
  type Finding,
  type Panels,
  type QueueView,
  type Sign,
} from "./contract.ts";
import { secondReading } from "./decide.ts";
import { disputesOf } from "./disputes.ts";
import { capacityOf } from "./draw.ts";
import { figuresOf } from "./evaluate.ts";
import { mustWork, type AdsNode } from "./node.ts";
import { outcomesOf } from "./outcomes.ts";
import { picturesOf } from "./pictures/look.ts";
import { shownText } from "./reading.ts";
import { dayOf } from "./rules.ts";
import { wordingInUse, wordsOf } from "./wording/use.ts";

const beginning = 400;
const legacyBeginning = 800;

type HeadRow = {
  id: Id;
  source_id: Id;
  source_name: string;
  language: string;
  body: string;
  zawgyi: boolean;
  flags: Sign[];
  taken_at: Date;
  posted_at: Date | null;
  seen: number;
  score: number;
  panels: Panels;
  campaign_id: Id;
  size: number;
  waiting: number;
  found: Finding | null;
  disputed: boolean;
};
const head = sql`a.id, a.source_id, s.name as source_name, a.language, left(a.body, ${legacyBeginning}) as body, a.zawgyi,
  a.flags, a.taken_at, a.posted_at, a.seen, a.score, a.panels, a.campaign_id, n.size, n.waiting, a.found,
  exists (select 1 from simpul.ad_disputes d where d.advert_id = a.id and d.state = 'open') as disputed`;
const from = sql`from simpul.ad_adverts a join simpul.ad_sources s on s.id = a.source_id
  left join lateral (select count(*)::int as size, count(*) filter (where o.found is null and o.purged_at is null)::int
    as waiting from simpul.ad_adverts o where o.campaign_id = a.campaign_id) n on true`;

const headOf = (node: AdsNode, row: HeadRow): AdvertHead => ({
  ...{ id: row.id, source: row.source_id, sourceName: row.source_name, language: row.language },
  text: shownText(row.body, row.zawgyi).slice(0, beginning),
  signs: [...new Set(row.flags.map((one) => one.flag))],
  ...{ takenAt: row.taken_at.toISOString(), postedAt: row.posted_at?.toISOString() ?? null, seen: row.seen },
  ...{
    score: row.score,
    panels: row.panels,
    campaign: row.campaign_id,
    size: row.size,
    waiting: row.waiting,
  },
  ...{ found: row.found, disputed: row.disputed },
});

export async function headsOf(
  node: AdsNode,
  db: Pick<Reader, "rows">,
  ids: readonly Id[],
): Promise<AdvertHead[]> {
  const { rows } = await sql<HeadRow>`select ${head} ${from} where a.id = any(${[...ids]}::uuid[])`.execute(
    db.rows,
  );
  const byId = new Map(rows.map((row) => [row.id, headOf(node, row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What waits today, in its order; the ones drawn by lot are not told apart. */
export async function viewQueue(node: AdsNode, standing: Standing): Promise<QueueView> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.queue-viewed", {});
    const day = dayOf(node.clock.now());
    const { rows } = await sql<{ advert_id: Id; open: boolean }>`select q.advert_id,
        a.found is null and a.purged_at is null as open
      from simpul.ad_queue q join simpul.ad_adverts a on a.id = q.advert_id
      where q.agency_id = ${officer.agency} and q.day = ${day}::date order by q.place`.execute(db.rows);
    const rest = await sql<{ turn: string; n: number }>`select turn, count(*)::int as n from simpul.ad_adverts
      where agency_id = ${officer.agency} and found is null and purged_at is null group by turn`.execute(
      db.rows,
    );
    const past = await sql<QueueView["past"]>`select
        count(*) filter (where not drawn)::int as looked,
        count(*) filter (where not drawn and found = 'recruitment')::int as found,
        count(*) filter (where drawn)::int as drawn,
        count(*) filter (where drawn and found = 'recruitment')::int as "drawnFound"
      from simpul.ad_decisions where agency_id = ${officer.agency} and undone_at is null and not second
        and at > ${node.clock.now()}::timestamptz - interval '90 days'`.execute(db.rows);
    const turn = (name: string): number => rest.rows.find((row) => row.turn === name)?.n ?? 0;
    return {
      ...{ day, capacity: await capacityOf(db, officer.agency) },
      entries: await headsOf(node, db, rows.filter((row) => row.open).map((row) => row.advert_id)), // prettier-ignore
      done: rows.filter((row) => !row.open).length,
      ...{ later: turn("later"), archive: turn("archive"), past: past.rows[0]! },
      second: (await secondReading(db, officer.id)).length,
    };
  });
}

/** What colleagues found and she is asked to read as the second officer; what they found is not shown. */
export async function viewSecond(node: AdsNode, standing: Standing): Promise<AdvertHead[]> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.second-listed", {});
    const ids = await secondReading(db, officer.id);
    return (await headsOf(node, db, ids.slice(0, 200))).map((one) => ({ ...one, found: null }));
  });
}

/** Adverts of a source, or with some words in them, newest first; 200 at most. */
export async function listAdverts(
  node: AdsNode,
  standing: Standing,
  ask: { source?: Id | undefined; text?: string | undefined; found?: Finding | undefined },
): Promise<AdvertHead[]> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.listed", {});
    const words = ask.text?.trim() ?? "";
    const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
    const { rows } = await sql<HeadRow>`select ${head} ${from}
      where a.purged_at is null and (${ask.source ?? null}::uuid is null or a.source_id = ${ask.source ?? null}::uuid)
        and (${ask.found ?? null}::text is null or a.found = ${ask.found ?? null}::text)
        and (${words} = '' or a.body ilike ${like}
          or exists (select 1 from simpul.ad_selectors x where x.advert_id = a.id and x.canonical = ${words}))
      order by a.taken_at desc, a.serial desc limit 200`.execute(db.rows);
    return rows.map((row) => headOf(node, row));
  });
}

type FullRow = HeadRow & {
  whole: string;
  digest: Buffer;
  origin: string;
  legal_basis: string;
  given_by: string;
  said: string | null;
  turn: AdvertView["turn"];
  telling: number;
  purged_at: Date | null;
};

/** Throws `NOT_FOUND`. */
export async function viewAdvert(node: AdsNode, standing: Standing, id: Id): Promise<AdvertView> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.viewed", { id });
    const { rows } =
      await sql<FullRow>`select ${head}, a.body as whole, a.digest, a.origin, s.legal_basis, s.given_by,
        a.said, a.turn, a.telling, a.purged_at ${from} where a.id = ${id}`.execute(db.rows);
    const [row] = rows;
    if (row === undefined) throw new AdsError("NOT_FOUND");
    const decisions = await sql<{
      id: Id;
      found: Finding;
      by: Id;
      at: Date;
      second: boolean;
      covered: number;
      undone: boolean;
    }>`select id, found, officer_id as by, at, second, covered, undone_at is not null as undone
      from simpul.ad_decisions where advert_id = ${id} order by at`.execute(db.rows);
    const figures = (await figuresOf(db, officer.agency)).get(row.source_id);
    const body = shownText(row.whole, row.zawgyi);
    const here = row.panels.wording.reasons.length > 0 ? await wordingInUse(node, db, officer.agency) : null;
    // A second reader is not told what the first one found until she has said what she finds.
    const hidden = (await secondReading(db, officer.id)).includes(id);
    return {
      ...headOf(node, row),
      ...{ body, digest: row.digest.toString("hex") },
      ...{ origin: row.origin, legalBasis: row.legal_basis, givenBy: row.given_by, zawgyi: row.zawgyi },
      ...{ said: row.said, turn: row.turn, flags: row.flags, selectors: await selectorsOf(db, row) },
      wording:
        here === null
          ? null
          : { version: here.version, terms: wordsOf(here, { text: body, flags: row.flags }) },
      share: figures === undefined ? null : shareAt(figures.calibration, row.telling),
      labels: figures?.counted ?? 0,
      found: hidden ? null : row.found,
      decisions: hidden ? [] : decisions.rows.map((one) => ({ ...one, at: one.at.toISOString() })),
      outcomes: await outcomesOf(node, db, { advert: id }),
      disputes: await disputesOf(node, db, id),
      pictures: await picturesOf(node, db, id),
      purgedAt: row.purged_at?.toISOString() ?? null,
    };
  });
}

async function selectorsOf(db: Reader, row: Pick<FullRow, "id" | "campaign_id">): Promise<AdvertSelector[]> {
  const { rows } = await sql<{
    number: number;
    type: SelectorType;
    canonical: string | null;
    start: number;
    end: number;
    valid: boolean;
    role: HolderRole;
    campaigns: number | null;
    adverts: number | null;
    known: boolean | null;
  }>`select s.number, s.type, s.canonical, s.start_at as start, s.end_at as "end", s.valid, s.role,
      n.campaigns, n.adverts, n.known
    from simpul.ad_selectors s left join lateral (
      select count(distinct a.campaign_id) filter (where a.campaign_id <> ${row.campaign_id})::int as campaigns,
        count(*)::int as adverts, bool_or(a.found = 'recruitment') as known
      from simpul.ad_selectors o join simpul.ad_adverts a on a.id = o.advert_id and a.id <> ${row.id}
      where o.type = s.type and o.canonical = s.canonical and o.valid) n on s.canonical is not null
    where s.advert_id = ${row.id} order by s.number limit 500`.execute(db.rows);
  return rows.map((one) => ({
    ...one,
    campaigns: one.campaigns ?? 0,
    adverts: one.adverts ?? 0,
    known: one.known ?? false,
  }));
}
