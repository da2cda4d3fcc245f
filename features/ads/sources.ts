// Where adverts come from: on what legal basis, by whom given, how much of it in a day; and adverts that a person types or pastes.
import type { Id, Officer } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError, type AskSource, type Mapping, type Source } from "./contract.ts";
import { drawDay } from "./draw.ts";
import { figuresOf } from "./evaluate.ts";
import { formPath } from "./form/page.ts";
import { mustWork, officerOf, tell, type AdsNode } from "./node.ts";
import { dayOf } from "./rules.ts";
import { textDigest } from "./seal.ts";
import { cleaned, kept, openSource, takeIn, type AdRecord, type SourceRow } from "./take-in.ts";

/** Gives its id. Throws `LIMIT_REACHED`, `Denied`. */
export async function addSource(node: AdsNode, standing: Standing, ask: AskSource): Promise<Id> {
  return node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_sources
      where agency_id = ${officer.agency}`.execute(tx.rows);
    if (rows[0]!.n >= adLimits.sources) throw new AdsError("LIMIT_REACHED");
    const id = tx.newId();
    await sql`insert into simpul.ad_sources (agency_id, id, name, kind, origin, legal_basis, given_by, region, daily,
        made_by, made_at)
      values (${officer.agency}, ${id}, ${ask.name}, ${ask.kind}, ${ask.origin}, ${ask.legalBasis}, ${ask.givenBy},
        ${ask.region}, ${ask.daily}, ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("advert.source-added", { id, kind: ask.kind });
    return id;
  });
}

/** Changes what it takes in a day, which columns are what, or closes it. Throws `NOT_FOUND`, `SOURCE_CLOSED`. */
export async function changeSource(
  node: AdsNode,
  standing: Standing,
  id: Id,
  to: { daily?: number | undefined; mapping?: Mapping | undefined; close?: boolean | undefined },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const source = await openSource(tx, id);
    await sql`update simpul.ad_sources set daily = ${to.daily ?? source.daily},
      mapping = ${JSON.stringify(to.mapping ?? source.mapping)}::jsonb,
      closed_at = ${to.close === true ? tx.at : null} where id = ${id}`.execute(tx.rows);
    tx.note("advert.source-changed", { id, closed: to.close === true });
  });
  tell(node, standing);
}

/** Newest first, with how much came and how much of it was labelled. */
export async function listSources(node: AdsNode, standing: Standing): Promise<Source[]> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.sources-listed", {});
    const day = dayOf(node.clock.now());
    const { rows } = await sql<
      SourceRow & { adverts: number; waiting: number; today: number; form: string | null }
    >`
      select s.*, n.adverts, n.waiting, n.today, (select f.key from simpul.ad_forms f
        where f.source_id = s.id and f.closed_at is null and s.closed_at is null) as form from simpul.ad_sources s
      left join lateral (select count(*)::int as adverts,
          count(*) filter (where a.found is null and a.purged_at is null)::int as waiting,
          count(*) filter (where a.taken_at >= ${day}::date)::int as today
        from simpul.ad_adverts a where a.source_id = s.id) n on true
      order by s.closed_at nulls first, s.made_at desc limit ${adLimits.sources}`.execute(db.rows);
    const figures = await figuresOf(db, officer.agency);
    return rows.map((row) => {
      const own = figures.get(row.id);
      return {
        ...{ id: row.id, name: row.name, kind: row.kind, origin: row.origin, legalBasis: row.legal_basis },
        ...{ givenBy: row.given_by, region: row.region, mapping: row.mapping, daily: row.daily },
        ...{ madeAt: row.made_at.toISOString(), closedAt: row.closed_at?.toISOString() ?? null },
        ...{ adverts: row.adverts, waiting: row.waiting, today: row.today },
        form: row.form === null ? null : `${formPath}/${row.form}`,
        ...{ labels: own?.counted ?? 0, calibrated: own?.calibration.kind === "calibrated" },
      };
    });
  });
}

/**
 * One advert that a person pasted, or wrote down from a call. The same text again from the same source gives the one that
 * is there. Throws `ADVERT_EMPTY`, `ADVERT_TOO_LONG`, `SOURCE_FULL`, `SOURCE_CLOSED`, `NOT_FOUND`.
 */
export async function pasteAdvert(
  node: AdsNode,
  standing: Standing,
  of: Id,
  record: AdRecord,
): Promise<Pasted> {
  return pasting(node, standing, (tx, officer) => pasteIn(node, tx, officer, of, record));
}

export interface Pasted {
  id: Id;
  /** The same text was there already. */
  again: boolean;
}

/** An act that pastes one advert, whatever else it keeps beside it. */
export async function pasting(
  node: AdsNode,
  standing: Standing,
  act: (tx: Writer, officer: Officer) => Promise<Pasted>,
): Promise<Pasted> {
  const done = await node.store.write(standing, (tx) => act(tx, mustWork(node, tx)));
  kept(node, officerOf(standing).agency);
  tell(node, standing);
  return done;
}

/** Within an act of {@link pasting}. */
export async function pasteIn(
  node: AdsNode,
  tx: Writer,
  officer: Officer,
  of: Id,
  record: AdRecord,
): Promise<Pasted> {
  const source = await openSource(tx, of);
  const took = await takeIn(node, tx, source, [record], { officer: officer.id, import: null });
  const [code] = Object.keys(took.skipped);
  if (code === "ADVERT_EMPTY" || code === "ADVERT_TOO_LONG") throw new AdsError(code);
  if (took.full) throw new AdsError("SOURCE_FULL");
  const id = took.ids[0] ?? (await sameText(tx, of, record.text));
  if (code === "AGAIN") tx.note("advert.seen-again", { id });
  await drawDay(node, tx, officer.agency);
  return { id, again: code === "AGAIN" };
}

async function sameText(tx: Parameters<typeof openSource>[0], source: Id, text: string): Promise<Id> {
  const { rows } = await sql<{ id: Id }>`select id from simpul.ad_adverts
    where source_id = ${source} and digest = ${textDigest(cleaned(text))} and purged_at is null`.execute(
    tx.rows,
  );
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  return rows[0].id;
}

/** How many adverts the desk can look at in a day. */
export async function setCapacity(node: AdsNode, standing: Standing, capacity: number): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    await sql`insert into simpul.ad_settings (agency_id, capacity) values (${officer.agency}, ${capacity})
      on conflict (agency_id) do update set capacity = excluded.capacity`.execute(tx.rows);
    tx.note("advert.capacity-set", { capacity });
    await drawDay(node, tx, officer.agency);
  });
  tell(node, standing);
}
