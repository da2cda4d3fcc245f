// The rows of a run, and the run as the rules take it.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { ExercisesError, type ActSeen, type Run, type Script, type Standing } from "./contract.ts";
import { roleOf, standings, stateOf } from "./rules.ts";

export type Rows = Pick<Reader | Writer, "rows">;

interface Mark {
  step: string;
  at: string;
}
export interface RunRow {
  id: Id;
  lead: NodeCode;
  script: Script;
  states: NodeCode[];
  assigned: { role: string; state: NodeCode }[];
  starts_at: Date;
  version: number;
  rests: { from: string; to: string | null }[];
  opened: Mark[];
  skipped: Mark[];
  ended_at: Date | null;
  director: Id | null;
  made_at: Date;
  /** Units that follow it in figures; at the node that leads. */
  coordination: NodeCode[];
}
const columns = sql`id, lead, script, states, assigned, starts_at, version, rests, opened, skipped, ended_at, director, made_at,
  coordination`;

/** Throws `NOT_FOUND`. */
export async function run(db: Rows, id: Id): Promise<RunRow> {
  const { rows } = await sql<RunRow>`select ${columns} from simpul.exercise_runs where id = ${id}`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new ExercisesError("NOT_FOUND");
  return rows[0];
}

/** The same, held until the end of the transaction. */
export async function heldRun(tx: Writer, id: Id): Promise<RunRow> {
  const { rows } =
    await sql<RunRow>`select ${columns} from simpul.exercise_runs where id = ${id} for update`.execute(
      tx.rows,
    );
  if (rows[0] === undefined) throw new ExercisesError("NOT_FOUND");
  return rows[0];
}

/** The newest first, 200 at most. */
export async function runs(db: Rows): Promise<RunRow[]> {
  const { rows } =
    await sql<RunRow>`select ${columns} from simpul.exercise_runs order by made_at desc limit 200`.execute(
      db.rows,
    );
  return rows;
}

/** Runs that go on, and those that ended so lately that an act before the end may not have been noticed. */
export async function openRuns(db: Rows, now: Date): Promise<RunRow[]> {
  const since = new Date(now.getTime() - 60_000);
  const { rows } = await sql<RunRow>`select ${columns} from simpul.exercise_runs
    where (ended_at is null or ended_at > ${since}) and starts_at <= ${now} order by starts_at`.execute(
    db.rows,
  );
  return rows;
}

const byStep = (marks: readonly Mark[]): Map<string, Date> =>
  new Map(marks.map(({ step, at }) => [step, new Date(at)]));

export const runOf = (row: RunRow): Run => ({
  began: row.starts_at,
  rests: row.rests.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
  ended: row.ended_at,
  assigned: new Map(row.assigned.map(({ role, state }) => [role, state])),
  opened: byStep(row.opened),
  skipped: byStep(row.skipped),
});

/** An act of this node's log that may yet end a step has its leaf. */
export type Act = ActSeen & { leaf?: Id };

interface ActRow {
  step: string;
  node: NodeCode;
  kind: string;
  at: Date;
  leaf: Id | null;
}
export const actRows = async (db: Rows, id: Id): Promise<ActRow[]> =>
  (
    await sql<ActRow>`select step, node, kind, at, leaf from simpul.exercise_acts where run_id = ${id}`.execute(
      db.rows,
    )
  ).rows;

/** What ended steps, as every node of the run knows it. */
export const actsOf = (script: Script, rows: readonly ActRow[]): Act[] =>
  rows.flatMap(({ step, node, kind, at, leaf }): Act[] => {
    const of = script.steps.find(({ id }) => id === step);
    if (of === undefined) return [];
    const act = { kind, state: node, desk: roleOf(script, of).desk, at, step };
    return [leaf === null ? act : { ...act, leaf }];
  });

export async function standingsOf(db: Rows, row: RunRow, now: Date): Promise<Standing<Act>[]> {
  return standings(row.script, runOf(row), actsOf(row.script, await actRows(db, row.id)), now);
}

export interface InjectRow {
  step: string;
  node: NodeCode;
  due_at: Date;
  entered_at: Date | null;
  stuck: string | null;
}
export const injectsOf = async (db: Rows, id: Id): Promise<InjectRow[]> =>
  (
    await sql<InjectRow>`select step, node, due_at, entered_at, stuck from simpul.exercise_injects
    where run_id = ${id}`.execute(db.rows)
  ).rows;

export const seatsOf = async (db: Rows, id: Id): Promise<Map<string, Date>> =>
  new Map(
    (
      await sql<{
        role: string;
        seen_at: Date;
      }>`select role, seen_at from simpul.exercise_seats where run_id = ${id}`.execute(db.rows)
    ).rows.map(({ role, seen_at }) => [role, seen_at]),
  );

/** Roles that a kind of desk of this state plays. */
export const rolesOf = (row: RunRow, state: NodeCode, desk: string) =>
  row.script.roles.filter((role) => role.desk === desk && stateOf(runOf(row), role) === state);
