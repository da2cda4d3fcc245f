// The region's picture: how every room counts its own records, and what the victim desk counts while it is open.
import { directory } from "@simpul/features/access/directory.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { adsCounts } from "@simpul/features/ads/counts.ts";
import { assistanceCounts } from "@simpul/features/assistance/counts.ts";
import { casesCounts } from "@simpul/features/cases/counts.ts";
import { chargesCounts } from "@simpul/features/charges/counts.ts";
import { checksCounts } from "@simpul/features/checks/counts.ts";
import { operationsCounts } from "@simpul/features/operations/counts.ts";
import { definitions, pictureRefusals } from "@simpul/features/picture/contract.ts";
import type { PictureNode } from "@simpul/features/picture/node.ts";
import { tellNewcomers } from "@simpul/features/picture/newcomers.ts";
import { countLastMonth } from "@simpul/features/picture/prepare.ts";
import { pictureRoutes } from "@simpul/features/picture/routes.ts";
import { requestsCounts } from "@simpul/features/requests/counts.ts";
import { stepKind } from "@simpul/features/returns/kinds.ts";
import { ruledKind } from "@simpul/features/screening/kinds.ts";
import { victimCounts, type TheirWords } from "@simpul/features/standards/counts.ts";
import { targetsCounts } from "@simpul/features/targets/counts.ts";
import { entriesOf, type Compartment } from "@simpul/features/victims/contract.ts";
import type { Policy } from "@simpul/policy";
import { pictureInbox } from "@simpul/features/picture/inbox.ts";
import { picturePart } from "@simpul/features/picture/peer.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

const theirWords: TheirWords = {
  indicators: (person) => entriesOf(person, ruledKind).at(-1)?.data.indicators ?? [],
  homeAt: (person) =>
    entriesOf(person, stepKind).find(({ data }) => data.step === "arrival" && data.state === "done")?.at ??
    null,
};

export function pictureNode(node: Node, policy: Policy, compartment: Compartment): PictureNode {
  const { code, exercise, store, clock, random, peering } = node;
  return {
    ...{ code, exercise, store, clock, random, policy, proofs, papers, definitions },
    directory: directory(store),
    counting: {
      ...casesCounts,
      ...targetsCounts,
      ...chargesCounts,
      ...requestsCounts,
      ...checksCounts,
      ...assistanceCounts,
      ...operationsCounts,
      ...adsCounts,
    },
    async ofVictims(who, span) {
      const desk = await compartment.open(who);
      return victimCounts(desk.people(), code, span, theirWords);
    },
    peers: () => peering.peers(),
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

export const pictureRoom = (picture: PictureNode): Room => ({
  doors: [
    ["/api/picture", pictureRoutes(picture, paperWords("picture", "cases", "charges", "offences", "ads"))],
  ],
  inbox: [pictureInbox(picture)],
  peer: [picturePart(picture)],
  chores: [
    // The month that ended, once it did.
    { name: "count the month for the picture", everySeconds: 3600, run: () => countLastMonth(picture) },
    { name: "give the picture to states that joined", everySeconds: 3600, run: () => tellNewcomers(picture) },
  ],
  refusals: pictureRefusals,
});
