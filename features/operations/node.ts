// What operations ask of their node, and who may do what in one.
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import type { OprfEngine } from "@simpul/match/oprf";
import { begins, demand, type Act, type Policy } from "@simpul/policy";
import type { OpenStore, Standing, Writer } from "@simpul/store";
import type { KeyBox } from "@simpul/store/keys";
import type { Directory, Proofs } from "../access/contract.ts";
import { OperationsError, type Papers, type Things } from "./contract.ts";

export interface OperationsNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  engine: OprfEngine;
  /** Wraps the seeds of the comparison. */
  box: KeyBox;
  proofs: Proofs;
  directory: Directory;
  papers: Papers;
  things: Things;
  peers(): Promise<NodeCode[]>;
  ask(peer: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  wake(topic: string): void;
  /** Something waits to be sent. */
  send(): void;
}

export type OfOfficer = Standing & { actor: Officer };

export const jobStanding: Standing = {
  actor: { kind: "job", name: "operations" },
  purpose: "crime-investigation",
};

export function officerOf(standing: Standing): OfOfficer {
  if (standing.actor.kind !== "officer") throw new OperationsError("NOT_FOUND");
  return standing as OfOfficer;
}

export type OrderAct = Extract<Act, `operation.${string}`> & Exclude<Act, "operation.plan">;

const asking = (node: OperationsNode, { actor, purpose }: OfOfficer, now: Date) => ({
  officer: actor,
  purpose,
  now,
});

export const mayPlan = (node: OperationsNode, standing: OfOfficer): string[] =>
  demand(node.policy, {
    ...asking(node, standing, node.clock.now()),
    act: "operation.plan",
    record: { kind: "node", id: node.code },
  });

/** Demands an act on an operation, with a proof bound to it where the act asks for one. Throws `Denied`. */
export async function demandOn(
  node: OperationsNode,
  standing: OfOfficer,
  tx: Writer,
  act: OrderAct,
  of: { id: Id; author: Id | null },
): Promise<void> {
  const stepped = act === "operation.send" || act === "operation.vote";
  tx.allowed(
    demand(node.policy, {
      ...asking(node, standing, tx.at),
      act,
      record: { kind: "order", id: of.id, author: of.author },
      ...(stepped && { proof: await node.proofs.take(tx, { act, record: of.id }) }),
    }),
  );
}

/** Whether she may but for her proof, for what a page offers. */
export function mayOn(
  node: OperationsNode,
  standing: OfOfficer,
  act: OrderAct,
  of: { id: Id; author: Id | null },
): boolean {
  const record = { kind: "order", id: of.id, author: of.author } as const;
  const verdict = node.policy.decide({ ...asking(node, standing, node.clock.now()), act, record });
  return begins(verdict);
}

/** After the transaction that is under way: what it changed is there when somebody asks. */
export const soon = (work: () => void): void => void setTimeout(work, 20);
