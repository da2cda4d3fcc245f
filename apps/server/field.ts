// Phones in the field: they seal to the victim desk and leave what is sealed with the compartment.
import { fieldRefusals } from "@simpul/features/field/contract.ts";
import type { FieldNode } from "@simpul/features/field/node.ts";
import { readFieldTerms } from "@simpul/features/field/terms.ts";
import type { Compartment } from "@simpul/features/victims/contract.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import { contactRoutes, fieldRoutes } from "@simpul/features/field/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function fieldNode(node: Node, victims: VictimsNode, compartment: Compartment): FieldNode {
  const { code, name, exercise } = node;
  const { store, policy, directory, wake } = victims;
  return {
    ...{ code, name, exercise, store, policy, directory },
    terms: readFieldTerms(),
    intake: { sealTo: () => compartment.sealTo(), leave: (tx, sealed) => compartment.leave(tx, sealed) },
    wake(topic) {
      wake(topic);
      // Who has the desk open hears that something came.
      if (topic.startsWith("phones:")) wake(`victims:${code}`);
    },
  };
}

export const fieldRoom = (field: FieldNode): Room => ({
  // A phone brings its own proof, for days after its officer signed in.
  openDoors: [["/api/field/contact", contactRoutes(field)]],
  doors: [["/api/field", fieldRoutes(field)]],
  refusals: fieldRefusals,
});
