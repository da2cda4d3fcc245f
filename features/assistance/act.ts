// Taking a step: what the table allows, kept with its line in the story, told to the other side in the same transaction (MLA-4).
import type { Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { AssistanceError, type AskStep, type AssistanceState, type Step } from "./contract.ts";
import { findingsOf } from "./draft.ts";
import {
  factsOf,
  json,
  may,
  officerOf,
  requireAct,
  rowOf,
  type AssistanceNode,
  type AssistanceRow,
} from "./node.ts";
import { beginReviews, passReviews } from "./reviewed.ts";
import { addDays, endOfDay, errorsIn, openOf, restsOn, rulesFor, waysTo } from "./rules.ts";
import type { Wire, WireType } from "./shapes.ts";
import type { AtDesk } from "../victims/contract.ts";
import { answersAsked, staysKept, stepsFrom, type StepRule } from "./contract/steps.ts";

/** Steps that show something to another state, and take a fresh second factor. */
const leaves: readonly Step[] = ["send", "freeze", "renew"];

function requireNeeds(node: AssistanceNode, row: AssistanceRow, rule: StepRule, ask: AskStep): void {
  const needs = (what: StepRule["needs"][number]) => rule.needs.includes(what);
  if (needs("text") && ask.text.trim() === "") throw new AssistanceError("REASON_NEEDED");
  if (needs("desk") && ask.desk === undefined) throw new AssistanceError("DESK_NEEDED");
  if (needs("until")) {
    if (ask.until === undefined) throw new AssistanceError("DATE_NEEDED");
    if (endOfDay(ask.until) < node.clock.now()) throw new AssistanceError("DATE_PASSED");
  }
  if (needs("code")) requireListed("code", codesFor(node, row, rule.step), ask.code ?? "");
}

const codesFor = (node: AssistanceNode, row: AssistanceRow, step: Step): readonly string[] => {
  if (step === "send") return waysTo(node.codes, row.peer);
  const { asks, refusals, freezeRefusals } = node.codes;
  if (step === "ask") return asks;
  if (row.kind === "preservation") return freezeRefusals;
  return refusals.filter((one) => one.postpones === (step === "postpone")).map((one) => one.code);
};

export async function takeStep(node: AssistanceNode, who: AtDesk, id: Id, ask: AskStep): Promise<void> {
  const standing: Standing = { actor: who.officer, purpose: who.purpose };
  if (ask.step === "review") await passReviews(node, who, standing, id);
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    const rule = await ruleFor(node, tx, row, ask.step);
    requireNeeds(node, row, rule, ask);
    await before(node, tx, row, rule, ask);
    await change(node, tx, row, rule, ask);
    await addStep(tx, row, {
      step: rule.step,
      state: rule.to ?? row.state,
      side: "ours",
      by: officerOf(standing).id,
      text: ask.text.trim(),
      code: codeOf(rule, ask),
      until: rule.needs.includes("until") ? (ask.until ?? null) : null,
    });
    await tellOther(node, tx, row, rule, ask);
    tx.note(`assistance.${rule.step}`, {
      id,
      assistance: row.kind,
      peer: row.peer,
      ...(row.case_id !== null && { case: row.case_id }),
      ...(rule.needs.includes("code") && ask.code !== undefined && { code: ask.code }),
    });
    return row;
  });
  node.send();
  node.wake(`assistance:${id}`);
  node.wake(`request:${id}`);
  if (done.case_id !== null) node.wake(`case:${done.case_id}`);
}

/** The rule of this step from where it stands, once the policy allowed one of its acts. */
async function ruleFor(node: AssistanceNode, tx: Writer, row: AssistanceRow, step: Step): Promise<StepRule> {
  const rule = stepsFrom(row.kind, row.direction, row.state).find((one) => one.step === step);
  if (rule === undefined || !answersAsked(step, row.code))
    throw new AssistanceError("NOT_NOW", { state: row.state, step });
  const facts = await factsOf(node, tx, row);
  const act = rule.acts.find((one) => may(node, tx.standing, one, facts)) ?? rule.acts[0]!;
  await requireAct(node, tx, act, facts, leaves.includes(step));
  return rule;
}

