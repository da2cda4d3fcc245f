// The SQL of targets.
import type { Id } from "@simpul/model";
import { inTurn, type Reader, type Writer } from "@simpul/store";
import { sql } from "kysely";
import { TargetsError } from "./contract.ts";
import type { Freeze, ListedFreeze, TargetHead, TargetState, TargetStep } from "./contract.ts";

export interface Row {
  id: Id;
  case_id: Id;
  number: string | null;
  subject_id: Id;
  kind: "person" | "organisation";
  name: TargetHead["name"];
  reasons: string;
  review_id: Id | null;
  nominated_by: Id;
  nominated_at: Date;
  desk_id: Id;
  owner_id: Id;
  state: TargetState;
  accepted_by: Id | null;
  accepted_at: Date | null;
  follow_up_on: string | null;
  follow_up_text: string;
  escalated_at: Date | null;
  last_step: TargetStep["step"] | null;
  last_on: string | null;
}
type Db = Pick<Reader | Writer, "rows">;

/** Newest first, as row security shows them. */
export async function rowsOf(
  db: Db,
  within: { id?: Id | undefined; case?: Id | undefined; state?: TargetState | undefined; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select t.id, t.case_id, c.number, t.subject_id, t.kind, t.name, t.reasons, t.review_id, t.nominated_by,
      t.nominated_at, t.desk_id, t.owner_id, t.state, t.accepted_by, t.accepted_at, t.follow_up_on::text,
      t.follow_up_text, t.escalated_at, s.step as last_step, s.on_day::text as last_on
    from simpul.targets t left join simpul.cases c on c.id = t.case_id
    left join lateral (select step, on_day from simpul.target_steps
      where target_id = t.id and step <> 'taken-over' order by at desc, id desc limit 1) s on true
    where (${within.id ?? null}::uuid is null or t.id = ${within.id ?? null}::uuid)
      and (${within.case ?? null}::uuid is null or t.case_id = ${within.case ?? null}::uuid)
      and (${within.state ?? null}::text is null or t.state = ${within.state ?? null}::text)
    order by t.nominated_at desc, t.id limit ${within.limit}`.execute(db.rows);
  return rows;
}

/** Throws `NOT_FOUND`. */
export async function rowOf(db: Db, id: Id): Promise<Row> {
  const [row] = await rowsOf(db, { id, limit: 1 });
  if (row === undefined) throw new TargetsError("NOT_FOUND");
  return row;
}

/** Nobody else changes it until this act is done. Throws `NOT_FOUND`. */
export async function lockedRow(tx: Writer, id: Id): Promise<Row> {
  await inTurn(tx, `target ${id}`);
  return rowOf(tx, id);
}

export const headOf = (row: Row): TargetHead => ({
  ...{ id: row.id, kind: row.kind, name: row.name, subject: row.subject_id, state: row.state },
  case: row.number === null ? null : { id: row.case_id, number: row.number },
  last: row.last_step === null ? null : { step: row.last_step, on: row.last_on! },
  ...{ owner: row.owner_id, nominatedBy: row.nominated_by, nominatedAt: row.nominated_at.toISOString() },
  followUp: row.follow_up_on === null ? null : { on: row.follow_up_on, text: row.follow_up_text },
  escalated: row.escalated_at !== null,
});

export async function stepsOf(db: Db, target: Id): Promise<TargetStep[]> {
  const { rows } = await sql<Omit<TargetStep, "at"> & { at: Date }>`
    select id, step, on_day::text as on, text, by_id as by, at from simpul.target_steps
    where target_id = ${target} order by at, id limit 1000`.execute(db.rows);
  return rows.map((one) => ({ ...one, at: one.at.toISOString() }));
}

type Stored<Of extends Freeze> = Omit<Of, "way" | "askedAt" | "dueAt" | "answeredAt"> & {
  askedAt: Date;
} & Record<"dueAt" | "answeredAt", Date | null>;
const freezeColumns = sql`f.id, f.type, f.value, f.recipient, f.basis, f.asked_by as "askedBy", f.asked_at as "askedAt",
  simpul.freeze_due(f) as "dueAt", f.state, f.answered_at as "answeredAt", f.answer, f.amount, f.until_day::text as until,
  f.request_id as request`;
const asFreeze = <Of extends Freeze>(one: Stored<Of>) => ({
  ...one,
  ...{ askedAt: one.askedAt.toISOString(), dueAt: one.dueAt?.toISOString() ?? null },
  answeredAt: one.answeredAt?.toISOString() ?? null,
  way: null,
});

/** As it is written down here; `way` is filled by whoever shows it. */
export async function freezesOf(db: Db, target: Id): Promise<Freeze[]> {
  const { rows } = await sql<Stored<Freeze>>`select ${freezeColumns} from simpul.target_freezes f
    where f.target_id = ${target} order by f.asked_at, f.id limit 200`.execute(db.rows);
  return rows.map(asFreeze);
}

/** Of all targets that this officer sees: what waits for an answer first, the soonest due; then what comes free soonest. */
export async function allFreezes(db: Db): Promise<ListedFreeze[]> {
  const { rows } = await sql<
    Stored<ListedFreeze>
  >`select ${freezeColumns}, t.id as target, t.name, c.number as case
    from simpul.target_freezes f join simpul.targets t on t.id = f.target_id left join simpul.cases c on c.id = t.case_id
    order by f.state <> 'asked', case when f.state = 'asked' then simpul.freeze_due(f) end, f.until_day nulls last, f.id
    limit 500`.execute(db.rows);
  return rows.map(asFreeze);
}

export async function insertStep(
  tx: Writer,
  target: Id,
  step: { step: TargetStep["step"]; on: string; text: string; review?: Id | undefined; by: Id },
): Promise<void> {
  await sql`insert into simpul.target_steps (target_id, id, step, on_day, text, review_id, by_id, at)
    values (${target}, ${tx.newId()}, ${step.step}, ${step.on}::date, ${step.text}, ${step.review ?? null}, ${step.by},
      ${tx.at})`.execute(tx.rows);
}
