// A node's exchange with its peers, opened as one: the door, the senders, the comparing of heads, the fetching of files.
import { setTimeout as pause } from "node:timers/promises";
import { Id, NodeCode, type Clock, type Random } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { learner, noneAhead, type Ahead } from "./ahead.ts";
import { learnAgencies } from "./agencies.ts";
import { fetchPlain, type AttachmentSource, type FetchHow } from "./attachments.ts";
import { shares, type Bandwidths } from "./bandwidth.ts";
import { PeerClient } from "./client.ts";
import type { AttachmentRef } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import type { AgencyKey, NodeKeys } from "./keys.ts";
import { keyTalk } from "./key-talk.ts";
import {
  healthAfter,
  noteAnswered,
  noteHealth,
  noteHeard,
  noteVersion,
  tellPeer,
  tryLineNow,
} from "./health.ts";
import { confirmedPeers, storedPeers, type Peer, type Peers } from "./peers.ts";
import { receive, receiveAll, type OnEnvelope, type Taken } from "./receiver.ts";
import type { Receipt } from "./receipt.ts";
import { waitingLines } from "./line.ts";
import { meeting, type Compared } from "./meeting.ts";
import { drain, type MayLeave, type Outgoing, type Pace, type Sending } from "./sender.ts";
import { forgetNonces, listen, paths, type Questions } from "./server.ts";

export interface ExchangeSettings {
  store: OpenStore;
  /** This node is part of an exercise: it exchanges with nodes of exercises and with no other. Absent: a live node. */
  exercise?: boolean;
  keys: NodeKeys;
  /** Usually `storedPeers(store)`, which is taken when none are given. */
  peers?: Peers;
  clock: Clock;
  random: Random;
  /** The node-to-node port; 0 takes a free one. */
  port: number;
  host?: string;
  mayLeave: MayLeave;
  onEnvelope: OnEnvelope;
  /** Told of every receipt, before it is written down; a process that dies in between tells it again. */
  onReceipt?: (envelope: Outgoing, receipt: Receipt) => Promise<void>;
  /** Whose agency signs; without it, the node's first. */
  agencyFor?: (envelope: Outgoing) => AgencyKey;
  attachments?: AttachmentSource;
  /** What a line may carry at most. */
  bandwidths?: Bandwidths;
  /** What must be known of a peer before anything else of it is taken in. */
  ahead?: Ahead;
  /** What peers may ask beside sending envelopes. */
  questions?: Questions;
  /**
   * Every peer knows the keys of now, or the time of those before is over: the caller destroys those and takes them out
   * of `keys.former`.
   */
  onKeysSettled?: () => Promise<void>;
  /** Our own failures, for the log. */
  failed?: (error: unknown) => void;
  pace?: Partial<Pace & { pollMs: number; headsMs: number; timeoutMs: number; aheadMs: number }>;
}

