// This room's side of the exchange: plans, votes, lines of the board, recalls and figures, each taken only from whose it is to say.
import { EnvelopeRefused, type Envelope, type Outgoing, type PeerPart } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { JobHandler, Writer } from "@simpul/store";
import { sql } from "kysely";
import { answerCompare, hearCollision } from "./compare.ts";
import { operationLimits, OperationsError } from "./contract.ts";
import { jobStanding, soon, type OperationsNode } from "./node.ts";
import {
  headOf,
  keepEntry,
  keepRecall,
  keepReport,
  keepVote,
  operation,
  votesOf,
  windowOf,
  type OperationRow,
} from "./records.ts";
import { disagreements, fitsWindow, isApproved, phasesFit } from "./rules.ts";
import { compareQuestion, read } from "./wire.ts";

/** As many lines of one state as a board holds. */
const mostEntries = 20_000;

type Take = (node: OperationsNode, tx: Writer, envelope: Envelope) => Promise<Id | null>;

const takers: Readonly<Record<string, Take>> = {
  "operation.plan": takePlan,
  "operation.reopened": takeReopened,
  "operation.vote": takeVote,
  "operation.entry": takeEntry,
  "operation.recall": takeRecall,
  "operation.report": takeReport,
  "operation.collision": async (_, tx, envelope) => {
    const { tags } = read("operation.collision", envelope.body);
    await tx.enqueue({ kind: "operation.collision", payload: { peer: envelope.from, tags } });
    tx.note("operation.collision-arrived", { peer: envelope.from });
    return null;
  },
};

export const operationsPart = (node: OperationsNode): PeerPart => ({
  takes: Object.fromEntries(
    Object.entries(takers).map(([kind, take]) => [
      kind,
      async (tx: Writer, envelope: Envelope) => {
        const id = await take(node, tx, envelope);
        if (id !== null) soon(() => node.wake(`operation:${id}`));
      },
    ]),
  ),
  leaves: Object.fromEntries(
    Object.keys(takers).map((kind) => [
      kind,
      kind === "operation.plan"
        ? (envelope) => mayLeave(node, envelope)
        : () => Promise.resolve({ kind: "may" }),
    ]),
  ),
  questions: { [compareQuestion]: (peer, body) => answerCompare(node, peer, body) },
});

export const operationsJobs = (node: OperationsNode): Record<string, JobHandler> => ({
  "operation.collision": {
    async run({ payload }) {
      const { peer, tags } = payload as { peer: OperationRow["lead"]; tags: string[] };
      await hearCollision(node, peer, tags);
    },
  },
});

/** The law's last word: what was taken back or called off while it waited does not leave. */
async function mayLeave(node: OperationsNode, envelope: Outgoing) {
  const { operation: id, version } = read("operation.plan", envelope.body);
  const stands = await node.store.read(jobStanding, async (db) => {
    const row = await operation(db, id);
    return row.state === "ready" && row.version === version && row.ends_at > node.clock.now();
  });
  return stands
    ? ({ kind: "may" } as const)
    : ({ kind: "may-not", because: "the plan stands no longer" } as const);
}

/** What this node knows of it, if the sender takes part. */
async function known(tx: Writer, id: Id): Promise<OperationRow> {
  try {
    return await operation(tx, id, true);
  } catch (fault) {
    if (fault instanceof OperationsError) throw new EnvelopeRefused("UNKNOWN_RECORD", "operation");
    throw fault;
  }
}
const refuse = (why: string): never => {
  throw new EnvelopeRefused("NOT_ALLOWED", why);
};

async function takePlan(node: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { operation: id, version, plan, proposed } = read("operation.plan", envelope.body);
  const [starts, ends] = [new Date(plan.window.starts), new Date(plan.window.ends)];
  if (!plan.parties.includes(envelope.from) || !plan.parties.includes(node.code)) refuse("not a party");
  if (!(starts < ends) || ends.getTime() - starts.getTime() > operationLimits.days * 86_400_000)
    throw new EnvelopeRefused("BAD_BODY", "window");
  if (!phasesFit(plan.phases, plan.window)) throw new EnvelopeRefused("BAD_BODY", "phases");
  if (ends <= tx.at) refuse("the window is past");
  if (proposed.some((site) => site.state !== node.code)) refuse("a site in another state");
  const { rows } =
    await sql<OperationRow>`select * from simpul.operations where id = ${id} for update`.execute(tx.rows);
  const before = rows[0];
  if (before !== undefined) {
    if (before.ours || before.lead !== envelope.from) refuse("another's operation");
    if (before.state === "recalled" || before.version > version) refuse("it stands no longer");
  }
  await sql`insert into simpul.operations (id, ours, lead, title, aim, parties, starts_at, ends_at, fallback, hotspots, phases,
      space_id, version, state, made_at, sent_at)
    values (${id}, false, ${envelope.from}, ${plan.title}, ${plan.aim}, ${plan.parties}, ${starts}, ${ends},
      ${plan.fallback}, ${JSON.stringify(plan.hotspots)}::jsonb, ${JSON.stringify(plan.phases)}::jsonb,
      ${plan.space}, ${version}, 'ready', ${tx.at}, ${tx.at})
    on conflict (id) do update set title = excluded.title, aim = excluded.aim, parties = excluded.parties,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, fallback = excluded.fallback,
      hotspots = excluded.hotspots, phases = excluded.phases, space_id = excluded.space_id, version = excluded.version, state = 'ready', sent_at = excluded.sent_at`.execute(
    tx.rows,
  );
  await sql`update simpul.operation_sites set removed_at = ${tx.at}
    where operation_id = ${id} and node = ${envelope.from} and removed_at is null`.execute(tx.rows);
  for (const site of proposed)
    await sql`insert into simpul.operation_sites (operation_id, id, node, state, label, area, lat, lon)
      values (${id}, ${site.site}, ${envelope.from}, ${site.state}, ${site.label}, ${site.area}, ${site.lat}, ${site.lon})
      on conflict (operation_id, id) do update set label = excluded.label, area = excluded.area, lat = excluded.lat,
        lon = excluded.lon, removed_at = null where operation_sites.node = ${envelope.from}`.execute(tx.rows);
  tx.note("operation.plan-arrived", { id, peer: envelope.from, version });
  return id;
}

