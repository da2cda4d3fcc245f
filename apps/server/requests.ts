// The requests room of a node: what it is given of cases, evidence, access, the exchange and the node's own key.
import path from "node:path";
import { directory } from "@simpul/features/access/directory.ts";
import { restsOf } from "@simpul/features/oversight/freeze.ts";
import { doubtsOf } from "@simpul/features/peers/doubts.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import type { ChecksForOthers } from "@simpul/features/checks/contract.ts";
import { itemsForOthers } from "@simpul/features/evidence/from-peer.ts";
import { readWorkDays } from "@simpul/features/requests/calendars.ts";
import { readRequestCodes } from "@simpul/features/requests/codes.ts";
import { recallsForOthers } from "@simpul/features/recalls/closings.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import type { NodeCode } from "@simpul/model";
import { libreTranslate } from "@simpul/features/requests/libre-translate.ts";
import { escalate } from "@simpul/features/requests/awake.ts";
import { tellUnopened } from "@simpul/features/requests/evidences.ts";
import { requestsRefusals } from "@simpul/features/requests/contract.ts";
import { overridesInbox, requestsInbox } from "@simpul/features/requests/inbox.ts";
import { requestsJobs } from "@simpul/features/requests/jobs.ts";
import { requestsPart } from "@simpul/features/requests/peer.ts";
import { rosterInbox } from "@simpul/features/requests/roster-gaps.ts";
import { requestsRoutes } from "@simpul/features/requests/routes.ts";
import { lettersOf } from "./letters.ts";
import { keptFetching } from "./fetching.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function requestsNode(node: Node, cases: CasesNode, checks: ChecksForOthers): RequestsNode {
  const { code, store, clock, peering, settings } = node;
  const keysOf = (state: NodeCode): Promise<readonly Uint8Array[]> => peering.signingKeys(state);
  return {
    code,
    store,
    clock,
    policy: cases.policy,
    codes: readRequestCodes(),
    workDays: readWorkDays(),
    offences: cases.codes.crimeTypes.types.map((one) => one.code),
    signer: node.keys.signer,
    proofs,
    directory: directory(store),
    rests: restsOf,
    doubts: doubtsOf(code),
    cases: casesForOthers(cases),
    items: itemsForOthers({ ...node.evidence, keysOf }),
    checks,
    recalls: recallsForOthers(code),
    letters: lettersOf(node),
    translator: settings.translate === null ? null : libreTranslate(settings.translate),
    caseFacts: factsOf,
    peers: () => peering.peers(),
    keysOf,
    fetching: keptFetching(peering.fetch, path.join(node.settings.home, "fetching")),
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

export const requestsRoom = (requests: RequestsNode): Room => ({
  doors: [["/api/requests", requestsRoutes(requests)]],
  inbox: [requestsInbox(requests), overridesInbox(requests), rosterInbox(requests)],
  peer: [requestsPart(requests)],
  jobs: requestsJobs(requests),
  chores: [
    { name: "tell who should look at requests", everySeconds: 60, run: () => escalate(requests) },
    { name: "tell what nobody opened in time", everySeconds: 60, run: () => tellUnopened(requests) },
  ],
  refusals: requestsRefusals,
});
