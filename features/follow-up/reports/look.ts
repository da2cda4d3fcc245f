// Reports as the officers of their desk see them: what is owed and overdue, each with all its versions; and what waits in the inbox.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../../inbox/contract.ts";
import { FollowUpError } from "../contract.ts";
import type { ReportHead, ReportView, Template } from "../contract/reports.ts";
import { mayReport, type FollowUpNode } from "../node.ts";
import { changesBetween } from "./rules.ts";
import { reportRow, reportRows, versionsOf, type ReportRow } from "./records.ts";

/** So many days before it is owed it stands in the inbox of its desk. */
const earlyDays = 7;

const headOf = (row: ReportRow, now: Date): ReportHead => ({
  ...{ id: row.id, template: row.template, period: row.period, of: row.of, dueOn: row.dueOn },
  state: row.leftAt !== null ? "left" : row.everLeft ? "corrected" : "draft",
  versions: row.versions,
  overdue: !row.everLeft && row.dueOn < now.toISOString().slice(0, 10),
});

/** What her desk owes and owed, 500 at most; and the templates of which it may begin one. */
export async function listReports(
  node: FollowUpNode,
  standing: Standing,
): Promise<{ reports: ReportHead[]; templates: Template[] }> {
  const { actor } = standing;
  const kind = actor.kind === "officer" ? actor.agencyKind : null;
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.reports-listed", {});
    return {
      reports: (await reportRows(db, { limit: 500 })).map((row) => headOf(row, node.clock.now())),
      templates: node.templates.templates.filter((one) => one.desk === kind),
    };
  });
}

/** Throws `NOT_FOUND`. */
export async function viewReport(node: FollowUpNode, standing: Standing, id: Id): Promise<ReportView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.report-viewed", { id });
    const row = await reportRow(db, id);
    const writes = node.policy.decide(
      mayReport(node, standing, { id: row.desk, agency: row.agency }),
    ).allowed;
    const template = node.templates.templates.find((one) => one.code === row.template);
    const may: ReportView["may"] = !writes ? [] : row.leftAt === null ? ["write", "leave"] : ["write"];
    const all = await versionsOf(db, id);
    return {
      ...headOf(row, node.clock.now()),
      ...{ desk: row.desk, may },
      all: all.map((one, nth) => ({ ...one, changes: nth === 0 ? [] : changesBetween(all[nth - 1]!, one) })),
      due: template?.due ?? { standing: "to-be-confirmed", sources: [] },
    };
  });
}

/** The paper exactly as it left. Throws `NOT_FOUND`. */
export async function leftPaper(
  node: FollowUpNode,
  standing: Standing,
  id: Id,
  version: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.report-printed", { id, version });
    const { rows } = await sql<{ paper: Buffer | null }>`select paper from simpul.desk_report_versions
      where report_id = ${id} and version = ${version}`.execute(db.rows);
    const paper = rows[0]?.paper;
    if (paper === null || paper === undefined) throw new FollowUpError("NOT_FOUND");
    return Uint8Array.from(paper);
  });
}

export const followUpInbox = (node: FollowUpNode): InboxSource => ({
  name: "follow-up",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const now = node.clock.now();
    const { rows } = await sql<{ id: Id; period: string; of: string; due: string; since: Date }>`
        select r.id, r.period, r.of_period as of, r.due_on::text as due, r.made_at as since
        from simpul.desk_reports r
        where r.desk_id = ${standing.actor.desk} and r.due_on <= ${now}::date + ${earlyDays}::int
          and not exists (select 1 from simpul.desk_report_versions v
            where v.report_id = r.id and v.left_at is not null)
        order by r.due_on, r.id limit 100`.execute(db.rows);
    return rows.map((one) => ({
      ...{ id: one.id, kind: `report-${one.period}`, title: one.of, to: `/follow-up/reports/${one.id}` },
      ...{ due: one.due, since: one.since.toISOString(), for: "desk", case: null },
    }));
  },
});
