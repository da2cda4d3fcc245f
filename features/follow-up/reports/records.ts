// The SQL of reports.
import type { Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { FollowUpError } from "../contract.ts";
import type { ReportFigure, ReportPeriod, ReportTexts, ReportVersion } from "../contract/reports.ts";

export type Db = Pick<Reader | Writer, "rows">;

export interface ReportRow {
  id: Id;
  template: string;
  period: ReportPeriod;
  of: string;
  desk: Id;
  agency: Id;
  dueOn: string;
  versions: number;
  /** Of the latest version. */
  leftAt: Date | null;
  /** Whether any version left. */
  everLeft: boolean;
}

/** Newest period first, as row security shows them. */
export async function reportRows(db: Db, within: { id?: Id; limit: number }): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select r.id, r.template, r.period, r.of_period as of, r.desk_id as desk, r.agency_id as agency,
      r.due_on::text as "dueOn", r.versions, v.left_at as "leftAt",
      exists (select 1 from simpul.desk_report_versions e where e.report_id = r.id and e.left_at is not null) as "everLeft"
    from simpul.desk_reports r
    join simpul.desk_report_versions v on v.report_id = r.id and v.version = r.versions
    where (${within.id ?? null}::uuid is null or r.id = ${within.id ?? null}::uuid)
    order by r.of_period desc, r.template, r.id limit ${within.limit}`.execute(db.rows);
  return rows;
}

/** Throws `NOT_FOUND`. */
export async function reportRow(db: Db, id: Id): Promise<ReportRow> {
  const [row] = await reportRows(db, { id, limit: 1 });
  if (row === undefined) throw new FollowUpError("NOT_FOUND");
  return row;
}

interface VersionRow {
  version: number;
  figures: ReportFigure[];
  texts: ReportTexts;
  by: Id | null;
  at: Date;
  leftBy: Id | null;
  leftAt: Date | null;
  digest: string | null;
}
/** Oldest first. */
export async function versionsOf(db: Db, report: Id): Promise<ReportVersion[]> {
  const { rows } = await sql<VersionRow>`select version, figures, texts, by_id as by, at, left_by as "leftBy",
      left_at as "leftAt", digest from simpul.desk_report_versions where report_id = ${report}
    order by version limit 200`.execute(db.rows);
  return rows.map(({ leftBy, leftAt, digest, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    left:
      leftBy === null || leftAt === null || digest === null
        ? null
        : { by: leftBy, at: leftAt.toISOString(), digest },
  }));
}

/** Nobody else writes to it until this act is done. Throws `NOT_FOUND`. */
export async function lockedReport(
  tx: Writer,
  id: Id,
): Promise<{ report: ReportRow; latest: ReportVersion }> {
  await sql`select 1 from simpul.desk_reports where id = ${id} for update`.execute(tx.rows);
  const report = await reportRow(tx, id);
  return { report, latest: (await versionsOf(tx, id)).at(-1)! };
}

/** Gives its id; null where the desk has it already. */
export async function insertReport(
  tx: Writer,
  report: { template: string; period: ReportPeriod; of: string; desk: Id; agency: Id; dueOn: string },
): Promise<Id | null> {
  const id = tx.newId();
  const { numAffectedRows } =
    await sql`insert into simpul.desk_reports (id, template, period, of_period, desk_id,
      agency_id, due_on, made_at)
    values (${id}, ${report.template}, ${report.period}, ${report.of}, ${report.desk}, ${report.agency},
      ${report.dueOn}::date, ${tx.at}) on conflict do nothing`.execute(tx.rows);
  return numAffectedRows === 1n ? id : null;
}

export async function insertVersion(
  tx: Writer,
  report: Id,
  one: Pick<ReportVersion, "version" | "figures" | "texts" | "by">,
): Promise<void> {
  await sql`insert into simpul.desk_report_versions (report_id, version, figures, texts, by_id, at)
    values (${report}, ${one.version}, ${JSON.stringify(one.figures)}::jsonb, ${JSON.stringify(one.texts)}::jsonb,
      ${one.by}, ${tx.at})`.execute(tx.rows);
  if (one.version > 1)
    await sql`update simpul.desk_reports set versions = ${one.version} where id = ${report}`.execute(tx.rows);
}
