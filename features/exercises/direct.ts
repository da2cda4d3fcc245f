// What the director does: starts a run, lets it rest and go on, lets a step come now, leaves one out, ends it.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { ExercisesError, runLimits } from "./contract.ts";
import { demandDirecting, type ExercisesNode, type OfOfficer } from "./node.ts";
import { heldRun, runOf, standingsOf, type RunRow } from "./records.ts";
import { stateOfRun } from "./rules.ts";
import { missingDoors, shippedScripts } from "./scripts.ts";
import { tend } from "./tend.ts";
import { tellAllStates } from "./tell.ts";

/** An exercise is announced now at the earliest; a page that was open for a while is not refused. */
const lateMinutes = 10;

/**
 * Announces a run to every state that plays. Throws `NOT_FOUND` for a script that is not shipped, `NO_DOOR_FOR_IT`,
 * `STATE_PLAYS_NOT`, `START_OUT_OF_RANGE`.
 */
export async function startRun(
  node: ExercisesNode,
  standing: OfOfficer,
  ask: {
    script: string;
    startsAt: string;
    assigned: readonly { role: string; state: NodeCode }[];
    coordination?: readonly NodeCode[] | undefined;
  },
): Promise<Id> {
  const script = shippedScripts().find(({ id }) => id === ask.script);
  if (script === undefined) throw new ExercisesError("NOT_FOUND");
  if (missingDoors(script, node.doors).length > 0) throw new ExercisesError("NO_DOOR_FOR_IT");
  const starts = new Date(ask.startsAt);
  const away = (starts.getTime() - node.clock.now().getTime()) / 60_000;
  if (away < -lateMinutes || away > runLimits.days * 24 * 60) throw new ExercisesError("START_OUT_OF_RANGE");
  const assigned = script.roles.map((role) => ({
    role: role.id,
    state: ask.assigned.find((one) => one.role === role.id)?.state ?? role.state,
  }));
  const peers = await node.peers();
  const states = [...new Set([node.code, ...assigned.map(({ state }) => state)])];
  if (states.some((state) => state !== node.code && !peers.includes(state)))
    throw new ExercisesError("STATE_PLAYS_NOT");
  const units = [...new Set(ask.coordination ?? [])];
  if (units.some((unit) => states.includes(unit) || !peers.includes(unit)))
    throw new ExercisesError("STATE_PLAYS_NOT");
  const made = await node.store.write(standing, async (tx) => {
    tx.allowed(demandDirecting(node, standing));
    const id = tx.newId();
    // What was chosen as "now" begins now.
    const at = starts < tx.at ? tx.at : starts;
    await sql`insert into simpul.exercise_runs (id, lead, script, script_id, states, assigned, starts_at, version, rests,
        opened, skipped, director, made_at, coordination)
      values (${id}, ${node.code}, ${JSON.stringify(script)}::jsonb, ${script.id}, ${states},
        ${JSON.stringify(assigned)}::jsonb, ${at}, 1, '[]', '[]', '[]', ${standing.actor.id}, ${tx.at}, ${units})`.execute(
      tx.rows,
    );
    for (const state of states)
      await sql`insert into simpul.exercise_parties (run_id, node, told_at)
        values (${id}, ${state}, ${state === node.code ? tx.at : null})`.execute(tx.rows);
    const body = { script, states, assigned, startsAt: at.toISOString() };
    await tellAllStates(node, tx, { id, states }, "exercise.run", body);
    tx.note("exercise.announced", { id, script: script.id, version: script.version, states });
    return id;
  });
  node.send();
  await tend(node, made);
  node.wake(`exercise:${made}`);
  return made;
}

function mustGoOn({ ended_at }: RunRow): void {
  if (ended_at !== null) throw new ExercisesError("EXERCISE_OVER");
}

type Change = (tx: Writer, row: RunRow) => Promise<string>;

