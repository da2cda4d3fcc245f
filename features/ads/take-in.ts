// Adverts come in: each is sealed, read, put to its campaign and ranked; the same text from the same source is counted, not kept twice.
import type { HolderRole, Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError, type Mapping, type SourceKind } from "./contract.ts";
import { gathered, place, whereNow, type Gathered } from "./gather.ts";
import type { AdsNode } from "./node.ts";
import { rankAdvert, readAdvert, type FoundHere, type Reading } from "./reading.ts";
import { dayOf } from "./rules.ts";
import { sealAdvert, textDigest } from "./seal.ts";

/** One advert as a file or a person gives it. */
export interface AdRecord {
  text: string;
  origin?: string | undefined;
  postedAt?: string | undefined;
  said?: string | undefined;
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

/** Never throws for what stands in a record: it is left out with a code. Call {@link kept} when the act is committed. */
export async function takeIn(
  node: AdsNode,
  tx: Writer,
  source: SourceRow,
  records: readonly AdRecord[],
  by: { officer: Id | null; import: Id | null },
): Promise<Took> {
  const held = await gathered(node, tx, source.agency_id);
  const took: Took = { ids: [], taken: 0, skipped: {}, full: false };
  const skip = (code: string): void => {
    took.skipped[code] = (took.skipped[code] ?? 0) + 1;
    took.ids.push(null);
  };
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_adverts
    where source_id = ${source.id} and taken_at >= ${dayOf(tx.at)}::date`.execute(tx.rows);
  let room = source.daily - rows[0]!.n;
  for (const record of records) {
    const text = cleaned(record.text);
    if (text === "") skip("ADVERT_EMPTY");
    else if (text.length > adLimits.text) skip("ADVERT_TOO_LONG");
    else if (await seenAgain(tx, source, text)) skip("AGAIN");
    else if (room <= 0) {
      took.full = true;
      break;
    } else {
      room -= 1;
      took.ids.push(await keep(node, tx, held, source, { ...record, text }, by));
      took.taken += 1;
    }
  }
  return took;
}

/** The act that gathered is committed: what this process holds is sure again. */
export function kept(node: AdsNode, agency: Id): void {
  const held = node.gathered.get(agency);
  if (held !== undefined) held.unsure = false;
}

async function seenAgain(tx: Writer, source: SourceRow, text: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update simpul.ad_adverts set seen = seen + 1, last_seen = ${tx.at}
    where source_id = ${source.id} and digest = ${textDigest(text)} and purged_at is null`.execute(tx.rows);
  return (numAffectedRows ?? 0n) > 0n;
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
  record: AdRecord,
  by: { officer: Id | null; import: Id | null },
): Promise<Id> {
  const id = tx.newId();
  const agency = source.agency_id;
  const reading = readAdvert(record.text, source.region, node.zawgyi);
  const campaign = await inCampaign(tx, held, agency, reading.text);
  const roles = await protectedIn(node, tx, agency, reading.found);
  const open = reading.found.filter((_, nth) => !isProtected(roles[nth]!));
  const stands = await standing(tx, agency, campaign, open);
  const { score, telling, panels } = rankAdvert(reading.flags, { ...stands, size: stands.size + 1 });
  const digest = textDigest(record.text);
  const origin = cleaned(record.origin ?? "").slice(0, 1000);
  const posted = instant(record.postedAt, tx.at);
  const sealed = await sealAdvert(node, {
    ...{ advert: id, text: digest.toString("hex"), origin, postedAt: posted?.toISOString() ?? null },
    source: {
      id: source.id,
      name: source.name,
      kind: source.kind,
      origin: source.origin,
      givenBy: source.given_by,
    },
    ...{ takenAt: tx.at.toISOString(), legalBasis: source.legal_basis },
  });
  const { rows } = await sql<{ serial: string }>`
    insert into simpul.ad_adverts (agency_id, id, source_id, import_id, campaign_id, body, digest, seal, origin,
      posted_at, taken_at, taken_by, last_seen, language, zawgyi, flags, panels, score, telling, turn, said)
    values (${agency}, ${id}, ${source.id}, ${by.import}, ${campaign}, ${record.text}, ${digest}, ${sealed.seal},
      ${origin}, ${posted}, ${tx.at}, ${by.officer}, ${tx.at}, ${reading.language}, ${reading.zawgyi},
      ${JSON.stringify(reading.flags)}::jsonb, ${JSON.stringify(panels)}::jsonb, ${score}, ${telling},
      'archive', ${record.said === undefined ? null : cleaned(record.said).slice(0, 60) || null})
    returning serial::text`.execute(tx.rows);
  held.serial = rows[0]!.serial;
  await keepSelectors(tx, id, reading, roles);
  tx.note("advert.taken", { id, digest: sealed.digest, source: source.id });
  return id;
}

async function inCampaign(tx: Writer, held: Gathered, agency: Id, text: string): Promise<Id> {
  const { campaign, founded, merged } = place(held, text, () => tx.newId());
  if (founded)
    await sql`insert into simpul.ad_campaigns (agency_id, id, founded_at)
      values (${agency}, ${campaign}, ${tx.at})`.execute(tx.rows);
  for (const { from, into } of merged)
    await joinCampaigns(tx, agency, from, into, { act: "gathered", by: null });
  return (await whereNow(tx, [campaign])).get(campaign) ?? campaign;
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
  found: readonly FoundHere[],
): Promise<HolderRole[]> {
  if (found.length === 0) return [];
  const marks = found.map((one) => Buffer.from(node.mark(markOf(one))));
  const { rows } = await sql<{ mark: Buffer; role: HolderRole }>`select mark, role from simpul.ad_protected
    where agency_id = ${agency} and mark = any(${marks})`.execute(tx.rows);
  const roles = new Map(rows.map((row) => [row.mark.toString("hex"), row.role]));
  return found.map((one, nth) => roles.get(marks[nth]!.toString("hex")) ?? one.role);
}

async function keepSelectors(
  tx: Writer,
  advert: Id,
  reading: Reading,
  roles: readonly HolderRole[],
): Promise<void> {
  if (reading.found.length === 0) return;
  const rows = reading.found.map(({ type, canonical, start, end, valid }, number) => ({
    ...{ number, type, start, end, valid, role: roles[number]! },
    canonical: isProtected(roles[number]!) ? null : canonical,
  }));
  await sql`insert into simpul.ad_selectors (advert_id, number, type, canonical, start_at, end_at, valid, role)
    select ${advert}, number, type, canonical, start, "end", valid, role
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(number int, type text, canonical text, start int, "end" int, valid boolean, role text)`.execute(
    tx.rows,
  );
}

/** What the advert shares with others: as it is now, without itself where it is already there. */
export async function standing(
  tx: Pick<Writer, "rows">,
  agency: Id,
  campaign: Id,
  values: readonly { type: string; canonical: string | null; valid: boolean }[],
  itself: Id | null = null,
): Promise<{ known: string[]; sharedWith: number; size: number; confirmed: boolean }> {
  const sound = values.filter((one) => one.valid && one.canonical !== null).slice(0, 100);
  const shared =
    sound.length === 0
      ? []
      : (
          await sql<{ type: string; canonical: string; known: boolean; others: number }>`
    select s.type, s.canonical,
      bool_or(a.found = 'recruitment') is true and bool_or(a.found = 'legitimate') is not true as known,
      count(distinct a.campaign_id) filter (where a.campaign_id <> ${campaign})::int as others
    from (select distinct * from jsonb_to_recordset(${JSON.stringify(sound)}::jsonb) as v(type text, canonical text)) v
    join simpul.ad_selectors s on s.type = v.type and s.canonical = v.canonical and s.valid
    join simpul.ad_adverts a on a.id = s.advert_id and a.agency_id = ${agency} and a.purged_at is null
      and a.id is distinct from ${itself}::uuid
    group by 1, 2
    -- An employer's own number, copied into a false advert, points at nobody.
    having not bool_or(s.role in ('business', 'place'))`.execute(tx.rows)
        ).rows;
  // In more campaigns than this it is a platform's or a bank's own, and links nothing.
  const linking = shared.filter((one) => one.others <= 50);
  const { rows } = await sql<{ size: number; found: string | null }>`
    select (select coalesce(sum(least(seen, 5)), 0)::int from (select seen from simpul.ad_adverts
        where campaign_id = ${campaign} and purged_at is null limit 2000) n) as size,
      (select found from simpul.ad_campaigns where id = ${campaign}) as found`.execute(tx.rows);
  return {
    known: linking.filter((one) => one.known).map((one) => one.canonical),
    sharedWith: Math.max(0, ...linking.map((one) => one.others)),
    size: rows[0]!.size,
    confirmed: rows[0]!.found === "recruitment",
  };
}

/** Ranks these adverts anew, after something near them was found or undone. At most 1,000 at once. */
export async function rankAgain(tx: Writer, agency: Id, ids: readonly Id[]): Promise<void> {
  const { rows } = await sql<{
    id: Id;
    campaign_id: Id;
    flags: { flag: string }[];
    panels: { wording: { sum: number; reasons: { because: string; weight: number }[] } };
  }>`select id, campaign_id, flags, panels from simpul.ad_adverts
    where id = any(${ids.slice(0, 1000)}) and purged_at is null`.execute(tx.rows);
  for (const row of rows) {
    const values = await sql<{ type: string; canonical: string | null; valid: boolean }>`
      select type, canonical, valid from simpul.ad_selectors where advert_id = ${row.id}`.execute(tx.rows);
    const stands = await standing(tx, agency, row.campaign_id, values.rows, row.id);
    const { score, telling, panels } = rankAdvert(row.flags, stands, row.panels.wording);
    await sql`update simpul.ad_adverts set score = ${score}, telling = ${telling},
      panels = ${JSON.stringify(panels)}::jsonb where id = ${row.id}`.execute(tx.rows);
  }
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
