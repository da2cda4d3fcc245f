// The room that calls back: what it is given of requests, evidence, access and the node's own key.
import { proofs } from "@simpul/features/access/step-up.ts";
import { itemsForRecalls } from "@simpul/features/evidence/taken-back.ts";
import { readRecallCodes } from "@simpul/features/recalls/codes.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { copiesForRecalls } from "@simpul/features/requests/taken-back.ts";
import { storedPeers } from "@simpul/exchange";
import type { Node } from "./node.ts";

export function recallsNode(node: Node, requests: RequestsNode): RecallsNode {
  const { code, store, clock, policy, signer, directory, keysOf, wake, send } = requests;
  return {
    ...{ code, store, clock, policy, signer, directory, keysOf, wake, send, proofs },
    codes: readRecallCodes(),
    // Also one that is suspended just now: its envelope waits for it.
    isPeer: async (state) => (await storedPeers(store).byNode(state)) !== null,
    copies: copiesForRecalls(requests),
    items: itemsForRecalls(node.evidence),
  };
}
