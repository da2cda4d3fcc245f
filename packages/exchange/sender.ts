// The outbox of one peer after another: asked about once more, numbered, sent in order until receipts are held.
import type { Clock, Digest, Id, NodeCode, Random } from "@simpul/model";
import { sql } from "kysely";
import type { OpenStore } from "@simpul/store";
import type { Ahead } from "./ahead.ts";
import type { AttachmentSource } from "./attachments.ts";
import type { Bandwidth } from "./bandwidth.ts";
import type { PeerClient } from "./client.ts";
import { digestOf, type Excluded } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import type { AgencyKey, NodeKeys } from "./keys.ts";
import { tellPeer } from "./health.ts";
import { keepFailure, takeLine } from "./line.ts";
import { lawFor, nextRows, number, outgoingOf, type Going, type Row, type Sealed } from "./outgoing.ts";
import { everSigned, type Peer, type Peers } from "./peers.ts";
import { post } from "./posting.ts";
import { readReceipt, type Receipt } from "./receipt.ts";
import type { Held } from "./together.ts";

/** An envelope that is about to leave. */
export interface Outgoing {
  id: Id;
  /** The envelope that the feature wrote; another than `id` when somebody had a dead letter tried again. */
  first: Id;
  to: NodeCode;
  kind: string;
  body: unknown;
  attachments: Digest[];
  /** Who over there is excluded, once it is sealed: the ids under which this node knows them. */
  excluded: Id[];
}

/** The law's last word, asked right before each sending (architecture 5.5). */
export type MayLeave = (envelope: Outgoing) => Promise<Leave>;
/** It may; where `excluded` names somebody, only to a node that keeps it from them. */
export type Leave = { kind: "may"; excluded?: readonly Excluded[] } | { kind: "may-not"; because: string };

export interface Sending {
  store: OpenStore;
  keys: NodeKeys;
  peers: Peers;
  clock: Clock;
  random: Random;
  client: PeerClient;
  attachments: AttachmentSource;
  mayLeave: MayLeave;
  ahead: Ahead;
  /** Whose key signs it. */
  agencyFor(envelope: Outgoing): AgencyKey;
  /** The receipt is here; told before it is written down, so it may be told twice. */
  onReceipt(envelope: Outgoing, receipt: Receipt): Promise<void>;
  failed(error: unknown): void;
  /**
   * Before a process gives the first number to a peer, it asks that peer which it took: a restored node must not give
   * one twice. Throws what the call threw, and `SEQUENCE_REUSED` while the numbers do not match.
   */
  meet(peer: NodeCode): Promise<void>;
  /** Asks again before the next number: after a failure, and with `numbers` because these did not fit. */
  doubt(peer: NodeCode, numbers: boolean): void;
  /** Bytes that a line carried lately in the time for which an urgent envelope may wait; by peer. */
  budget: Map<string, number>;
  /** What a line may carry; null where nothing limits it. */
  share(peer: NodeCode): Bandwidth | null;
  pace: Pace;
}

export interface Pace {
  /** How long a line belongs to a process that says nothing more. */
  leaseMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
}

/** Envelopes sent at once, and the bytes of a first batch on a line whose speed nobody knows yet. */
const batch = { most: 64, firstBytes: 32_768, leastBytes: 16_384, mostBytes: 1024 * 1024 };
/** An urgent envelope waits at most about so long for the batch before it. */
const batchMs = 5_000;
/** From so many bytes in `batchMs` on a line is fast enough that the batch after the next hurts nobody. */
const fastBytes = 256 * 1024;
/** What the law said of a batch that was made ready beside another holds so long. */
const readyMs = 1_000;

/** A batch with its numbers, sealed, and allowed to leave at that moment. */
interface Ready {
  peer: Peer;
  sealed: Sealed[];
  at: number;
}

/** A batch on its way, and its last number. */
interface Flying {
  there: Promise<void>;
  last: number;
  bytes: number;
}
/** From this version on a receiver takes two batches that overlap in their order. */
const pairedFrom = 3;
/** Batches on the line at once: while one is being kept and answered there, the next are on their way. */
const flyingMost = 4;

