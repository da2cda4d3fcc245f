// The question on its way: every state at once, each proven and tested, what was not reached tried again.
import { ExchangeError } from "@simpul/exchange";
import {
  blind,
  blindWith,
  finaliseVerified,
  fromBase64url,
  mayBeAsked,
  OprfError,
  readElements,
  selectorInput,
  tagOf,
  toBase64url,
  type Blinded,
} from "@simpul/match/oprf";
import { Id, SimpulError } from "@simpul/model";
import type { NodeCode, Purpose, SelectorType } from "@simpul/model";
import { sql } from "kysely";
import type { SelectorOfCase } from "../../cases/contract.ts";
import type { AskingState, Result } from "../contract.ts";
import { jobStanding, type ChecksNode } from "../node.ts";
import { nextTry, outcomeOf, resultOf } from "../rules.ts";
import { pseudonyms } from "../secrets.ts";
import { entryOf, print, questions, readAs, Reply, sha256, type AskElements } from "../wire.ts";
import { filterOf } from "./filters.ts";
import { peerKeys, type PeerKeys } from "./peer-keys.ts";

interface CheckRow {
  id: Id;
  case_id: Id;
  officer_id: Id;
  supervisor_id: Id | null;
  purpose: Purpose;
  offence: string;
  legal_basis: string;
}
interface AskingRow {
  peer: NodeCode;
  query: Id | null;
  epoch: string | null;
  blinds: Buffer | null;
  asked: Group[] | null;
  attempts: number;
  sent_at: Date | null;
}
/** Records of one type, in the order of their elements. */
interface Group {
  type: SelectorType;
  records: Id[];
}
interface Answered {
  state: AskingState;
  because: string | null;
  results: Map<Id, Result>;
}

/** Runs one check as far as it goes now; does nothing for one that is not being asked. */
export async function runCheck(node: ChecksNode, id: Id): Promise<void> {
  const taken = await take(node, id);
  if (taken === null) return;
  const { check, askings } = taken;
  const { selectors, gone } = await chosenOf(node, check);
  if (gone.length > 0) await withdraw(node, check, gone);
  const ended = await Promise.allSettled(askings.map((asking) => askState(node, check, asking, selectors)));
  await settle(node, check);
  const fault = ended.find((one) => one.status === "rejected");
  if (fault !== undefined) throw fault.reason;
}

/** Longer than any question takes; a run that died gives its states back after it. */
const leaseMs = 120_000;

/** Takes the states whose turn it is, so that two runs at once never ask one state twice. */
const take = (node: ChecksNode, id: Id) =>
  node.store.write(jobStanding, async (tx) => {
    const checks =
      await sql<CheckRow>`select id, case_id, officer_id, supervisor_id, purpose, offence, legal_basis
      from simpul.checks where id = ${id} and state = 'asking'`.execute(tx.rows);
    const check = checks.rows[0];
    if (check === undefined) return null;
    const askings = await sql<AskingRow>`update simpul.check_askings
      set next_try = ${new Date(tx.at.getTime() + leaseMs)}
      where case_id = ${check.case_id} and check_id = ${id} and state in ('waiting', 'not-reached')
        and (next_try is null or next_try <= ${tx.at})
      returning peer, query, epoch, blinds, asked, attempts, sent_at`.execute(tx.rows);
    tx.note("check.run", { id, states: askings.rows.map((row) => row.peer) });
    return { check, askings: askings.rows };
  });

/** The selectors as the case holds them now. HIT-1 once more: what is said to be a victim's by now does not go out. */
const chosenOf = (node: ChecksNode, check: CheckRow) =>
  node.store.read(jobStanding, async (db) => {
    const wanted = await sql<{ record_id: Id }>`select distinct record_id from simpul.check_results
      where case_id = ${check.case_id} and check_id = ${check.id} and reply <> 'withdrawn'`.execute(db.rows);
    const ids = new Set(wanted.rows.map((row) => row.record_id));
    const all = await node.cases.selectorsOf(db, check.case_id);
    const selectors = all.filter((one) => ids.has(one.record) && mayBeAsked(one.role));
    return { selectors, gone: [...ids].filter(goneFrom(selectors)) };
  });

const goneFrom = (selectors: readonly SelectorOfCase[]) => {
  const there = new Set(selectors.map((one) => one.record));
  return (id: Id): boolean => !there.has(id);
};

