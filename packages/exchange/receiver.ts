// Taking an envelope in: its number, its opening, the feature's work and the receipt are one transaction or nothing.
import type { Clock, NodeCode } from "@simpul/model";
import type { OpenStore, Writer } from "@simpul/store";
import type { Numbered } from "./books.ts";
import { digestOf, openEnvelope, voidType, type Envelope } from "./envelope.ts";
import { EnvelopeRefused, ExchangeError, refusalCodes, type RefusalCode } from "./errors.ts";
import { speakingTo, type NodeKeys } from "./keys.ts";
import { type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import { signReceipt, signReceipts, type Receipt } from "./receipt.ts";
import { togetherFrom, type Held } from "./together.ts";
import { PeerRefusal } from "./client.ts";

/**
 * The feature's part, in the transaction that takes the envelope in. Throw `EnvelopeRefused` to refuse it; any other
 * error means "not now": nothing is kept and the peer sends it again.
 */
export type OnEnvelope = (tx: Writer, envelope: Envelope) => Promise<void>;

/** An envelope as it came: what the request says about it, and its sealed bytes. */
export type Incoming = Numbered;

interface Receiving {
  store: OpenStore;
  keys: NodeKeys;
  clock: Clock;
  onEnvelope: OnEnvelope;
  /** The peer with the agencies that it announces by now; null where nothing changed or it cannot be asked. */
  anew(peer: Peer): Promise<Peer | null>;
}

/** A refused one keeps its type where it could be read. */
type Verdict = { envelope: Envelope } | { code: RefusalCode; type: string | null };
interface Judged {
  incoming: Incoming;
  verdict: Verdict;
}

/** Receipts for the first of what came, in order; `stopped` is why the rest has none. */
export interface Taken {
  receipts: string[];
  stopped: unknown;
}

/** Somebody else took this number meanwhile: look again. */
class Overtaken extends Error {}
/** What the feature did not take, by its place in the run: nothing of the run is kept yet. */
class NotTaken extends Error {
  readonly place: number;
  constructor(place: number, cause: unknown) {
    super("not taken", { cause });
    this.place = place;
  }
}

/**
 * Gives the signed receipt. The same envelope again gets the same receipt and changes nothing. Throws `GAP` with the
 * number expected, and `SEQUENCE_REUSED` when number or id were used for something else.
 */
export async function receive(node: Receiving, peer: Peer, incoming: Incoming): Promise<string> {
  const { receipts, stopped } = await receiveAll(node, peer, [incoming]);
  if (receipts[0] === undefined) throw stopped;
  return receipts[0];
}

/** The same for envelopes with rising numbers: in few transactions, and each as if it had come alone. */
export async function receiveAll(node: Receiving, peer: Peer, list: readonly Incoming[]): Promise<Taken> {
  const receipts: string[] = [];
  while (receipts.length < list.length)
    try {
      const known = await lookUp(node.store, peer.node, list.slice(receipts.length));
      receipts.push(...known.receipts);
      const rest = list.slice(receipts.length);
      if (rest.length === 0) break;
      const run = inOrder(rest, known);
      const held: Held = new Map();
      const judged = await Promise.all(
        run.map(async (incoming) => ({ incoming, verdict: await judge(node, peer, incoming, held) })),
      );
      await take(node, peer, judged, receipts);
    } catch (error) {
      // Somebody else took one of these numbers meanwhile: look again.
      if (!(error instanceof Overtaken)) return { receipts, stopped: error };
    }
  return { receipts, stopped: null };
}

interface Known {
  received: number;
  /** Receipts of the first ones that were taken before. */
  receipts: string[];
  ids: ReadonlySet<string>;
}

const lookUp = (store: OpenStore, peer: NodeCode, list: readonly Incoming[]): Promise<Known> =>
  store.chore("exchange", async ({ rows }) => {
    const db = tables(rows);
    const line = await db
      .selectFrom("simpul.peer_lines")
      .select("received")
      .where("peer", "=", peer)
      .executeTakeFirst();
    const seen = await db
      .selectFrom("simpul.received")
      .select(["id", "sequence", "receipt"])
      .where("peer", "=", peer)
      .where("id", "in", list.map(({ id }) => id) as string[])
      .execute();
    const receipts: string[] = [];
    for (const { id, seq } of list) {
      const same = seen.find((one) => one.id === id && one.sequence === seq);
      if (same === undefined) break;
      receipts.push(same.receipt);
    }
    return { received: line?.received ?? 0, receipts, ids: new Set(seen.map(({ id }) => id)) };
  });

/** The first of them that follow each other from the next number on. Throws when not even the first does. */
function inOrder(list: readonly Incoming[], known: Known): readonly Incoming[] {
  const ids = new Set(known.ids);
  let expected = known.received + 1;
  const run: Incoming[] = [];
  for (const one of list) {
    const wrong =
      one.seq > expected
        ? new PeerRefusal("GAP", { expected })
        : one.seq < expected || ids.has(one.id)
          ? new PeerRefusal("SEQUENCE_REUSED", { received: expected - 1 })
          : null;
    if (wrong !== null && run.length === 0) throw wrong;
    if (wrong !== null) break;
    ids.add(one.id);
    run.push(one);
    expected++;
  }
  return run;
}

async function judge(node: Receiving, peer: Peer, incoming: Incoming, held: Held): Promise<Verdict> {
  const verdict = await judgeBy(node, peer, incoming, held);
  if (!("code" in verdict) || !["UNKNOWN_AGENCY", "BAD_SIGNATURE"].includes(verdict.code)) return verdict;
  // An agency founded, or with another key, since the peer was asked last.
  const fresh = await node.anew(peer);
  return fresh === null ? verdict : judgeBy(node, fresh, incoming, held);
}

/** Opens it, or says why not; an envelope that cannot be read still uses its number. */
async function judgeBy({ keys }: Receiving, peer: Peer, incoming: Incoming, held: Held): Promise<Verdict> {
  try {
    const envelope = await opened(keys, peer, incoming.sealed, held);
    if (envelope.id !== incoming.id || envelope.seq !== incoming.seq)
      return { code: "SENDER_MISMATCH", type: null };
    return { envelope };
  } catch (error) {
    if (error instanceof ExchangeError && refusalCodes.includes(error.code as RefusalCode))
      return { code: error.code as RefusalCode, type: null };
    throw error;
  }
}

/**
 * By the keys of now; then by those of before, ours that open it and the peer's that signed it: a letter that was on its
 * way while keys changed comes as it was sealed. What is dated after its key's time is not believed.
 */
async function opened(keys: NodeKeys, peer: Peer, sealed: string, held: Held): Promise<Envelope> {
  let fault: unknown = null;
  for (const { agencies, until } of [{ agencies: peer.agencies, until: null }, ...peer.former])
    for (const sealing of [keys.sealing, ...keys.opening])
      try {
        const envelope = await openEnvelope(sealed, {
          node: keys.node,
          sealing,
          from: peer.node,
          agencies,
          held,
        });
        if (until !== null && Date.parse(envelope.at) > until.getTime())
          throw new ExchangeError("BAD_SIGNATURE", "by a key of before");
        return envelope;
      } catch (error) {
        // The most telling one: another key that does not open it says nothing.
        if (fault === null || (fault as ExchangeError).code === "NOT_OPENED") fault = error;
      }
  throw fault as Error;
}

/** Takes a run in; what a feature refuses is kept as refused, what it fails at ends the run after what came before. */
async function take(node: Receiving, peer: Peer, run: Judged[], receipts: string[]): Promise<void> {
  while (run.length > 0)
    try {
      receipts.push(...(await keep(node, peer, run)));
      return;
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      const { place, cause } = error;
      if (place > 0) receipts.push(...(await keep(node, peer, run.slice(0, place))));
      if (!(cause instanceof EnvelopeRefused)) throw cause;
      // What the feature wrote is gone with its transaction; the refusal itself is kept.
      const { incoming, verdict } = run[place]!;
      const type = "envelope" in verdict ? verdict.envelope.type : null;
      run = [{ incoming, verdict: { code: cause.code, type } }, ...run.slice(place + 1)];
    }
}

const keep = (node: Receiving, peer: Peer, run: readonly Judged[]): Promise<string[]> =>
  node.store.write({ actor: { kind: "peer", node: peer.node }, purpose: "mutual-assistance" }, async (tx) => {
    const db = tables(tx.rows);
    const moved = await db
      .updateTable("simpul.peer_lines")
      .set({ received: run.at(-1)!.incoming.seq })
      .where("peer", "=", peer.node)
      .where("received", "=", run[0]!.incoming.seq - 1)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) throw new Overtaken();
    for (const [place, { verdict }] of run.entries())
      if ("envelope" in verdict && verdict.envelope.type !== voidType)
        await node.onEnvelope(tx, verdict.envelope).catch((cause: unknown) => {
          throw mustRunAgain(cause) ? cause : new NotTaken(place, cause);
        });
    const says = run.map((one) => said(node, peer, one, tx.at));
    const receipts = await signed(node, peer, says);
    const kept = run.map((one, i) => rowOf(one, says[i]!, receipts[i]!, tx.at));
    await db.insertInto("simpul.received").values(kept).execute();
    for (const { id, sequence, type, outcome, code, sealed: digest } of kept)
      tx.note(`envelope.${outcome}`, { id, peer: peer.node, seq: sequence, type, code, digest });
    return receipts;
  });

