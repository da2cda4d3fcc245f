// The room of excluded recipients: what it is given of this node and its exchange.
import { proofs } from "@simpul/features/access/step-up.ts";
import { directory } from "@simpul/features/access/directory.ts";
import type { ExclusionsNode } from "@simpul/features/exclusions/node.ts";
import type { Policy } from "@simpul/policy";
import { exclusionsRefusals } from "@simpul/features/exclusions/contract.ts";
import { exclusionsInbox } from "@simpul/features/exclusions/inbox.ts";
import { exclusionsPart } from "@simpul/features/exclusions/peer.ts";
import { exclusionsRoutes } from "@simpul/features/exclusions/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function exclusionsNode(node: Node, policy: Policy): ExclusionsNode {
  const { code, store, clock, peering } = node;
  return {
    ...{ code, store, clock, policy, proofs },
    directory: directory(store),
    peers: () => peering.peers(),
    ask: (...asked) => peering.ask(...asked),
    send: () => peering.wake(),
  };
}

export function exclusionsRoom(node: Node, policy: Policy): Room {
  const exclusions = exclusionsNode(node, policy);
  return {
    doors: [["/api/exclusions", exclusionsRoutes(exclusions)]],
    inbox: [exclusionsInbox(exclusions)],
    peer: [exclusionsPart(exclusions)],
    refusals: exclusionsRefusals,
  };
}
