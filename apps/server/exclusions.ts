// The room of excluded recipients: what it is given of this node and its exchange.
import { proofs } from "@simpul/features/access/step-up.ts";
import { directory } from "@simpul/features/access/directory.ts";
import type { ExclusionsNode } from "@simpul/features/exclusions/node.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";

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
