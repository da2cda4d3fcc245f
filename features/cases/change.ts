// Editing what lies in a case so that nothing is lost: versions, two officers at one field, removing and bringing back.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { actFor, checkField, checkSpan, findable, grade, newPseudonym, shapeRefusal } from "./add.ts";
import { caseId, findCase } from "./cases.ts";
import { CasesError } from "./contract.ts";
import type { CaseRecord, Edit, Fields, RecordKind } from "./contract.ts";
import { refuseHanded } from "./handed.ts";
import { caseFields, keptFields, kinds } from "./kinds.ts";
import { factsOf, officerOf, requireAct } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { editsOf, iso, json, readRecord, tableOf, updateField } from "./records.ts";
import type { Row } from "./records.ts";
import { isProtected, limits, refuseIdentity, sameValue, weigh } from "./rules.ts";
import { caseEntry, dropWords, keepWords, reopenWords } from "./words-index.ts";

export interface AskEdit {
  field: string;
  value: unknown;
  /** The version of the field that its author had read. */
  read: number;
}
export type Edited = { kind: "same" | "stands" | "conflict"; version: number };

/** A record as an editor meets it: locked, with the value that stands in a field. */
interface Editing {
  caseId: Id;
  kind: RecordKind | "case";
  id: Id;
  table: RawBuilder<unknown>;
  where: RawBuilder<unknown>;
  field: { column: string; json?: true; shape: (typeof keptFields)[string]["shape"] };
  name: string;
  standing: { version: number; value: unknown };
  createdBy: Id | null;
  createdAt: string;
  record: Row;
}

async function meet(
  tx: Writer,
  id: Id,
  kind: RecordKind | "case",
  record: Id,
  name: string,
): Promise<Editing> {
  const field = kind === "case" ? caseFields[name] : (kinds[kind].fields[name] ?? keptFields[name]);
  if (!field || field.fixed === true) throw new CasesError("NOT_A_FIELD", name.slice(0, 40));
  if (kind === "case") {
    if (record !== id) throw new CasesError("NOT_FOUND", record);
    await sql`select 1 from simpul.cases where id = ${id} for update`.execute(tx.rows);
    const row = await findCase(tx, id);
    const versions = row["versions"] as Record<string, number>;
    return {
      caseId: id,
      kind,
      id,
      table: sql`simpul.cases`,
      where: sql`id = ${id}`,
      field,
      name,
      standing: { version: versions[name] ?? 1, value: row[field.column] },
      createdBy: row["opened_by"] as Id | null,
      createdAt: iso(row["opened_at"]),
      record: row,
    };
  }
  const found = await readRecord(tx, id, kind, record, true);
  if (found.removed) throw new CasesError("NOT_FOUND", record);
  return {
    caseId: id,
    kind,
    id: record,
    table: tableOf(kind),
    where: sql`case_id = ${id} and id = ${record}`,
    field,
    name,
    standing: {
      version: found.versions[name] ?? 1,
      value: (found as unknown as Row)[name],
    },
    createdBy: found.createdBy,
    createdAt: found.createdAt,
    record: found as unknown as Row,
  };
}

/**
 * Edits one field. An edit whose author had read an older value becomes a conflict: both values are kept and shown,
 * and nothing changes until an officer chooses with `settle`.
 */
export async function editField(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kind: RecordKind | "case",
  record: Id,
  ask: AskEdit,
): Promise<Edited> {
  const done = await node.store.write(standing, (tx) => editIn(node, tx, ref, kind, record, ask));
  if (done.edited.kind !== "same") node.wake(`case:${done.id}`);
  return done.edited;
}

/** The same within an act; `id` is the case's. */
export async function editIn(
  node: CasesNode,
  tx: Writer,
  ref: string,
  kind: RecordKind | "case",
  record: Id,
  ask: AskEdit,
): Promise<{ id: Id; edited: Edited }> {
  const id = await caseId(tx, ref);
  await requireAct(node, tx, kind === "case" ? "case.edit" : actFor(kind), id);
  await refuseHanded(tx, id, record);
  const editing = await meet(tx, id, kind, record, ask.field);
  const value = await parseValue(node, tx, editing, ask.value);
  const edits = await editsOf(tx, id, record, ask.field);
  const newest = edits.reduce((top, edit) => Math.max(top, edit.version), editing.standing.version);
  if (!Number.isInteger(ask.read) || ask.read < 1 || ask.read > newest)
    throw new CasesError("NOT_A_VALUE", "read");
  const weighed = weighing(editing, newest, { read: ask.read, value });
  if (weighed.kind === "same") {
    tx.note("case.edit-same", { id: record, case: id, record: kind, field: ask.field });
    return { id, edited: { kind: "same", version: editing.standing.version } };
  }
  if (
    weighed.kind === "conflict" &&
    edits.filter((edit) => edit.standing === "conflict").length >= limits.openConflicts
  )
    throw new CasesError("LIMIT_REACHED", "conflicts");
  if (edits.length === 0) await keepFirst(tx, editing);
  if (weighed.kind === "stands") await supersede(tx, editing);
  await keepEdit(tx, editing, {
    version: weighed.version,
    base: ask.read,
    value,
    standing: weighed.kind === "stands" ? "current" : "conflict",
  });
  if (weighed.kind === "stands") await apply(tx, editing, value, weighed.version);
  const facts = { id: record, case: id, record: kind, field: ask.field, version: weighed.version };
  tx.note(weighed.kind === "stands" ? "case.edited" : "case.edit-conflict", facts);
  return { id, edited: { kind: weighed.kind, version: weighed.version } };
}

