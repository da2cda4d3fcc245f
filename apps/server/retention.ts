// The room that keeps and deletes: what it is given of cases, requests, recalls and evidence.
import { itemsForRetention } from "@simpul/features/evidence/taken-back.ts";
import { holdersForRetention } from "@simpul/features/recalls/term.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { copiesForRecalls } from "@simpul/features/requests/taken-back.ts";
import type { RetentionNode } from "@simpul/features/retention/node.ts";
import { readRetention } from "@simpul/features/retention/terms.ts";
import { retentionRefusals } from "@simpul/features/retention/contract.ts";
import { retentionInbox } from "@simpul/features/retention/inbox.ts";
import { retentionJobs, reviewKept } from "@simpul/features/retention/jobs.ts";
import { retentionRoutes } from "@simpul/features/retention/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function retentionNode(node: Node, requests: RequestsNode, recalls: RecallsNode): RetentionNode {
  const { code, store, clock, policy, signer, proofs, directory, caseFacts, wake, send } = requests;
  return {
    ...{ code, store, clock, policy, signer, proofs, directory, caseFacts, wake, send },
    terms: readRetention(),
    requestFacts: copiesForRecalls(requests).facts,
    holders: holdersForRetention(recalls),
    items: itemsForRetention(node.evidence),
  };
}

export const retentionRoom = (retention: RetentionNode): Room => ({
  doors: [["/api/retention", retentionRoutes(retention)]],
  inbox: [retentionInbox(retention)],
  jobs: retentionJobs(retention),
  chores: [
    { name: "ask whether records are still needed", everySeconds: 3600, run: () => reviewKept(retention) },
  ],
  refusals: retentionRefusals,
});
