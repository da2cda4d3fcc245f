// Hand-overs of cases: what they are given of cases, requests, evidence, access and the exchange.
import { posts } from "@simpul/features/access/directory.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { casesForHandOvers } from "@simpul/features/cases/others.ts";
import { readHandOverCodes } from "@simpul/features/hand-overs/codes.ts";
import { handOversRefusals } from "@simpul/features/hand-overs/contract.ts";
import { handOversInbox } from "@simpul/features/hand-overs/inbox.ts";
import { handOversJobs, returnSilent } from "@simpul/features/hand-overs/jobs.ts";
import type { HandOversNode } from "@simpul/features/hand-overs/node.ts";
import { handOversPart } from "@simpul/features/hand-overs/peer.ts";
import { handOversRoutes } from "@simpul/features/hand-overs/routes.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { sharedItem } from "@simpul/features/requests/shapes.ts";
import { recordsForSpaces } from "./joint.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function handOversNode(node: Node, cases: CasesNode, requests: RequestsNode): HandOversNode {
  const { code, store, clock, policy, signer, proofs, directory, items, peers, fetching, wake, send } =
    requests;
  return {
    ...{ code, store, clock, policy, signer, proofs, directory, items, peers, fetching, wake, send },
    codes: readHandOverCodes(),
    crimeTypes: requests.offences,
    posts: async () => (await posts(store).all()).posts,
    cases: casesForHandOvers(cases),
    caseHead: async (db, ref) => (await requests.cases.recordsOf(db, ref, [])).head,
    records: {
      ...recordsForSpaces(requests),
      readItem: (value) => sharedItem.safeParse(value).data ?? null,
    },
    workDays: requests.workDays,
    lettered: requests.letters.all().list.map((one) => one.state),
    taskOf: (reference) => reference,
    keysOf: requests.keysOf,
  };
}

export const handOversRoom = (handOvers: HandOversNode): Room => ({
  doors: [["/api/hand-overs", handOversRoutes(handOvers)]],
  inbox: [handOversInbox(handOvers)],
  peer: [handOversPart(handOvers)],
  jobs: handOversJobs(handOvers),
  chores: [
    { name: "return offers that nobody answered", everySeconds: 60, run: () => returnSilent(handOvers) },
  ],
  refusals: handOversRefusals,
});