/** One change of the run by whoever directs it; every state hears all that was changed so far. */
async function change(node: ExercisesNode, standing: OfOfficer, id: Id, by: Change): Promise<void> {
  await node.store.write(standing, async (tx) => {
    tx.allowed(demandDirecting(node, standing));
    const row = await heldRun(tx, id);
    if (row.lead !== node.code) throw new ExercisesError("NOT_FOUND");
    if (row.director !== standing.actor.id) throw new ExercisesError("DIRECTED_BY_ANOTHER");
    mustGoOn(row);
    const kind = await by(tx, row);
    row.version += 1;
    await sql`update simpul.exercise_runs set version = ${row.version}, rests = ${JSON.stringify(row.rests)}::jsonb,
        opened = ${JSON.stringify(row.opened)}::jsonb, skipped = ${JSON.stringify(row.skipped)}::jsonb,
        ended_at = ${row.ended_at} where id = ${id}`.execute(tx.rows);
    const { version, rests, opened, skipped, ended_at: ended } = row;
    await tellAllStates(node, tx, row, "exercise.changed", {
      ...{ version, rests, opened, skipped, endedAt: ended?.toISOString() ?? null },
    });
    tx.note(kind, { id, version });
  });
  node.send();
  await tend(node, id);
  node.wake(`exercise:${id}`);
}

/** Every clock of the exercise stands still until it goes on. */
export const rest = (node: ExercisesNode, standing: OfOfficer, id: Id): Promise<void> =>
  change(node, standing, id, (tx, row) => {
    if (stateOfRun(runOf(row), tx.at) !== "running") throw new ExercisesError("NOT_STARTED");
    row.rests.push({ from: tx.at.toISOString(), to: null });
    return Promise.resolve("exercise.rested");
  });

export const goOn = (node: ExercisesNode, standing: OfOfficer, id: Id): Promise<void> =>
  change(node, standing, id, (tx, row) => {
    const last = row.rests.at(-1);
    if (last?.to !== null) throw new ExercisesError("NOT_STARTED");
    last.to = tx.at.toISOString();
    return Promise.resolve("exercise.went-on");
  });

export const end = (node: ExercisesNode, standing: OfOfficer, id: Id): Promise<void> =>
  change(node, standing, id, (tx, row) => {
    const last = row.rests.at(-1);
    if (last?.to === null) last.to = tx.at.toISOString();
    row.ended_at = tx.at;
    return Promise.resolve("exercise.ended");
  });

/** Throws `STEP_IS_PAST` where it has come already. */
export const now = (node: ExercisesNode, standing: OfOfficer, id: Id, step: string): Promise<void> =>
  change(node, standing, id, async (tx, row) => {
    if (stateOfRun(runOf(row), tx.at) !== "running") throw new ExercisesError("NOT_STARTED");
    await stepIn(tx, row, step, ["later"]);
    row.opened.push({ step, at: tx.at.toISOString() });
    return "exercise.step-hastened";
  });

/** It is asked of nobody any more, is not measured, and what follows it comes. */
export const skip = (node: ExercisesNode, standing: OfOfficer, id: Id, step: string): Promise<void> =>
  change(node, standing, id, async (tx, row) => {
    if (stateOfRun(runOf(row), tx.at) === "announced") throw new ExercisesError("NOT_STARTED");
    await stepIn(tx, row, step, ["later", "open", "late"]);
    row.skipped.push({ step, at: tx.at.toISOString() });
    return "exercise.step-skipped";
  });

async function stepIn(tx: Writer, row: RunRow, step: string, kinds: readonly string[]): Promise<void> {
  const one = (await standingsOf(tx, row, tx.at)).find((each) => each.step.id === step);
  if (one === undefined) throw new ExercisesError("NOT_FOUND");
  if (!kinds.includes(one.kind)) throw new ExercisesError("STEP_IS_PAST");
}

/** Another who may direct takes it over, and is named from now on. */
export async function takeOver(node: ExercisesNode, standing: OfOfficer, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    tx.allowed(demandDirecting(node, standing));
    const row = await heldRun(tx, id);
    if (row.lead !== node.code) throw new ExercisesError("NOT_FOUND");
    mustGoOn(row);
    await sql`update simpul.exercise_runs set director = ${standing.actor.id} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("exercise.taken-over", { id });
  });
  node.wake(`exercise:${id}`);
}
