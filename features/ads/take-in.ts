// Adverts come in: each is sealed, read, put to its campaign and ranked; the same text from the same source is counted, not kept twice.
import type { HolderRole, Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError, type Mapping, type Panels, type SourceKind } from "./contract.ts";
import { gathered, place, whereNow, type Gathered } from "./gather.ts";
import type { AdsNode } from "./node.ts";
import { rankAdvert, readAdvert, type FoundHere } from "./reading.ts";
import { dayOf } from "./rules.ts";
import { sealAdvert, textDigest } from "./seal.ts";
import { standings, type Value } from "./standings.ts";
import { wordingInUse, wordingPanel } from "./wording/use.ts";

/** One advert as a file or a person gives it. */
export interface AdRecord {
  text: string;
  origin?: string | undefined;
  postedAt?: string | undefined;
  said?: string | undefined;
  /** How a feed calls this entry; the same for ever. */
  entry?: string | undefined;
  /** The picture in which the text stands. */
  picture?: { id: Id; digest: string } | undefined;
}

// A type, not an interface: rows are read by hand-written SQL.
export type SourceRow = {
  agency_id: Id;
  id: Id;
  name: string;
  kind: SourceKind;
  origin: string;
  legal_basis: string;
  given_by: string;
  region: string | null;
  mapping: Mapping;
  daily: number;
  made_at: Date;
  closed_at: Date | null;
};

export interface Took {
  /** Ids in the order of the records; null for what was left out or was there already. */
  ids: (Id | null)[];
  taken: number;
  /** Why single records were left out, or only counted. */
  skipped: Record<string, number>;
  /** The source is full for today: so many records were looked at. */
  full: boolean;
}

/** Control characters break logs, CSV and some readers; what hides words (no width, direction) stays, it is a sign. */
export const cleaned = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .trim();

/**
 * A portion in one go: however many adverts, the database is asked a dozen times. Never throws for what stands in a record:
 * it is left out with a code. Call {@link kept} when the act is committed.
 */
export async function takeIn(
  node: AdsNode,
  tx: Writer,
  source: SourceRow,
  records: readonly AdRecord[],
  by: { officer: Id | null; import: Id | null },
): Promise<Took> {
  const held = await gathered(node, tx, source.agency_id);
  const { took, fresh } = await sift(tx, source, records);
  if (fresh.length > 0) {
    const campaigns = await keep(node, tx, held, source, fresh, by);
    await rankAgain(tx, source.agency_id, await inHand(tx, source.agency_id, campaigns));
  }
  return took;
}

/** What an officer may be looking at today, of campaigns that just grew: its reasons say how it spreads now. */
async function inHand(tx: Writer, agency: Id, campaigns: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{
    id: Id;
  }>`select a.id from simpul.ad_queue q join simpul.ad_adverts a on a.id = q.advert_id
    where q.agency_id = ${agency} and q.day = ${dayOf(tx.at)}::date and a.found is null
      and a.campaign_id = any(${[...new Set(campaigns)]}::uuid[]) limit 1000`.execute(tx.rows);
  return rows.map((row) => row.id);
}

interface Fresh {
  id: Id;
  text: string;
  digest: Buffer;
  seen: number;
  record: AdRecord;
}

