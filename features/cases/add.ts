// Putting something into a case: checked against the codes in force and the case itself, marked, graded, findable.
import { Evaluation, Handling } from "@simpul/model";
import type { Id } from "@simpul/model";
import { normalise } from "@simpul/match/profiles";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { requireCode } from "./codes.ts";
import { CasesError } from "./contract.ts";
import type { CaseRecord, ConfirmedFinding, Fields, Graded, RecordKind, Source } from "./contract.ts";
import { kinds } from "./kinds.ts";
import { officerOf, requireAct } from "./node.ts";
import type { Act4Case, CasesNode } from "./node.ts";
import { caseId } from "./cases.ts";
import { countRecords, insertRecord, readRecord, requireInCase } from "./records.ts";
import type { NewKept, Row } from "./records.ts";
import { isProtected, limits, nextPseudonym, parseWhen, refuseIdentity } from "./rules.ts";
import { keepWords, recordEntry } from "./words-index.ts";

/** How it is marked and where it comes from; what is left out is HC-3's default, "not evaluated", the officer's word. */
export interface AskKept {
  handling?: Handling | undefined;
  evaluation?: Evaluation | undefined;
  source?: Source | undefined;
}

/** EV-1: a grade with its scheme, the grading desk and the day. */
export function grade(standing: Standing, at: Date, given: Evaluation): Graded {
  const desk = standing.actor.kind === "officer" ? standing.actor.desk : null;
  const { source, information } = given;
  return { scheme: "4x4", source, information, desk, on: at.toISOString().slice(0, 10) };
}

export const keptOf = (tx: Writer, ask: AskKept): NewKept => ({
  handling: ask.handling ?? Handling.usual,
  evaluation: grade(tx.standing, tx.at, ask.evaluation ?? Evaluation.none),
  source: ask.source ?? { kind: "officer" },
});

/** Which act of the policy each kind needs. */
export const actFor = (kind: RecordKind): Act4Case =>
  kind === "task" ? "case.task" : kind === "note" ? "case.note" : "case.edit";

/** Adds a record to a case and gives it back as it now stands. `fields` are as sent. */
export async function addRecord<K extends RecordKind>(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kind: K,
  fields: unknown,
  ask: AskKept = {},
): Promise<CaseRecord<K>> {
  const parsed = kinds[kind].shape.safeParse(fields);
  if (!parsed.success) throw shapeRefusal(parsed.error.issues[0]);
  const added = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, actFor(kind), id);
    const record = await insert(node, tx, id, kind, parsed.data, ask);
    tx.note(`case.${kind}-added`, { id: record, case: id });
    return { id, record: await readRecord(tx, id, kind, record) };
  });
  node.wake(`case:${added.id}`);
  return added.record;
}

/** A task in another room's act, by who may give tasks in this case; the gap it closes is that room's matter. */
export async function addTask(
  node: CasesNode,
  tx: Writer,
  id: Id,
  task: { title: string; desk: Id; due: string; note: string },
): Promise<Id> {
  const parsed = kinds.task.shape.safeParse({ ...task, owner: null });
  if (!parsed.success) throw shapeRefusal(parsed.error.issues[0]);
  await requireAct(node, tx, actFor("task"), id);
  const record = await insert(node, tx, id, "task", parsed.data, {});
  tx.note("case.task-added", { id: record, case: id });
  return record;
}

interface Issue {
  code?: string | undefined;
  keys?: string[];
  message?: string;
  path?: PropertyKey[];
}
/** Names of refusals that a shape may give of itself; anything else is simply no value. */
const codeOf = (issue: Issue | undefined): "NOT_A_DATE" | "NOT_A_FIELD" | "NOT_A_VALUE" =>
  issue?.message === "NOT_A_DATE"
    ? "NOT_A_DATE"
    : issue?.code === "unrecognized_keys"
      ? "NOT_A_FIELD"
      : "NOT_A_VALUE";