/** PostgreSQL asks for the whole transaction again (class 40); the store does it. */
const mustRunAgain = (cause: unknown): boolean =>
  /^(40|55P03)/.test((cause as { code?: string } | null)?.code ?? "");

function said(node: Receiving, peer: Peer, { incoming, verdict }: Judged, at: Date): Receipt {
  const { id, seq } = incoming;
  const sealed = digestOf(incoming.sealed);
  const about = { v: 1, id, seq, by: node.keys.node, from: peer.node, sealed, at: at.toISOString() } as const;
  if ("code" in verdict) return { ...about, outcome: "refused", code: verdict.code };
  return { ...about, outcome: "accepted" };
}

/** Under one signature where the peer can read that. */
function signed(node: Receiving, peer: Peer, says: readonly Receipt[]): Promise<string[]> {
  const key = speakingTo(node.keys, peer).signing;
  if (peer.version >= togetherFrom) return signReceipts(says, key);
  return Promise.all(says.map((one) => signReceipt(one, key)));
}

function rowOf({ verdict }: Judged, says: Receipt, receipt: string, at: Date) {
  const { id, seq: sequence, sealed, outcome, code = null } = says;
  const type = "envelope" in verdict ? verdict.envelope.type : verdict.type;
  return { peer: says.from, id, sequence, sealed, type, at, outcome, code, receipt };
}