async function takeReopened(_: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { operation: id, version } = read("operation.reopened", envelope.body);
  const row = await known(tx, id);
  if (row.ours || row.lead !== envelope.from) refuse("another's operation");
  if (row.state === "recalled" || version <= row.version) refuse("it stands no longer");
  await sql`update simpul.operations set state = 'draft', version = ${version} where id = ${id}`.execute(
    tx.rows,
  );
  tx.note("operation.reopened-there", { id, peer: envelope.from, version });
  return id;
}

async function takeVote(_: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("operation.vote", envelope.body);
  const row = await known(tx, said.operation);
  if (row.state === "recalled") refuse("it was called back");
  if (row.ends_at <= tx.at) refuse("the window is past");
  if (said.version !== row.version) refuse("another version");
  if (!said.go && said.reason === "") throw new EnvelopeRefused("BAD_BODY", "reason");
  const node = envelope.from;
  await keepVote(tx, { operation: row.id, node, by: null }, said);
  await sql`update simpul.operation_sites set removed_at = ${tx.at}
    where operation_id = ${row.id} and node = ${node} and state = ${node}`.execute(tx.rows);
  for (const site of said.sites)
    await sql`insert into simpul.operation_sites (operation_id, id, node, state, label, area, commander)
      values (${row.id}, ${site.site}, ${node}, ${node}, ${site.label}, ${site.area}, ${site.commander})
      on conflict (operation_id, id) do update set label = excluded.label, area = excluded.area,
        commander = excluded.commander, removed_at = null where operation_sites.node = ${node}`.execute(
      tx.rows,
    );
  tx.note("operation.vote-arrived", { id: row.id, peer: node, go: said.go });
  return row.id;
}

async function takeEntry(_: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { operation: id, entry, clockOff } = read("operation.entry", envelope.body);
  const row = await known(tx, id);
  const votes = await votesOf(tx, id);
  const node = envelope.from;
  // A state that said no-go, or has said nothing, changes nothing on the day.
  if (!votes.some((vote) => vote.node === node && vote.go && vote.version === row.version)) refuse("no go");
  if (row.state !== "ready" || !isApproved({ ...row, votes })) refuse("it does not run");
  if (!fitsWindow(new Date(entry.at), windowOf(row), tx.at)) refuse("outside the window");
  const found = await sql<{ mine: boolean; count: number }>`select
      exists (select from simpul.operation_sites where operation_id = ${id} and id = ${entry.site} and node = ${node}) as mine,
      (select count(*)::int from simpul.operation_entries where operation_id = ${id} and node = ${node}) as count`.execute(
    tx.rows,
  );
  if (entry.site !== null && !found.rows[0]!.mine) refuse("a site of another state");
  if (found.rows[0]!.count >= mostEntries) throw new EnvelopeRefused("LIMITED", "lines");
  try {
    await keepEntry(tx, { operation: id, node, by: null, at: new Date(entry.at), clockOff }, entry);
  } catch (fault) {
    if (fault instanceof OperationsError) refuse("another line under its id");
    throw fault;
  }
  tx.note("operation.entry-arrived", { id, peer: node });
  return id;
}

async function takeRecall(_: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { operation: id, reason } = read("operation.recall", envelope.body);
  const row = await known(tx, id);
  await keepRecall(tx, { operation: row.id, node: envelope.from }, reason);
  tx.note("operation.recall-arrived", { id, peer: envelope.from });
  return id;
}

async function takeReport(node: OperationsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const said = read("operation.report", envelope.body);
  const row = await known(tx, said.operation);
  const { state } = await headOf(tx, row, node.clock.now());
  if (state !== "ended" && state !== "reported") refuse("not ended");
  if (disagreements(said.counts).length > 0) throw new EnvelopeRefused("BAD_BODY", "counts");
  await keepReport(tx, { operation: row.id, node: envelope.from, by: null }, said);
  tx.note("operation.report-arrived", { id: row.id, peer: envelope.from });
  return row.id;
}
