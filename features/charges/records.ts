// The SQL of charges.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { OffenceKind } from "../offences/contract.ts";
import { ChargesError } from "./contract.ts";
import type {
  ChargeHead,
  ChargeState,
  CourtEvent,
  Disclosure,
  EventOf,
  Gap,
  Outcome,
  ProofOf,
  Witness,
} from "./contract.ts";
import type { Db } from "./node.ts";

export interface Row {
  id: Id;
  case_id: Id;
  number: string;
  subject_id: Id;
  kind: "person" | "organisation";
  name: ChargeHead["name"];
  birth: string | null;
  offences: OffenceKind[];
  began: string;
  ended: string;
  place: string;
  facts: string;
  law_version: string;
  review_id: Id | null;
  prepared_by: Id;
  prepared_at: Date;
  state: ChargeState;
  court: string;
  age_basis: string;
  same_act: string;
  filed_by: Id | null;
  filed_at: Date | null;
  last: CourtEvent | null;
  next_event: "deadline" | "hearing" | null;
  next_on: string | null;
}

/** Newest first, as row security shows them. */
export async function rowsOf(
  db: Db,
  within: { id?: Id | undefined; case?: Id | undefined; today: string; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id, c.case_id, k.number, c.subject_id, c.kind, c.name, c.birth, c.offences, c.began::text, c.ended::text,
      c.place, c.facts, c.law_version, c.review_id, c.prepared_by, c.prepared_at, c.state, c.court, c.age_basis,
      c.same_act, c.filed_by, c.filed_at, e.event as last, n.event as next_event, n.on_day::text as next_on
    from simpul.charges c join simpul.cases k on k.id = c.case_id
    left join lateral (select event from simpul.charge_events
      where charge_id = c.id and event not in ('deadline', 'hearing') order by at desc, id desc limit 1) e on true
    left join lateral (select event, on_day from simpul.charge_events
      where charge_id = c.id and event in ('deadline', 'hearing') and on_day >= ${within.today}::date
        and c.state = 'filed' order by on_day, id limit 1) n on true
    where (${within.id ?? null}::uuid is null or c.id = ${within.id ?? null}::uuid)
      and (${within.case ?? null}::uuid is null or c.case_id = ${within.case ?? null}::uuid)
    order by c.prepared_at desc, c.id limit ${within.limit}`.execute(db.rows);
  return rows;
}

/** Throws `NOT_FOUND`. */
export async function rowOf(db: Db, id: Id, today: string): Promise<Row> {
  const [row] = await rowsOf(db, { id, today, limit: 1 });
  if (row === undefined) throw new ChargesError("NOT_FOUND");
  return row;
}

/** Nobody else changes it until this act is done. Throws `NOT_FOUND`. */
export async function lockedRow(tx: Writer, id: Id): Promise<Row> {
  await sql`select 1 from simpul.charges where id = ${id} for update`.execute(tx.rows);
  return rowOf(tx, id, tx.at.toISOString().slice(0, 10));
}

export const headOf = (row: Row): ChargeHead => ({
  ...{ id: row.id, case: { id: row.case_id, number: row.number }, subject: row.subject_id },
  ...{ kind: row.kind, name: row.name, offences: row.offences, state: row.state, last: row.last },
  next: row.next_event === null || row.next_on === null ? null : { event: row.next_event, on: row.next_on },
  preparedAt: row.prepared_at.toISOString(),
});

export interface ExhibitRow {
  id: Id;
  number: number;
  kind: "item" | "record";
  of: Id;
  title: string;
  disclosure: Disclosure;
  reason: string;
}
export const exhibitsOf = async (db: Db, charge: Id): Promise<ExhibitRow[]> =>
  (
    await sql<ExhibitRow>`select id, number, kind, of_id as of, title, disclosure, reason
      from simpul.charge_exhibits where charge_id = ${charge} order by number limit 1000`.execute(db.rows)
  ).rows;

export const proofsOf = async (db: Db, charge: Id): Promise<ProofOf[]> =>
  (
    await sql<ProofOf>`select id, exhibit_id as exhibit, offence, element, says, by_id as by
      from simpul.charge_proofs where charge_id = ${charge} and removed_at is null order by at, id limit 2000`.execute(
      db.rows,
    )
  ).rows;

type GapRow = Omit<Gap, "task"> & { task: Id | null; task_state: string | null; desk: Id | null };
export async function gapsOf(db: Db, charge: Id): Promise<Gap[]> {
  const { rows } =
    await sql<GapRow>`select g.id, g.offence, g.element, g.text, g.to_state as state, g.due::text,
      g.task_id as task, t.state as task_state, t.desk_id as desk
    from simpul.charge_gaps g left join simpul.case_tasks t on t.id = g.task_id and t.removed_at is null
    where g.charge_id = ${charge} order by g.at, g.id limit 500`.execute(db.rows);
  return rows.map(({ task, task_state, desk, ...gap }) => ({
    ...gap,
    task:
      task === null || desk === null
        ? null
        : { id: task, state: task_state as "open" | "done" | "dropped", desk },
  }));
}

export const witnessesOf = async (db: Db, charge: Id): Promise<Witness[]> =>
  (
    await sql<Witness>`select id, label, kind, way, state, language, protection, proves
      from simpul.charge_witnesses where charge_id = ${charge} order by at, id limit 300`.execute(db.rows)
  ).rows;

export const eventsOf = async (db: Db, charge: Id): Promise<EventOf[]> =>
  (
    await sql<EventOf>`select id, event, on_day::text as on, until_day::text as until, text, amount, by_id as by
      from simpul.charge_events where charge_id = ${charge} order by at, id limit 1000`.execute(db.rows)
  ).rows;

export interface Told {
  id: Id;
  thread: Id;
  peer: NodeCode;
  reference: string;
  outcome: Outcome;
  at: Date;
}
export const toldOf = async (db: Db, charge: Id): Promise<Told[]> =>
  (
    await sql<Told>`select id, thread_id as thread, peer, reference, outcome, at from simpul.charge_told
      where charge_id = ${charge} order by at, id limit 1000`.execute(db.rows)
  ).rows;

/** Outcomes that other states told about requests of this case, both ways; whoever's desk the request is. */
export async function elsewhereOf(
  db: Db,
  of: Id,
): Promise<{ peer: NodeCode; outcome: Outcome; offences: OffenceKind[]; began: string; ended: string }[]> {
  type Found = Awaited<ReturnType<typeof elsewhereOf>>[number];
  const { rows } = await sql<Found>`select peer, outcome, offences, began::text, ended::text
    from simpul.charged_elsewhere(${of})`.execute(db.rows);
  return rows;
}

/** How many rows of a part a charge has. */
export async function countOf(
  db: Db,
  table: "exhibits" | "proofs" | "gaps" | "witnesses" | "events",
  charge: Id,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from ${sql.table(`simpul.charge_${table}`)} where charge_id = ${charge}`.execute(db.rows);
  return rows[0]!.count;
}