/** What a shape did not take, with the name of the field. */
export function shapeRefusal(issue: Issue | undefined): CasesError {
  const path = [...(issue?.path ?? []), ...(issue?.keys ?? []).slice(0, 1)].map(String).join(".");
  const field = /^[A-Za-z0-9.]{1,60}$/.test(path) ? { field: path } : undefined;
  return new CasesError(codeOf(issue), `${path} ${issue?.message ?? ""}`.trim(), undefined, field);
}

async function insert(
  node: CasesNode,
  tx: Writer,
  id: Id,
  kind: RecordKind,
  fields: Row,
  ask: AskKept,
): Promise<Id> {
  if ((await countRecords(tx, id, kind)) >= limits.recordsOfKind) throw new CasesError("LIMIT_REACHED", kind);
  if (ask.source?.kind === "note") await requireInCase(tx, id, "note", [ask.source.note]);
  const kept = keptOf(tx, ask);
  const { lists, extra } = await prepare(node, tx, id, kind, fields);
  if (kind === "selector") return insertSelector(tx, id, fields as Fields["selector"], kept);
  const record = await insertRecord(tx, id, kind, { ...fields, ...lists }, kept, extra);
  await findable(tx, id, kind, record);
  return record;
}

/** What a kind checks and fills in before it is kept. */
async function prepare(
  node: CasesNode,
  tx: Writer,
  id: Id,
  kind: RecordKind,
  fields: Row,
): Promise<{ lists: Row; extra: Row }> {
  switch (kind) {
    case "subject": {
      const subject = fields as unknown as Fields["subject"];
      refuseIdentity(subject);
      if (!isProtected(subject.role)) {
        if (subject.names.length === 0) throw new CasesError("NOT_A_VALUE", "names");
        return { lists: { pseudonym: null }, extra: {} };
      }
      return { lists: { pseudonym: await newPseudonym(tx, id, subject.role) }, extra: {} };
    }
    case "event": {
      const event = fields as unknown as Fields["event"];
      requireCode(node.codes.cases.events, event.kind);
      const extra = { begins_at: checkSpan(event.began, event.ended) };
      await checkField(node, tx, id, "event", "subjects", event.subjects);
      await checkField(node, tx, id, "event", "place", event.place);
      return { lists: {}, extra };
    }
    case "link": {
      const link = fields as unknown as Fields["link"];
      requireCode(node.codes.cases.links, link.kind);
      await requireInCase(tx, id, "subject", [link.from]);
      await requireInCase(tx, id, link.toKind, [link.to]);
      if (link.from === link.to) throw new CasesError("NOT_A_VALUE", "to");
      if (link.began !== null) checkSpan(link.began, link.ended);
      return { lists: {}, extra: {} };
    }
    case "place":
      requireCode(node.codes.cases.places, (fields as unknown as Fields["place"]).kind);
      return { lists: {}, extra: {} };
    case "selector":
      await checkField(node, tx, id, "selector", "subject", fields["subject"]);
      return { lists: {}, extra: {} };
    case "task":
    case "note":
    case "decision":
      return { lists: {}, extra: {} };
  }
}

/** Throws `NOT_A_DATE` when it ends before it began. */
export function checkSpan(began: string, ended: string | null): Date {
  const { begins } = parseWhen(began);
  if (ended !== null && parseWhen(ended).ends <= begins) throw new CasesError("NOT_A_DATE", "ended");
  return begins;
}

