// Targets: what they are given of cases, of legal reviews and of requests.
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { directory } from "@simpul/features/access/directory.ts";
import { requestsForOthers } from "@simpul/features/requests/begun.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import { beginReview } from "@simpul/features/reviews/open.ts";
import { reviewGate } from "@simpul/features/reviews/rule.ts";
import type { TargetsNode } from "@simpul/features/targets/node.ts";
import { targetsRefusals } from "@simpul/features/targets/contract.ts";
import { escalateTargets } from "@simpul/features/targets/follow.ts";
import { targetsInbox } from "@simpul/features/targets/inbox.ts";
import { targetsRoutes } from "@simpul/features/targets/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function targetsNode(
  node: Node,
  cases: CasesNode,
  reviews: ReviewsNode,
  requests: RequestsNode,
): TargetsNode {
  const { code, store, clock } = node;
  return {
    ...{ code, store, clock, policy: cases.policy },
    directory: directory(store),
    cases: casesForOthers(cases),
    caseFacts: factsOf,
    reviews: { ...reviewGate(reviews), begin: (tx, ask) => beginReview(reviews, tx, ask) },
    requests: requestsForOthers(requests),
    wake: (topic) => store.wakes.wake(topic),
  };
}

export const targetsRoom = (targets: TargetsNode): Room => ({
  doors: [["/api/targets", targetsRoutes(targets)]],
  inbox: [targetsInbox(targets)],
  chores: [{ name: "tell of overdue targets", everySeconds: 300, run: () => escalateTargets(targets) }],
  refusals: targetsRefusals,
});