/** What must be so before it: the checker finds no error, the product has left. */
async function before(
  node: AssistanceNode,
  tx: Writer,
  row: AssistanceRow,
  rule: StepRule,
  ask: AskStep,
): Promise<void> {
  if (
    rule.step === "execute" &&
    row.form.confidential &&
    ask.code !== staysKept &&
    !(await goesOn(tx, row.id))
  )
    throw new AssistanceError("CONFIDENTIALITY_OPEN");
  if (["submit", "review", "send", "freeze"].includes(rule.step)) {
    const errors = errorsIn(await findingsOf(node, tx, row));
    if (errors.length > 0)
      throw new AssistanceError("CHECK_FAILS", {
        fields: [...new Set(errors.map((one) => one.field ?? one.code))].join(","),
      });
  }
  if (["partly", "executed"].includes(rule.step) && !(await node.requests.answered(tx, row.id)))
    throw new AssistanceError("PRODUCT_NEEDED");
}

/** The state that asked was told that it cannot be kept confidential, and said: go on (MLA-7). */
async function goesOn(tx: Writer, id: Id): Promise<boolean> {
  const { rows } = await sql`select 1 from simpul.assistance_steps
    where assistance_id = ${id} and step = 'go-on' limit 1`.execute(tx.rows);
  return rows.length > 0;
}

/** What is kept with the step, and told: its ground; of carrying out, that it stays confidential. */
function codeOf(rule: StepRule, ask: AskStep): string | null {
  if (rule.step === "execute") return ask.code === staysKept ? staysKept : null;
  return rule.needs.includes("code") ? (ask.code ?? null) : null;
}

async function change(
  node: AssistanceNode,
  tx: Writer,
  row: AssistanceRow,
  rule: StepRule,
  ask: AskStep,
): Promise<void> {
  const officer = officerOf(tx.standing);
  const by = { by: officer.id, at: tx.at.toISOString() };
  const { days } = node.codes;
  const set = [sql`changed_at = ${tx.at}`];
  if (rule.to !== null) set.push(sql`state = ${rule.to}`);
  const due = (at: Date | null) => set.push(sql`due_at = ${at}`);
  const said = { text: ask.text.trim(), theirs: false };
  switch (rule.step) {
    case "submit":
      await beginReviews(node, tx, row);
      set.push(sql`returned = null`);
      if (row.kind === "formal") set.push(sql`reached = greatest(reached, 1)`);
      break;
    case "return":
      set.push(sql`returned = ${json({ reason: said.text, ...by })}`);
      break;
    case "review":
      set.push(sql`reviewed = ${json(by)}`, sql`reached = 2`);
      break;
    case "send":
    case "freeze": {
      // MLA-6: what goes ahead of the paper says until when the paper follows.
      const follows = rulesFor(node.codes, row.peer)?.urgent.formalDays ?? 10;
      const formalDue =
        row.kind === "formal" && row.urgent && row.correspondent === null ? addDays(tx.at, follows) : null;
      row.formal_due = formalDue;
      const approval = { by: officer.id, reason: said.text };
      const { reference } = await node.requests.open(tx, row.id, approval, {
        ...{ kind: "assistance.sent", body: sentOf(row, officer.agency), urgent: row.urgent },
      });
      const rules = {
        version: node.codes.statesVersion,
        open: openOf(restsOn(node.codes, row.form)).map(({ rule }) => rule),
      };
      set.push(
        sql`sent = ${json({ ...by, rules, channel: row.kind === "formal" ? ask.code : null })}`,
        sql`reference = ${reference}`,
        sql`formal_due = ${formalDue}`,
      );
      // The clock of a letter begins when it is noted as sent.
      if (row.correspondent === null)
        due(addDays(tx.at, row.kind === "formal" ? days.acknowledge : days.answerFreeze));
      if (row.kind === "preservation") set.push(sql`asked_until = ${row.form.special["until"]}::date`);
      break;
    }
    case "renew":
      set.push(sql`asked_until = ${ask.until}::date`);
      due(addDays(tx.at, days.answerFreeze));
      break;
    case "formal-copy":
      if (row.formal_due === null || row.formal_at !== null)
        throw new AssistanceError("NOT_NOW", { state: row.state, step: rule.step });
      set.push(sql`formal_at = ${tx.at}`);
      break;
    case "assign":
      await node.requests.assign(tx, row.id, ask.desk!);
      due(addDays(tx.at, days.execute));
      break;
    case "order":
    case "postpone":
    case "track":
      due(endOfDay(ask.until!));
      break;
    case "register":
    case "complete":
    case "resume":
    case "supply":
    case "go-on":
      due(addDays(tx.at, days.execute));
      break;
    case "preserve":
    case "preserve-partly":
      set.push(sql`kept_until = ${ask.until}::date`, sql`code = null`);
      due(null);
      break;
    case "refuse":
    case "not-held":
      set.push(sql`code = ${ask.code ?? null}`);
      due(null);
      await node.requests.moves(tx, row.id, row.kind === "formal" ? "refused" : "answered", said);
      break;
    case "ask":
      set.push(sql`code = ${ask.code ?? null}`);
      due(null);
      break;
    case "withdraw":
      due(null);
      if (row.sent === null) await node.requests.drop(tx, row.id);
      else await node.requests.moves(tx, row.id, "withdrawn", said);
      break;
    case "close":
      due(null);
      await node.requests.moves(tx, row.id, "closed", said);
      break;
    case "executed":
    case "receive":
    case "use":
    case "give-back":
      due(null);
      break;
    case "admit":
    case "execute":
    case "product":
    case "partly":
      break;
  }
  await sql`update simpul.assistances set ${sql.join(set)} where id = ${row.id}`.execute(tx.rows);
}

