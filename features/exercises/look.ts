// Reading exercises: what may be started, what a learner's desk has to do, and the whole in front of who directs.
import type { Id, Officer } from "@simpul/model";
import { sql } from "kysely";
import {
  ExercisesError,
  type ExercisesView,
  type RoleView,
  type RunAct,
  type RunHead,
  type RunView,
  type SeatView,
  type Standing,
  type StepView,
} from "./contract.ts";
import { facts, fileOf } from "./material.ts";
import { mayDirect, type ExercisesNode, type OfOfficer } from "./node.ts";
import {
  injectsOf,
  rolesOf,
  run,
  runOf,
  runs,
  seatsOf,
  standingsOf,
  type Rows,
  type RunRow,
} from "./records.ts";
import { minutesOf, roomOf, stateOf, stateOfRun } from "./rules.ts";
import { tellAll } from "./script.ts";
import { missingDoors, shippedScripts } from "./scripts.ts";
import { tend } from "./tend.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const rolesAt = (node: ExercisesNode, row: RunRow, { agencyKind }: Officer) =>
  rolesOf(row, node.code, agencyKind);

export const roleView = (row: RunRow, role: RunRow["script"]["roles"][number]): RoleView => ({
  ...{ id: role.id, desk: role.desk, state: stateOf(runOf(row), role), title: tellAll(role.title, facts) },
});

export const headOf = (node: ExercisesNode, row: RunRow, actor: Officer): RunHead => ({
  ...{ id: row.id, script: row.script.id, title: tellAll(row.script.title, facts), lead: row.lead },
  state: stateOfRun(runOf(row), node.clock.now()),
  ...{ startsAt: row.starts_at.toISOString(), endedAt: iso(row.ended_at) },
  plays: rolesAt(node, row, actor).map(({ title }) => tellAll(title, facts)),
  directs: row.lead === node.code && row.director === actor.id,
});

/** Who plays, who directs, and at the node that leads who could: to everybody else there is no such run. */
export const knows = (node: ExercisesNode, standing: OfOfficer, row: RunRow): boolean =>
  rolesAt(node, row, standing.actor).length > 0 || (row.lead === node.code && mayDirect(node, standing));

export async function listExercises(node: ExercisesNode, standing: OfOfficer): Promise<ExercisesView> {
  const directs = mayDirect(node, standing);
  const found = await node.store.read(standing, async (db) => {
    const rows = (await runs(db)).filter((row) => knows(node, standing, row));
    db.noteRead("exercises.listed", { shown: rows.length });
    return rows.map((row) => headOf(node, row, standing.actor));
  });
  return {
    own: node.code,
    states: [node.code, ...(await node.peers())],
    mayDirect: directs,
    scripts: directs
      ? shippedScripts().map((script) => ({
          ...{ id: script.id, version: script.version, title: tellAll(script.title, facts) },
          story: tellAll(script.story, facts),
          roles: script.roles.map(({ id, desk, state, title }) => ({
            ...{ id, desk, state, title: tellAll(title, facts) },
          })),
          ...{ steps: script.steps.length, minutes: minutesOf(script) },
          missing: missingDoors(script, node.doors),
        }))
      : [],
    runs: found,
  };
}

/** A run that she may know of; throws `NOT_FOUND`. */
export async function knownRun(node: ExercisesNode, standing: OfOfficer, db: Rows, id: Id): Promise<RunRow> {
  const row = await run(db, id);
  if (!knows(node, standing, row)) throw new ExercisesError("NOT_FOUND");
  return row;
}

export function stepView(row: RunRow, { step, kind, opensAt, dueAt, doneAt }: Standing): StepView {
  const { when } = step;
  const before = "after" in when ? row.script.steps.find(({ id }) => id === when.after) : undefined;
  const { inject, title, guidance, enters, acts } = step;
  return {
    ...{ id: step.id, inject: tellAll(inject, facts), title: tellAll(title, facts) },
    ...{ guidance: tellAll(guidance, facts), kind, by: enters.by, to: roomOf(acts) },
    after: before === undefined ? null : tellAll(before.title, facts),
    ...{ opensAt: iso(opensAt), dueAt: iso(dueAt), doneAt: iso(doneAt) },
    file: enters.by === "file" ? (fileOf(enters.with?.["file"] ?? "")?.name ?? null) : null,
  };
}