/** A regrade compares the grades, not the day on which they were given. */
function weighing(
  editing: Editing,
  newest: number,
  edit: { read: number; value: unknown },
): ReturnType<typeof weigh> {
  if (editing.name !== "evaluation") return weigh(editing.standing, newest, edit);
  const grades = (of: unknown): unknown => {
    const { source, information } = of as { source: string; information: string };
    return { source, information };
  };
  return sameValue(grades(editing.standing.value), grades(edit.value))
    ? { kind: "same" }
    : weigh(editing.standing, newest, edit);
}

async function parseValue(node: CasesNode, tx: Writer, editing: Editing, given: unknown): Promise<unknown> {
  const parsed = editing.field.shape.safeParse(given);
  if (!parsed.success) throw shapeRefusal(parsed.error.issues[0]);
  let value: unknown = parsed.data;
  if (editing.name === "evaluation") value = grade(tx.standing, tx.at, value as never);
  await checkField(node, tx, editing.caseId, editing.kind, editing.name, value);
  if (editing.kind === "case" && editing.name === "covert" && value === true) await staysInSight(tx, editing);
  if (editing.kind === "subject") {
    const subject = { ...(editing.record as unknown as Fields["subject"]), [editing.name]: value };
    // A protected subject takes no name by any way; a named one becomes protected by losing it (see `shield`).
    if (editing.name !== "role") refuseIdentity(subject);
    if (editing.name === "pseudonym") throw new CasesError("NOT_A_FIELD", "pseudonym");
    if (editing.name === "names" && subject.names.length === 0 && !isProtected(subject.role))
      throw new CasesError("NOT_A_VALUE", "names");
  }
  if (editing.kind === "event" && (editing.name === "began" || editing.name === "ended")) {
    const event = { ...(editing.record as unknown as Fields["event"]), [editing.name]: value };
    checkSpan(event.began, event.ended);
  }
  return value;
}

/** Nobody makes a case covert that she could then not see: first its team, or a supervisor of its desk. */
async function staysInSight(tx: Writer, editing: Editing): Promise<void> {
  const officer = officerOf(tx.standing);
  const { team, desk } = await factsOf(tx, editing.caseId);
  const supervises = desk === officer.desk && officer.roles.includes("supervisor");
  if (!team.includes(officer.id) && !supervises) throw new CasesError("OUT_OF_SIGHT", "covert");
}

/** The value a field was born with becomes its first version when somebody edits it. */
const keepFirst = (tx: Writer, editing: Editing): Promise<void> =>
  keepEdit(tx, editing, {
    version: editing.standing.version,
    base: 0,
    value: editing.standing.value,
    standing: "current",
    by: editing.createdBy,
    at: new Date(editing.createdAt),
  });

async function keepEdit(
  tx: Writer,
  editing: Editing,
  edit: Pick<Edit, "version" | "base" | "value" | "standing"> & { by?: Id | null; at?: Date },
): Promise<void> {
  const by =
    edit.by === undefined ? (tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null) : edit.by;
  await sql`insert into simpul.case_edits (case_id, record_id, field, version, base, value, standing, edited_by, edited_at)
    values (${editing.caseId}, ${editing.id}, ${editing.name}, ${edit.version}, ${edit.base}, ${json(edit.value ?? null)},
      ${edit.standing}, ${by}, ${edit.at ?? tx.at})`.execute(tx.rows);
}

async function supersede(tx: Writer, editing: Editing): Promise<void> {
  await sql`update simpul.case_edits set standing = 'superseded' where case_id = ${editing.caseId}
    and record_id = ${editing.id} and field = ${editing.name} and standing = 'current'`.execute(tx.rows);
}

