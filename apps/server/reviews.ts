// Legal reviews: what they are given of cases, the compartment and access; keys of prosecutors live as long as this process.
import { directory } from "@simpul/features/access/directory.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { factsOf } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import { OpenKeys } from "@simpul/features/reviews/keys.ts";
import { readLaw } from "@simpul/features/reviews/law.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import type { Compartment } from "@simpul/features/victims/contract.ts";
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
