// What can be done about a line: a letter tried again, a peer asked how it is right now.
import { ExchangeError, tryAgain } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { PeersError } from "./contract.ts";
import type { PeerView } from "./contract.ts";
import { onePeer } from "./look.ts";
import { may, mayRead, type PeersNode } from "./node.ts";

/**
 * Has a dead or refused letter tried again; gives the id of the one that waits now: the same where it had no number
 * yet, else a new envelope. Whether it may leave is asked again right before it does. Throws `NOTHING_TO_TRY`.
 */
export async function tryLetterAgain(
  node: PeersNode,
  standing: Standing,
  peer: NodeCode,
  letter: Id,
): Promise<Id> {
  may(node, standing, "peers.enter", node.code);
  const id = await node.store
    .write(standing, (tx) => tryAgain(tx, peer, letter))
    .catch((error: unknown) => {
      throw error instanceof ExchangeError ? new PeersError("NOTHING_TO_TRY") : error;
    });
  node.store.wakes.wake(`peer:${peer}`);
  node.wake();
  return id;
}

/** Asks the peer for its numbers now, and tells how it is afterwards; a silent peer is an answer, not a fault. */
export async function askPeerNow(node: PeersNode, standing: Standing, peer: NodeCode): Promise<PeerView> {
  mayRead(node, standing);
  const { state } = await onePeer(node, standing, peer);
  if (state === "confirmed")
    await node.compare(peer).catch((error: unknown) => {
      if (!(error instanceof ExchangeError)) throw error;
    });
  return onePeer(node, standing, peer);
}
