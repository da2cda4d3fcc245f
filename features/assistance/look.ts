// Looking at matters of mutual legal assistance: lists with their clocks; one with its story, the checker and the next acts.
import { CaseNumber, type Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  type AssistanceHead,
  type AssistanceState,
  type AssistanceView,
  type Codes,
  type Step,
  type StepLine,
} from "./contract.ts";
import { findingsOf, leftOutOf } from "./draft.ts";
import {
  columns,
  factsOf,
  may,
  rowOf,
  type AssistanceNode,
  type AssistanceRow,
  type Db,
  type Facts,
} from "./node.ts";
import { expiryOf, most } from "./rules.ts";
import { answersAsked, isOver, stepsFrom } from "./contract/steps.ts";

export async function codesOf(node: AssistanceNode): Promise<Codes> {
  const letters = node.letters.all().list.map(({ code, state, names, standing }) => ({
    ...{ code, state, names, standing },
  }));
  return { ...node.codes, peers: await node.peers(), letters };
}

export interface WhichAssistances {
  box?: "outgoing" | "incoming" | undefined;
  state?: "open" | "closed" | undefined;
  case?: string | undefined;
  request?: Id | undefined;
}

type ListRow = AssistanceRow & { number: string | null; title: string | null };
const over = sql`('closed', 'withdrawn')`;

const listed = sql`select ${columns}, c.number, c.title from simpul.assistances a
  left join simpul.cases c on c.id = a.case_id`;

/** Matters that this officer sees, those first whose clock ends first. */
export async function listAssistances(
  node: AssistanceNode,
  standing: Standing,
  ask: WhichAssistances,
): Promise<AssistanceHead[]> {
  return node.store.read(standing, async (db) => {
    const where = [sql`true`];
    if (ask.box !== undefined) where.push(sql`a.direction = ${ask.box}`);
    if (ask.state !== undefined)
      where.push(ask.state === "open" ? sql`a.state not in ${over}` : sql`a.state in ${over}`);
    if (ask.case !== undefined) {
      const { head } = await node.cases.recordsOf(db, ask.case, []);
      where.push(sql`a.case_id = ${head.id}`);
    }
    if (ask.request !== undefined)
      where.push(sql`(a.from_request = ${ask.request} or a.id = ${ask.request})`);
    const { rows } = await sql<ListRow>`${listed} where ${sql.join(where, sql` and `)}
      order by a.due_at nulls last, a.changed_at desc, a.id desc limit ${most.list}`.execute(db.rows);
    db.noteRead("assistance.listed", { shown: rows.length });
    return rows.map((row) => headOf(node, row));
  });
}

export function headOf(node: AssistanceNode, row: ListRow): AssistanceHead {
  const now = node.clock.now();
  const ended = isOver(row.state);
  return {
    id: row.id,
    direction: row.direction,
    kind: row.kind,
    type: row.type,
    peer: row.peer,
    state: row.state,
    subject: row.form.subject,
    reference: row.reference,
    case:
      row.case_id === null || row.number === null
        ? null
        : { id: row.case_id, number: CaseNumber.parse(row.number), title: row.title ?? "" },
    urgent: row.urgent,
    formalDue: row.formal_due?.toISOString() ?? null,
    provisional: row.formal_due !== null && row.formal_at === null,
    due: row.due_at?.toISOString() ?? null,
    overdue: !ended && row.due_at !== null && row.due_at < now,
    keptUntil: row.kept_until,
    askedUntil: row.asked_until,
    expiry: ended ? null : expiryOf(row.kept_until, node.codes.days.renewWarn, now),
    changedAt: row.changed_at.toISOString(),
  };
}

interface StepRow {
  at: Date;
  step: string;
  state: AssistanceState;
  side: "ours" | "theirs";
  officer_id: Id | null;
  text: string;
  code: string | null;
  until: string | null;
}

async function storyOf(db: Db, id: Id): Promise<StepLine[]> {
  const { rows } = await sql<StepRow>`select *, until::text as until from simpul.assistance_steps
    where assistance_id = ${id} order by at, id limit 500`.execute(db.rows);
  return rows.map(({ at, officer_id, step, state, side, text, code, until }) => ({
    at: at.toISOString(),
    step,
    state,
    side,
    by: officer_id,
    text,
    code,
    until,
  }));
}

function mayDo(
  node: AssistanceNode,
  standing: Standing,
  row: AssistanceRow,
  facts: Facts,
): (Step | "edit")[] {
  const steps = stepsFrom(row.kind, row.direction, row.state)
    .filter((one) => one.step !== "formal-copy" || (row.formal_due !== null && row.formal_at === null))
    .filter((one) => answersAsked(one.step, row.code))
    .filter((one) => one.acts.some((act) => may(node, standing, act, facts)))
    .map((one) => one.step);
  const edits =
    row.direction === "outgoing" && row.state === "draft" && may(node, standing, "assistance.draft", facts);
  return [...(edits ? (["edit"] as const) : []), ...new Set(steps)];
}

export async function viewAssistance(
  node: AssistanceNode,
  standing: Standing,
  id: Id,
): Promise<AssistanceView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("assistance.viewed", { id });
    await rowOf(db, id);
    const { rows } = await sql<ListRow>`${listed} where a.id = ${id}`.execute(db.rows);
    const row = rows[0]!;
    const facts = await factsOf(node, db, row);
    const drafted =
      row.direction === "outgoing" && ["draft", "prosecutor", "central", "approval"].includes(row.state);
    const { records, items } = await node.requests.shown(db, id);
    const because =
      row.number !== null ? "policy.request.seen-with-case" : reasonOf(node, standing, facts, row);
    return {
      ...headOf(node, row),
      form: row.form,
      version: row.version,
      reviews: Object.values(row.reviews),
      author: row.author_id,
      desk: facts.request.desk,
      returned: row.returned,
      reviewed: row.reviewed,
      sent: row.sent,
      letter:
        row.correspondent === null ? null : { to: row.correspondent, id: await node.requests.letter(db, id) },
      code: row.code,
      fromRequest: row.from_request,
      fromHit: row.from_hit,
      steps: await storyOf(db, id),
      findings: drafted ? await findingsOf(node, db, row) : [],
      leftOut: drafted ? await leftOutOf(node, db, row) : [],
      records,
      items,
      exhibits: row.kind === "formal" ? await node.requests.exhibits(db, id) : [],
      back: await node.requests.cameBack(db, id),
      may: mayDo(node, standing, row, facts),
      because: [because],
    };
  });
}

/** Why somebody who does not see the case sees this, from the act that is hers. */
function reasonOf(node: AssistanceNode, standing: Standing, facts: Facts, row: AssistanceRow): string {
  if (row.direction === "incoming") {
    if (may(node, standing, "assistance.handle", facts))
      return "policy.assistance.handled-by-central-authority";
    if (may(node, standing, "assistance.execute", facts)) return "policy.assistance.executed-by-its-desk";
    return "policy.request.seen-by-contact-point";
  }
  if (may(node, standing, "assistance.review", facts)) return "policy.assistance.reviewed-by-prosecutor";
  if (may(node, standing, "assistance.send", facts)) return "policy.assistance.sent-by-central-authority";
  return "policy.request.seen-by-contact-point";
}
