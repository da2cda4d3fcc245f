// The rows of an operation, read as a whole and written part by part.
import { createHash } from "node:crypto";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import {
  OperationsError,
  type AskEntry,
  type Hotspot,
  type OperationHead,
  type Phase,
  type Plan,
  type Reception,
  type RefKind,
  type Report,
  type ReportCounts,
  type Site,
  type SiteStatus,
  type Team,
} from "./contract.ts";
import { stateOf } from "./rules.ts";

export type Rows = Pick<Reader | Writer, "rows">;

export interface OperationRow {
  id: Id;
  ours: boolean;
  lead: NodeCode;
  title: string;
  aim: string;
  parties: NodeCode[];
  starts_at: Date;
  ends_at: Date;
  fallback: string;
  hotspots: Hotspot[];
  phases: Phase[];
  space_id: Id | null;
  version: number;
  state: "draft" | "ready" | "recalled";
  made_by: Id | null;
  sent_at: Date | null;
  recalled_by: NodeCode | null;
  recall_reason: string | null;
  recalled_at: Date | null;
}
export interface VoteRow {
  node: NodeCode;
  version: number;
  go: boolean;
  reason: string;
  at: Date;
}
interface SiteRow {
  id: Id;
  node: NodeCode;
  state: NodeCode;
  label: string;
  area: string;
  lat: number | null;
  lon: number | null;
  authority: string | null;
  warrant: string | null;
  valid_from: Date | null;
  valid_until: Date | null;
  commander: string | null;
  teams: Team[];
  taken_from: Id | null;
}

export const windowOf = (row: Pick<OperationRow, "starts_at" | "ends_at">) => ({
  starts: row.starts_at.toISOString(),
  ends: row.ends_at.toISOString(),
});

const columns = sql`o.id, o.ours, o.lead, o.title, o.aim, o.parties, o.starts_at, o.ends_at, o.fallback, o.hotspots, o.phases, o.space_id,
  o.version, o.state, o.made_by, o.sent_at, o.recalled_by, o.recall_reason, o.recalled_at`;

export async function operations(db: Rows): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select ${columns} from simpul.operations o order by o.ends_at desc, o.id limit 500`.execute(db.rows);
  return rows;
}

/** Throws `NOT_FOUND` for whoever may not know it. With `hold` nobody else changes it meanwhile. */
export async function operation(db: Rows, id: Id, hold = false): Promise<OperationRow> {
  const { rows } = await sql<OperationRow>`select ${columns} from simpul.operations o where o.id = ${id}
    ${hold ? sql`for update` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new OperationsError("NOT_FOUND");
  return rows[0];
}

export async function votesOf(db: Rows, id: Id): Promise<VoteRow[]> {
  const { rows } = await sql<VoteRow>`select node, version, go, reason, at from simpul.operation_votes
    where operation_id = ${id} order by at`.execute(db.rows);
  return rows;
}

