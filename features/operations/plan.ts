// Planning: an operation is drafted, its sites, teams, reception and risks are written down, and it is sent, voted on, called back.
import { normalise } from "@simpul/match/profiles";
import type { Id, NodeCode, SelectorType } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import {
  operationLimits,
  OperationsError,
  type Authority,
  type Plan,
  type Reception,
  type RefKind,
  type Team,
} from "./contract.ts";
import { demandOn, mayPlan, type OfOfficer, type OperationsNode } from "./node.ts";
import {
  headOf,
  keepRecall,
  keepVote,
  operation,
  planOf,
  refsOf,
  sitesOf,
  type OperationRow,
} from "./records.ts";
import { phasesFit } from "./rules.ts";
import { hindrancesHere } from "./look.ts";
import type { Wire } from "./wire.ts";

/** Days are counted, and the leading state takes part; other states are confirmed peers. */
async function checkPlan(node: OperationsNode, standing: OfOfficer, plan: Plan): Promise<void> {
  const [starts, ends] = [Date.parse(plan.window.starts), Date.parse(plan.window.ends)];
  if (!(starts < ends) || ends - starts > operationLimits.days * 86_400_000)
    throw new OperationsError("WINDOW_TOO_LONG", { most: operationLimits.days });
  if (ends <= node.clock.now().getTime()) throw new OperationsError("WINDOW_PAST");
  if (!phasesFit(plan.phases, plan.window)) throw new OperationsError("PHASE_OUTSIDE");
  if (plan.space !== null) {
    const space = (await node.things.space(standing)).find((one) => one.id === plan.space && one.ready);
    if (space === undefined || plan.parties.some((party) => !space.parties.includes(party)))
      throw new OperationsError("SPACE_DIFFERS");
  }
  const peers = await node.peers();
  const unknown = plan.parties.find((party) => party !== node.code && !peers.includes(party));
  if (unknown !== undefined || !plan.parties.includes(node.code))
    throw new OperationsError("NOT_A_PARTY", { state: unknown ?? node.code });
}

