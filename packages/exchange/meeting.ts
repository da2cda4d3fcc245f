// Meeting a peer: which version both speak, whether the numbers match on both sides, and mending them where they do not.
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { readAhead } from "./ahead.ts";
import { heads, readHeads, readNumbered, type Heads, type Numbered } from "./books.ts";
import { PeerRefusal } from "./client.ts";
import { limits, oldestVersion, wireVersion } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import { noteHealth, noteVersion } from "./health.ts";
import { lacksStatements } from "./peer-keys.ts";
import { type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import { reconcile, type Reconciled } from "./reconcile.ts";
import { resend } from "./posting.ts";
import type { Sending } from "./sender.ts";
import { paths } from "./server.ts";

export interface Compared {
  ours: Heads;
  theirs: Heads;
  /** Envelopes that we fetched, and that we sent again. */
  pulled: number;
  resent: number;
  /** The peer had taken numbers from us that we did not remember (a restored backup): what its receipts told us. */
  reconciled: Reconciled | null;
  /** That could not be mended, because the peer is too old to give its receipts. */
  behind: boolean;
}

export interface Meeting {
  /** Compares and mends now. Throws `ExchangeError`. */
  compare(node: NodeCode): Promise<Compared>;
  /** The same, where this process did not yet, or came to doubt. Throws `SEQUENCE_REUSED` while the line is behind. */
  once(node: NodeCode): Promise<void>;
  doubt(node: NodeCode, numbers: boolean): void;
}

export function meeting(
  node: Sending,
  given: {
    take(peer: Peer, one: Numbered): Promise<unknown>;
    /** Returns once as much of what goes ahead is in force here. */
    upTo(node: NodeCode, count: number): Promise<void>;
    peerOf(node: NodeCode): Promise<Peer>;
    /** It says that its keys are others by now. */
    newKeys(peer: Peer): Promise<void>;
    /** What else is learnt of a peer that answered. */
    greeted(peer: Peer): Promise<void>;
    open(): boolean;
  },
): Meeting {
  const sure = new Set<NodeCode>();
  const doubted = new Set<NodeCode>();
  const running = new Map<NodeCode, Promise<Compared>>();

  const asked = new Set<string>();
  /** It tells what is new by itself, once; whoever was restored since asks whether a key of before was stolen. */
  const lacks = async (met: Peer): Promise<boolean> => {
    const what = `${met.node} ${met.number}`;
    if (met.former.length === 0 || asked.has(what)) return false;
    asked.add(what);
    return lacksStatements(node.store, met);
  };

  const now = async (code: NodeCode): Promise<Compared> => {
    const met = await given.peerOf(code);
    if ((await agreeVersion(node, met)) > met.number || (await lacks(met))) await given.newKeys(met);
    await given.greeted(await given.peerOf(code));
    const peer = await given.peerOf(code);
    // Read before the peer is asked: what it takes meanwhile must not look like lost.
    const receipted = await lastReceipted(node.store, code);
    const answer = await node.client.call(peer, { method: "GET", path: paths.heads, limit: 4096 });
    const theirs = readHeads(answer.body);
    await given.upTo(code, readAhead(answer.body));
    let ours = await heads(node.store, code);
    const pulled = await pull(node, peer, { from: ours.received, to: theirs.sent }, given);
    let reconciled: Reconciled | null = null;
    // Equal counts prove nothing where a number was given twice.
    if ((theirs.received > ours.sent || doubted.has(code)) && peer.version >= 2) {
      reconciled = await reconcile(node, peer);
      doubted.delete(code);
      if (reconciled.settled + reconciled.lost > 0) await noteMended(node.store, code, reconciled);
      ours = await heads(node.store, code);
    }
    const behind = theirs.received > ours.sent;
    if (behind) {
      const says = `SEQUENCE_REUSED: it has ${theirs.received} of ours, we know of ${ours.sent}`;
      await noteHealth(node.store, code, "behind", says);
      sure.delete(code);
      return { ours, theirs, pulled, resent: 0, reconciled, behind };
    }
    sure.add(code);
    const resent = Math.max(0, receipted - theirs.received);
    if (resent > 0) await resend(node, peer, theirs.received + 1, receipted);
    if (given.open()) await noteHealth(node.store, code, "up", null);
    return { ours, theirs, pulled, resent, reconciled, behind };
  };

  const compare = (code: NodeCode): Promise<Compared> => {
    const going = running.get(code) ?? now(code).finally(() => running.delete(code));
    running.set(code, going);
    return going;
  };
  return {
    compare,
    async once(code) {
      if (sure.has(code)) return;
      const { behind } = await compare(code);
      if (behind) throw new ExchangeError("SEQUENCE_REUSED", "the peer has more of ours than we know of");
    },
    doubt(code, numbers) {
      sure.delete(code);
      if (numbers) doubted.add(code);
    },
  };
}

/**
 * Greets it in the oldest version, so that whichever both know is found; a node that is too new or too old says so. Gives
 * how many statements about its keys it has made.
 */
async function agreeVersion(node: Sending, peer: Peer): Promise<number> {
  const greet = { method: "GET", path: paths.hello, limit: 4096 } as const;
  const answer = await node.client
    .call(peer, { ...greet, version: oldestVersion })
    .catch((error: unknown) => {
      const facts = error instanceof PeerRefusal && error.code === "OLDER_VERSION" ? error.facts : {};
      const newest = Number(facts["speaks"]);
      const oldest = Number(facts["oldest"]);
      if (!(newest >= oldest) || oldest > wireVersion) throw error;
      return node.client.call(peer, { ...greet, version: Math.min(newest, wireVersion) });
    });
  const { speaks, keys } = JSON.parse(answer.body.toString("utf8")) as { speaks?: unknown; keys?: unknown };
  if (!Number.isSafeInteger(speaks) || (speaks as number) < 1 || (speaks as number) > 9999)
    throw new ExchangeError("BAD_REQUEST", "a greeting that is none");
  await noteVersion(node.store, peer.node, speaks as number);
  return Number.isSafeInteger(keys) ? (keys as number) : 0;
}

/** Takes what the peer numbered for us and we do not hold; gives how many. */
async function pull(
  node: Sending,
  peer: Peer,
  { from, to }: { from: number; to: number },
  given: {
    take(peer: Peer, one: Numbered): Promise<unknown>;
    upTo(node: NodeCode, count: number): Promise<void>;
  },
): Promise<number> {
  let pulled = 0;
  for (let after = from; after < to;) {
    const path = `${paths.envelopes}?after=${after}`;
    const answer = await node.client.call(peer, { method: "GET", path, limit: 3 * limits.sealed });
    const envelopes = readNumbered(answer.body, limits.sealed);
    if (envelopes.length === 0) break;
    await given.upTo(peer.node, readAhead(answer.body));
    for (const one of envelopes) await given.take(peer, one);
    pulled += envelopes.length;
    after = envelopes.at(-1)!.seq;
  }
  return pulled;
}

const lastReceipted = (store: OpenStore, peer: NodeCode): Promise<number> =>
  store.chore("exchange", async ({ rows }) => {
    const row = await tables(rows)
      .selectFrom("simpul.outbox")
      .select((max) => max.fn.max("sequence").as("last"))
      .where("peer", "=", peer)
      .where("receipt", "is not", null)
      .executeTakeFirst();
    return row?.last ?? 0;
  });

/** Oversight reads that a restore was noticed, and what it cost. */
const noteMended = (store: OpenStore, node: NodeCode, { settled, lost }: Reconciled): Promise<void> =>
  store.write({ actor: { kind: "job", name: "exchange" }, purpose: "administration" }, (tx) => {
    tx.note("peer.reconciled", { node, settled, lost });
    return Promise.resolve();
  });