export async function reportsOf(db: Rows, id: Id): Promise<Report[]> {
  const { rows } = await sql<Omit<Report, "at"> & { at: Date; counts: ReportCounts }>`
    select node, definitions, counts, lessons, at from simpul.operation_reports
    where operation_id = ${id} order by node`.execute(db.rows);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function sitesOf(db: Rows, id: Id): Promise<Site[]> {
  const { rows } =
    await sql<SiteRow>`select id, node, state, label, area, lat, lon, authority, warrant, valid_from,
      valid_until, commander, teams, taken_from
    from simpul.operation_sites where operation_id = ${id} and removed_at is null
    order by node, label, id`.execute(db.rows);
  const taken = new Set(rows.flatMap((row) => row.taken_from ?? []));
  return rows.map((row) => ({
    ...{ id: row.id, node: row.node, state: row.state, label: row.label, area: row.area },
    place: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    authority:
      row.warrant === null || row.valid_from === null || row.valid_until === null
        ? null
        : {
            authority: row.authority ?? "",
            warrant: row.warrant,
            from: row.valid_from.toISOString(),
            until: row.valid_until.toISOString(),
          },
    commander: row.commander ?? "",
    teams: row.teams,
    taken: taken.has(row.id),
  }));
}

export async function headOf(db: Rows, row: OperationRow, now: Date): Promise<OperationHead> {
  const [votes, reports] = [await votesOf(db, row.id), await reportsOf(db, row.id)];
  const window = windowOf(row);
  return {
    ...{ id: row.id, lead: row.lead, title: row.title, aim: row.aim, parties: row.parties, window },
    ...{ fallback: row.fallback, hotspots: row.hotspots, phases: row.phases, space: row.space_id },
    version: row.version,
    state: stateOf(
      {
        ...{ kept: row.state, window, parties: row.parties, version: row.version, votes },
        reported: reports.map((one) => one.node),
      },
      now,
    ),
  };
}

export async function receptionOf(db: Rows, id: Id): Promise<Reception | null> {
  const { rows } = await sql<{ plan: Reception }>`
    select plan from simpul.operation_receptions where operation_id = ${id}`.execute(db.rows);
  return rows[0]?.plan ?? null;
}

export async function identifiersOf(db: Rows, id: Id): Promise<{ type: string; canonical: string }[]> {
  const { rows } = await sql<{ type: string; canonical: string }>`select type, canonical
    from simpul.operation_identifiers where operation_id = ${id} order by type, canonical`.execute(db.rows);
  return rows;
}

export async function refsOf(db: Rows, id: Id): Promise<{ kind: RefKind; id: Id }[]> {
  const { rows } = await sql<{ kind: RefKind; id: Id }>`select kind, ref as id from simpul.operation_refs
    where operation_id = ${id} order by kind desc, at, ref`.execute(db.rows);
  return rows;
}

/** What a comparison is about, as one digest: window, own sites, identifiers. Another digest asks for another comparison. */
export async function subjectOf(db: Rows, own: NodeCode, row: OperationRow): Promise<string> {
  const sites = (await sitesOf(db, row.id)).filter((site) => site.node === own && site.place !== null);
  const said = [windowOf(row), sites.map((site) => [site.id, site.place]), await identifiersOf(db, row.id)];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

export const planOf = (row: OperationRow): Plan => ({
  ...{ title: row.title, aim: row.aim, parties: row.parties, window: windowOf(row) },
  ...{ fallback: row.fallback, hotspots: row.hotspots, phases: row.phases, space: row.space_id },
});

/** Keeps a line of the board once. False where it stood there already; throws `ENTRY_REUSED` for another under its id. */
export async function keepEntry(
  tx: Writer,
  of: { operation: Id; node: NodeCode; by: Id | null; at: Date; clockOff: boolean },
  entry: AskEntry,
): Promise<boolean> {
  const { checks, met, items } = entry.counts;
  const made =
    await sql`insert into simpul.operation_entries (operation_id, id, node, site_id, at, clock_off, status, checks,
      met, items, text, by_officer, kept_at)
    values (${of.operation}, ${entry.id}, ${of.node}, ${entry.site}, ${of.at}, ${of.clockOff}, ${entry.status}, ${checks},
      ${met}, ${items}, ${entry.text}, ${of.by}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
  if (made.numAffectedRows === 1n) return true;
  const { rows } = await sql`select 1 from simpul.operation_entries where operation_id = ${of.operation}
    and id = ${entry.id} and node = ${of.node} and site_id is not distinct from ${entry.site}
    and status is not distinct from ${entry.status} and checks = ${checks} and met = ${met} and items = ${items}
    and text = ${entry.text}`.execute(tx.rows);
  if (rows.length === 0) throw new OperationsError("ENTRY_REUSED");
  return false;
}

export interface EntryRow {
  id: Id;
  node: NodeCode;
  site_id: Id | null;
  at: Date;
  clock_off: boolean;
  status: SiteStatus | null;
  checks: number;
  met: number;
  items: number;
  text: string;
  by_officer: Id | null;
}

export async function keepVote(
  tx: Writer,
  of: { operation: Id; node: NodeCode; by: Id | null },
  vote: { version: number; go: boolean; reason: string },
): Promise<void> {
  await sql`insert into simpul.operation_votes (operation_id, node, version, go, reason, by_officer, at)
    values (${of.operation}, ${of.node}, ${vote.version}, ${vote.go}, ${vote.reason}, ${of.by}, ${tx.at})
    on conflict (operation_id, node) do update set version = excluded.version, go = excluded.go,
      reason = excluded.reason, by_officer = excluded.by_officer, at = excluded.at`.execute(tx.rows);
}

export async function keepReport(
  tx: Writer,
  of: { operation: Id; node: NodeCode; by: Id | null },
  report: Pick<Report, "definitions" | "counts" | "lessons">,
): Promise<void> {
  await sql`insert into simpul.operation_reports (operation_id, node, definitions, counts, lessons, by_officer, at)
    values (${of.operation}, ${of.node}, ${report.definitions}, ${JSON.stringify(report.counts)}::jsonb,
      ${report.lessons}, ${of.by}, ${tx.at})
    on conflict (operation_id, node) do update set definitions = excluded.definitions, counts = excluded.counts,
      lessons = excluded.lessons, by_officer = excluded.by_officer, at = excluded.at`.execute(tx.rows);
}

export async function keepRecall(
  tx: Writer,
  of: { operation: Id; node: NodeCode },
  reason: string,
): Promise<void> {
  await sql`update simpul.operations set state = 'recalled', recalled_by = ${of.node}, recall_reason = ${reason},
    recalled_at = ${tx.at} where id = ${of.operation} and state <> 'recalled'`.execute(tx.rows);
}