export async function lookAtRun(node: ExercisesNode, standing: OfOfficer, id: Id): Promise<RunView> {
  await node.store.read(standing, async (db) => {
    await knownRun(node, standing, db, id);
    db.noteRead("exercise.viewed", { id });
  });
  // What she did a moment ago stands there when she comes back.
  await tend(node, id);
  const { actor } = standing;
  const now = node.clock.now();
  const view = await node.store.read(standing, async (db) => {
    const row = await knownRun(node, standing, db, id);
    db.noteRead("exercise.viewed", { id });
    const all = await standingsOf(db, row, now);
    const head = headOf(node, row, actor);
    const entered = new Map((await injectsOf(db, id)).map((one) => [one.step, one]));
    const seen = await seatsOf(db, id);
    const seat = (role: RunRow["script"]["roles"][number]): SeatView => ({
      ...roleView(row, role),
      seenAt: iso(seen.get(role.id) ?? null),
      steps: all
        .filter(({ step }) => step.role === role.id)
        .map((one) => ({
          ...stepView(row, one),
          enteredAt: iso(entered.get(one.step.id)?.entered_at ?? null),
          stuck: entered.get(one.step.id)?.stuck ?? null,
        })),
    });
    const roles = row.script.roles.map((role) => roleView(row, role));
    const { rows: parties } = await sql<{ node: string; told_at: Date | null; refused: string | null }>`
      select node, told_at, refused from simpul.exercise_parties where run_id = ${id}`.execute(db.rows);
    const board = row.states.map((state) => {
      const party = parties.find((one) => one.node === state);
      return {
        ...{ state, toldAt: iso(party?.told_at ?? null), refused: party?.refused ?? null },
        seats: row.script.roles.filter((role) => stateOf(runOf(row), role) === state).map(seat),
      };
    });
    const mine = rolesAt(node, row, actor).map((role) => ({
      ...roleView(row, role),
      // What is still to come is a secret.
      steps: all
        .filter((one) => one.step.role === role.id && !["later", "skipped"].includes(one.kind))
        .map((one) => stepView(row, one)),
    }));
    return { row, head, mine, roles, board: head.directs ? board : null };
  });
  const { row, head } = view;
  const names =
    row.director === null ? null : (await node.directory.officers([row.director])).get(row.director);
  return {
    ...{ head, own: node.code, now: now.toISOString(), story: tellAll(row.script.story, facts) },
    ...{ director: names?.name ?? null, states: row.states, roles: view.roles, mine: view.mine },
    ...{ board: view.board, may: actsHere(node, standing, row, head) },
  };
}

function actsHere(node: ExercisesNode, standing: OfOfficer, row: RunRow, head: RunHead): RunAct[] {
  if (!head.directs) {
    const couldDirect = row.lead === node.code && head.state !== "ended" && mayDirect(node, standing);
    return couldDirect ? ["take-over"] : [];
  }
  switch (head.state) {
    case "announced":
      return ["end"];
    case "running":
      return ["rest", "end", "now", "skip"];
    case "resting":
      return ["go-on", "end", "skip"];
    case "ended":
      return [];
  }
}

/** The file that a step of her own hands over, once it has come. Throws `NOT_FOUND`. */
export async function handedOver(
  node: ExercisesNode,
  standing: OfOfficer,
  id: Id,
  step: string,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  return node.store.read(standing, async (db) => {
    const row = await knownRun(node, standing, db, id);
    db.noteRead("exercise.file-taken", { id, step });
    const one = (await standingsOf(db, row, node.clock.now())).find((each) => each.step.id === step);
    const mine = rolesAt(node, row, standing.actor).some((role) => role.id === one?.step.role);
    const came =
      one !== undefined && one.kind !== "later" && (mine || headOf(node, row, standing.actor).directs);
    const file = came && one.step.enters.by === "file" ? fileOf(one.step.enters.with?.["file"] ?? "") : null;
    if (file === null) throw new ExercisesError("NOT_FOUND");
    return file;
  });
}
