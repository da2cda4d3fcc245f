// The room that calls back: what it is given of requests, evidence, access and the node's own key.
import { proofs } from "@simpul/features/access/step-up.ts";
import { itemsForRecalls } from "@simpul/features/evidence/taken-back.ts";
import { spacesForRecalls } from "@simpul/features/joint/called-back.ts";
import { readRecallCodes } from "@simpul/features/recalls/codes.ts";
import type { CopiesForRecalls, MoreCopies } from "@simpul/features/recalls/contract.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { copiesForRecalls } from "@simpul/features/requests/taken-back.ts";
import { storedPeers } from "@simpul/exchange";
import { recallsRefusals } from "@simpul/features/recalls/contract.ts";
import { recallsInbox } from "@simpul/features/recalls/inbox.ts";
import { recallsPart } from "@simpul/features/recalls/peer.ts";
import { recallsRoutes } from "@simpul/features/recalls/routes.ts";
import { recallsJobs } from "@simpul/features/recalls/tree.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

/** Copies that lie with requests, and those that lie in joint spaces. */
const withSpaces = (copies: CopiesForRecalls, spaces: MoreCopies): CopiesForRecalls => ({
  ...copies,
  async holders(db, records) {
    const beside = await spaces.holders(db, records);
    return [...(await copies.holders(db, records)), ...beside.map((one) => ({ ...one, request: null }))];
  },
  async close(tx, calls) {
    await spaces.close(tx, calls);
    return copies.close(tx, calls);
  },
  calledBack: (tx, calls) => spaces.calledBack(tx, calls),
  async givenBy(tx, record, peer) {
    const there = await spaces.gaveUs(tx, record, peer);
    return there ?? copies.givenBy(tx, record, peer);
  },
});

export function recallsNode(node: Node, requests: RequestsNode): RecallsNode {
  const { code, store, clock, policy, signer, directory, keysOf, wake, send } = requests;
  return {
    ...{ code, store, clock, policy, signer, directory, keysOf, wake, send, proofs },
    codes: readRecallCodes(),
    // Also one that is suspended just now: its envelope waits for it.
    isPeer: async (state) => (await storedPeers(store).byNode(state)) !== null,
    copies: withSpaces(copiesForRecalls(requests), spacesForRecalls),
    items: itemsForRecalls(node.evidence),
  };
}

export const recallsRoom = (recalls: RecallsNode): Room => ({
  doors: [["/api/recalls", recallsRoutes(recalls)]],
  inbox: [recallsInbox(recalls)],
  peer: [recallsPart(recalls)],
  jobs: recallsJobs(recalls),
  refusals: recallsRefusals,
});
