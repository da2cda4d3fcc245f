// What exercises ask of their node, and who may direct one.
import type { Clock, NodeCode, Officer } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { Papers } from "../operations/contract.ts";
import { ExercisesError } from "./contract.ts";
import type { Doors } from "./scripts.ts";

export interface ExercisesNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  directory: Directory;
  papers: Papers;
  /** By which something can come in here. */
  doors: Doors;
  peers(): Promise<NodeCode[]>;
  wake(topic: string): void;
  /** Something waits to be sent. */
  send(): void;
}

export type OfOfficer = Standing & { actor: Officer };

export const jobStanding: Standing = {
  actor: { kind: "job", name: "exercises" },
  purpose: "administration",
};

export function officerOf(standing: Standing): OfOfficer {
  if (standing.actor.kind !== "officer") throw new ExercisesError("NOT_FOUND");
  return standing as OfOfficer;
}

const asking = (node: ExercisesNode, { actor, purpose }: OfOfficer) => ({
  ...{ officer: actor, purpose, now: node.clock.now(), act: "exercise.direct" as const },
  record: { kind: "node" as const, id: node.code },
});

/** Throws `Denied`; gives why she may. */
export const demandDirecting = (node: ExercisesNode, standing: OfOfficer): string[] =>
  demand(node.policy, asking(node, standing));

export const mayDirect = (node: ExercisesNode, standing: OfOfficer): boolean =>
  node.policy.decide(asking(node, standing)).allowed;
