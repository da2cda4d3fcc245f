// A letter of this room, in the transaction of the act that caused it.
import type { NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { Wire, WireType } from "./shapes.ts";

export const tell = <T extends WireType>(tx: Writer, to: NodeCode, kind: T, body: Wire<T>): Promise<void> =>
  tx.send({ id: tx.newId(), to, kind, body });
