// Other states' nodes: what their room may do with this node's exchange, and where its door stands.
import { directory } from "@simpul/features/access/directory.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { peersRefusals } from "@simpul/features/peers/contract.ts";
import { peersInbox } from "@simpul/features/peers/inbox.ts";
import { takeUpKeys } from "@simpul/features/peers/keys.ts";
import type { PeersNode } from "@simpul/features/peers/node.ts";
import { peersRoutes } from "@simpul/features/peers/routes.ts";
import { evidenceQuestions, reconcileAll } from "@simpul/features/peers/reconcile.ts";
import { evidencesCarried } from "@simpul/features/requests/evidences.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function peersNode(node: Node, policy: Policy): PeersNode {
  const { code, exercise, store, clock, peering, keys } = node;
  return {
    ...{ code, exercise, store, clock, policy, proofs },
    directory: directory(store),
    card: () => peering.card(),
    limits: node.settings.peerLimits ?? new Map(),
    keys: {
      statements: () =>
        keys.statements.map(({ kind, at, since, old }) => ({
          ...{ kind, at, since },
          old: Buffer.from(old).toString("base64url"),
        })),
      signing: () => Buffer.from(keys.signer.publicKey).toString("base64url"),
      overlap: () => peering.keysOverlap(),
      sign: (how) => peering.signKeys(how),
      take: (signed) => peering.takeKeys(signed),
    },
    compare: (peer) => peering.compare(peer),
    peers: () => peering.peers(),
    ask: (...asked) => peering.ask(...asked),
    carried: evidencesCarried(store),
    wake: () => peering.wake(),
  };
}

export function peersRoom(node: Node, policy: Policy): Room {
  const peers = peersNode(node, policy);
  return {
    doors: [["/api/peers", peersRoutes(peers)]],
    inbox: [peersInbox(peers)],
    watches: [
      () => {
        void takeUpKeys(peers).catch((err: unknown) => node.log.error({ err }, "new keys were not taken up"));
        return () => undefined;
      },
    ],
    peer: [{ questions: evidenceQuestions(peers) }],
    chores: [{ name: "compare evidences with peers", everySeconds: 3_600, run: () => reconcileAll(peers) }],
    refusals: peersRefusals,
  };
}
