// What exclusions ask of their node, and who may decide about them.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { demand, Denied, type Policy } from "@simpul/policy";
import type { OpenStore, Standing, Writer } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import { ExclusionsError } from "./contract.ts";

export interface ExclusionsNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  proofs: Proofs;
  directory: Directory;
  peers(): Promise<NodeCode[]>;
  ask(peer: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  /** Something waits to be sent. */
  send(): void;
}

/** A standing of a person. */
export type OfOfficer = Standing & { actor: Officer };

export const jobStanding: Standing = { actor: { kind: "job", name: "exclusions" }, purpose: "oversight" };

const asking = (node: ExclusionsNode, standing: OfOfficer) => ({
  officer: standing.actor,
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Why she may; to whoever may not, the room does not exist. */
export function mayOrder(node: ExclusionsNode, standing: Standing): readonly string[] {
  if (standing.actor.kind !== "officer") throw new ExclusionsError("NOT_FOUND");
  try {
    return demand(node.policy, {
      ...asking(node, standing as OfOfficer),
      act: "exclusion.order",
      record: { kind: "node", id: node.code },
    });
  } catch (fault) {
    throw fault instanceof Denied ? new ExclusionsError("NOT_FOUND") : fault;
  }
}

/** The second person, with a proof bound to this exclusion; throws `Denied` for whoever asked herself. */
export async function demandSecond(
  node: ExclusionsNode,
  standing: OfOfficer,
  tx: Writer,
  of: { id: Id; author: Id },
): Promise<void> {
  tx.allowed(
    demand(node.policy, {
      ...asking(node, standing),
      act: "exclusion.agree",
      record: { kind: "order", id: of.id, author: of.author },
      proof: await node.proofs.take(tx, { act: "exclusion.agree", record: of.id }),
    }),
  );
}

/** Whether she is the second person who is asked, but for her proof. */
export function mayAgree(node: ExclusionsNode, standing: OfOfficer, of: { id: Id; author: Id }): boolean {
  const record = { kind: "order", id: of.id, author: of.author } as const;
  const verdict = node.policy.decide({ ...asking(node, standing), act: "exclusion.agree", record });
  return verdict.allowed || verdict.needs === "step-up";
}