/** What one field checks against codes and case, when added and when edited. */
export async function checkField(
  node: CasesNode,
  tx: Writer,
  id: Id,
  kind: RecordKind | "case",
  field: string,
  value: unknown,
): Promise<void> {
  switch (`${kind}.${field}`) {
    case "case.crimeType":
      requireCode(
        node.codes.crimeTypes.types.map((type) => type.code),
        value as string,
      );
      return;
    case "place.kind":
      requireCode(node.codes.cases.places, value as string);
      return;
    case "event.kind":
      requireCode(node.codes.cases.events, value as string);
      return;
    case "link.kind":
      requireCode(node.codes.cases.links, value as string);
      return;
    case "event.subjects":
      await requireInCase(tx, id, "subject", value as Id[]);
      return;
    case "event.place":
      if (value !== null) await requireInCase(tx, id, "place", [value as Id]);
      return;
    case "selector.subject":
      if (value !== null) await requireInCase(tx, id, "subject", [value as Id]);
      return;
  }
}

/** `V-3` for the third victim of a case; one that was removed keeps its number. */
export async function newPseudonym(tx: Writer, id: Id, role: Fields["subject"]["role"]): Promise<string> {
  const { rows } = await sql<{ pseudonym: string }>`select pseudonym from simpul.case_subjects
    where case_id = ${id} and pseudonym is not null`.execute(tx.rows);
  return nextPseudonym(
    role,
    rows.map((row) => row.pseudonym),
  );
}

/** A selector, normalised here or as it was given; the same value from the same source stays one. */
export async function insertSelector(
  tx: Writer,
  id: Id,
  fields: Pick<Fields["selector"], "type" | "written" | "role" | "subject" | "note">,
  kept: NewKept,
  given?: { canonical: string; profile: string; valid: boolean },
): Promise<Id> {
  const value = given ?? normalise(fields.type, fields.written, { region: officerOf(tx.standing).node });
  if (value.canonical === "" || Buffer.byteLength(value.canonical) > 2000)
    throw new CasesError("NOT_A_SELECTOR", fields.type);
  const { rows } = await sql<{
    id: Id;
  }>`select simpul.selector_value(${tx.newId()}, ${fields.type}, ${value.canonical},
    ${value.profile}) as id`.execute(tx.rows);
  const valueId = rows[0]!.id;
  const there = await sameOccurrence(tx, id, valueId, kept.source);
  if (there !== null) {
    if (given !== undefined) return there;
    throw new CasesError("ALREADY_THERE", there);
  }
  const extra = { value_id: valueId, valid: value.valid };
  const record = await insertRecord(tx, id, "selector", { ...fields }, kept, extra);
  await findable(tx, id, "selector", record);
  return record;
}

/** The same value from the same item (or, without one, on the same word) is one occurrence. */
async function sameOccurrence(tx: Writer, id: Id, value: Id, source: Source): Promise<Id | null> {
  const same = source.kind === "item" ? sql`source ->> 'item' = ${source.item}` : sql`not source ? 'item'`;
  const { rows } = await sql<{ id: Id }>`select id from simpul.selector_occurrences
    where case_id = ${id} and value_id = ${value} and removed_at is null and ${same} limit 1`.execute(
    tx.rows,
  );
  return rows[0]?.id ?? null;
}

/** Findings that an officer confirmed become selectors of the case; whose each is was her choice (HIT-1). */
export async function insertFindings(
  tx: Writer,
  id: Id,
  findings: readonly ConfirmedFinding[],
): Promise<Id[]> {
  const made: Id[] = [];
  for (const finding of findings) {
    const { type, written, role, item, place } = finding;
    const source: Source = { kind: "item", item, ...(place === undefined ? {} : { place }) };
    const kept = keptOf(tx, { handling: finding.handling, evaluation: finding.evaluation, source });
    made.push(await insertSelector(tx, id, { type, written, role, subject: null, note: "" }, kept, finding));
  }
  return [...new Set(made)];
}

/** Keeps the search index with the record. */
export async function findable(tx: Writer, id: Id, kind: RecordKind, record: Id): Promise<void> {
  if (kind !== "subject" && kind !== "selector" && kind !== "place") return;
  const found = await readRecord(tx, id, kind, record);
  await keepWords(tx, id, record, recordEntry(found as Parameters<typeof recordEntry>[0]));
}
