// Asking: an officer chooses selectors of her case and states, says why, and the question goes out as soon as it may.
import { mayBeAsked, queryRuling } from "@simpul/match/oprf";
import type { Id, NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { SelectorOfCase } from "../../cases/contract.ts";
import { ChecksError, type AskCheck, type CheckNeed } from "../contract.ts";
import { caseOf } from "../look.ts";
import { officerOf, type ChecksNode } from "../node.ts";
import { needsOf, queryTerms } from "../rules.ts";
import type { Standing } from "@simpul/store";

/** Throws `NEVER_ASKED` for a selector of somebody who is never asked about (HIT-1), `NOT_FOUND` for none of the case. */
function chosen(all: readonly SelectorOfCase[], ids: readonly Id[]): SelectorOfCase[] {
  const known = new Map(all.map((one) => [one.record, one]));
  const picked = [...new Set(ids)].map((id) => {
    const found = known.get(id);
    if (found === undefined) throw new ChecksError("NOT_FOUND");
    return found;
  });
  const never = picked.filter((one) => !mayBeAsked(one.role)).length;
  if (never > 0) throw new ChecksError("NEVER_ASKED", { count: never });
  const held = picked.filter(
    ({ handling: { conditions } }) => conditions?.noAutomatedMatching || conditions?.victimSensitive,
  ).length;
  if (held > 0) throw new ChecksError("NOT_TO_BE_MATCHED", { count: held });
  // The same value from two sources is one question.
  return [...new Map(picked.map((one) => [`${one.type} ${one.canonical}`, one])).values()];
}

/** Asks, or proposes to a supervisor where one must agree first. Gives the check's id. */
export async function askCheck(
  node: ChecksNode,
  standing: Standing,
  ask: AskCheck,
): Promise<{ id: Id; state: "proposed" | "asking"; needs: CheckNeed[] }> {
  const officer = officerOf(standing);
  const peers = await node.asking.peers();
  const states = [...new Set(ask.states)].filter((state) => peers.includes(state));
  if (states.length === 0 || states.length !== new Set(ask.states).size) throw new ChecksError("NO_STATE");
  if (ask.selectors.length > node.terms.ask.most)
    throw new ChecksError("TOO_MANY_SELECTORS", { most: node.terms.ask.most });
  const done = await node.store.write(standing, async (tx) => {
    const head = await caseOf(node, tx, ask.case);
    tx.allowed(
      demand(node.policy, {
        officer,
        act: "check.ask",
        record: await node.caseFacts(tx, head.id),
        purpose: standing.purpose,
        now: tx.at,
      }),
    );
    const selectors = chosen(await node.cases.selectorsOf(tx, head.id), ask.selectors);
    const facts = {
      case: head.id,
      purpose: standing.purpose,
      offence: ask.offence,
      legalBasis: ask.legalBasis,
      operator: officer.id,
      supervisor: null,
    };
    const ruling = queryRuling(facts, selectors.length, queryTerms(node.terms));
    const missing = ruling.kind === "complete" ? [] : ruling.missing.filter((one) => one !== "supervisor");
    if (missing.length > 0) throw new ChecksError("FACT_MISSING", { missing: missing.join(",") });
    const needs = await needsHere(node, tx, head.id, officer.id, selectors);
    const id = tx.newId();
    const state = needs.length === 0 ? ("asking" as const) : ("proposed" as const);
    await insertCheck(node, tx, {
      id,
      case: head.id,
      desk: officer.desk,
      ask,
      state,
      needs,
      states,
      selectors,
    });
    for (const need of needs.filter((one) => one !== "bulk"))
      await raise(tx, { kind: need, check: id, case: head.id, officer: officer.id, count: selectors.length });
    tx.note("check.asked", { id, case: head.id, count: selectors.length, states, state });
    if (state === "asking") await tx.enqueue({ kind: "check.run", payload: { check: id }, key: id });
    return { id, state, needs };
  });
  node.wake(`check:${done.id}`);
  return done;
}

/** Looks at what was asked before in this case as well: counting in small steps is still counting. */
async function needsHere(
  node: ChecksNode,
  tx: Writer,
  of: Id,
  officer: Id,
  selectors: readonly SelectorOfCase[],
): Promise<CheckNeed[]> {
  const since = new Date(tx.at.getTime() - node.terms.ask.lookBackDays * 86_400_000);
  const asked = await sql<{ record_id: Id }>`select distinct r.record_id from simpul.check_results r
    join simpul.checks c on c.case_id = r.case_id and c.id = r.check_id
    where c.case_id = ${of} and c.asked_at > ${since}`.execute(tx.rows);
  const before = new Set(asked.rows.map((row) => row.record_id));
  const all = await node.cases.selectorsOf(tx, of);
  const values = [
    ...all.filter((one) => before.has(one.record)).map((one) => `${one.type} ${one.canonical}`),
    ...selectors.map((one) => `${one.type} ${one.canonical}`),
  ];
  const hers = await sql<{ asked: number; hits: number }>`
    select count(*)::int as asked, count(*) filter (where r.reply = 'hit')::int as hits
    from simpul.check_results r join simpul.checks c on c.case_id = r.case_id and c.id = r.check_id
    where c.officer_id = ${officer} and c.asked_at > ${since} and r.reply in ('hit', 'no-hit')`.execute(
    tx.rows,
  );
  return needsOf(node.terms, { count: selectors.length, values, ...hers.rows[0]! });
}

async function insertCheck(
  node: ChecksNode,
  tx: Writer,
  of: {
    id: Id;
    case: Id;
    desk: Id;
    ask: AskCheck;
    state: string;
    needs: CheckNeed[];
    states: NodeCode[];
    selectors: readonly SelectorOfCase[];
  },
): Promise<void> {
  const records = of.selectors.map((one) => one.record);
  await sql`insert into simpul.checks (case_id, id, officer_id, desk_id, purpose, offence, legal_basis, state, needs,
      count, terms_version, asked_at)
    values (${of.case}, ${of.id}, ${officerOf(tx.standing).id}, ${of.desk}, ${tx.standing.purpose}, ${of.ask.offence},
      ${of.ask.legalBasis.trim()}, ${of.state}, ${JSON.stringify(of.needs)}::jsonb, ${records.length},
      ${node.terms.version}, ${tx.at})`.execute(tx.rows);
  await sql`insert into simpul.check_askings (case_id, check_id, peer, state)
    select ${of.case}, ${of.id}, peer, 'waiting' from unnest(${of.states}::text[]) as t (peer)`.execute(
    tx.rows,
  );
  await sql`insert into simpul.check_results (case_id, check_id, record_id, peer, reply)
    select ${of.case}, ${of.id}, record, peer, 'waiting'
    from unnest(${records}::uuid[]) as r (record), unnest(${of.states}::text[]) as t (peer)`.execute(tx.rows);
}

async function raise(
  tx: Writer,
  of: { kind: string; check: Id; case: Id; officer: Id; count: number },
): Promise<void> {
  const id = tx.newId();
  await sql`insert into simpul.check_alarms (id, at, side, kind, check_id, case_id, officer_id, facts)
    values (${id}, ${tx.at}, 'asking', ${of.kind}, ${of.check}, ${of.case}, ${of.officer},
      ${JSON.stringify({ count: of.count })}::jsonb)`.execute(tx.rows);
  tx.note("check.alarm", { id, case: of.case, alarm: of.kind, check: of.check });
}

interface Proposed {
  id: Id;
  case_id: Id;
  officer_id: Id;
  state: string;
}

/** A supervisor agrees to a proposed check, or declines it. Throws `OWN_CHECK`, `ALREADY_DECIDED`, `NOT_FOUND`. */
export async function decideCheck(
  node: ChecksNode,
  standing: Standing,
  id: Id,
  agree: boolean,
): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    const found = await sql<Proposed>`
      select id, case_id, officer_id, state from simpul.checks where id = ${id} for update`.execute(tx.rows);
    const check = found.rows[0];
    if (check === undefined) throw new ChecksError("NOT_FOUND");
    tx.allowed(
      demand(node.policy, {
        officer,
        act: "check.agree",
        record: await node.caseFacts(tx, check.case_id),
        purpose: standing.purpose,
        now: tx.at,
      }),
    );
    // HIT-2: nobody agrees to her own query.
    if (check.officer_id === officer.id) throw new ChecksError("OWN_CHECK");
    if (check.state !== "proposed") throw new ChecksError("ALREADY_DECIDED");
    const state = agree ? "asking" : "declined";
    await sql`update simpul.checks set state = ${state}, supervisor_id = ${officer.id}, decided_at = ${tx.at},
        ended_at = ${agree ? null : tx.at}
      where case_id = ${check.case_id} and id = ${id}`.execute(tx.rows);
    tx.note(agree ? "check.agreed" : "check.declined", { id, case: check.case_id });
    if (agree) await tx.enqueue({ kind: "check.run", payload: { check: id }, key: id });
  });
  node.wake(`check:${id}`);
}