export async function draftOperation(node: OperationsNode, standing: OfOfficer, plan: Plan): Promise<Id> {
  const because = mayPlan(node, standing);
  await checkPlan(node, standing, plan);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    await sql`insert into simpul.operations (id, ours, lead, title, aim, parties, starts_at, ends_at, fallback, hotspots,
        phases, space_id, version, state, made_by, made_at)
      values (${id}, true, ${node.code}, ${plan.title}, ${plan.aim}, ${plan.parties}, ${plan.window.starts},
        ${plan.window.ends}, ${plan.fallback}, ${JSON.stringify(plan.hotspots)}::jsonb,
        ${JSON.stringify(plan.phases)}::jsonb, ${plan.space}, 1, 'draft',
        ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    await addMemberRow(tx, id, standing.actor.id, standing.actor.id);
    tx.note("operation.drafted", { id, states: plan.parties });
    return id;
  });
}

/** Only its leading state changes a plan, and only while it is a draft. Throws `NOT_IN_THIS_STATE`, `SITE_NOT_PART`. */
export async function changePlan(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  plan: Plan,
): Promise<void> {
  await checkPlan(node, standing, plan);
  await change(node, standing, id, async (tx, row) => {
    if (!row.ours || row.state !== "draft") throw new OperationsError("NOT_IN_THIS_STATE");
    const outside = (await sitesOf(tx, id)).find((site) => !plan.parties.includes(site.state));
    if (outside !== undefined) throw new OperationsError("SITE_NOT_PART", { state: outside.state });
    await sql`update simpul.operations set title = ${plan.title}, aim = ${plan.aim}, parties = ${plan.parties},
      starts_at = ${plan.window.starts}, ends_at = ${plan.window.ends}, fallback = ${plan.fallback},
      hotspots = ${JSON.stringify(plan.hotspots)}::jsonb, phases = ${JSON.stringify(plan.phases)}::jsonb,
      space_id = ${plan.space} where id = ${id}`.execute(tx.rows);
    tx.note("operation.changed", { id, version: row.version });
  });
}

/** An act of whoever works in it, on what is still to come. */
async function change(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  fn: (tx: Writer, row: OperationRow) => Promise<void>,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    await demandOn(node, standing, tx, "operation.act", { id, author: row.made_by });
    if (row.state === "recalled" || row.ends_at <= tx.at) throw new OperationsError("NOT_IN_THIS_STATE");
    await fn(tx, row);
  });
  node.wake(`operation:${id}`);
}

async function addMemberRow(tx: Writer, id: Id, officer: Id, by: Id): Promise<void> {
  await sql`insert into simpul.operation_members (operation_id, officer_id, added_by, added_at)
    values (${id}, ${officer}, ${by}, ${tx.at})
    on conflict (operation_id, officer_id) do update set ended_at = null`.execute(tx.rows);
}

/** Throws `NO_SUCH_COLLEAGUE` for whoever does not work here. */
export const addMember = (node: OperationsNode, standing: OfOfficer, id: Id, officer: Id): Promise<void> =>
  change(node, standing, id, async (tx) => {
    const { rows } = await sql`select 1 from simpul.officers
      where id = ${officer} and left_at is null`.execute(tx.rows);
    if (rows.length === 0) throw new OperationsError("NO_SUCH_COLLEAGUE");
    await addMemberRow(tx, id, officer, standing.actor.id);
    tx.note("operation.member-added", { id, officer });
  });

export const endMember = (node: OperationsNode, standing: OfOfficer, id: Id, officer: Id): Promise<void> =>
  change(node, standing, id, async (tx) => {
    await sql`update simpul.operation_members set ended_at = ${tx.at}
      where operation_id = ${id} and officer_id = ${officer} and ended_at is null`.execute(tx.rows);
    tx.note("operation.member-ended", { id, officer });
  });

export interface AskSite {
  state: NodeCode;
  label: string;
  area: string;
  place: { lat: number; lon: number };
  authority: Authority | null;
  commander: string;
  teams: Team[];
  /** A proposal of the leading state that this site takes over. */
  takes: Id | null;
}

/** Writes a site, or writes it anew under the same id. Throws `SITE_NOT_PART` for one in a state that takes no part. */
export const keepSite = (
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  site: Id,
  ask: AskSite,
): Promise<void> =>
  change(node, standing, id, async (tx, row) => {
    if (!row.parties.includes(ask.state)) throw new OperationsError("SITE_NOT_PART", { state: ask.state });
    // Another state's ground is its own to plan; the leading state may propose.
    if (ask.state !== node.code && !(row.ours && row.state === "draft"))
      throw new OperationsError("SITE_NOT_PART", { state: ask.state });
    const sites = await sitesOf(tx, id);
    const known = sites.find((one) => one.id === site);
    if (known !== undefined && known.node !== node.code) throw new OperationsError("SITE_UNKNOWN");
    if (known === undefined && sites.length >= operationLimits.sites)
      throw new OperationsError("SITE_UNKNOWN", { most: operationLimits.sites });
    await dropOwnGo(tx, node.code, row);
    const a = ask.authority;
    await sql`insert into simpul.operation_sites (operation_id, id, node, state, label, area, lat, lon, authority, warrant,
        valid_from, valid_until, commander, teams, taken_from)
      values (${id}, ${site}, ${node.code}, ${ask.state}, ${ask.label}, ${ask.area}, ${ask.place.lat}, ${ask.place.lon},
        ${a?.authority ?? null}, ${a?.warrant ?? null}, ${a?.from ?? null}, ${a?.until ?? null}, ${ask.commander},
        ${JSON.stringify(ask.teams)}::jsonb, ${ask.takes})
      on conflict (operation_id, id) do update set state = excluded.state, label = excluded.label, area = excluded.area,
        lat = excluded.lat, lon = excluded.lon, authority = excluded.authority, warrant = excluded.warrant,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, commander = excluded.commander,
        teams = excluded.teams, removed_at = null`.execute(tx.rows);
    tx.note("operation.site-kept", { id, site, state: ask.state });
  });

export const removeSite = (node: OperationsNode, standing: OfOfficer, id: Id, site: Id): Promise<void> =>
  change(node, standing, id, async (tx, row) => {
    await dropOwnGo(tx, node.code, row);
    await sql`update simpul.operation_sites set removed_at = ${tx.at}
      where operation_id = ${id} and id = ${site} and node = ${node.code}`.execute(tx.rows);
    tx.note("operation.site-removed", { id, site });
  });

/** A go was about these sites and this plan for the people; once it is said, others act on it: a no-go comes first. */
async function dropOwnGo(tx: Writer, own: NodeCode, row: OperationRow): Promise<void> {
  const { rows } =
    await sql`select 1 from simpul.operation_votes where operation_id = ${row.id} and node = ${own}
    and go and version = ${row.version}`.execute(tx.rows);
  if (rows.length > 0 && row.state === "ready") throw new OperationsError("NOT_IN_THIS_STATE");
}

export const keepReception = (
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  plan: Reception,
): Promise<void> =>
  change(node, standing, id, async (tx) => {
    await sql`insert into simpul.operation_receptions (operation_id, plan, by_officer, at)
      values (${id}, ${JSON.stringify(plan)}::jsonb, ${standing.actor.id}, ${tx.at})
      on conflict (operation_id) do update set plan = excluded.plan, by_officer = excluded.by_officer,
        at = excluded.at`.execute(tx.rows);
    tx.note("operation.reception-kept", { id });
  });

export const addRisk = (
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  ask: { risk: string; answer: string },
): Promise<void> =>
  change(node, standing, id, async (tx) => {
    await sql`insert into simpul.operation_risks (id, operation_id, risk, answer, by_officer, at)
      values (${tx.newId()}, ${id}, ${ask.risk}, ${ask.answer}, ${standing.actor.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("operation.risk-noted", { id });
  });

export const closeRisk = (node: OperationsNode, standing: OfOfficer, id: Id, risk: Id): Promise<void> =>
  change(node, standing, id, async (tx) => {
    await sql`update simpul.operation_risks set closed_at = ${tx.at}
      where operation_id = ${id} and id = ${risk} and closed_at is null`.execute(tx.rows);
    tx.note("operation.risk-closed", { id, risk });
  });

/** All selectors of the plan at once, each in its canonical form. Throws `IDENTIFIER_UNREADABLE`. */
export const keepIdentifiers = (
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  said: readonly { type: SelectorType; value: string }[],
): Promise<void> =>
  change(node, standing, id, async (tx, row) => {
    await dropOwnGo(tx, node.code, row);
    const all = said.map(({ type, value }) => {
      const read = normalise(type, value, { region: node.code });
      if (!read.valid) throw new OperationsError("IDENTIFIER_UNREADABLE", { value });
      return { type, canonical: read.canonical };
    });
    await sql`delete from simpul.operation_identifiers where operation_id = ${id}`.execute(tx.rows);
    for (const one of all)
      await sql`insert into simpul.operation_identifiers (operation_id, type, canonical)
        values (${id}, ${one.type}, ${one.canonical}) on conflict do nothing`.execute(tx.rows);
    tx.note("operation.identifiers-kept", { id, count: all.length });
  });

/** Names a target or a case. Throws `REF_NOT_READY` for what she does not see there or what may not be named. */
export async function addRef(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  { kind, ref }: { kind: RefKind; ref: Id },
): Promise<void> {
  const seen = await node.things[kind](standing);
  if (!seen.some((one) => one.id === ref && one.ready)) throw new OperationsError("REF_NOT_READY");
  await change(node, standing, id, async (tx, row) => {
    await dropOwnGo(tx, node.code, row);
    if ((await refsOf(tx, id)).length >= operationLimits.refs)
      throw new OperationsError("REF_NOT_READY", { most: operationLimits.refs });
    await sql`insert into simpul.operation_refs (operation_id, kind, ref, by_officer, at)
      values (${id}, ${kind}, ${ref}, ${standing.actor.id}, ${tx.at}) on conflict do nothing`.execute(
      tx.rows,
    );
    tx.note("operation.ref-added", { id, kind, ref });
  });
}

export const dropRef = (node: OperationsNode, standing: OfOfficer, id: Id, ref: Id): Promise<void> =>
  change(node, standing, id, async (tx) => {
    await sql`delete from simpul.operation_refs where operation_id = ${id} and ref = ${ref}`.execute(tx.rows);
    tx.note("operation.ref-dropped", { id, ref });
  });

const others = (node: OperationsNode, row: OperationRow): NodeCode[] =>
  row.parties.filter((party) => party !== node.code);

/** The plan leaves: by whoever speaks for the state, with a proof, and not by who wrote it. */
export async function sendPlan(node: OperationsNode, standing: OfOfficer, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    if (!row.ours || row.state !== "draft") throw new OperationsError("NOT_IN_THIS_STATE");
    if (row.ends_at <= tx.at) throw new OperationsError("WINDOW_PAST");
    if (row.fallback === "") throw new OperationsError("PLAN_INCOMPLETE", { why: "no-fallback" });
    await demandOn(node, standing, tx, "operation.send", { id, author: row.made_by });
    await sql`update simpul.operations set state = 'ready', sent_by = ${standing.actor.id}, sent_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    const proposed = (await sitesOf(tx, id))
      .filter((site) => site.node === node.code && site.state !== node.code && site.place !== null)
      .map(({ id: site, state, label, area, place }) => ({ site, state, label, area, ...place! }));
    for (const to of others(node, row)) {
      const body: Wire<"operation.plan"> = {
        ...{ operation: id, version: row.version, plan: planOf(row) },
        // Each hears of places on its own ground only.
        proposed: proposed.filter((one) => one.state === to),
      };
      await tx.send({
        id: tx.newId(),
        to,
        kind: "operation.plan",
        body: { agency: standing.actor.agency, ...body },
      });
    }
    tx.note("operation.sent", { id, states: others(node, row), version: row.version });
  });
  node.wake(`operation:${id}`);
  node.send();
}

/** The leading state takes its plan back to change it; every vote counted for what it was before. */
export async function reopenPlan(node: OperationsNode, standing: OfOfficer, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    const { state } = await headOf(tx, row, tx.at);
    if (!row.ours || (state !== "ready" && state !== "approved"))
      throw new OperationsError("NOT_IN_THIS_STATE");
    await demandOn(node, standing, tx, "operation.act", { id, author: row.made_by });
    await sql`update simpul.operations set state = 'draft', version = version + 1 where id = ${id}`.execute(
      tx.rows,
    );
    for (const to of others(node, row))
      await tx.send({
        ...{ id: tx.newId(), to, kind: "operation.reopened", urgent: true },
        body: { agency: standing.actor.agency, operation: id, version: row.version + 1 },
      });
    tx.note("operation.reopened", { id, version: row.version + 1 });
  });
  node.wake(`operation:${id}`);
  node.send();
}

/** Go or no-go of this state. Throws `PLAN_INCOMPLETE` with what is missing for a go. */
export async function vote(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  ask: { go: boolean; reason: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    const { state } = await headOf(tx, row, tx.at);
    const before = row.starts_at > tx.at;
    // Once the window runs and all are out there, only calling everybody back helps.
    if (state !== "ready" && !(state === "approved" && before))
      throw new OperationsError("NOT_IN_THIS_STATE");
    if (ask.go) {
      const missing = await hindrancesHere(node, tx, row);
      if (missing.length > 0) throw new OperationsError("PLAN_INCOMPLETE", { why: missing.join(",") });
    }
    await demandOn(node, standing, tx, "operation.vote", { id, author: row.made_by });
    await keepVote(
      tx,
      { operation: id, node: node.code, by: standing.actor.id },
      { ...ask, version: row.version },
    );
    const sites = (await sitesOf(tx, id))
      .filter((site) => site.node === node.code && site.state === node.code)
      .map(({ id: site, label, area, commander }) => ({ site, label, area, commander }));
    for (const to of others(node, row)) {
      const body: Wire<"operation.vote"> = {
        ...{ operation: id, version: row.version, go: ask.go, reason: ask.reason },
        sites: ask.go ? sites : [],
      };
      await tx.send({
        ...{ id: tx.newId(), to, kind: "operation.vote", urgent: true },
        body: { agency: standing.actor.agency, ...body },
      });
    }
    tx.note("operation.voted", { id, go: ask.go, version: row.version });
  });
  node.wake(`operation:${id}`);
  node.send();
}

/** Everybody back, at any time, by anybody who investigates in it: no proof, no second person. Reaches every state. */
export async function recall(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    const { state } = await headOf(tx, row, tx.at);
    if (["recalled", "ended", "reported", "lapsed"].includes(state))
      throw new OperationsError("NOT_IN_THIS_STATE");
    await demandOn(node, standing, tx, "operation.recall", { id, author: row.made_by });
    await keepRecall(tx, { operation: id, node: node.code }, reason);
    // A draft that never left is nobody else's.
    const told = row.ours && row.sent_at === null ? [] : others(node, row);
    for (const to of told)
      await tx.send({
        ...{ id: tx.newId(), to, kind: "operation.recall", urgent: true },
        body: { agency: standing.actor.agency, operation: id, reason },
      });
    tx.note("operation.recalled", { id, states: told });
  });
  node.wake(`operation:${id}`);
  node.send();
}