async function withdraw(node: ChecksNode, check: CheckRow, records: readonly Id[]): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.check_results set reply = 'withdrawn', at = ${tx.at}
      where case_id = ${check.case_id} and check_id = ${check.id} and record_id = any(${[...records]}::uuid[])
        and reply in ('waiting', 'not-reached')`.execute(tx.rows);
    tx.note("check.withdrawn", { id: check.id, case: check.case_id, count: records.length });
  });
}

async function askState(
  node: ChecksNode,
  check: CheckRow,
  asking: AskingRow,
  selectors: readonly SelectorOfCase[],
): Promise<void> {
  try {
    await keep(node, check, asking, await question(node, check, asking, selectors));
  } catch (fault) {
    const outcome = fault instanceof SimpulError ? outcomeOf(String(fault.code)) : null;
    if (outcome === null) throw fault;
    const first = asking.sent_at ?? node.clock.now();
    const next = outcome.again
      ? nextTry(node.terms.retry, asking.attempts + 1, first, node.clock.now())
      : null;
    const state = outcome.again && next === null ? "given-up" : outcome.state;
    const answered = {
      state,
      because: outcome.because,
      results: new Map(selectors.map((one): [Id, Result] => [one.record, resultOf(state)])),
    };
    await keep(node, check, asking, answered, next);
  }
}

/** Asks one state and reads its answer. Throws what is wrong with the way, the keys or the proof. */
async function question(
  node: ChecksNode,
  check: CheckRow,
  asking: AskingRow,
  selectors: readonly SelectorOfCase[],
): Promise<Answered> {
  const results = new Map<Id, Result>();
  if (selectors.length === 0) return { state: "answered", because: null, results };
  const keys = await peerKeys(node, asking.peer);
  const filters = new Map<SelectorType, Awaited<ReturnType<typeof filterOf>>>();
  const askable: SelectorOfCase[] = [];
  for (const one of selectors) {
    const offered = keys.filters.get(one.type);
    // Another profile would compare two spellings of one thing (HIT-3); a type that it does not index has no filter.
    if (offered?.profile !== one.profile || !keys.keys.has(one.type))
      results.set(one.record, "not-searchable");
    else askable.push(one);
    if (offered !== undefined && keys.keys.has(one.type) && !filters.has(one.type))
      filters.set(one.type, await filterOf(node, asking.peer, one.type, { keys, offered }));
  }
  if (askable.length === 0) return { state: "not-searchable", because: "NO_SUCH_TYPE", results };
  const groups = groupsOf(askable);
  const values = new Map(askable.map((one) => [one.record, selectorInput(one)]));
  const inputs = groups.map((group) => group.records.map((record) => values.get(record)!));
  const sent = await prepare(node, check, asking, keys, groups, inputs);
  const reply = readAs(Reply, await node.asking.ask(asking.peer, questions.ask, sent.body));
  if (reply.kind !== "evaluated") {
    if (reply.because === "other-key") throw new ExchangeError("UNAVAILABLE", "its keys changed meanwhile");
    for (const { record } of askable) results.set(record, reply.kind);
    return { state: reply.kind, because: reply.because, results };
  }
  groups.forEach((group, i) => {
    const answer = reply.groups.find((one) => one.type === group.type);
    if (answer === undefined) throw new OprfError("BAD_LENGTH", "a type is missing");
    const publicKey = Buffer.from(keys.keys.get(group.type)!.publicKey, "hex");
    const outputs = finaliseVerified(
      node.engine,
      { ...sent.blinded[i]!, inputs: inputs[i]!, publicKey },
      { evaluated: readElements(answer.evaluated, group.records.length), proof: fromBase64url(answer.proof) },
    );
    const tags = filters.get(group.type)!;
    group.records.forEach((record, n) =>
      results.set(record, tags.has(tagOf(outputs[n]!)) ? "hit" : "no-hit"),
    );
  });
  return { state: "answered", because: null, results };
}

function groupsOf(selectors: readonly SelectorOfCase[]): Group[] {
  const groups = new Map<SelectorType, Id[]>();
  for (const { type, record } of selectors.toSorted((a, b) => (a.record < b.record ? -1 : 1)))
    groups.set(type, [...(groups.get(type) ?? []), record]);
  return [...groups].map(([type, records]) => ({ type, records }));
}

const blindsContext = (check: Id, peer: NodeCode): string => `check-blinds:${check}:${peer}`;
export const unwrapBlinds = (node: ChecksNode, check: Id, peer: NodeCode, wrapped: Uint8Array): Uint8Array =>
  node.box.unwrap(wrapped, blindsContext(check, peer));

const askedOf = (groups: readonly Group[]): string =>
  groups.map(({ type, records }) => `${type} ${records.join(" ")}`).join("\n");

interface Sent {
  body: Uint8Array;
  blinded: Blinded[];
}

/**
 * The question as it is sent, kept before it is: a question whose answer was lost is sent again byte for byte, so that
 * the holder counts it once and both logs hold the same entry (HIT-11).
 */
async function prepare(
  node: ChecksNode,
  check: CheckRow,
  asking: AskingRow,
  keys: PeerKeys,
  groups: readonly Group[],
  inputs: readonly Uint8Array[][],
): Promise<Sent> {
  const same =
    asking.blinds !== null && asking.epoch === keys.epoch && askedOf(asking.asked ?? []) === askedOf(groups);
  const query = same ? asking.query! : Id.make(node);
  const kept = same ? unwrapBlinds(node, check.id, asking.peer, asking.blinds!) : null;
  let at = 0;
  const blinded = inputs.map((some) => {
    if (kept === null) return blind(node.engine, "voprf", some, node.random);
    const blinds = kept.subarray(at, (at += 32 * some.length));
    return blindWith(node.engine, "voprf", some, blinds);
  });
  const names = await pseudonyms(node, asking.peer);
  const { commitment } = names.case(check.case_id);
  const ask: AskElements = {
    v: 1,
    query,
    facts: {
      case: commitment,
      purpose: check.purpose,
      offence: check.offence,
      legalBasis: check.legal_basis,
      operator: names.officer(check.officer_id),
      supervisor: check.supervisor_id === null ? null : names.officer(check.supervisor_id),
    },
    groups: groups.map(({ type }, i) => ({
      type,
      epoch: keys.epoch,
      keyId: keys.keys.get(type)!.id,
      elements: toBase64url(blinded[i]!.blinded),
    })),
  };
  const body = print(ask);
  const request = sha256(body);
  const count = inputs.reduce((sum, some) => sum + some.length, 0);
  const entry = entryOf({ from: node.code, to: asking.peer, query, request, count });
  const wrapped = Buffer.from(
    node.box.wrap(Buffer.concat(blinded.map((one) => one.blinds)), blindsContext(check.id, asking.peer)),
  );
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.check_askings set query = ${query}, epoch = ${keys.epoch}, count = ${count},
        blinds = ${wrapped}, asked = ${JSON.stringify(groups)}::jsonb, commitment = ${commitment},
        request = ${request}, entry = ${entry}, sent_at = coalesce(sent_at, ${tx.at})
      where case_id = ${check.case_id} and check_id = ${check.id} and peer = ${asking.peer}`.execute(tx.rows);
    tx.note("check.sent", { id: check.id, case: check.case_id, peer: asking.peer, query, count });
  });
  return { body, blinded };
}