/** Puts a batch before the peer while the one before it is still on its way; where it came first, again after that one. */
async function behind(node: Sending, ready: Ready, before: Flying | null): Promise<void> {
  try {
    await deliver(node, ready, before === null);
  } catch (error) {
    const early = error instanceof ExchangeError && error.code === "GAP";
    if (before === null || !early) throw error;
    await before.there;
    await deliver(node, ready);
  }
}

/** Sends what waits for one peer, in order, until nothing waits or the peer does not take it. */
export async function drain(node: Sending, peerNode: NodeCode, going: () => boolean): Promise<void> {
  const lease = await takeLine(node, peerNode);
  if (!lease) return;
  // On a bad line one envelope may take longer than a lease.
  const beat = setInterval(() => void lease.renew().catch(() => false), node.pace.leaseMs / 3);
  let beside: Promise<Ready | null> | null = null;
  const flying: Flying[] = [];
  const onTheWay = new Set<Promise<void>>();
  try {
    while (going() && (await lease.ours())) {
      // Before anything is chosen: what is urgent by then goes first.
      await node.share(peerNode)?.letters(going);
      if (!going()) break;
      // First: what a restored node learns there changes what is next.
      await node.meet(peerNode);
      const made: Ready | null = beside === null ? null : await beside;
      beside = null;
      const fresh = made !== null && performance.now() - made.at < readyMs;
      const before = flying.at(-1) ?? null;
      const ready: Ready | null = fresh ? made : await makeReady(node, peerNode, before?.last ?? 0);
      if (ready === null) {
        if (before === null) break;
        // Nothing more for now; what is on its way may come back, and something new may wait by then.
        for (const { there } of flying.splice(0)) await there;
        continue;
      }
      const last: number | undefined = ready.sealed.at(-1)?.seq;
      if (last === undefined) continue;
      const there = behind(node, ready, before);
      onTheWay.add(there);
      there.then(
        () => onTheWay.delete(there),
        () => undefined,
      );
      flying.push({ there, last, bytes: ready.sealed.reduce((sum, { sealed }) => sum + sealed.length, 0) });
      // On a line that is fast the next batch is sealed, and leaves, while these are on their way; on a slow one it would
      // only keep an urgent letter waiting.
      const most = bytesFor(node, peerNode);
      const fast = most >= fastBytes && ready.peer.version >= pairedFrom;
      if (fast) beside = makeReady(node, peerNode, last);
      // Whatever it comes to is looked at in its turn.
      beside?.catch(() => undefined);
      while (flying.length > roomFor(flying, fast, most)) await flying.shift()!.there;
      await lease.worked();
    }
  } catch (error) {
    // While a line is down nothing more gets a number, so that what is urgent then still goes first.
    node.doubt(peerNode, error instanceof ExchangeError && error.code === "SEQUENCE_REUSED");
    await keepFailure(node, peerNode, error);
  } finally {
    clearInterval(beat);
    await beside?.catch(() => undefined);
    await Promise.allSettled(onTheWay);
    await lease.release();
    tellPeer(node.store, peerNode);
  }
}

/** How many may stay on the way: two, and more where they are small for what the line carries. */
function roomFor(flying: readonly Flying[], fast: boolean, most: number): number {
  if (!fast) return 0;
  const bytes = flying.reduce((sum, one) => sum + one.bytes, 0);
  return bytes < most ? flyingMost - 1 : 1;
}

/** How much may go at once: as the line carried lately, and as it may. */
const bytesFor = (node: Sending, peer: NodeCode): number =>
  Math.min(
    node.budget.get(peer) ?? batch.firstBytes,
    ((node.share(peer)?.rate ?? Infinity) * batchMs) / 1_000,
  );

/** The next batch above number `after`; null when nothing waits or the peer is not to be sent to. */
async function makeReady(node: Sending, peerNode: NodeCode, after: number): Promise<Ready | null> {
  const bytes = bytesFor(node, peerNode);
  const rows = await nextRows(node, peerNode, { most: batch.most, bytes, after });
  if (rows.length === 0) return null;
  const peer = await node.peers.byNode(peerNode);
  if (peer?.state !== "confirmed") return null;
  const at = performance.now();
  return { peer, sealed: await allowed(node, peer, rows), at };
}

