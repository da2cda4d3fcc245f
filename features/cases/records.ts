// The SQL of what lies in a case: kinds and fields to tables and columns, in both directions.
import type { Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { CasesError, recordKinds } from "./contract.ts";
import type { CaseRecord, Conflict, Edit, Graded, RecordKind, Records, Source } from "./contract.ts";
import { kinds } from "./kinds.ts";
import { limits } from "./rules.ts";
import type { Handling } from "@simpul/model";

type Rows = Pick<Reader | Writer, "rows">;
export type Row = Record<string, unknown>;

const column = (name: string): RawBuilder<unknown> => sql.ref(`t.${name}`);
export const tableOf = (kind: RecordKind): RawBuilder<unknown> => sql.table(`simpul.${kinds[kind].table}`);
export const iso = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** JSON for a jsonb column; the driver would write a list as a PostgreSQL array. */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
const stored = (field: { json?: true }, value: unknown): RawBuilder<unknown> =>
  field.json === true && value !== null ? json(value) : sql`${value}`;

/** What a new record carries beside its fields. */
export interface NewKept {
  handling: Handling;
  evaluation: Graded;
  source: Source;
}

/** Inserts a record with its fields; `extra` are columns that no field names. */
export async function insertRecord(
  tx: Writer,
  caseId: Id,
  kind: RecordKind,
  fields: Row,
  kept: NewKept,
  extra: Row = {},
): Promise<Id> {
  const id = tx.newId();
  const { actor } = tx.standing;
  const by = actor.kind === "officer" ? actor.id : null;
  const columns: [string, RawBuilder<unknown>][] = [
    ["case_id", sql`${caseId}`],
    ["id", sql`${id}`],
    ...Object.entries(kinds[kind].fields)
      // The value of a selector lies once per node; its occurrence only points there.
      .filter(([name]) => !(kind === "selector" && name === "type"))
      .map(([name, field]): [string, RawBuilder<unknown>] => [
        field.column,
        stored(field, fields[name] ?? null),
      ]),
    ...Object.entries(extra).map(([name, value]): [string, RawBuilder<unknown>] => [name, sql`${value}`]),
    ["handling", json(kept.handling)],
    ["evaluation", json(kept.evaluation)],
    ["source", json(kept.source)],
    ["created_by", sql`${by}`],
    ["created_at", sql`${tx.at}`],
    ["changed_at", sql`${tx.at}`],
  ];
  await sql`insert into ${tableOf(kind)} (${sql.join(columns.map(([name]) => sql.ref(name)))})
    values (${sql.join(columns.map(([, value]) => value))})`.execute(tx.rows);
  return id;
}

/** Sets one column, and which version of its field stands. */
export async function updateField(
  tx: Writer,
  table: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  field: { column: string; json?: true },
  change: { name: string; value: unknown; version: number },
): Promise<void> {
  const version = json({ [change.name]: change.version });
  await sql`update ${table} set ${sql.ref(field.column)} = ${stored(field, change.value)},
      versions = versions || ${version}, changed_at = ${tx.at}
    where ${where}`.execute(tx.rows);
}

// Cleaned text of an invalid value is for people to read, never to match (match/profiles).
const elsewhere = sql`(select count(distinct o.case_id)::int from simpul.selector_occurrences o
    where t.valid and o.valid and o.value_id = t.value_id and o.case_id <> t.case_id and o.removed_at is null)`;

function selection(kind: RecordKind): RawBuilder<unknown> {
  const own = Object.entries(kinds[kind].fields)
    .filter(([name]) => !(kind === "selector" && name === "type"))
    .map(([name, field]) => sql`${column(field.column)} as ${sql.ref(name)}`);
  const value =
    kind === "selector"
      ? // RFI-12: counted under the reader's own row security, so that a hidden case is not even a number.
        [sql`v.type, v.canonical, v.profile, t.valid, ${elsewhere} as elsewhere`]
      : [];
  return sql.join([
    ...own,
    ...value,
    sql`t.case_id, t.id, t.handling, t.evaluation, t.source, t.versions, t.created_by, t.created_at, t.changed_at`,
  ]);
}
const from = (kind: RecordKind): RawBuilder<unknown> =>
  kind === "selector"
    ? sql`simpul.selector_occurrences t join simpul.selector_values v on v.id = t.value_id`
    : sql`${tableOf(kind)} t`;

const order: Readonly<Record<RecordKind, RawBuilder<unknown>>> = {
  subject: sql`t.id`,
  selector: sql`v.type, t.id`,
  place: sql`t.id`,
  event: sql`t.begins_at, t.id`,
  link: sql`t.id`,
  task: sql`(t.state <> 'open'), t.due nulls last, t.id`,
  note: sql`t.id desc`,
  decision: sql`t.decided_on desc, t.id desc`,
};

function readRow<K extends RecordKind>(kind: K, row: Row, conflicts: Conflict[]): CaseRecord<K> {
  const { case_id: _, created_by, created_at, changed_at, ...rest } = row;
  return {
    ...rest,
    record: kind,
    conflicts,
    createdBy: created_by,
    createdAt: iso(created_at),
    changedAt: iso(changed_at),
  } as unknown as CaseRecord<K>;
}

interface EditRow {
  record_id: Id;
  field: string;
  version: number;
  base: number;
  value: unknown;
  standing: Edit["standing"];
  edited_by: Id | null;
  edited_at: Date;
}

/** The values that wait for somebody to choose, by record. */
export async function conflictsIn(db: Rows, caseId: Id, record?: Id): Promise<Map<Id, Conflict[]>> {
  const { rows } = await sql<EditRow>`select * from simpul.case_edits
    where case_id = ${caseId} and standing = 'conflict' ${record === undefined ? sql`` : sql`and record_id = ${record}`}
    order by edited_at, version limit ${limits.shown}`.execute(db.rows);
  const found = new Map<Id, Conflict[]>();
  for (const row of rows) {
    const list = found.get(row.record_id) ?? [];
    const { field, version, base, value, edited_by: by, edited_at } = row;
    list.push({ field, version, base, value, by, at: iso(edited_at) });
    found.set(row.record_id, list);
  }
  return found;
}

/** The records of a case, kind by kind; `left` says how many were not handed out. */
export async function readRecords(
  db: Rows,
  caseId: Id,
  wanted: readonly RecordKind[] = recordKinds,
): Promise<{ records: Partial<Records>; left: number }> {
  const conflicts = await conflictsIn(db, caseId);
  const records: Partial<Record<RecordKind, unknown[]>> = {};
  let left = 0;
  for (const kind of wanted) {
    const { rows } = await sql<Row>`select ${selection(kind)} from ${from(kind)}
      where t.case_id = ${caseId} and t.removed_at is null order by ${order[kind]} limit ${limits.shown + 1}`.execute(
      db.rows,
    );
    if (rows.length > limits.shown) {
      const counted = await countRecords(db, caseId, kind);
      left += counted - limits.shown;
      rows.length = limits.shown;
    }
    records[kind] = rows.map((row) => readRow(kind, row, conflicts.get(row["id"] as Id) ?? []));
  }
  return { records: records as Partial<Records>, left };
}

export async function countRecords(db: Rows, caseId: Id, kind: RecordKind): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${tableOf(kind)} t
    where t.case_id = ${caseId} and t.removed_at is null`.execute(db.rows);
  return rows[0]!.n;
}

/** One record, also when it was removed; throws `NOT_FOUND`. */
export async function readRecord<K extends RecordKind>(
  db: Rows,
  caseId: Id,
  kind: K,
  id: Id,
  lock = false,
): Promise<CaseRecord<K> & { removed: boolean }> {
  const { rows } =
    await sql<Row>`select ${selection(kind)}, t.removed_at is not null as removed from ${from(kind)}
    where t.case_id = ${caseId} and t.id = ${id} ${lock ? sql`for update of t` : sql``}`.execute(db.rows);
  const row = rows[0];
  if (!row) throw new CasesError("NOT_FOUND", id);
  const conflicts = await conflictsIn(db, caseId, id);
  return { ...readRow(kind, row, conflicts.get(id) ?? []), removed: row["removed"] as boolean };
}

/** Throws `NOT_IN_THIS_CASE` unless all of `ids` are records of that kind in this case. */
export async function requireInCase(
  db: Rows,
  caseId: Id,
  kind: RecordKind,
  ids: readonly Id[],
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${tableOf(kind)} t
    where t.case_id = ${caseId} and t.id = any(${wanted}::uuid[]) and t.removed_at is null`.execute(db.rows);
  if (rows[0]!.n !== wanted.length) throw new CasesError("NOT_IN_THIS_CASE", kind);
}

/** All edits of a record (or of one of its fields), oldest first. */
export async function editsOf(db: Rows, caseId: Id, record: Id, field?: string): Promise<Edit[]> {
  const { rows } = await sql<EditRow>`select * from simpul.case_edits
    where case_id = ${caseId} and record_id = ${record} ${field === undefined ? sql`` : sql`and field = ${field}`}
    order by edited_at, field, version limit 5000`.execute(db.rows);
  return rows.map(({ field, version, base, value, standing, edited_by: by, edited_at }) => ({
    field,
    version,
    base,
    value,
    standing,
    by,
    at: iso(edited_at),
  }));
}
