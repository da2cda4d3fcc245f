// Two persons introduce a peer: one enters its card, another confirms what she heard; either of them can stop it.
import {
  cardFingerprint,
  confirmPeer,
  ExchangeError,
  proposePeer,
  resumePeer,
  stopPeer,
  suspendPeer,
} from "@simpul/exchange";
import type { PeerCard } from "@simpul/exchange";
import { actorName, type NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { PeersError } from "./contract.ts";
import type { Card } from "./contract.ts";
import { inWorld, may, type PeersNode } from "./node.ts";
import { enteredCard, type EnteredCard } from "./records.ts";
import { endOf, readHeard } from "./rules.ts";

const tell = (node: PeersNode, peer: string): void => node.store.wakes.wake(`peer:${peer}`);

async function known(tx: Writer, peer: NodeCode): Promise<EnteredCard> {
  const card = await enteredCard(tx, peer);
  if (card === null) throw new PeersError("NOT_FOUND");
  return card;
}

/**
 * The first person's half. A confirmed peer's card is not replaced in passing: who wants that stops the peer first.
 * Throws `OWN_CARD`, `NOT_A_CARD`, `STILL_CONFIRMED`, and `EXERCISE_APART` where one node is an exercise and the other live.
 */
export async function enterPeer(node: PeersNode, standing: Standing, card: Card): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  if (card.node === node.code) throw new PeersError("OWN_CARD");
  if ((card.exercise === true) !== node.exercise)
    throw new PeersError("EXERCISE_APART", { state: card.node });
  await node.store.write(standing, async (tx) => {
    const before = await enteredCard(tx, card.node as NodeCode);
    if (before?.state === "confirmed" || before?.state === "suspended")
      throw new PeersError("STILL_CONFIRMED", { state: card.node });
    try {
      await proposePeer(tx, card as PeerCard);
    } catch (error) {
      if (error instanceof ExchangeError) throw new PeersError("NOT_A_CARD", { state: card.node });
      throw error;
    }
  });
  tell(node, card.node);
}

/**
 * The second person's half: `heard` are the last groups of the fingerprint as the other state read them out. Throws
 * `NOT_FOUND`, `NOT_PROPOSED`, `SAME_PERSON`, `FINGERPRINT_DIFFERS`, and `Denied` without a fresh proof for it.
 */
export async function confirmPeerHeard(
  node: PeersNode,
  standing: Standing,
  peer: NodeCode,
  heard: string,
): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  await node.store.write(standing, async (tx) => {
    const card = await known(tx, peer);
    if (card.state !== "proposed") throw new PeersError("NOT_PROPOSED", { state: peer });
    if (card.proposedBy === actorName(standing.actor)) throw new PeersError("SAME_PERSON");
    if (readHeard(heard) !== endOf(cardFingerprint(inWorld(node, card))))
      throw new PeersError("FINGERPRINT_DIFFERS");
    const proof = await node.proofs.take(tx, { act: "peers.confirm", record: peer });
    may(node, standing, "peers.confirm", peer, proof);
    await confirmPeer(tx, peer, card.pin, node.keys.statements().length);
  });
  tell(node, peer);
  node.wake();
  // How the line is she sees at once; a silent peer is noted as that.
  void node.compare(peer).catch(() => undefined);
}

/** Ends all exchange with that state at once, in both directions. Throws `NOT_FOUND`, and `Denied` without a proof. */
export async function stopPeerBecause(
  node: PeersNode,
  standing: Standing,
  peer: NodeCode,
  because: string,
): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  await node.store.write(standing, async (tx) => {
    const card = await known(tx, peer);
    if (card.state === "stopped") throw new PeersError("NOT_FOUND");
    const proof = await node.proofs.take(tx, { act: "peers.stop", record: peer });
    may(node, standing, "peers.stop", peer, proof);
    await stopPeer(tx, peer, because);
  });
  tell(node, peer);
}

/** Exchange with that state rests: letters wait on both sides. Throws `NOT_FOUND`, and `Denied` without a proof. */
export async function suspendPeerBecause(
  node: PeersNode,
  standing: Standing,
  peer: NodeCode,
  because: string,
): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  await node.store.write(standing, async (tx) => {
    const { state } = await known(tx, peer);
    const proof = await node.proofs.take(tx, { act: "peers.suspend", record: peer });
    may(node, standing, "peers.suspend", peer, proof);
    if (state !== "confirmed") throw new PeersError("NOT_FOUND");
    await suspendPeer(tx, peer, because);
  });
  tell(node, peer);
}

/**
 * Lets it go on: the first time it is asked, the second time, by another, it does. Throws `NOT_FOUND`, `SAME_PERSON`, and
 * `Denied` without a proof.
 */
export async function resumePeerByTwo(node: PeersNode, standing: Standing, peer: NodeCode): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  const done = await node.store
    .write(standing, async (tx) => {
      const { state } = await known(tx, peer);
      const proof = await node.proofs.take(tx, { act: "peers.resume", record: peer });
      may(node, standing, "peers.resume", peer, proof);
      if (state !== "suspended") throw new PeersError("NOT_FOUND");
      return resumePeer(tx, peer);
    })
    .catch((error: unknown) => {
      throw error instanceof ExchangeError && error.code === "SAME_PERSON"
        ? new PeersError("SAME_PERSON")
        : error;
    });
  tell(node, peer);
  if (done === "asked") return;
  node.wake();
  void node.compare(peer).catch(() => undefined);
}
