// Private checks: what they are given of cases, the exchange and the node's own keys, and where their door stands.
import { directory } from "@simpul/features/access/directory.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { compareLogs } from "@simpul/features/checks/compare.ts";
import { checksRefusals } from "@simpul/features/checks/contract.ts";
import { checksTasks } from "@simpul/features/checks/inbox.ts";
import { checksJobs, keepIndex, refreshIndex } from "@simpul/features/checks/jobs.ts";
import type { ChecksNode } from "@simpul/features/checks/node.ts";
import { checksPart } from "@simpul/features/checks/peer.ts";
import { checksRoutes } from "@simpul/features/checks/routes.ts";
import { readTerms } from "@simpul/features/checks/terms.ts";
import { followUps } from "@simpul/features/requests/follow-ups.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function checksNode(node: Node, cases: CasesNode): ChecksNode {
  const { code, store, clock, random, oprf, keys, peering } = node;
  return {
    code,
    store,
    clock,
    random,
    engine: oprf,
    box: keys.box,
    signer: keys.signer,
    keysOf: (peer) => peering.signingKeys(peer),
    asking: { peers: () => peering.peers(), ask: (...asked) => peering.ask(...asked) },
    policy: cases.policy,
    cases: casesForOthers(cases),
    caseFacts: factsOf,
    proofs,
    directory: directory(store),
    terms: readTerms(),
    wake: (topic) => store.wakes.wake(topic),
  };
}

export const checksRoom = ({ log }: Node, checks: ChecksNode): Room => ({
  doors: [["/api/checks", checksRoutes(checks)]],
  inbox: [checksTasks(checks, followUps)],
  peer: [checksPart(checks)],
  jobs: checksJobs(checks),
  chores: [
    { name: "refresh the index for checks", everySeconds: 3600, run: () => refreshIndex(checks) },
    { name: "compare logs of checks", everySeconds: 3600, run: () => compareLogs(checks) },
  ],
  watches: [() => keepIndex(checks, (err) => log.warn({ err }, "the index for checks was not asked for"))],
  refusals: checksRefusals,
});
