// The follow-up: what it is given of the picture, and of the readers of tables and names of states.
import { directory } from "@simpul/features/access/directory.ts";
import { readSheets } from "@simpul/features/evidence/reading/rows.ts";
import { readDeclaration } from "@simpul/features/follow-up/declaration.ts";
import type { FollowUpNode } from "@simpul/features/follow-up/node.ts";
import type { PictureRead } from "@simpul/features/picture/contract.ts";
import { stateReader, type StateReader } from "@simpul/features/surge/reading/states.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";

export { followUpRefusals } from "@simpul/features/follow-up/contract.ts";
export { followUpRoutes } from "@simpul/features/follow-up/routes.ts";

let states: StateReader | undefined;
/** While this node has no room of the picture, nothing is released. */
const nothing: PictureRead = {
  releases: () => Promise.resolve([]),
  takingPart: () => Promise.resolve([]),
};

export function followUpNode(node: Node, policy: Policy, picture: PictureRead = nothing): FollowUpNode {
  const { code, exercise, store, clock } = node;
  return {
    ...{ code, exercise, store, clock, policy, picture, sheets: readSheets },
    directory: directory(store),
    declaration: readDeclaration(),
    stateOf: (text) => (states ??= stateReader()).read(text),
    wake: (topic) => store.wakes.wake(topic),
  };
}
