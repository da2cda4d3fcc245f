// Answering another state's question: who it is and how much is judged and logged, the values stay hidden from us.
import { setTimeout as sleep } from "node:timers/promises";
import { ExchangeError } from "@simpul/exchange";
import {
  admit,
  evaluateWithProof,
  OprfError,
  queryRuling,
  readElements,
  replyAt,
  toBase64url,
  type KeyPair,
} from "@simpul/match/oprf";
import type { NodeCode, SelectorType } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ChecksNode } from "../node.ts";
import { queryTerms } from "../rules.ts";
import { AskElements, entryOf, printReply, readAs, sha256, type Reply } from "../wire.ts";
import { keyOf } from "./seeds.ts";

/** A group as it can be evaluated: its elements, and our key of its type and month. */
interface Group {
  type: SelectorType;
  elements: Uint8Array;
  keys: KeyPair | null;
}

type Verdict = { kind: "evaluated"; delayMs: number } | { kind: "limited" | "refused"; because: string };

interface Judged {
  ask: AskElements;
  count: number;
  request: string;
  groups: readonly Group[];
}

function readGroups(ask: AskElements): { type: SelectorType; elements: Uint8Array }[] {
  try {
    return ask.groups.map(({ type, elements }) => ({ type, elements: readElements(elements) }));
  } catch (fault) {
    if (fault instanceof OprfError) throw new ExchangeError("BAD_REQUEST", fault.code, fault);
    throw fault;
  }
}

/**
 * Answers `check.ask`. Every reply to so many elements has the same size and leaves at the end of a time slot, so
 * that neither tells what it is (HIT-6). Throws `BAD_REQUEST` for what is no question.
 */
export async function answerElements(
  node: ChecksNode,
  peer: NodeCode,
  body: Uint8Array,
): Promise<Uint8Array> {
  const received = node.clock.now();
  const ask = readAs(AskElements, body);
  const read = readGroups(ask);
  const count = read.reduce((sum, { elements }) => sum + elements.length / 32, 0);
  if (new Set(ask.groups.map((group) => group.type)).size !== ask.groups.length)
    throw new ExchangeError("BAD_REQUEST", "a type twice");
  const groups = await Promise.all(
    read.map(async ({ type, elements }, i): Promise<Group> => {
      const { epoch, keyId } = ask.groups[i]!;
      const key = node.terms.index.types.includes(type) ? await keyOf(node, epoch, type) : null;
      return { type, elements, keys: key?.published.id === keyId ? key : null };
    }),
  );
  const judged: Judged = { ask, count, request: sha256(body), groups };
  const verdict = await inTurn(peer, () => judge(node, peer, judged));
  const reply = replyOf(node, verdict, groups);
  const delay = verdict.kind === "evaluated" ? verdict.delayMs : 0;
  const ready = new Date(node.clock.now().getTime() + delay);
  const leave = replyAt(received, ready, node.terms.reply.slotMs);
  await sleep(Math.max(0, leave.getTime() - node.clock.now().getTime()));
  return printReply(reply, count, node.terms.reply.padTo);
}

/** Questions of one peer are judged one after the other; other processes meet at the row of its usage. */
const turns = new Map<string, Promise<unknown>>();
function inTurn<T>(peer: string, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(peer) ?? Promise.resolve()).then(work, work);
  turns.set(
    peer,
    done.catch(() => undefined),
  );
  return done;
}

function replyOf(node: ChecksNode, verdict: Verdict, groups: readonly Group[]): Reply {
  if (verdict.kind !== "evaluated") return { kind: verdict.kind, because: verdict.because };
  try {
    return {
      kind: "evaluated",
      groups: groups.map(({ type, elements, keys }) => {
        const { evaluated, proof } = evaluateWithProof(node.engine, keys!, elements, node.random);
        return { type, evaluated: toBase64url(evaluated), proof: toBase64url(proof) };
      }),
    };
  } catch (fault) {
    if (fault instanceof OprfError && fault.code === "NOT_AN_ELEMENT")
      throw new ExchangeError("BAD_REQUEST", fault.code, fault);
    throw fault;
  }
}

