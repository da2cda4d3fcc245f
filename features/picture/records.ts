// The rows of the picture: drafts with what they spent, proposals, releases of every state, what peers said.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskReleases, Draft, PictureRead, Published, Release } from "./contract.ts";
import type { Db } from "./node.ts";
import type { Spent } from "./rules.ts";

/** As many tables as one look gives. */
const mostReleases = 20_000;

interface ReleaseRow {
  id: Id;
  number: number;
  published: Published;
  at: Date;
  ended_at: Date | null;
  reason: string;
}
const releaseOf = (row: ReleaseRow): Release => ({
  ...row.published,
  ...{ id: row.id, number: row.number, at: row.at.toISOString(), reason: row.reason },
  endedAt: row.ended_at?.toISOString() ?? null,
});

export async function releasesOf(db: Db, ask: AskReleases): Promise<Release[]> {
  const { rows } = await sql<ReleaseRow>`
    select id, number, published, at, ended_at, reason from simpul.picture_releases
    where month between ${ask.from} and ${ask.until}
      and (${ask.figures === undefined} or figure = any (${[...(ask.figures ?? [])]}::text[]))
      and (${ask.state ?? null}::text is null or state = ${ask.state ?? null})
      and (${ask.earlier ?? false} or ended_at is null)
    order by month, figure, definition, state, number limit ${mostReleases}`.execute(db.rows);
  return rows.map(releaseOf);
}

/** What stands of the newest month of every figure, of all states. */
export async function newestOf(db: Db): Promise<Release[]> {
  const { rows } = await sql<ReleaseRow>`
    select r.id, r.number, r.published, r.at, r.ended_at, r.reason from simpul.picture_releases r
    join (select figure, max(month) as month from simpul.picture_releases where ended_at is null group by figure) n
      on n.figure = r.figure and n.month = r.month
    where r.ended_at is null order by r.figure, r.definition, r.state limit 1000`.execute(db.rows);
  return rows.map(releaseOf);
}

/** The whole of each table of a state that stands, oldest month first; null where it is withheld. */
export async function wholesOf(
  db: Db,
  state: NodeCode,
): Promise<{ figure: string; definition: number; month: string; whole: number | null }[]> {
  const { rows } = await sql<{ figure: string; definition: number; month: string; whole: number | null }>`
    select figure, definition, month, (published -> 'cells' -> -1 ->> -1)::int as whole from simpul.picture_releases
    where state = ${state} and ended_at is null order by month limit ${mostReleases}`.execute(db.rows);
  return rows;
}

export async function takingPart(db: Db): Promise<{ state: NodeCode; last: string; tables: number }[]> {
  const { rows } = await sql<{ state: NodeCode; last: string; tables: number }>`
    select state, max(month) as last, count(*)::int as tables from simpul.picture_releases
    where ended_at is null group by state order by state`.execute(db.rows);
  return rows;
}

/** For other rooms: what stands, read by whoever is signed in. */
export const pictureRead: PictureRead = { releases: releasesOf, takingPart };

/** All noise that was ever drawn here, also for tables that were dropped. */
export async function spentOf(db: Db): Promise<Spent[]> {
  const { rows } = await sql<Spent>`
    select unit, figure, definition, month, sum(spent)::int as spent from simpul.picture_drafts
    where spent > 0 group by unit, figure, definition, month`.execute(db.rows);
  return rows;
}

export interface DraftRow {
  id: Id;
  month: string;
  figure: string;
  definition: number;
  number: number;
  published: Published;
  withheld: number;
  spent: number;
  by_desk: boolean;
  made_at: Date;
  reason: string;
  proposal_id: Id | null;
}

