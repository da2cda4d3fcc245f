// This room's side of the exchange: the formal request that follows its way, and the steps that one side tells the other.
import { EnvelopeRefused, type Envelope, type PeerPart } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { addStep } from "./act.ts";
import type { Form, Step } from "./contract.ts";
import { noteGap } from "./legal-gap.ts";
import { json, rowOf, type AssistanceNode, type AssistanceRow } from "./node.ts";
import { addDays, endOfDay } from "./rules.ts";
import { read, wire } from "./shapes.ts";
import { answersAsked, hears, isOver } from "./contract/steps.ts";

/** Told after the commit: a page that asks now finds what arrived. */
const soon = (run: () => void): void => void setTimeout(run, 50).unref();

export function assistancePart(node: AssistanceNode): PeerPart {
  const wake = (id: Id, of: Id | null) =>
    soon(() => {
      node.wake(`assistance:${id}`);
      node.wake(`request:${id}`);
      if (of !== null) node.wake(`case:${of}`);
    });
  return {
    takes: {
      "assistance.sent": async (tx, envelope) => wake(await takeSent(node, tx, envelope), null),
      "assistance.said": async (tx, envelope) => {
        const row = await takeSaid(node, tx, envelope);
        wake(row.id, row.case_id);
      },
    },
    // What is in it left with the request that is its way, about which was asked; a step shows where it stands.
    leaves: Object.fromEntries(
      Object.keys(wire).map((kind) => [kind, () => Promise.resolve({ kind: "may" })]),
    ),
  };
}

async function takeSent(node: AssistanceNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const body = read("assistance.sent", envelope.body);
  const { agency: _agency, thread, kind, formalDue, ...said } = body;
  const way = await node.requests.arrived(tx, thread, envelope.from);
  if (way?.kind !== kind) throw new EnvelopeRefused("UNKNOWN_RECORD", "its request");
  if (said.urgent && said.urgencyReason === "")
    throw new EnvelopeRefused("BAD_BODY", "urgent without its reason");
  if (formalDue !== null && !said.urgent)
    throw new EnvelopeRefused("BAD_BODY", "a formal copy of what is one");
  const form: Form = { ...said, to: node.code, records: [], items: [] };
  const { days } = node.codes;
  const due = addDays(tx.at, kind === "formal" ? days.acknowledge : days.answerFreeze);
  const until = kind === "preservation" ? (said.special["until"] ?? null) : null;
  if (until !== null && !/^\d{4}-\d{2}-\d{2}$/.test(until)) throw new EnvelopeRefused("BAD_BODY", "until");
  const made =
    await sql`insert into simpul.assistances (id, direction, kind, peer, state, type, reference, form, urgent,
      formal_due, due_at, asked_until, created_at, changed_at)
    values (${thread}, 'incoming', ${kind}, ${envelope.from}, 'arrived', ${said.type}, ${way.reference}, ${json(form)},
      ${said.urgent}, ${formalDue}::timestamptz, ${due}, ${until}::date, ${tx.at}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  if (made.numAffectedRows !== 1n) throw new EnvelopeRefused("BAD_BODY", "one that is there already");
  await addStep(
    tx,
    { id: thread },
    {
      step: kind === "formal" ? "send" : "freeze",
      state: "arrived",
      side: "theirs",
      by: null,
      text: "",
      code: null,
      until: null,
    },
  );
  tx.note("assistance.arrived", { id: thread, peer: envelope.from, assistance: kind, type: said.type });
  return thread;
}

async function takeSaid(node: AssistanceNode, tx: Writer, envelope: Envelope): Promise<AssistanceRow> {
  const body = read("assistance.said", envelope.body);
  const row = await rowOf(tx, body.thread, { lock: true }).catch(() => null);
  if (row === null || row.peer !== envelope.from) throw new EnvelopeRefused("UNKNOWN_RECORD", "assistance");
  const rule = hears(row.kind, row.direction, body.step)[0];
  if (rule === undefined) throw new EnvelopeRefused("NOT_ALLOWED", `${body.step} is not theirs to say`);
  for (const need of rule.needs)
    if ((need === "until" && body.until === null) || (need === "code" && body.code === null))
      throw new EnvelopeRefused("BAD_BODY", `${body.step} without ${need}`);
  const news = isNews(row, body.step);
  const state = news ? (rule.tells ?? row.state) : row.state;
  const set = [sql`changed_at = ${tx.at}`, sql`state = ${state}`];
  const { days } = node.codes;
  const said = { text: body.text, theirs: true };
  if (news)
    switch (body.step) {
      case "register":
      case "assign":
      case "execute":
      case "resume":
      case "supply":
      case "go-on":
        set.push(sql`due_at = ${addDays(tx.at, days.execute)}`);
        break;
      case "order":
      case "postpone":
        set.push(sql`due_at = ${endOfDay(body.until!)}`, sql`code = ${body.code}`);
        break;
      case "ask":
        set.push(sql`due_at = null`, sql`code = ${body.code}`);
        break;
      case "refuse":
      case "not-held":
        set.push(sql`due_at = null`, sql`code = ${body.code}`);
        await node.requests.moves(tx, row.id, row.kind === "formal" ? "refused" : "answered", said);
        await noteGap(node, tx, row, body.code);
        break;
      case "preserve":
      case "preserve-partly":
        set.push(sql`due_at = null`, sql`code = null`, sql`kept_until = ${body.until}::date`);
        break;
      case "renew":
        set.push(sql`asked_until = ${body.until}::date`, sql`due_at = ${addDays(tx.at, days.answerFreeze)}`);
        break;
      case "formal-copy":
        set.push(sql`formal_at = coalesce(formal_at, ${tx.at})`);
        break;
      case "executed":
        set.push(sql`due_at = null`);
        break;
      case "withdraw":
        set.push(sql`due_at = null`);
        await node.requests.moves(tx, row.id, "withdrawn", said);
        break;
      case "close":
        set.push(sql`due_at = null`);
        await node.requests.moves(tx, row.id, "closed", said);
        break;
      default:
        break;
    }
  await sql`update simpul.assistances set ${sql.join(set)} where id = ${row.id}`.execute(tx.rows);
  await addStep(tx, row, {
    step: body.step,
    state,
    side: "theirs",
    by: null,
    text: body.text,
    code: body.code,
    until: body.until,
  });
  tx.note("assistance.said", {
    id: row.id,
    peer: envelope.from,
    step: body.step,
    ...(row.case_id !== null && { case: row.case_id }),
  });
  return row;
}

/** What crosses on the way, or comes once it is over here, stands in the story and moves nothing. */
function isNews(row: AssistanceRow, step: Step): boolean {
  if (isOver(row.state)) return false;
  if (step === "close" || step === "withdraw" || step === "formal-copy") return true;
  if (row.direction === "incoming")
    return step === "supply" || step === "go-on"
      ? row.state === "information-asked" && answersAsked(step, row.code)
      : ["arrived", "preserved", "partly"].includes(row.state);
  const waits =
    row.kind === "preservation"
      ? ["sent", "preserved", "partly"]
      : ["sent", "acknowledged", "in-execution", "information-asked", "postponed", "partly-executed"];
  if (!waits.includes(row.state)) return false;
  return step !== "register" || row.state === "sent";
}