/** Judges and logs in one transaction; the same question sent again is neither judged nor counted twice. */
async function judge(node: ChecksNode, peer: NodeCode, judged: Judged): Promise<Verdict> {
  const { facts } = judged.ask;
  const standing = {
    actor: { kind: "peer", node: peer },
    purpose: facts.purpose ?? "administration",
  } as const;
  const ruling = queryRuling(facts, judged.count, queryTerms(node.terms));
  // HIT-2: without its facts it is no question of an officer, and there is nothing to log it under.
  if (ruling.kind === "incomplete") return { kind: "refused", because: `missing-${ruling.missing[0]!}` };
  if (judged.groups.some((group) => group.keys === null)) return { kind: "refused", because: "other-key" };
  return node.store.write(standing, async (tx) => {
    const seen = await sql<{ request: string; outcome: string }>`select request, outcome
      from simpul.check_answered where peer = ${peer} and id = ${judged.ask.query}`.execute(tx.rows);
    const before = seen.rows[0];
    if (before !== undefined && before.request !== judged.request)
      return { kind: "refused", because: "query-reused" };
    const { stopped } = await standingOf(tx, peer);
    if (before?.outcome === "evaluated" && !stopped) return { kind: "evaluated", delayMs: 0 };
    const limits = node.terms.limits.peers[peer] ?? node.terms.limits.usual;
    const usage = { ...(await usageOf(tx, peer, facts.case!)), stopped };
    const admission = admit(judged.count, usage, limits);
    const verdict: Verdict =
      admission.kind === "admitted"
        ? { kind: "evaluated", delayMs: admission.delayMs }
        : { kind: admission.kind, because: admission.because };
    await log(node, tx, peer, judged, verdict);
    return verdict;
  });
}

async function standingOf(tx: Writer, peer: NodeCode): Promise<{ stopped: boolean }> {
  const { rows } = await sql<{ stopped: boolean }>`
    select stopped from simpul.check_peers where peer = ${peer}`.execute(tx.rows);
  return { stopped: rows[0]?.stopped ?? false };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

async function usageOf(
  tx: Writer,
  peer: NodeCode,
  commitment: string,
): Promise<{ today: number; inCase: number }> {
  // Moved first: whoever answers the same peer elsewhere at this moment fails to commit, and counts again.
  const moved = await sql<{ asked: number }>`
    insert into simpul.check_usage (peer, day, asked) values (${peer}, ${dayOf(tx.at)}, 0)
    on conflict (peer, day) do update set asked = simpul.check_usage.asked returning asked`.execute(tx.rows);
  const inCase = await sql<{ asked: number }>`
    select coalesce(sum(count), 0)::int as asked from simpul.check_answered
    where peer = ${peer} and case_commitment = ${commitment} and outcome = 'evaluated'`.execute(tx.rows);
  return { today: moved.rows[0]!.asked, inCase: inCase.rows[0]!.asked };
}

async function log(
  node: ChecksNode,
  tx: Writer,
  peer: NodeCode,
  { ask, count, request, groups }: Judged,
  verdict: Verdict,
): Promise<void> {
  const { facts, query } = ask;
  const because = verdict.kind === "evaluated" ? null : verdict.because;
  const types = Object.fromEntries(groups.map(({ type, elements }) => [type, elements.length / 32]));
  const entry = entryOf({ from: peer, to: node.code, query, request, count });
  if (verdict.kind === "evaluated")
    await sql`update simpul.check_usage set asked = asked + ${count}
      where peer = ${peer} and day = ${dayOf(tx.at)}`.execute(tx.rows);
  await sql`insert into simpul.check_answered (peer, id, at, case_commitment, purpose, offence, legal_basis, operator,
      supervisor, count, types, request, entry, outcome, because, delay_ms)
    values (${peer}, ${query}, ${tx.at}, ${facts.case}, ${facts.purpose}, ${facts.offence}, ${facts.legalBasis},
      ${facts.operator}, ${facts.supervisor}, ${count}, ${JSON.stringify(types)}::jsonb, ${request}, ${entry},
      ${verdict.kind}, ${because}, ${verdict.kind === "evaluated" ? verdict.delayMs : 0})
    on conflict (peer, id) do update set at = excluded.at, outcome = excluded.outcome, because = excluded.because,
      delay_ms = excluded.delay_ms`.execute(tx.rows);
  tx.note("check.answered", { peer, query, count, outcome: verdict.kind, ...(because && { because }) });
  // HIT-5: who runs into the limit is looked at by a person, once a day.
  if (verdict.kind === "limited") await raiseOnce(tx, peer, verdict.because, count);
}

async function raiseOnce(tx: Writer, peer: NodeCode, because: string, count: number): Promise<void> {
  const limited = await sql<{ times: number }>`select count(*)::int as times from simpul.check_answered
    where peer = ${peer} and outcome = 'limited' and because = ${because}
      and at >= ${new Date(`${dayOf(tx.at)}T00:00:00Z`)}`.execute(tx.rows);
  if (limited.rows[0]!.times !== 1) return;
  const id = tx.newId();
  await sql`insert into simpul.check_alarms (id, at, side, kind, peer, facts)
    values (${id}, ${tx.at}, 'holding', ${because}, ${peer}, ${JSON.stringify({ count })}::jsonb)`.execute(
    tx.rows,
  );
  tx.note("check.alarm", { id, peer, alarm: because });
}