/** Drafts that were neither dropped nor let go. */
export async function waitingDrafts(db: Db): Promise<DraftRow[]> {
  const { rows } = await sql<DraftRow>`
    select d.id, d.month, d.figure, d.definition, d.number, d.published, d.withheld, d.spent, d.by_desk, d.made_at,
      d.reason, d.proposal_id
    from simpul.picture_drafts d left join simpul.picture_proposals p on p.id = d.proposal_id
    where d.dropped_at is null and p.state is distinct from 'released'
    order by d.month, d.figure, d.number limit 500`.execute(db.rows);
  return rows;
}

export const draftOf = (row: DraftRow): Omit<Draft, "warnings"> => ({
  ...{ id: row.id, number: row.number, published: row.published, withheld: row.withheld, spent: row.spent },
  ...{
    byDesk: row.by_desk,
    madeAt: row.made_at.toISOString(),
    reason: row.reason,
    proposal: row.proposal_id,
  },
});

/** Figures of a month that have a table here, waiting or let go, with the highest number. */
export async function drafted(db: Db, month: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ figure: string; number: number }>`
    select figure, max(number) as number from simpul.picture_drafts
    where month = ${month} and dropped_at is null group by figure`.execute(db.rows);
  return new Map(rows.map((one) => [one.figure, one.number]));
}

export interface NewDraft {
  id: Id;
  published: Published;
  unit: string;
  number: number;
  withheld: number;
  spent: number;
  byDesk: boolean;
  by: Id | null;
  reason: string;
}

/** Says whether it was kept: somebody else may have been first. */
export async function keepDraft(tx: Writer, draft: NewDraft): Promise<boolean> {
  const { published } = draft;
  const { numAffectedRows } = await sql`
    insert into simpul.picture_drafts (id, month, figure, definition, number, unit, published, withheld, spent, by_desk,
      made_by, made_at, reason)
    values (${draft.id}, ${published.month}, ${published.figure}, ${published.definition}, ${draft.number},
      ${draft.unit}, ${JSON.stringify(published)}::jsonb, ${draft.withheld}, ${draft.spent}, ${draft.byDesk},
      ${draft.by}, ${tx.at}, ${draft.reason}) on conflict do nothing`.execute(tx.rows);
  return numAffectedRows === 1n;
}

export interface NewRelease {
  id: Id;
  published: Published;
  number: number;
  at: Date;
  by: { proposed: Id; released: Id } | null;
  reason: string;
}

/** Ends what stands of the series in this month with a lower number, and says whether the new one stands. */
export async function keepRelease(tx: Writer, one: NewRelease): Promise<void> {
  const { published: of } = one;
  await sql`update simpul.picture_releases set ended_at = ${tx.at}, reason = ${one.reason}
    where state = ${of.state} and figure = ${of.figure} and definition = ${of.definition} and month = ${of.month}
      and ended_at is null and number < ${one.number}`.execute(tx.rows);
  const later = await sql`select 1 from simpul.picture_releases
    where state = ${of.state} and figure = ${of.figure} and definition = ${of.definition} and month = ${of.month}
      and number > ${one.number}`.execute(tx.rows);
  await sql`
    insert into simpul.picture_releases (id, state, month, figure, definition, number, published, at, proposed_by,
      released_by, kept_at, ended_at)
    values (${one.id}, ${of.state}, ${of.month}, ${of.figure}, ${of.definition}, ${one.number},
      ${JSON.stringify(of)}::jsonb, ${one.at}, ${one.by?.proposed ?? null}, ${one.by?.released ?? null}, ${tx.at},
      ${later.rows.length > 0 ? tx.at : null})`.execute(tx.rows);
}

/** The same table of the same state, if it is here. */
export async function releaseLike(
  db: Db,
  of: Pick<Published, "state" | "figure" | "definition" | "month"> & { number: number },
): Promise<(ReleaseRow & { id: Id }) | null> {
  const { rows } = await sql<ReleaseRow>`
    select id, number, published, at, ended_at, reason from simpul.picture_releases
    where state = ${of.state} and figure = ${of.figure} and definition = ${of.definition} and month = ${of.month}
      and number = ${of.number}`.execute(db.rows);
  return rows[0] ?? null;
}
