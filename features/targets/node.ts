// What targets ask of their node, and who may do what about one.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { demand, type CaseFacts, type Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import type { RequestsForOthers } from "../requests/contract.ts";
import { TargetsError, type ReviewsForTargets } from "./contract.ts";

export interface TargetsNode {
  code: NodeCode;
  store: OpenStore;
  clock: Clock;
  policy: Policy;
  directory: Directory;
  cases: CasesForOthers;
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  reviews: ReviewsForTargets;
  requests: RequestsForOthers;
  wake(topic: string): void;
}

export const jobStanding: Standing = {
  actor: { kind: "job", name: "targets" },
  purpose: "crime-investigation",
};

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new TargetsError("NOT_FOUND");
  return standing.actor;
}

/** She works on the case: what is nominated and followed is its work. Throws `Denied`. */
export function mustWorkOn(node: TargetsNode, tx: Writer, facts: CaseFacts): void {
  const asking = { officer: officerOf(tx.standing), purpose: tx.standing.purpose, now: tx.at };
  tx.allowed(demand(node.policy, { ...asking, act: "case.edit", record: facts }));
}

export function worksOn(node: TargetsNode, standing: Standing, facts: CaseFacts): boolean {
  const asking = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
  return node.policy.decide({ ...asking, act: "case.edit", record: facts }).allowed;
}

/** Whether she is a prosecutor who decides after legal reviews. */
export function rules(node: TargetsNode, standing: Standing): boolean {
  const asking = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
  return node.policy.decide({ ...asking, act: "review.rule", record: { kind: "node", id: node.code } })
    .allowed;
}

/** The same within an act, with why for its leaf. Throws `Denied`. */
export function mustRule(node: TargetsNode, tx: Writer): void {
  const asking = { officer: officerOf(tx.standing), purpose: tx.standing.purpose, now: tx.at };
  const record = { kind: "node", id: node.code } as const;
  tx.allowed(demand(node.policy, { ...asking, act: "review.rule", record }));
}