async function apply(tx: Writer, editing: Editing, value: unknown, version: number): Promise<void> {
  const { caseId: id, kind, name } = editing;
  if (kind === "subject" && name === "role") {
    await applyRole(tx, editing, value as Fields["subject"]["role"], version);
  } else {
    await updateField(tx, editing.table, editing.where, editing.field, { name, value, version });
  }
  if (kind === "event" && name === "began") {
    await sql`update simpul.case_events set begins_at = ${checkSpan(value as string, null)} where ${editing.where}`.execute(
      tx.rows,
    );
  }
  if (kind === "case") {
    if (name === "title")
      await keepWords(tx, id, id, caseEntry(editing.record["number"] as string, value as string));
    if (name === "covert") await reopenWords(tx, id);
  } else {
    await sql`update simpul.cases set changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    await findable(tx, id, kind, editing.id);
  }
}

/**
 * A subject's role. Who comes under protection loses here, in every version, whatever could name her (VIC-1): names,
 * birth, nationality and note leave the case, and a pseudonym stands in their place.
 */
async function applyRole(
  tx: Writer,
  editing: Editing,
  role: Fields["subject"]["role"],
  version: number,
): Promise<void> {
  const was = editing.record as unknown as Fields["subject"];
  const versions = json({ role: version });
  if (!isProtected(role) || isProtected(was.role)) {
    await sql`update simpul.case_subjects set role = ${role}, versions = versions || ${versions}, changed_at = ${tx.at}
      where ${editing.where}`.execute(tx.rows);
    return;
  }
  const pseudonym = was.pseudonym ?? (await newPseudonym(tx, editing.caseId, role));
  await sql`update simpul.case_subjects set role = ${role}, pseudonym = ${pseudonym}, names = '[]', birth = null,
      nationalities = '[]', note = '', versions = versions || ${versions}, changed_at = ${tx.at}
    where ${editing.where}`.execute(tx.rows);
  await sql`update simpul.case_edits set value = null, standing = 'withheld' where case_id = ${editing.caseId}
    and record_id = ${editing.id} and field in ('names', 'birth', 'nationalities', 'note')`.execute(tx.rows);
  tx.note("case.subject-shielded", { id: editing.id, case: editing.caseId });
}

/** An officer chooses which of the values of a field stands; the others are set aside, and stay in its history. */
export async function settle(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kind: RecordKind | "case",
  record: Id,
  choice: { field: string; version: number },
): Promise<void> {
  const id = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, kind === "case" ? "case.edit" : actFor(kind), id);
    await refuseHanded(tx, id, record);
    const editing = await meet(tx, id, kind, record, choice.field);
    const edits = await editsOf(tx, id, record, choice.field);
    const open = edits.filter((edit) => edit.standing === "conflict");
    const chosen = edits.find((edit) => edit.version === choice.version);
    if (open.length === 0 || !chosen || !["conflict", "current"].includes(chosen.standing))
      throw new CasesError("NOTHING_TO_SETTLE", choice.field);
    const at = sql`case_id = ${id} and record_id = ${record} and field = ${choice.field}`;
    if (chosen.standing === "conflict") {
      const value = await parseValue(node, tx, editing, chosen.value);
      await supersede(tx, editing);
      await sql`update simpul.case_edits set standing = 'current' where ${at} and version = ${chosen.version}`.execute(
        tx.rows,
      );
      await apply(tx, editing, value, chosen.version);
    }
    await sql`update simpul.case_edits set standing = 'set-aside' where ${at} and standing = 'conflict'`.execute(
      tx.rows,
    );
    tx.note("case.settled", {
      id: record,
      case: id,
      record: kind,
      field: choice.field,
      version: choice.version,
    });
    return id;
  });
  node.wake(`case:${id}`);
}

/** Takes a record out of the case, or brings it back; either way it stays in the database and says who did it. */
export async function removeRecord(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kind: RecordKind,
  record: Id,
  removed: boolean,
): Promise<CaseRecord<RecordKind>> {
  const done = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, actFor(kind), id);
    await refuseHanded(tx, id, record);
    const found = await readRecord(tx, id, kind, record, true);
    const by = tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null;
    await sql`update ${tableOf(kind)} set removed_at = ${removed ? tx.at : null}, removed_by = ${removed ? by : null}
      where case_id = ${id} and id = ${record}`.execute(tx.rows);
    if (removed) await dropWords(tx, id, record);
    else await findable(tx, id, kind, record);
    tx.note(removed ? `case.${kind}-removed` : `case.${kind}-restored`, { id: record, case: id });
    return { id, found };
  });
  node.wake(`case:${done.id}`);
  return done.found;
}
