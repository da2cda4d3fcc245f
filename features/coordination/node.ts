// What coordination asks of its node, and who may read it.
import type { Clock, NodeCode, Officer } from "@simpul/model";
import { demand, Denied, type Policy } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import { CoordinationError, type FiguresSource } from "./contract.ts";

export interface CoordinationNode {
  code: NodeCode;
  store: OpenStore;
  clock: Clock;
  policy: Policy;
  /** Crime types and scripts that this node ships: a letter names no others. */
  known: { offences: readonly string[]; scripts: readonly string[] };
  sources: readonly FiguresSource[];
  wake(topic: string): void;
  send(): void;
}

export const jobStanding: Standing = {
  actor: { kind: "job", name: "coordination" },
  purpose: "mutual-assistance",
};

/** Why she may; throws `NOT_FOUND` for everybody who does not coordinate. */
export function requireReading(node: CoordinationNode, { actor, purpose }: Standing): readonly string[] {
  if (actor.kind !== "officer") throw new CoordinationError("NOT_FOUND");
  try {
    return demand(node.policy, {
      ...{ officer: actor satisfies Officer, purpose, now: node.clock.now(), act: "coordination.read" },
      record: { kind: "node", id: node.code },
    });
  } catch (fault) {
    throw fault instanceof Denied ? new CoordinationError("NOT_FOUND") : fault;
  }
}