/** What is new, up to what the source may bring in a day; what is there already is counted. */
async function sift(
  tx: Writer,
  source: SourceRow,
  records: readonly AdRecord[],
): Promise<{ took: Took; fresh: Fresh[] }> {
  const took: Took = { ids: [], taken: 0, skipped: {}, full: false };
  const skip = (code: string): void => {
    took.skipped[code] = (took.skipped[code] ?? 0) + 1;
    took.ids.push(null);
  };
  const texts = records.map((record) => cleaned(record.text));
  const digests = texts.map((text) => textDigest(text));
  const there = await sql<{ digest: Buffer }>`select digest from simpul.ad_adverts
    where source_id = ${source.id} and digest = any(${digests}) and purged_at is null`.execute(tx.rows);
  const known = new Map(there.rows.map((row) => [row.digest.toString("hex"), 0]));
  const count = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_adverts
    where source_id = ${source.id} and taken_at >= ${dayOf(tx.at)}::date`.execute(tx.rows);
  let room = source.daily - count.rows[0]!.n;
  const fresh = new Map<string, Fresh>();
  for (const [nth, record] of records.entries()) {
    const text = texts[nth]!;
    const key = digests[nth]!.toString("hex");
    if (text === "") skip("ADVERT_EMPTY");
    else if (text.length > adLimits.text) skip("ADVERT_TOO_LONG");
    else if (known.has(key)) {
      known.set(key, known.get(key)! + 1);
      skip("AGAIN");
    } else if (fresh.has(key)) {
      fresh.get(key)!.seen += 1;
      skip("AGAIN");
    } else if (room <= 0) {
      took.full = true;
      break;
    } else {
      room -= 1;
      const id = tx.newId();
      fresh.set(key, { id, text, digest: digests[nth]!, seen: 1, record });
      took.ids.push(id);
      took.taken += 1;
    }
  }
  const again = [...known].filter(([, times]) => times > 0).map(([digest, times]) => ({ digest, times })); // prettier-ignore
  if (again.length > 0)
    await sql`update simpul.ad_adverts a set seen = seen + r.times, last_seen = ${tx.at}
      from jsonb_to_recordset(${JSON.stringify(again)}::jsonb) as r(digest text, times int)
      where a.source_id = ${source.id} and a.digest = decode(r.digest, 'hex') and a.purged_at is null`.execute(
      tx.rows,
    );
  return { took, fresh: [...fresh.values()] };
}

/** The act that gathered is committed: what this process holds is sure again. */
export function kept(node: AdsNode, agency: Id): void {
  const held = node.gathered.get(agency);
  if (held !== undefined) held.unsure = false;
}

const instant = (text: string | undefined, now: Date): Date | null => {
  if (text === undefined) return null;
  const at = new Date(/^\d{9,11}$/.test(text) ? Number(text) * 1000 : text);
  const time = at.getTime();
  return Number.isFinite(time) && time > 0 && time < now.getTime() + 86_400_000 ? at : null;
};

async function keep(
  node: AdsNode,
  tx: Writer,
  held: Gathered,
  source: SourceRow,
  fresh: readonly Fresh[],
  by: { officer: Id | null; import: Id | null },
): Promise<Id[]> {
  const agency = source.agency_id;
  const wording = await wordingInUse(node, tx, agency);
  const readings = fresh.map((one) => readAdvert(one.text, source.region));
  const campaigns = await inCampaigns(tx, held, agency, readings.map((one) => one.text)); // prettier-ignore
  const roles = await protectedIn(node, tx, agency, readings.map((one) => one.found)); // prettier-ignore
  const open = readings.map((one, nth) => one.found.filter((_, at) => !isProtected(roles[nth]![at]!)));
  const stands = await standings(
    tx,
    agency,
    fresh.map((one, nth) => ({ id: one.id, campaign: campaigns[nth]!, values: open[nth]!, seen: one.seen })),
    "new",
  );
  const rows = await Promise.all(
    fresh.map(async ({ id, text, digest, seen, record }, nth) => {
      const reading = readings[nth]!;
      const panel = wordingPanel(wording, reading, source.id);
      const { score, telling, panels } = rankAdvert(reading.flags, stands[nth]!, panel);
      const origin = cleaned(record.origin ?? "").slice(0, 1000);
      const posted = instant(record.postedAt, tx.at)?.toISOString() ?? null;
      const sealed = await sealAdvert(node, {
        ...{ advert: id, text: digest.toString("hex"), origin, postedAt: posted },
        source: {
          ...{ id: source.id, name: source.name, kind: source.kind },
          ...{ origin: source.origin, givenBy: source.given_by },
        },
        ...{ takenAt: tx.at.toISOString(), legalBasis: source.legal_basis },
        ...(record.picture && { picture: record.picture }),
      });
      tx.note("advert.taken", { id, digest: sealed.digest, source: source.id });
      return {
        ...{ nth, id, body: text, digest: digest.toString("hex"), seal: sealed.seal, origin, posted, seen },
        ...{ campaign: campaigns[nth]!, language: reading.language, zawgyi: reading.zawgyi },
        ...{ flags: reading.flags, panels, score, telling },
        said: record.said === undefined ? null : cleaned(record.said).slice(0, 60) || null,
      };
    }),
  );
  // Their numbers follow the order of the records: campaigns are gathered again in it.
  const { rows: kept } = await sql<{ serial: string }>`
    insert into simpul.ad_adverts (agency_id, id, source_id, import_id, campaign_id, body, digest, seal, origin,
      posted_at, taken_at, taken_by, seen, last_seen, language, zawgyi, flags, panels, score, telling, turn, said)
    select ${agency}, id, ${source.id}, ${by.import}::uuid, campaign, body, decode(digest, 'hex'), seal, origin, posted,
      ${tx.at}::timestamptz, ${by.officer}::uuid, seen, ${tx.at}::timestamptz, language, zawgyi, flags, panels, score,
      telling, 'archive', said
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(nth int, id uuid, body text, digest text, seal text,
      origin text, posted timestamptz, seen int, campaign uuid, language text, zawgyi boolean, flags jsonb, panels jsonb,
      score real, telling real, said text)
    order by nth returning serial::text`.execute(tx.rows);
  held.serial = kept.at(-1)!.serial;
  await keepSelectors(tx, fresh.map(({ id }, nth) => ({ id, found: readings[nth]!.found, roles: roles[nth]! }))); // prettier-ignore
  return campaigns;
}

/** The campaign of each text; new ones are founded, and those that turned out to be one are joined. */
async function inCampaigns(tx: Writer, held: Gathered, agency: Id, texts: readonly string[]): Promise<Id[]> {
  const placed = texts.map((text) => place(held, text, () => tx.newId()));
  const founded = placed.filter((one) => one.founded).map((one) => one.campaign);
  if (founded.length > 0)
    await sql`insert into simpul.ad_campaigns (agency_id, id, founded_at)
      select ${agency}, id, ${tx.at}::timestamptz from unnest(${founded}::uuid[]) as r(id)`.execute(tx.rows);
  for (const { from, into } of placed.flatMap((one) => one.merged))
    await joinCampaigns(tx, agency, from, into, { act: "gathered", by: null });
  const now = await whereNow(tx, [...new Set(placed.map((one) => one.campaign))]);
  return placed.map(({ campaign }) => now.get(campaign) ?? campaign);
}

/** Everything of `from` is of `into` from now on; both keep it in their history. */
export async function joinCampaigns(
  tx: Writer,
  agency: Id,
  from: Id,
  into: Id,
  how: { act: "gathered" | "merged"; by: Id | null; reason?: string },
): Promise<void> {
  const now = await whereNow(tx, [from, into]);
  const [gone, stays] = [now.get(from) ?? from, now.get(into) ?? into];
  if (gone === stays) return;
  const moved =
    await sql`update simpul.ad_adverts set campaign_id = ${stays} where campaign_id = ${gone}`.execute(
      tx.rows,
    );
  await sql`update simpul.ad_campaigns set into_id = ${stays} where id = ${gone}`.execute(tx.rows);
  await sql`insert into simpul.ad_campaign_acts (agency_id, id, campaign_id, act, other_id, adverts, reason, by_id, at)
    values (${agency}, ${tx.newId()}, ${stays}, ${how.act}, ${gone}, ${Number(moved.numAffectedRows ?? 0n)},
      ${how.reason ?? ""}, ${how.by}, ${tx.at})`.execute(tx.rows);
}

const isProtected = (role: HolderRole): boolean =>
  role === "victim" || role === "witness" || role === "family";
export const markOf = (of: { type: string; canonical: string }): string => `${of.type} ${of.canonical}`;

/** Whose each is: what an officer once said to be a victim's stays hers wherever it comes again (VIC-1). */
async function protectedIn(
  node: AdsNode,
  tx: Writer,
  agency: Id,
  found: readonly (readonly FoundHere[])[],
): Promise<HolderRole[][]> {
  const marks = found.map((own) => own.map((one) => Buffer.from(node.mark(markOf(one)))));
  const all = marks.flat();
  if (all.length === 0) return found.map(() => []);
  const { rows } = await sql<{ mark: Buffer; role: HolderRole }>`select mark, role from simpul.ad_protected
    where agency_id = ${agency} and mark = any(${all})`.execute(tx.rows);
  const roles = new Map(rows.map((row) => [row.mark.toString("hex"), row.role]));
  return found.map((own, nth) =>
    own.map((one, at) => roles.get(marks[nth]![at]!.toString("hex")) ?? one.role),
  );
}

async function keepSelectors(
  tx: Writer,
  adverts: readonly { id: Id; found: readonly FoundHere[]; roles: readonly HolderRole[] }[],
): Promise<void> {
  const rows = adverts.flatMap(({ id: advert, found, roles }) =>
    found.map(({ type, canonical, start, end, valid }, number) => ({
      ...{ advert, number, type, start, end, valid, role: roles[number]! },
      canonical: isProtected(roles[number]!) ? null : canonical,
    })),
  );
  if (rows.length === 0) return;
  await sql`insert into simpul.ad_selectors (advert_id, number, type, canonical, start_at, end_at, valid, role)
    select advert, number, type, canonical, start, "end", valid, role
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(advert uuid, number int, type text, canonical text, start int, "end" int, valid boolean, role text)`.execute(
    tx.rows,
  );
}

/** Ranks these adverts anew, after something near them was found or undone. At most 1,000 at once. */
export async function rankAgain(tx: Writer, agency: Id, ids: readonly Id[]): Promise<void> {
  const { rows } = await sql<{
    id: Id;
    campaign: Id;
    flags: { flag: string }[];
    panels: Panels;
    values: Value[];
  }>`select a.id, a.campaign_id as campaign, a.flags, a.panels, coalesce((select jsonb_agg(jsonb_build_object(
        'type', s.type, 'canonical', s.canonical, 'valid', s.valid) order by s.number)
      from simpul.ad_selectors s where s.advert_id = a.id), '[]') as values
    from simpul.ad_adverts a where a.id = any(${ids.slice(0, 1000)}) and a.purged_at is null`.execute(
    tx.rows,
  );
  if (rows.length === 0) return;
  const stands = await standings(tx, agency, rows, "kept");
  const ranked = rows.map(({ id, flags, panels }, nth) => ({
    id,
    ...rankAdvert(flags, stands[nth]!, panels.wording),
  }));
  await sql`update simpul.ad_adverts a set score = r.score, telling = r.telling, panels = r.panels
    from jsonb_to_recordset(${JSON.stringify(ranked)}::jsonb) as r(id uuid, score real, telling real, panels jsonb)
    where a.id = r.id`.execute(tx.rows);
}

/** The source of an agency, locked against closing meanwhile. Throws `NOT_FOUND`, `SOURCE_CLOSED`. */
export async function openSource(tx: Pick<Writer, "rows">, id: Id): Promise<SourceRow> {
  const { rows } =
    await sql<SourceRow>`select agency_id, id, name, kind, origin, legal_basis, given_by, region,
    mapping, daily, made_at, closed_at from simpul.ad_sources where id = ${id}`.execute(tx.rows);
  const source = rows[0];
  if (source === undefined) throw new AdsError("NOT_FOUND");
  if (source.closed_at !== null) throw new AdsError("SOURCE_CLOSED");
  return source;
}