/** Asks the states again that were not reached, at once instead of at their time. */
export async function askAgain(node: ChecksNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const found = await sql<{ case_id: Id }>`
      select case_id from simpul.checks where id = ${id} and state in ('asking', 'done')`.execute(tx.rows);
    const of = found.rows[0]?.case_id;
    if (of === undefined) throw new ChecksError("NOT_FOUND");
    tx.allowed(
      demand(node.policy, {
        officer: officerOf(standing),
        act: "check.ask",
        record: await node.caseFacts(tx, of),
        purpose: standing.purpose,
        now: tx.at,
      }),
    );
    const again =
      await sql`update simpul.check_askings set state = 'not-reached', next_try = ${tx.at}, ended_at = null,
        sent_at = null, attempts = 0
      where case_id = ${of} and check_id = ${id} and state in ('not-reached', 'given-up')`.execute(tx.rows);
    if (again.numAffectedRows === 0n) throw new ChecksError("ALREADY_DECIDED");
    await sql`update simpul.checks set state = 'asking', ended_at = null
      where case_id = ${of} and id = ${id}`.execute(tx.rows);
    tx.note("check.asked-again", { id, case: of });
    // A key of its own: under the check's own key the try at its time may be waiting already.
    await tx.enqueue({ kind: "check.run", payload: { check: id }, key: `${id} now` });
  });
  node.wake(`check:${id}`);
}
