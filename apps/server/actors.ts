// The room of main actors: over which sources it looks. Joint spaces join as one more.
import { casesSource } from "@simpul/features/actors/cases-source.ts";
import type { ActorsNode } from "@simpul/features/actors/look.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";

export const actorsNode = ({ store, clock }: Node, policy: Policy): ActorsNode => ({
  ...{ store, clock, policy },
  sources: [casesSource],
});
