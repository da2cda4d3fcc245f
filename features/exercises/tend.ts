// What a node does for a run by itself: finds in its own log what ended a step, and lets in what is due, each once.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { jobStanding, type ExercisesNode } from "./node.ts";
import {
  actRows,
  actsOf,
  heldRun,
  injectsOf,
  openRuns,
  run,
  runOf,
  type Act,
  type Rows,
  type RunRow,
} from "./records.ts";
import { standings, stateOf, roleOf } from "./rules.ts";
import { facts } from "./material.ts";
import { tellAllStates, tellLead } from "./tell.ts";

/** Acts of one run that are looked at; an exercise of a week has a few hundred of these kinds. */
const mostActs = 5000;
/** Clocks of two states may differ: what follows another's act may stand in our log before it. */
const before = 60_000;

/** Everything that is under way here. */
export async function tendAll(node: ExercisesNode): Promise<void> {
  const rows = await node.store.read(jobStanding, (db) => openRuns(db, node.clock.now()));
  for (const row of rows) await tend(node, row.id);
}

/** Acts of this node's own log that could end a step and have ended none. */
async function ownActs(db: Rows, row: RunRow, own: NodeCode): Promise<Act[]> {
  const kinds = [...new Set(row.script.steps.flatMap(({ acts }) => acts))];
  const from = new Date(row.starts_at.getTime() - before);
  const { rows } = await sql<Omit<Act, "state" | "step"> & { leaf: Id }>`
    select l.id as leaf, l.kind, l.at, a.kind as desk
    from simpul.leaves l join simpul.agencies a on a.id = l.agency_id
    where l.log = 'main' and l.kind = any(${kinds}::text[]) and l.at >= ${from}
      and not exists (select from simpul.exercise_acts x where x.run_id = ${row.id} and x.leaf = l.id)
    order by l.at limit ${mostActs}`.execute(db.rows);
  return rows.map((one) => ({ ...one, state: own }));
}

interface Found {
  done: { step: string; kind: string; at: Date; leaf: Id | null }[];
  due: { step: string; at: Date }[];
}

async function look(node: ExercisesNode, db: Rows, row: RunRow): Promise<Found> {
  const now = node.clock.now();
  if (row.starts_at > now) return { done: [], due: [] };
  const known = await actRows(db, row.id);
  const acts = [...actsOf(row.script, known), ...(await ownActs(db, row, node.code))];
  const all = standings(row.script, runOf(row), acts, now);
  const ours = all.filter(({ state }) => state === node.code);
  const entered = await injectsOf(db, row.id);
  return {
    done: ours.flatMap(({ step, by }) =>
      by === null || known.some((one) => one.step === step.id)
        ? []
        : [{ step: step.id, kind: by.kind, at: by.at, leaf: by.leaf ?? null }],
    ),
    due: ours.flatMap(({ step, kind, opensAt }) =>
      kind === "later" || kind === "skipped" || entered.some((one) => one.step === step.id)
        ? []
        : [{ step: step.id, at: opensAt! }],
    ),
  };
}

/** Brings this node's part of one run up to now. Safe to call at any time, by several at once. */
export async function tend(node: ExercisesNode, id: Id): Promise<void> {
  const seen = await node.store.read(jobStanding, async (db) => look(node, db, await run(db, id)));
  if (seen.done.length + seen.due.length === 0) return;
  await node.store.write(jobStanding, async (tx) => {
    const row = await heldRun(tx, id);
    // Asked anew behind the lock: somebody else may have been here. Where he was here after this look began, the rows of
    // his conflict with ours, and the whole is tried again (PostgreSQL, repeatable read): so never an error, never twice.
    const { done, due } = await look(node, tx, row);
    for (const { step, kind, at, leaf } of done) {
      await sql`insert into simpul.exercise_acts (run_id, step, node, kind, at, leaf)
        values (${id}, ${step}, ${node.code}, ${kind}, ${at}, ${leaf}) on conflict do nothing`.execute(
        tx.rows,
      );
      await tellAllStates(node, tx, row, "exercise.done", { step, kind, at: at.toISOString() });
    }
    for (const { step, at } of due) {
      await sql`insert into simpul.exercise_injects (run_id, step, node, due_at)
        values (${id}, ${step}, ${node.code}, ${at}) on conflict do nothing`.execute(tx.rows);
      await tx.enqueue({
        kind: "exercise.inject",
        payload: { run: id, step },
        key: `exercise:${id}:${step}`,
      });
    }
    tx.note("exercise.tended", { id, done: done.length, due: due.length });
  });
  node.send();
  node.wake(`exercise:${id}`);
  // What ended one step may have let the next one come.
  if (seen.done.length > 0) await tend(node, id);
}

/** Lets one step in by its door. The door keeps it once; a process that dies in between has it asked again. */
export async function letIn(node: ExercisesNode, id: Id, name: string): Promise<void> {
  const row = await node.store.read(jobStanding, async (db) => {
    const waiting = (await injectsOf(db, id)).some((one) => one.step === name && one.entered_at === null);
    return waiting ? await run(db, id) : null;
  });
  const step = row?.script.steps.find((one) => one.id === name);
  if (row === null || step === undefined || row.ended_at !== null) return;
  if (stateOf(runOf(row), roleOf(row.script, step)) !== node.code) return;
  const door = node.doors[step.enters.by];
  const what = Object.fromEntries(
    Object.entries(step.enters.with ?? {}).map(([key, said]) => [
      key,
      said.replace(/\{(\w+)\}/g, (whole, fact: string) => facts[fact] ?? whole),
    ]),
  );
  const stuck = door === undefined ? "NO_DOOR_FOR_IT" : await door.enter(what, `exercise ${id} ${name}`);
  await node.store.write(jobStanding, async (tx) => {
    const at = stuck === null ? tx.at : null;
    await sql`update simpul.exercise_injects set entered_at = ${at}, stuck = ${stuck}
      where run_id = ${id} and step = ${name} and entered_at is null`.execute(tx.rows);
    await tellLead(node, tx, row, "exercise.entered", {
      ...{ step: name, at: at?.toISOString() ?? null, stuck },
    });
    tx.note(stuck === null ? "exercise.let-in" : "exercise.stuck", { id, step: name, door: step.enters.by });
  });
  node.send();
  node.wake(`exercise:${id}`);
  // Tried again later by the queue.
  if (stuck !== null) throw new Error(stuck);
}
