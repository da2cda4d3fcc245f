// A letter of this room, in the transaction of the act that caused it.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { Wire, WireType } from "./shapes.ts";

/** Gives the letter's id. */
export async function tell<T extends WireType>(
  tx: Writer,
  to: NodeCode,
  kind: T,
  body: Wire<T>,
): Promise<Id> {
  const id = tx.newId();
  await tx.send({ id, to, kind, body });
  return id;
}
