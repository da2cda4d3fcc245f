// The SQL of charges.
import type { Digest, Id, NodeCode } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
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
import type { Written } from "./admission.ts";
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
      where charge_id = c.id and event not in ('deadline', 'hearing', 'notice') order by at desc, id desc limit 1) e on true
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
  await inTurn(tx, `charge ${id}`);
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
  filed: boolean;
  /** As the court received it; null of a record, and of what was not filed. */
  filedDigest: Digest | null;
  filedOf: NodeCode | null;
  /** The day of the last notice about it to the court. */
  told: string | null;
}
export const exhibitsOf = async (db: Db, charge: Id): Promise<ExhibitRow[]> =>
  (
    await sql<ExhibitRow>`select x.id, x.number, x.kind, x.of_id as of, x.title, x.disclosure, x.reason,
        f.id is not null as filed, f.digest as "filedDigest", f.originator as "filedOf", (select max(e.on_day)::text from simpul.charge_events e
          where e.charge_id = x.charge_id and e.exhibit_id = x.id) as told
      from simpul.charge_exhibits x
      left join simpul.charge_filed f on f.charge_id = x.charge_id and f.exhibit_id = x.id
      where x.charge_id = ${charge} order by x.number limit 1000`.execute(db.rows)
  ).rows;

type WrittenRow = Omit<Written, "task"> & { task: Id | null; task_state: string | null; desk: Id | null };
/** What officers wrote about the needs of exhibits, the newest last. */
export async function admissionsWritten(db: Db, charge: Id): Promise<Written[]> {
  const { rows } = await sql<WrittenRow>`select a.exhibit_id as exhibit, a.court, a.need, a.stands, a.says,
      a.to_state as state, a.due::text, a.task_id as task, t.state as task_state, t.desk_id as desk
    from simpul.charge_admissions a left join simpul.case_tasks t on t.id = a.task_id and t.removed_at is null
    where a.charge_id = ${charge} order by a.at, a.id limit 5000`.execute(db.rows);
  return rows.map(withTask);
}

/** The task of a desk here, as it stands. */
function withTask<R extends { task: Id | null; task_state: string | null; desk: Id | null }>({
  task,
  task_state,
  desk,
  ...rest
}: R): Omit<R, "task" | "task_state" | "desk"> & { task: Gap["task"] } {
  const state = task_state as NonNullable<Gap["task"]>["state"];
  return { ...rest, task: task === null || desk === null ? null : { id: task, state, desk } };
}

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
  return rows.map(withTask);
}

export const witnessesOf = async (db: Db, charge: Id): Promise<Witness[]> =>
  (
    await sql<Witness>`select id, label, kind, way, state, language, protection, proves
      from simpul.charge_witnesses where charge_id = ${charge} order by at, id limit 300`.execute(db.rows)
  ).rows;

export const eventsOf = async (db: Db, charge: Id): Promise<EventOf[]> =>
  (
    await sql<EventOf>`select id, event, on_day::text as on, until_day::text as until, text, amount,
        exhibit_id as exhibit, by_id as by
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
  table: "exhibits" | "proofs" | "gaps" | "witnesses" | "events" | "admissions",
  charge: Id,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from ${sql.table(`simpul.charge_${table}`)} where charge_id = ${charge}`.execute(db.rows);
  return rows[0]!.count;
}

/** Whether one of these persons of the case was charged and the charge filed; also told to who sends her extradition and sees no case. */
export async function personCharged(db: Db, of: Id, among: readonly Id[]): Promise<boolean> {
  const { rows } = await sql<{
    filed: boolean;
  }>`select simpul.charge_filed(${of}, ${[...among]}::uuid[]) as filed`.execute(db.rows);
  return rows[0]!.filed;
}
