// Telling peers that our keys are others now until each has acknowledged it, and finding the new keys of a peer that
// changed them while this node was away.
import { setTimeout as pause } from "node:timers/promises";
import type { Clock, NodeCode } from "@simpul/model";
import { fromBase64 } from "@simpul/seal";
import type { OpenStore } from "@simpul/store";
import { signList } from "./agencies.ts";
import type { PeerClient } from "./client.ts";
import { soon } from "./compact.ts";
import { ExchangeError } from "./errors.ts";
import { tellPeer } from "./health.ts";
import { speakingTo, type NodeKeys } from "./keys.ts";
import { endOverlap, readStatements, takeKeys } from "./peer-keys.ts";
import { everSigned, type Peer, type Peers } from "./peers.ts";
import { tables } from "./rows.ts";
import { verifyByOne } from "./receipt.ts";
import { paths } from "./server.ts";

export interface KeyTalking {
  store: OpenStore;
  keys: NodeKeys;
  peers: Peers;
  clock: Clock;
  client: PeerClient;
  confirmed(): Promise<NodeCode[]>;
  /** Every peer knows our new keys, or their time is over: those of before are to be destroyed. */
  settled(): Promise<void>;
  failed(error: unknown): void;
}

const answerLimit = 16_384;
const chainLimit = 8 * 1024 * 1024;
const typ = "simpul-keys-taken";

/** Until when the keys of before the last change count; null where nothing changed, or nothing counts any more. */
export function overlapUntil(keys: NodeKeys): Date | null {
  const last = keys.statements.at(-1);
  if (last === undefined || keys.former.length === 0) return null;
  const { payload } = JSON.parse(last) as { payload: string };
  const { until } = JSON.parse(new TextDecoder().decode(fromBase64(payload))) as { until: string | null };
  return until === null ? null : new Date(until);
}

export function keyTalk(node: KeyTalking) {
  const { store, keys, client, clock, peers } = node;

  /** Tells one peer what it does not know yet. A node that is too old for it does not know this path. */
  async function tell(peer: Peer): Promise<void> {
    const over = keys.former.length === 0 ? keys.number : 0;
    const known = peer.knowsOurs >= keys.number && peer.settledOurs >= over;
    if (keys.number === 0 || peer.version < 2 || known) return;
    const body = Buffer.from(JSON.stringify({ statements: keys.statements, settled: over }));
    const answer = await client
      .call(peer, { method: "POST", path: paths.keys, body, limit: answerLimit })
      .catch((error: unknown) => {
        if (error instanceof ExchangeError && error.code === "NOT_FOUND") return null;
        throw error;
      });
    if (answer === null) return;
    const number = await readTaken(answer.body, peer);
    if (number < keys.number) throw new ExchangeError("KEYS_OUT_OF_ORDER", `it knows ${number}`);
    await store.chore("exchange", ({ rows, at }) =>
      tables(rows)
        .updateTable("simpul.peers")
        .set({ knows_ours: number, settled_ours: over, knew_ours_at: at })
        .where("node", "=", peer.node)
        .execute(),
    );
    tellPeer(store, peer.node);
  }

  async function readTaken(body: Uint8Array, peer: Peer): Promise<number> {
    const { taken } = JSON.parse(Buffer.from(body).toString("utf8")) as { taken?: unknown };
    const { payload, header } = await soon(() => verifyByOne(String(taken), everSigned(peer))).catch(
      (cause: unknown) => {
        throw new ExchangeError("BAD_SIGNATURE", "an acknowledgement of keys", cause);
      },
    );
    const read = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    if (header["typ"] !== typ || read["node"] !== peer.node || read["to"] !== keys.node)
      throw new ExchangeError("BAD_SIGNATURE", "of another");
    return Number(read["number"]);
  }

  /** What this node answers to a peer that tells of its keys: its signed word that it knows them. */
  async function taken(peer: Peer, body: Uint8Array): Promise<object> {
    const { statements, settled } = readStatements(body);
    const { number, digest, changed } = await takeKeys(node, peer.node, statements);
    const now = await peers.byNode(peer.node);
    if (now !== null) await endOverlap(store, now, settled);
    if (changed) tellPeer(store, peer.node);
    const word = { v: 1, node: keys.node, to: peer.node, number, digest, at: clock.now().toISOString() };
    return { taken: await signList(word, keys.node, speakingTo(keys, peer).signing, typ) };
  }

  /** Asks whoever answers at the peer's address for the chain of its keys; the peer as it proved to be, or null. */
  async function learn(peer: Peer): Promise<Peer | null> {
    try {
      const { statements } = readStatements(await client.askAnybody(peer, paths.keys, chainLimit));
      if (statements.length === 0) return null;
      const { changed } = await takeKeys(node, peer.node, statements);
      if (!changed) return null;
      tellPeer(store, peer.node);
      const found = await peers.byNode(peer.node);
      return found?.state === "confirmed" ? found : null;
    } catch (error) {
      if (!(error instanceof ExchangeError)) node.failed(error);
      return null;
    }
  }

  /** Before something that our new keys signed: whoever cannot be told now gets it all the same, and judges for itself. */
  async function first(peer: Peer): Promise<Peer> {
    if (peer.knowsOurs >= keys.number) return peer;
    await Promise.race([tell(peer), pause(3_000, undefined, { ref: false })]).catch(() => undefined);
    return (await peers.byNode(peer.node)) ?? peer;
  }

  const asked = new Map<string, number>();
  return {
    tell,
    first,
    taken,
    learn,
    /** Somebody with an unknown key says that it is this node: asked at most once in two seconds. */
    async strange(from: string): Promise<void> {
      const now = clock.now().getTime();
      if (!/^[a-z]{2}$/.test(from) || Math.abs(now - (asked.get(from) ?? 0)) < 2_000) return;
      const peer = await peers.byNode(from);
      if (peer?.state !== "confirmed") return;
      asked.set(from, now);
      await learn(peer);
    },
    /** With which of our keys the door stands: the newest that every peer knows. */
    async shown(): Promise<NodeKeys["tls"]> {
      if (keys.former.length === 0) return keys.tls;
      const all = await Promise.all((await node.confirmed()).map((one) => peers.byNode(one)));
      const oldest = Math.min(keys.number, ...all.map((one) => one?.knowsOurs ?? keys.number));
      return speakingTo(keys, { knowsOurs: oldest }).tls;
    },
    /** Ends the overlap where every peer acknowledged, or its time is over. */
    async settle(): Promise<boolean> {
      const until = overlapUntil(keys);
      if (keys.former.length === 0) return false;
      const all = await Promise.all((await node.confirmed()).map((one) => peers.byNode(one)));
      const everybody = all.every((one) => one === null || one.knowsOurs >= keys.number);
      if (!everybody && until !== null && until > clock.now()) return false;
      await node.settled();
      return true;
    },
  };
}

export type KeyTalk = ReturnType<typeof keyTalk>;
