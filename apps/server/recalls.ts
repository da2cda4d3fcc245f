// The room that calls back: what it is given of requests, evidence, access and the node's own key.
import { proofs } from "@simpul/features/access/step-up.ts";
import { itemsForRecalls } from "@simpul/features/evidence/taken-back.ts";
import { readRecallCodes } from "@simpul/features/recalls/codes.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { copiesForRecalls } from "@simpul/features/requests/taken-back.ts";
import type { Node } from "./node.ts";

export function recallsNode(node: Node, requests: RequestsNode): RecallsNode {
  const { code, store, clock, policy, signer, directory, peerKey, wake, send } = requests;
  return {
    ...{ code, store, clock, policy, signer, directory, peerKey, wake, send, proofs },
    codes: readRecallCodes(),
    copies: copiesForRecalls(requests),
    items: itemsForRecalls(node.evidence),
  };
}