/** One line of the story. */
export async function addStep(
  tx: Writer,
  row: Pick<AssistanceRow, "id">,
  line: {
    step: string;
    state: AssistanceState;
    side: "ours" | "theirs";
    by: Id | null;
    text: string;
    code: string | null;
    until: string | null;
  },
): Promise<void> {
  await sql`insert into simpul.assistance_steps (assistance_id, id, at, step, state, side, officer_id, text, code, until)
    values (${row.id}, ${tx.newId()}, ${tx.at}, ${line.step}, ${line.state}, ${line.side}, ${line.by}, ${line.text},
      ${line.code}, ${line.until}::date)`.execute(tx.rows);
}

async function envelope<T extends WireType>(
  tx: Writer,
  to: NodeCode,
  kind: T,
  body: Wire<T>,
  urgent: boolean,
): Promise<void> {
  await tx.send({ id: tx.newId(), to, kind, body, urgent });
}

/** The form as the state that is asked reads it; what is named and attached goes with the request itself. */
function sentOf(row: AssistanceRow, agency: Id): Wire<"assistance.sent"> {
  const { to: _to, records: _records, items: _items, ...said } = row.form;
  const formalDue = row.formal_due === null ? null : row.formal_due.toISOString();
  return { agency, thread: row.id, kind: row.kind, ...said, formalDue };
}

async function tellOther(
  node: AssistanceNode,
  tx: Writer,
  row: AssistanceRow,
  rule: StepRule,
  ask: AskStep,
): Promise<void> {
  // Whoever has it on paper is told on paper.
  if (row.correspondent !== null) return;
  const { agency } = officerOf(tx.standing);
  // It went right behind its request.
  if (rule.step === "send" || rule.step === "freeze") return;
  const withdrawn = rule.step === "withdraw" && row.sent === null;
  if (withdrawn || (rule.tells === null && rule.step !== "formal-copy")) return;
  await envelope(
    tx,
    row.peer,
    "assistance.said",
    {
      agency,
      thread: row.id,
      step: rule.step,
      text: ask.text.trim(),
      code: codeOf(rule, ask),
      until: rule.needs.includes("until") ? (ask.until ?? null) : null,
      at: tx.at.toISOString(),
    },
    row.urgent,
  );
}
