// The SQL of cases themselves: heads for lists, the whole view, the next number.
import { CaseNumber, Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { CasesError, recordKinds } from "./contract.ts";
import type { CaseHead, CaseState, CaseView, RecordKind, TeamMember } from "./contract.ts";
import { handedOf } from "./handed.ts";
import { conflictsIn, iso, tableOf } from "./records.ts";
import type { Row } from "./records.ts";
import { limits } from "./rules.ts";
import { foundBy, type Question } from "./words-index.ts";

type Rows = Pick<Reader | Writer, "rows">;

/** The next number of this node and year, without a gap: the year's row is held until the opening commits. */
export async function nextNumber(tx: Writer, node: NodeCode, year: number): Promise<CaseNumber> {
  const { rows } = await sql<{
    last: number;
  }>`insert into simpul.case_serials as s (year, last) values (${year}, 1)
    on conflict (year) do update set last = s.last + 1 returning last`.execute(tx.rows);
  return CaseNumber.make(node, year, rows[0]!.last);
}

/** A number for a covert case: the sequence of the others shows no gap where one stands (scenario 9). */
export async function drawnNumber(tx: Writer, node: NodeCode, year: number): Promise<CaseNumber> {
  const { rows } = await sql<{
    drawn: string;
  }>`select simpul.drawn_case_number(${node}, ${year}) as drawn`.execute(tx.rows);
  return CaseNumber.parse(rows[0]!.drawn);
}

const headOf = (row: Row): CaseHead => ({
  id: row["id"] as Id,
  number: row["number"] as CaseNumber,
  title: row["title"] as string,
  crimeType: row["crime_type"] as string,
  agency: row["agency_id"] as Id,
  desk: row["desk_id"] as Id,
  covert: row["covert"] as boolean,
  state: row["state"] as CaseState,
  stateReason: row["state_reason"] as string | null,
  openedAt: iso(row["opened_at"]),
  changedAt: iso(row["changed_at"]),
});

/** A case by its id or its number; throws `NOT_FOUND` where this reader sees none. */
export async function findCase(db: Rows, ref: string): Promise<Row> {
  const byNumber = /^[A-Za-z]{2}-\d{4}-\d{6}$/.test(ref);
  const where = byNumber ? sql`number = ${ref.toUpperCase()}` : sql`id = ${Id.parse(ref)}`;
  const { rows } = await sql<Row>`select * from simpul.cases where ${where}`.execute(db.rows);
  const row = rows[0];
  if (!row) throw new CasesError("NOT_FOUND", ref.slice(0, 40));
  return row;
}

export const caseId = async (db: Rows, ref: string): Promise<Id> => (await findCase(db, ref))["id"] as Id;

export async function head(db: Rows, id: Id): Promise<CaseHead | null> {
  const { rows } = await sql<Row>`select * from simpul.cases where id = ${id}`.execute(db.rows);
  return rows[0] ? headOf(rows[0]) : null;
}

/** The case with its team and how much lies in it. */
export async function readCase(db: Rows, ref: string): Promise<Omit<CaseView, "may" | "rests">> {
  const row = await findCase(db, ref);
  const id = row["id"] as Id;
  const conflicts = await conflictsIn(db, id, id);
  const counts = await sql<Row>`select ${sql.join(
    recordKinds.map(
      (kind) =>
        sql`(select count(*)::int from ${tableOf(kind)} t where t.case_id = ${id} and t.removed_at is null) as ${sql.ref(kind)}`,
    ),
  )}`.execute(db.rows);
  return {
    ...headOf(row),
    summary: row["summary"] as string,
    summaryLanguage: row["summary_language"] as string | null,
    crimeTypesVersion: row["crime_types_version"] as string,
    openedBy: row["opened_by"] as Id | null,
    versions: row["versions"] as Record<string, number>,
    conflicts: conflicts.get(id) ?? [],
    team: await teamOf(db, id),
    holds: counts.rows[0] as Record<RecordKind, number>,
    handed: await handedOf(db, id),
  };
}

export async function teamOf(db: Rows, id: Id): Promise<TeamMember[]> {
  const { rows } = await sql<{ officer_id: Id; role: TeamMember["role"]; added_at: Date }>`
    select officer_id, role, added_at from simpul.case_team where case_id = ${id} and ended_at is null
    order by added_at, id`.execute(db.rows);
  return rows.map((row) => ({ officer: row.officer_id, role: row.role, since: iso(row.added_at) }));
}

export interface AskList {
  states?: readonly CaseState[] | undefined;
  crimeType?: string | undefined;
  desk?: Id | undefined;
  /** Only cases on whose team this officer is. */
  team?: Id | undefined;
  covert?: boolean | undefined;
  /** Only cases in which these words are found; as `questionOf` asks. */
  question?: Question | undefined;
  /** Only cases that hold a selector with this canonical value. */
  selector?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Cases this reader sees, the last changed first; `next` is the cursor of the rest, null at the end. */
export async function listCases(db: Rows, ask: AskList): Promise<{ cases: CaseHead[]; next: string | null }> {
  const limit = Math.min(ask.limit ?? 50, limits.list);
  const where = [sql`true`];
  if (ask.states && ask.states.length > 0) where.push(sql`c.state = any(${[...ask.states]}::text[])`);
  if (ask.crimeType !== undefined) where.push(sql`c.crime_type = ${ask.crimeType}`);
  if (ask.desk !== undefined) where.push(sql`c.desk_id = ${ask.desk}`);
  if (ask.covert !== undefined) where.push(sql`c.covert = ${ask.covert}`);
  if (ask.team !== undefined)
    where.push(sql`c.id in (select t.case_id from simpul.case_team t where t.officer_id = ${ask.team}
      and t.ended_at is null)`);
  if (ask.question !== undefined)
    where.push(sql`c.id in (select s.case_id from ${foundBy(ask.question, 500)} s)`);
  if (ask.selector !== undefined)
    where.push(sql`c.id in (select o.case_id from simpul.selector_values v
      join simpul.selector_occurrences o on o.value_id = v.id
      where v.canonical = ${ask.selector} and o.removed_at is null)`);
  if (ask.cursor !== undefined) {
    const [at, id] = ask.cursor.split("_");
    const time = new Date(at ?? "");
    if (Number.isNaN(time.getTime())) throw new CasesError("NOT_A_VALUE", "cursor");
    where.push(sql`(c.changed_at, c.id) < (${time}, ${Id.parse(id ?? "")})`);
  }
  const { rows } = await sql<Row>`select c.* from simpul.cases c where ${sql.join(where, sql` and `)}
    order by c.changed_at desc, c.id desc limit ${limit + 1}`.execute(db.rows);
  const more = rows.length > limit;
  const cases = rows.slice(0, limit).map(headOf);
  const last = cases.at(-1);
  return { cases, next: more && last ? `${last.changedAt}_${last.id}` : null };
}
