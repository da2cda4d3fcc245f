// Legal reviews: what they are given of cases, the compartment and access; keys of prosecutors live as long as this process.
import { directory } from "@simpul/features/access/directory.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { OpenKeys } from "@simpul/features/reviews/keys.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import type { AtDesk, Compartment } from "@simpul/features/victims/contract.ts";
import { peerDesks } from "@simpul/features/referrals/desk-keys/keys.ts";
import { takeAnswers } from "@simpul/features/reviews/search/answered.ts";
import { lookThrough } from "@simpul/features/reviews/search/hold.ts";
import type { SearchNode } from "@simpul/features/reviews/search/node.ts";
import { sweep } from "@simpul/features/reviews/compare.ts";
import { lightPassphraseCost, passphraseCost } from "@simpul/store/keys";
import { sessionHolds } from "@simpul/features/access/sessions.ts";
import { reviewsRefusals } from "@simpul/features/reviews/contract.ts";
import { searchRefusals } from "@simpul/features/reviews/contract/search.ts";
import { reviewsInbox } from "@simpul/features/reviews/inbox.ts";
import { reviewsRoutes } from "@simpul/features/reviews/routes.ts";
import { searchPart, sendReplies } from "@simpul/features/reviews/search/peer.ts";
import { searchRoutes } from "@simpul/features/reviews/search/routes.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

const opened = new WeakMap<Node, OpenKeys>();

/** Open keys are one per node, however often its features are put together. */
export function reviewsNode(node: Node, cases: CasesNode, compartment: Compartment): ReviewsNode {
  const { code, exercise, store, clock, random, keys } = node;
  const open = opened.get(node) ?? new OpenKeys();
  opened.set(node, open);
  return {
    ...{ code, exercise, store, clock, random, compartment, open },
    policy: cases.policy,
    signer: keys.signer,
    directory: directory(store),
    cases: casesForOthers(cases),
    caseFacts: factsOf,
    law: node.terms.reviews,
    papers,
    cost: exercise ? lightPassphraseCost : passphraseCost,
    wake: (topic) => store.wakes.wake(topic),
  };
}

/** The private search between victim desks, with the oblivious function and the exchange of this node. */
export function searchNode(node: Node, reviews: ReviewsNode): SearchNode {
  const { oprf, keys, peering } = node;
  return {
    ...reviews,
    engine: oprf,
    box: keys.box,
    desks: peerDesks(),
    askPeer: (...asked) => peering.ask(...asked),
    send: () => peering.wake(),
  };
}

/** As soon as the victim desk is open: what other desks answered, everybody under review, then what others ask. */
export const whenDeskOpens =
  (search: SearchNode, log: Node["log"]) =>
  async (who: AtDesk): Promise<void> => {
    await takeAnswers(search, who);
    await sweep(search, who);
    // Other nodes are asked meanwhile; nobody waits for them at the door.
    void lookThrough(search, who).catch((err: unknown) => log.warn({ err }, "questions of others wait"));
  };

export const reviewsRoom = (access: AccessNode, reviews: ReviewsNode, search: SearchNode): Room => ({
  doors: [
    ["/api/reviews/searches", searchRoutes(search)],
    ["/api/reviews", reviewsRoutes(reviews, paperWords("reviews"))],
  ],
  inbox: [reviewsInbox(reviews)],
  peer: [searchPart(search)],
  chores: [
    { name: "answer searches of victim desks", everySeconds: 30, run: () => sendReplies(search) },
    {
      name: "close keys that rest",
      everySeconds: 15,
      run: () => reviews.open.sweep((session) => sessionHolds(access, session), reviews.clock.now()),
    },
  ],
  refusals: { ...reviewsRefusals, ...searchRefusals },
});