/** What may leave gets its number and is sealed; what may not, and what can never be sealed, is given up on. */
async function allowed(node: Sending, peer: Peer, rows: readonly Row[]): Promise<Sealed[]> {
  const going: Going[] = [];
  const dead: Ended[] = [];
  for (const row of rows) {
    const leave = lawFor(peer, await node.mayLeave(outgoingOf(row, peer.node)));
    if (leave.kind === "may") going.push({ row, void: null, excluded: leave.excluded ?? [] });
    else if (row.sequence !== null) going.push({ row, void: leave.because, excluded: [] });
    else dead.push(given(row.id, `MAY_NOT_LEAVE: ${leave.because}`));
  }
  await end(node, peer.node, dead);
  if (going.length === 0) return [];
  try {
    return await number(node, peer, going);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    // What can never be sealed must not hold up the rest; it took no number.
    if (going.length > 1) {
      const sealed: Sealed[] = [];
      for (const { row } of going) sealed.push(...(await allowed(node, peer, [row])));
      return sealed;
    }
    if (going[0]!.row.sequence !== null) throw error;
    await end(node, peer.node, [given(going[0]!.row.id, error.message)]);
    return [];
  }
}

/** Puts a batch before the peer and keeps its receipts. */
async function deliver(node: Sending, { peer, sealed: numbered }: Ready, alone = true): Promise<void> {
  const size = numbered.reduce((sum, { sealed }) => sum + sealed.length, 0);
  const began = performance.now();
  node.share(peer.node)?.charge(size);
  const { receipts, stopped } = await post(node, peer, numbered, alone);
  if (stopped === null) node.budget.set(peer.node, budgetFor(size / (performance.now() - began)));
  await keepReceipts(node, peer, numbered.slice(0, receipts.length), receipts);
  if (stopped !== null) throw stopped;
}

/** `speed` in bytes a millisecond. */
const budgetFor = (speed: number): number =>
  Math.min(batch.mostBytes, Math.max(batch.leastBytes, Math.round(speed * batchMs)));

/** Believes each receipt for what it is, tells the features, and writes all of them down; also those before a false one. */
async function keepReceipts(
  node: Sending,
  peer: Peer,
  sent: readonly Sealed[],
  receipts: readonly string[],
): Promise<void> {
  const ended: Ended[] = [];
  try {
    const held: Held = new Map();
    for (const [i, one] of sent.entries()) ended.push(await judged(node, peer, one, receipts[i]!, held));
  } finally {
    await end(node, peer.node, ended);
  }
}

async function judged(node: Sending, peer: Peer, one: Sealed, text: string, held: Held): Promise<Ended> {
  const { row, seq, sealed } = one;
  const expected = {
    keys: everSigned(peer),
    by: peer.node,
    from: node.keys.node,
    id: row.id as Id,
    seq,
    held,
  };
  const receipt = await readReceipt(text, expected);
  const reached = receipt.sealed === digestOf(sealed);
  if (one.void !== null && reached) return { ...given(row.id, `MAY_NOT_LEAVE: ${one.void}`), receipt: text };
  // A receipt for other bytes under our number: an earlier try had got through before it was held back.
  if (one.void === null && !reached) throw new ExchangeError("NOT_A_RECEIPT", "for other bytes");
  await node.onReceipt(outgoingOf(row, peer.node), receipt);
  return {
    id: row.id,
    state: receipt.outcome === "accepted" ? "receipted" : "refused",
    last_error: receipt.code ?? null,
    receipt: text,
  };
}

interface Ended {
  id: string;
  state: "receipted" | "refused" | "dead";
  last_error: string | null;
  receipt: string | null;
}

const given = (id: string, why: string): Ended => ({ id, state: "dead", last_error: why, receipt: null });

async function end(node: Sending, peer: NodeCode, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const list = ended.map(
    (one) =>
      sql`(${one.id}::uuid, ${one.state}::text, ${one.last_error}::text,
        ${one.receipt === null ? null : JSON.stringify(one.receipt)}::jsonb)`,
  );
  await node.store.chore("exchange", ({ rows, at }) =>
    sql`update simpul.outbox o set state = v.state, last_error = v.error, receipt = v.receipt, ended_at = ${at}
      from (values ${sql.join(list)}) as v (id, state, error, receipt)
      where o.peer = ${peer} and o.id = v.id`.execute(rows),
  );
}
