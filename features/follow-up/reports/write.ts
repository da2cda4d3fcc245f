// Reports write themselves when a period ends; a named officer of the desk says what numbers cannot, and lets them leave.
import { createHash } from "node:crypto";
import { find } from "@simpul/detect";
import { nameIn } from "@simpul/match/names";
import { Digest, type Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { definitionIn } from "../../picture/contract.ts";
import type { AtDesk } from "../../victims/contract.ts";
import { FollowUpError } from "../contract.ts";
import {
  reportLimits,
  reportTexts,
  type ReportFigure,
  type ReportTexts,
  type Template,
} from "../contract/reports.ts";
import { mayReport, officerOf, type FollowUpNode } from "../node.ts";
import { insertReport, insertVersion, lockedReport, type Db } from "./records.ts";
import { changesBetween, dueOn, endOf, figuresOf, isPeriod, lastPeriod, monthsOf } from "./rules.ts";

export const jobStanding: Standing = {
  actor: { kind: "job", name: "follow-up" },
  purpose: "administration",
};
const noTexts: ReportTexts = { summary: "", difficulties: "", next: "" };

/** Out of what this state released and what stands of it now. */
async function numbersOf(
  node: FollowUpNode,
  db: Db,
  template: Pick<Template, "figures">,
  of: string,
): Promise<ReportFigure[]> {
  const months = monthsOf(of);
  const last = months.at(-1)!;
  const released = await node.picture.releases(db, {
    ...{ figures: template.figures, from: months[0]!, until: last, state: node.code },
  });
  const figures = template.figures.flatMap((figure) => {
    const definition = definitionIn(figure, last);
    return definition === null ? [] : [{ figure, definition: definition.version }];
  });
  return figuresOf(
    released.filter((one) => one.state === node.code && one.endedAt === null),
    { figures, months },
  );
}

/** By the clock: of each desk the reports of the periods that ended while it was there. Gives how many were begun. */
export async function writeDue(node: FollowUpNode): Promise<number> {
  const now = node.clock.now();
  const owed = node.templates.templates.map((template) => {
    const of = lastPeriod(template.period, now);
    return { template, of, ended: endOf(of) };
  });
  type Desk = { id: Id; agency: Id; kind: string; since: Date };
  const { desks, there } = await node.store.read(jobStanding, async (db) => ({
    desks: (
      await sql<Desk>`select d.id, d.agency_id as agency, a.kind, d.created_at as since from simpul.desks d
        join simpul.agencies a on a.id = d.agency_id order by d.id limit 5000`.execute(db.rows)
    ).rows,
    there: (
      await sql<{
        key: string;
      }>`select desk_id || ' ' || template || ' ' || of_period as key from simpul.desk_reports
        where made_at > ${now}::timestamptz - interval '2 years'`.execute(db.rows)
    ).rows,
  }));
  const kept = new Set(there.map((one) => one.key));
  const missing = owed.flatMap(({ template, of, ended }) =>
    desks
      .filter((desk) => desk.kind === template.desk && desk.since < ended)
      .filter((desk) => !kept.has(`${desk.id} ${template.code} ${of}`))
      .map((desk) => ({ desk, template, of })),
  );
  if (missing.length === 0) return 0;
  return node.store.write(jobStanding, async (tx) => {
    let begun = 0;
    for (const { desk, template, of } of missing)
      if ((await beginIn(node, tx, { desk: desk.id, agency: desk.agency, template, of })) !== null)
        begun += 1;
    tx.note("follow-up.reports-written", { count: begun });
    return begun;
  });
}

/** Null where it is there already. */
async function beginIn(
  node: FollowUpNode,
  tx: Writer,
  ask: { desk: Id; agency: Id; template: Template; of: string },
): Promise<Id | null> {
  const { template, of } = ask;
  const id = await insertReport(tx, {
    ...{ desk: ask.desk, agency: ask.agency, of, dueOn: dueOn(template, of) },
    ...{ template: template.code, period: template.period },
  });
  if (id === null) return null;
  const figures = await numbersOf(node, tx, template, of);
  await insertVersion(tx, id, { version: 1, figures, texts: noTexts, by: null });
  return id;
}

/** An earlier one, or one that the clock has not written yet. Throws `NOT_FOUND`, `REPORT_PERIOD`, `REPORT_ALREADY`. */
export async function begin(
  node: FollowUpNode,
  standing: Standing,
  ask: { template: string; of: string },
): Promise<Id> {
  const { desk, agency, agencyKind } = officerOf(standing);
  const template = node.templates.templates.find((one) => one.code === ask.template);
  if (template?.desk !== agencyKind) throw new FollowUpError("NOT_FOUND");
  if (!isPeriod(template.period, ask.of, node.clock.now())) throw new FollowUpError("REPORT_PERIOD");
  const id = await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, mayReport(node, standing, { id: desk, agency })));
    const begun = await beginIn(node, tx, { desk, agency, template, of: ask.of });
    if (begun === null) throw new FollowUpError("REPORT_ALREADY");
    tx.note("follow-up.report-begun", { id: begun });
    return begun;
  });
  node.wake(`report:${id}`);
  return id;
}

