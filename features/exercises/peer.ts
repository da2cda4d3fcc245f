// Exercises' side of the exchange: a run and its changes from the state that directs it, everything else from whose it is to say.
import { EnvelopeRefused, type Envelope, type Outgoing, type PeerPart, type Receipt } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { JobHandler, Writer } from "@simpul/store";
import { sql } from "kysely";
import { directorRole, ExercisesError, runLimits, type Script } from "./contract.ts";
import { jobStanding, type ExercisesNode } from "./node.ts";
import { run, runOf, type RunRow } from "./records.ts";
import { roleOf, stateOf } from "./rules.ts";
import { checkScript } from "./script.ts";
import { missingDoors } from "./scripts.ts";
import { letIn, tend } from "./tend.ts";
import { read, wire, type WireType } from "./wire.ts";

type Take = (node: ExercisesNode, tx: Writer, envelope: Envelope) => Promise<Id>;
const takers: Readonly<Record<WireType, Take>> = {
  "exercise.run": takeRun,
  "exercise.changed": takeChange,
  "exercise.seen": takeSeen,
  "exercise.entered": takeEntered,
  "exercise.done": takeDone,
  "exercise.note": takeNote,
};

export const exercisesPart = (node: ExercisesNode): PeerPart => ({
  takes: Object.fromEntries(
    Object.entries(takers).map(([kind, take]) => [
      kind,
      async (tx: Writer, envelope: Envelope) => {
        const id = await take(node, tx, envelope);
        // After the transaction that is under way: what it changed is there when somebody asks.
        setTimeout(() => {
          node.wake(`exercise:${id}`);
          void tend(node, id).catch(() => undefined);
        }, 20);
      },
    ]),
  ),
  leaves: Object.fromEntries(Object.keys(wire).map((kind) => [kind, () => Promise.resolve({ kind: "may" })])),
  receipted: {
    "exercise.run": (out, receipt) => keepReceipt(node, out, receipt),
    "exercise.done": (out, receipt) => sendAgain(node, out, receipt),
    "exercise.note": (out, receipt) => sendAgain(node, out, receipt),
  },
});

const refuse = (why: string): never => {
  throw new EnvelopeRefused("NOT_ALLOWED", why);
};

/** What this node knows of it, if the sender plays. */
async function known(tx: Writer, id: Id, from: string): Promise<RunRow> {
  try {
    const row = await run(tx, id);
    return row.states.includes(from as RunRow["lead"]) ? row : refuse("plays no part");
  } catch (fault) {
    if (fault instanceof ExercisesError) throw new EnvelopeRefused("UNKNOWN_RECORD", "exercise");
    throw fault;
  }
}

