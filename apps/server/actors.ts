// The room of main actors: over which sources it looks: cases, and joint spaces.
import { casesSource } from "@simpul/features/actors/cases-source.ts";
import type { ActorsNode } from "@simpul/features/actors/whole.ts";
import { spacesSource } from "@simpul/features/joint/actors-source.ts";
import type { Policy } from "@simpul/policy";
import { actorsRefusals } from "@simpul/features/actors/contract.ts";
import { actorsRoutes } from "@simpul/features/actors/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export const actorsNode = ({ store, clock }: Node, policy: Policy): ActorsNode => ({
  ...{ store, clock, policy },
  sources: [casesSource, spacesSource],
});

export const actorsRoom = (node: Node, policy: Policy): Room => ({
  doors: [["/api/actors", actorsRoutes(actorsNode(node, policy))]],
  refusals: actorsRefusals,
});
