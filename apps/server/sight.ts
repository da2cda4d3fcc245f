// "Why can I see this?": the rooms that explain their records.
import { directory, posts } from "@simpul/features/access/directory.ts";
import type { AssistanceNode } from "@simpul/features/assistance/node.ts";
import { assistanceSight } from "@simpul/features/assistance/sight.ts";
import { casesSight } from "@simpul/features/cases/sight.ts";
import type { ChecksNode } from "@simpul/features/checks/node.ts";
import { checksSight } from "@simpul/features/checks/sight.ts";
import type { HandOversNode } from "@simpul/features/hand-overs/node.ts";
import { handOversSight } from "@simpul/features/hand-overs/sight.ts";
import { itemsSight } from "@simpul/features/evidence/sight.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import { recallsSight } from "@simpul/features/recalls/sight.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { requestsSight } from "@simpul/features/requests/sight.ts";
import type { RetentionNode } from "@simpul/features/retention/node.ts";
import { retentionSight } from "@simpul/features/retention/sight.ts";
import { sightRoutes } from "@simpul/features/sight/routes.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

interface Explaining {
  checks: ChecksNode;
  assistance: AssistanceNode;
  handOvers: HandOversNode;
  requests: RequestsNode;
  recalls: RecallsNode;
  retention: RetentionNode;
}

export function sightRoom({ code, store, evidence }: Node, policy: Policy, of: Explaining): Room {
  const routes = sightRoutes({
    ...{ code, store, policy },
    ...{ posts: posts(store), directory: directory(store) },
    sources: [
      casesSight,
      itemsSight(evidence),
      checksSight(of.checks),
      assistanceSight(of.assistance),
      handOversSight(of.handOvers),
      requestsSight(of.requests),
      recallsSight(of.recalls),
      retentionSight(of.retention),
    ],
  });
  return { doors: [["/api/why", routes]] };
}