async function takeRun(node: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { run: id, script: said, states, assigned, startsAt } = read("exercise.run", envelope.body);
  let script: Script;
  try {
    script = checkScript(said);
  } catch (fault) {
    throw new EnvelopeRefused("BAD_BODY", fault instanceof Error ? fault.message.slice(0, 200) : "script");
  }
  if (!states.includes(envelope.from) || !states.includes(node.code)) refuse("plays no part");
  for (const role of script.roles) {
    const state = assigned.find((one) => one.role === role.id)?.state;
    if (state === undefined || !states.includes(state)) throw new EnvelopeRefused("BAD_BODY", "assigned");
  }
  const starts = new Date(startsAt);
  if (starts.getTime() - tx.at.getTime() > (runLimits.days + 1) * 86_400_000)
    throw new EnvelopeRefused("BAD_BODY", "startsAt");
  const missing = missingDoors(script, node.doors);
  if (missing.length > 0) refuse(`no door: ${missing.join(", ")}`);
  const { rows } = await sql<{ open: number }>`select count(*)::int as open from simpul.exercise_runs
    where lead = ${envelope.from} and ended_at is null`.execute(tx.rows);
  if (rows[0]!.open >= runLimits.open) throw new EnvelopeRefused("LIMITED", "runs");
  const made =
    await sql`insert into simpul.exercise_runs (id, lead, script, script_id, states, assigned, starts_at,
      version, rests, opened, skipped, made_at)
    values (${id}, ${envelope.from}, ${JSON.stringify(script)}::jsonb, ${script.id}, ${states},
      ${JSON.stringify(assigned)}::jsonb, ${starts}, 1, '[]', '[]', '[]', ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  if (made.numAffectedRows !== 1n) throw new EnvelopeRefused("BAD_BODY", "run");
  tx.note("exercise.arrived", { id, peer: envelope.from, script: script.id });
  return id;
}

async function takeChange(_: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("exercise.changed", envelope.body);
  const row = await known(tx, said.run, envelope.from);
  if (row.lead !== envelope.from) refuse("another directs");
  await sql`update simpul.exercise_runs set version = ${said.version}, rests = ${JSON.stringify(said.rests)}::jsonb,
      opened = ${JSON.stringify(said.opened)}::jsonb, skipped = ${JSON.stringify(said.skipped)}::jsonb,
      ended_at = ${said.endedAt}
    where id = ${row.id} and version < ${said.version}`.execute(tx.rows);
  tx.note("exercise.change-arrived", { id: row.id, peer: envelope.from, version: said.version });
  return row.id;
}

/** Throws unless the sender plays this role. */
function playing(row: RunRow, role: string, from: string): void {
  if (role === directorRole && from === row.lead) return;
  const one = row.script.roles.find(({ id }) => id === role);
  if (one === undefined || stateOf(runOf(row), one) !== from) refuse("a role of another state");
}
function stepOf(row: RunRow, name: string, from: string) {
  const step = row.script.steps.find(({ id }) => id === name);
  if (step === undefined) throw new EnvelopeRefused("BAD_BODY", "step");
  playing(row, roleOf(row.script, step).id, from);
  return step;
}

async function takeSeen(_: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("exercise.seen", envelope.body);
  const row = await known(tx, said.run, envelope.from);
  playing(row, said.role, envelope.from);
  await sql`insert into simpul.exercise_seats (run_id, role, node, seen_at)
    values (${row.id}, ${said.role}, ${envelope.from}, ${said.at}) on conflict do nothing`.execute(tx.rows);
  tx.note("exercise.seen-arrived", { id: row.id, peer: envelope.from, role: said.role });
  return row.id;
}

async function takeEntered(_: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("exercise.entered", envelope.body);
  const row = await known(tx, said.run, envelope.from);
  stepOf(row, said.step, envelope.from);
  await sql`insert into simpul.exercise_injects (run_id, step, node, due_at, entered_at, stuck)
    values (${row.id}, ${said.step}, ${envelope.from}, ${said.at ?? tx.at}, ${said.at}, ${said.stuck})
    on conflict (run_id, step) do update set entered_at = excluded.entered_at, stuck = excluded.stuck
      where exercise_injects.entered_at is null`.execute(tx.rows);
  tx.note("exercise.entered-arrived", { id: row.id, peer: envelope.from, step: said.step });
  return row.id;
}

async function takeDone(_: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("exercise.done", envelope.body);
  const row = await known(tx, said.run, envelope.from);
  const step = stepOf(row, said.step, envelope.from);
  if (!step.acts.includes(said.kind)) throw new EnvelopeRefused("BAD_BODY", "kind");
  await sql`insert into simpul.exercise_acts (run_id, step, node, kind, at)
    values (${row.id}, ${said.step}, ${envelope.from}, ${said.kind}, ${said.at}) on conflict do nothing`.execute(
    tx.rows,
  );
  tx.note("exercise.done-arrived", { id: row.id, peer: envelope.from, step: said.step });
  return row.id;
}

async function takeNote(_: ExercisesNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("exercise.note", envelope.body);
  const row = await known(tx, said.run, envelope.from);
  playing(row, said.role, envelope.from);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from simpul.exercise_notes
    where run_id = ${row.id} and node = ${envelope.from}`.execute(tx.rows);
  if (rows[0]!.count >= runLimits.notes) throw new EnvelopeRefused("LIMITED", "notes");
  await sql`insert into simpul.exercise_notes (run_id, id, node, role, text, at)
    values (${row.id}, ${said.note}, ${envelope.from}, ${said.role}, ${said.text}, ${said.at})
    on conflict do nothing`.execute(tx.rows);
  tx.note("exercise.note-arrived", { id: row.id, peer: envelope.from });
  return row.id;
}

/** Their node signed that it took the run, or why it did not. */
async function keepReceipt(node: ExercisesNode, out: Outgoing, receipt: Receipt): Promise<void> {
  const { run: id } = out.body as { run: Id };
  const taken = receipt.outcome === "accepted";
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.exercise_parties set told_at = ${taken ? receipt.at : null},
        refused = ${taken ? null : (receipt.code ?? "BAD_BODY")}
      where run_id = ${id} and node = ${out.to}`.execute(tx.rows);
    tx.note("exercise.receipted", { id, peer: out.to, taken });
  });
  node.wake(`exercise:${id}`);
}

/** How often, and after how many seconds, a letter goes again that came before the run itself had come. */
const again = { times: 100, seconds: 30 } as const;

/** What two states tell each other may be faster than what the third, who directs, told one of them. */
async function sendAgain(node: ExercisesNode, out: Outgoing, receipt: Receipt): Promise<void> {
  if (receipt.outcome === "accepted" || receipt.code !== "UNKNOWN_RECORD") return;
  const { to, kind, body } = out;
  await node.store.write(jobStanding, async (tx) => {
    const runAfter = new Date(tx.at.getTime() + again.seconds * 1000);
    await tx.enqueue({
      ...{ kind: "exercise.again", payload: { to, kind, body }, key: `exercise:${out.id}`, runAfter },
    });
    tx.note("exercise.will-tell-again", { id: (body as { run: Id }).run, peer: to });
  });
}

export const exercisesJobs = (node: ExercisesNode): Record<string, JobHandler> => ({
  "exercise.inject": {
    async run({ payload }) {
      const { run: id, step } = payload as { run: Id; step: string };
      await letIn(node, id, step);
    },
  },
  "exercise.again": {
    async run({ payload }) {
      const { to, kind, body } = payload as { to: NodeCode; kind: WireType; body: { run: Id } };
      await node.store.write(jobStanding, async (tx) => {
        const row = await run(tx, body.run);
        // A run that never reached them is no reason to write for ever.
        if (
          row.ended_at !== null &&
          tx.at.getTime() - row.ended_at.getTime() > again.times * again.seconds * 1000
        )
          return;
        await tx.send({ id: tx.newId(), to, kind, body });
        tx.note("exercise.told-again", { id: row.id, peer: to });
      });
      node.send();
    },
  },
});