export interface Exchange {
  readonly port: number;
  /** Settles once every peer that answers was asked for what goes ahead, at the latest after `pace.aheadMs`. */
  readonly caughtUp: Promise<void>;
  /** Looks at once whether something waits. */
  wake(): void;
  /** `keys` are others now: the peers are told, and each is spoken to with those it knows. */
  keysChanged(): Promise<void>;
  /** Compares numbers with a peer, and mends: fetches what we lack, sends again what it lacks. */
  compare(node: NodeCode): Promise<Compared>;
  /** Plain chunks of a peer's attachment, each proven, from chunk `first` on; resumable, 64 KiB a chunk. */
  fetch(from: NodeCode, envelope: Id, ref: AttachmentRef, how?: FetchHow): AsyncGenerator<Uint8Array>;
  /** Asks a peer a question by its name and gives the answer's bytes (1 MiB at most). Throws `ExchangeError`. */
  ask(node: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

const early = ({ receipts, stopped }: Taken): boolean =>
  receipts.length === 0 && stopped instanceof ExchangeError && stopped.code === "GAP";

const noAttachments: AttachmentSource = { open: () => Promise.resolve(null) };

/** Throws when the port is taken or the keys are unusable. */
export async function openExchange(given: ExchangeSettings): Promise<Exchange> {
  const { store, keys, clock, random, exercise = false } = given;
  const pace = {
    leaseMs: 30_000,
    firstRetryMs: 500,
    longestRetryMs: 60_000,
    pollMs: 1_000,
    headsMs: 300_000,
    timeoutMs: 20_000,
    aheadMs: 5_000,
    ...given.pace,
  };
  if (pace.leaseMs <= pace.timeoutMs / 2 && given.pace?.leaseMs === undefined)
    throw new ExchangeError("BAD_REQUEST", "a lease shorter than a call");
  const peers = given.peers ?? storedPeers(store);
  const failed = given.failed ?? (() => undefined);
  const attachments = given.attachments ?? noAttachments;
  const ahead = given.ahead ?? noneAhead;
  const share = shares(given.bandwidths ?? new Map());
  const client = new PeerClient({
    ...{ keys, clock, random, exercise, timeoutMs: pace.timeoutMs },
    tellFirst: (peer) => talk.first(peer),
    strange: (peer) => talk.learn(peer),
  });
  const talk = keyTalk({
    ...{ store, keys, peers, clock, client, failed },
    confirmed: () => confirmed(),
    settled: given.onKeysSettled ?? (() => Promise.resolve()),
  });
  /** Lines on which something failed since the peer was heard. */
  const faltered = new Set<NodeCode>();
  /** When a peer's numbers last fitted ours. */
  const fitted = new Map<NodeCode, number>();
  const firstAgency = keys.agencies[0];
  if (!firstAgency) throw new ExchangeError("BAD_REQUEST", "a node without an agency signs nothing");
  const sending: Sending = {
    store,
    keys,
    peers,
    clock,
    random,
    client,
    attachments,
    mayLeave: given.mayLeave,
    ahead,
    agencyFor: given.agencyFor ?? (() => keys.agencies[0] ?? firstAgency),
    onReceipt: given.onReceipt ?? (() => Promise.resolve()),
    failed,
    meet: (node) => meet.once(node),
    doubt(node, numbers) {
      faltered.add(node);
      meet.doubt(node, numbers);
    },
    budget: new Map(),
    share,
    pace,
  };
  const learning = { store, client, keys, clock, agenciesPath: paths.agencies };
  const learn = async (peer: Peer): Promise<Peer | null> => {
    try {
      if (!(await learnAgencies(learning, peer))) return null;
      tellPeer(store, peer.node);
      return await peers.byNode(peer.node);
    } catch (error) {
      if (!(error instanceof ExchangeError)) failed(error);
      return null;
    }
  };
  // One question for all envelopes of a batch.
  const asking = new Map<string, Promise<Peer | null>>();
  const anew = (peer: Peer): Promise<Peer | null> => {
    const going = asking.get(peer.node) ?? learn(peer).finally(() => asking.delete(peer.node));
    asking.set(peer.node, going);
    return going;
  };
  const receiving = { store, keys, clock, onEnvelope: given.onEnvelope, anew };

  // A peer is noted as heard once a minute, not with every request; sooner where what we sent came back: it may have been
  // away, or not have known us yet.
  const heardAt = new Map<string, number>();
  const heard = (peer: Peer): void => {
    const now = clock.now().getTime();
    const every = faltered.has(peer.node) ? 5_000 : 60_000;
    // A clock that was set back must not keep it silent.
    if (Math.abs(now - (heardAt.get(peer.node) ?? 0)) < every) return;
    heardAt.set(peer.node, now);
    faltered.delete(peer.node);
    noteHeard(store, peer.node)
      .then((waiting) => (waiting ? wake() : undefined))
      .catch(failed);
  };

  let open = true;
  const working = new Map<string, Promise<void>>();
  const work = async (): Promise<void> => {
    for (const node of await waitingLines(sending)) {
      if (!open || working.has(node)) continue;
      const done = drain(sending, node, () => open)
        .catch(failed)
        .finally(() => working.delete(node));
      working.set(node, done);
    }
  };
  let looking: Promise<void> = Promise.resolve();
  let asked = false;
  let behind = true;
  const wake = (): void => {
    if (!open || asked || behind) return;
    asked = true;
    looking = looking
      .then(() => {
        asked = false;
        return open ? work() : undefined;
      })
      .catch(failed);
  };

  // Two batches of one peer that overlap are taken one after the other.
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <T>(peer: Peer, act: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(peer.node) ?? Promise.resolve()).then(act);
    const done = mine
      .catch(() => undefined)
      .then(() => {
        if (turns.get(peer.node) === done) turns.delete(peer.node);
      });
    turns.set(peer.node, done);
    return mine;
  };

  const door = await listen(
    {
      store,
      exercise,
      keys,
      peers,
      clock,
      attachments,
      questions: given.questions ?? {},
      share,
      ahead,
      async receive(peer, incoming, count) {
        await first.upTo(peer.node, count);
        const receipt = await receive(receiving, peer, incoming);
        tellPeer(store, peer.node);
        return receipt;
      },
      async receiveAll(peer, list, count, others) {
        await first.upTo(peer.node, count);
        const inOrder = () => inTurn(peer, () => receiveAll(receiving, peer, list));
        let taken = await inOrder();
        // The batch before it is still on the line.
        for (const began = performance.now(); early(taken) && others(); taken = await inOrder()) {
          if (performance.now() - began > pace.timeoutMs / 2) break;
          await pause(20);
        }
        tellPeer(store, peer.node);
        return taken;
      },
      tellFirst: async (peer) => {
        await talk.first(peer);
      },
      takeKeys: (peer, body) => talk.taken(peer, body),
      strange: (from) => void talk.strange(from).catch(failed),
      newer: (peer, version) => void noteVersion(store, peer.node, version).catch(failed),
      heard,
      failed,
    },
    { port: given.port, ...(given.host === undefined ? {} : { host: given.host }) },
  );

  const peerOf = async (node: NodeCode): Promise<Peer> => {
    const peer = await peers.byNode(node);
    if (peer?.state === "suspended") throw new ExchangeError("PEER_SUSPENDED", node);
    if (peer?.state !== "confirmed") throw new ExchangeError("NOT_A_PEER", node);
    return peer;
  };

  const noteFailed = async (node: NodeCode, error: unknown): Promise<void> => {
    if (!(error instanceof ExchangeError)) failed(error);
    const health = healthAfter(error);
    if (health !== null && open) await noteHealth(store, node, health, (error as Error).message);
  };

  const ask = async (node: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array> => {
    const peer = await peerOf(node);
    const path = paths.questions + question;
    try {
      const { body: said } = await client.call(peer, { method: "POST", path, body, limit: 1024 * 1024 });
      if (await noteAnswered(store, node)) wake();
      return said;
    } catch (error) {
      await noteFailed(node, error);
      throw error;
    }
  };
  const first = learner(ahead, ask);

  const meet = meeting(sending, {
    take: (peer, one) => receive(receiving, peer, one),
    peerOf,
    upTo: (node, count) => first.upTo(node, count),
    newKeys: async (peer) => {
      await talk.learn(peer);
    },
    async greeted(peer) {
      if (peer.version < 2) return;
      await talk.tell(peer);
      await learn((await peers.byNode(peer.node)) ?? peer);
    },
    open: () => open,
  });
  const compare = async (node: NodeCode): Promise<Compared> => {
    try {
      const compared = await meet.compare(node);
      if (compared.behind) fitted.delete(node);
      else fitted.set(node, performance.now());
      if (!compared.behind && (await tryLineNow(store, node))) wake();
      return compared;
    } catch (error) {
      fitted.delete(node);
      await noteFailed(node, error);
      throw error;
    }
  };

  const confirmed = (): Promise<NodeCode[]> => confirmedPeers(store);

  const isDue = (node: NodeCode): boolean =>
    faltered.has(node) || performance.now() - (fitted.get(node) ?? -Infinity) >= pace.headsMs;

  const compareDue = async (): Promise<void> => {
    // A slow one keeps nobody else waiting.
    const all = await confirmed();
    const due = all.filter(isDue);
    if (due.length === 0 && all.length > 0) return;
    await Promise.all(due.map((node) => compare(node).catch(() => undefined)));
    await settleKeys();
    await forgetNonces(store);
  };

  const settleKeys = async (): Promise<void> => {
    const ended = await talk.settle();
    door.present(await talk.shown());
    if (ended) await tellAll();
  };
  const tellAll = async (): Promise<void> => {
    await Promise.all(
      (await confirmed()).map(async (node) => {
        // Who is away is told when it is met.
        await compare(node).catch(() => undefined);
        const peer = await peers.byNode(node);
        if (peer !== null) await talk.tell(peer).catch((error: unknown) => noteFailed(node, error));
      }),
    );
  };
  door.present(await talk.shown());

  const stopListening = store.wakes.on("outbox", wake);
  const poll = setInterval(wake, pace.pollMs);
  let comparing = false;
  const compareTimer = setInterval(() => {
    if (comparing || !open) return;
    comparing = true;
    void compareDue()
      .catch((error: unknown) => (open ? failed(error) : undefined))
      .finally(() => (comparing = false));
    // Where all is well a peer is asked once in this time; where something failed, at every turn.
  }, pace.headsMs / 4);
  // Nothing of ours is sent before we know what was called back meanwhile; who does not answer is not waited for.
  const learnAll = async (): Promise<void> => {
    await Promise.all((await confirmed()).map((node) => first.learn(node).catch(() => undefined)));
  };
  const caughtUp = Promise.race([learnAll(), pause(pace.aheadMs, undefined, { ref: false })]).catch(failed);
  void caughtUp.then(() => {
    behind = false;
    wake();
  });

  return {
    port: door.port,
    caughtUp,
    wake,
    async keysChanged() {
      await tellAll();
      await settleKeys();
    },
    compare,
    async *fetch(from, envelope, ref, how = {}) {
      const peer = await peerOf(from);
      const path = `${paths.attachments}${envelope}/${ref.digest}`;
      const range = async (start: number, end: number): Promise<Uint8Array> => {
        const headers = { range: `bytes=${start}-${end - 1}` };
        const answer = await client.call(peer, { method: "GET", path, headers, limit: end - start });
        return answer.body;
      };
      yield* fetchPlain({ ...ref, key: Buffer.from(ref.key, "base64url") }, range, how);
    },
    ask,
    async close() {
      open = false;
      stopListening();
      clearInterval(poll);
      clearInterval(compareTimer);
      client.close();
      await door.close();
      await looking;
      await Promise.all(working.values());
    },
  };
}
