// Legal reviews: what they are given of cases, the compartment and access; keys of prosecutors live as long as this process.
import { directory } from "@simpul/features/access/directory.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { OpenKeys } from "@simpul/features/reviews/keys.ts";
import { readLaw } from "@simpul/features/reviews/law.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import type { AtDesk, Compartment } from "@simpul/features/victims/contract.ts";
import { peerDesks } from "@simpul/features/referrals/desk-keys/keys.ts";
import { takeAnswers } from "@simpul/features/reviews/search/answered.ts";
import { lookThrough } from "@simpul/features/reviews/search/hold.ts";
import type { SearchNode } from "@simpul/features/reviews/search/node.ts";
import { sweep } from "@simpul/features/reviews/compare.ts";
import { lightPassphraseCost, passphraseCost } from "@simpul/store/keys";
import type { Node } from "./node.ts";

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
    law: readLaw(),
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