/**
 * Throws `REPORT_NAMES_SOMEBODY` with the text, the kind of what stands in it (a name, a number, an address, a document)
 * and what stands there.
 */
export function mustNameNobody(texts: ReportTexts, names: readonly string[]): void {
  for (const text of reportTexts) {
    const found = find(texts[text]).find((one) => one.valid && one.type !== "domain" && one.type !== "url");
    const [what, stands] =
      found === undefined ? ["name", nameIn(texts[text], names)] : [found.type, found.text];
    if (stands !== null) throw new FollowUpError("REPORT_NAMES_SOMEBODY", { text, what, stands });
  }
}

/**
 * Keeps another version: with her text, or with the numbers as they are released by now. Throws `NOT_FOUND`,
 * `REPORT_CHANGED` when somebody was sooner, `REPORT_UNCHANGED`, `REPORT_NAMES_SOMEBODY`, `LIMIT_REACHED`,
 * `DESK_CLOSED`.
 */
export async function revise(
  node: FollowUpNode,
  who: AtDesk,
  id: Id,
  ask: { after: number; texts: ReportTexts; renew: boolean },
): Promise<number> {
  const standing = { actor: who.officer, purpose: who.purpose };
  const version = await node.store.write(standing, async (tx) => {
    const { report, latest } = await lockedReport(tx, id);
    tx.allowed(demand(node.policy, mayReport(node, standing, { id: report.desk, agency: report.agency })));
    mustNameNobody(ask.texts, await node.namesSheKnows(tx, who));
    if (latest.version !== ask.after) throw new FollowUpError("REPORT_CHANGED");
    if (latest.version >= reportLimits.versions)
      throw new FollowUpError("LIMIT_REACHED", { most: reportLimits.versions });
    const template = node.templates.templates.find((one) => one.code === report.template);
    const figures =
      ask.renew && template !== undefined ? await numbersOf(node, tx, template, report.of) : latest.figures;
    const next = { version: latest.version + 1, figures, texts: ask.texts, by: who.officer.id };
    if (changesBetween(latest, next).length === 0) throw new FollowUpError("REPORT_UNCHANGED");
    await insertVersion(tx, id, next);
    tx.note("follow-up.report-revised", { id, version: next.version });
    return next.version;
  });
  node.wake(`report:${id}`);
  return version;
}

/**
 * Her name under it: the paper is made and kept byte for byte. Throws `NOT_FOUND`, `REPORT_CHANGED`, `REPORT_LEFT`,
 * `REPORT_TEXT_MISSING`, `REPORT_NAMES_SOMEBODY`, `DESK_CLOSED`.
 */
export async function leave(
  node: FollowUpNode,
  who: AtDesk,
  id: Id,
  ask: { version: number; paper: (of: Awaited<ReturnType<typeof lockedReport>>) => Promise<Uint8Array> },
): Promise<void> {
  const standing = { actor: who.officer, purpose: who.purpose };
  await node.store.write(standing, async (tx) => {
    const found = await lockedReport(tx, id);
    const { report, latest } = found;
    tx.allowed(demand(node.policy, mayReport(node, standing, { id: report.desk, agency: report.agency })));
    if (latest.version !== ask.version) throw new FollowUpError("REPORT_CHANGED");
    if (latest.left !== null) throw new FollowUpError("REPORT_LEFT");
    if (latest.texts.summary.trim() === "") throw new FollowUpError("REPORT_TEXT_MISSING");
    mustNameNobody(latest.texts, await node.namesSheKnows(tx, who));
    const paper = await ask.paper(found);
    const digest = Digest.parse(createHash("sha256").update(paper).digest("hex"));
    const { numAffectedRows } = await sql`update simpul.desk_report_versions set left_by = ${who.officer.id},
        left_at = ${tx.at}, paper = ${Buffer.from(paper)}, digest = ${digest}
      where report_id = ${id} and version = ${latest.version} and left_by is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new FollowUpError("REPORT_LEFT");
    tx.note("follow-up.report-left", { id, version: latest.version, paper: digest });
  });
  node.wake(`report:${id}`);
}