/** Keeps how a state stands now, with the bit per selector, in one transaction. */
async function keep(
  node: ChecksNode,
  check: CheckRow,
  { peer }: AskingRow,
  answered: Answered,
  next: Date | null = null,
): Promise<void> {
  const { state, because, results } = answered;
  const hits = [...results.values()].filter((result) => result === "hit").length;
  await node.store.write(jobStanding, async (tx) => {
    const over = state === "waiting" || (state === "not-reached" && next !== null) ? null : tx.at;
    await sql`update simpul.check_askings set state = ${state}, because = ${because}, attempts = attempts + 1,
        next_try = ${next}, ended_at = ${over}, sent_at = coalesce(sent_at, ${tx.at})
      where case_id = ${check.case_id} and check_id = ${check.id} and peer = ${peer}`.execute(tx.rows);
    await sql`update simpul.check_results r set reply = t.reply, at = ${tx.at}
      from unnest(${[...results.keys()]}::uuid[], ${[...results.values()]}::text[]) as t (record, reply)
      where r.case_id = ${check.case_id} and r.check_id = ${check.id} and r.peer = ${peer}
        and r.record_id = t.record and r.reply <> 'withdrawn'`.execute(tx.rows);
    tx.note("check.state-answered", {
      id: check.id,
      case: check.case_id,
      peer,
      state,
      hits,
      ...(because && { because }),
    });
    // A key that does not fit its proof is looked at by a person (HIT-5).
    if (state === "not-believed") {
      const id = tx.newId();
      await sql`insert into simpul.check_alarms (id, at, side, kind, peer, check_id, case_id, facts)
        values (${id}, ${tx.at}, 'asking', 'not-believed', ${peer}, ${check.id}, ${check.case_id},
          ${JSON.stringify({ because })}::jsonb)`.execute(tx.rows);
      tx.note("check.alarm", { id, case: check.case_id, peer, alarm: "not-believed", because });
    }
  });
  node.wake(`check:${check.id}`);
}

/** Ends the check when every state has, else comes back when the next one is due. */
async function settle(node: ChecksNode, check: CheckRow): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    const open = await sql<{ next: Date | null; open: number }>`
      select min(next_try) as next, count(*)::int as open from simpul.check_askings
      where case_id = ${check.case_id} and check_id = ${check.id} and state in ('waiting', 'not-reached')
        and ended_at is null`.execute(tx.rows);
    const { next, open: waiting } = open.rows[0]!;
    if (waiting > 0) {
      if (next !== null)
        await tx.enqueue({ kind: "check.run", payload: { check: check.id }, key: check.id, runAfter: next });
      tx.note("check.waits", { id: check.id, states: waiting });
      return;
    }
    await sql`update simpul.checks set state = 'done', ended_at = ${tx.at}
      where case_id = ${check.case_id} and id = ${check.id}`.execute(tx.rows);
    tx.note("check.done", { id: check.id, case: check.case_id });
  });
  node.wake(`check:${check.id}`);
}
