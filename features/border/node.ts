// What the border room asks of its node, and who may propose, agree and check.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { demand, Denied, type Act, type Policy } from "@simpul/policy";
import type { OpenStore, Standing, Writer } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import type { ChecksForOthers } from "../checks/contract.ts";
import type { ListsForBorder } from "../watch-lists/contract.ts";
import { BorderError } from "./contract.ts";

export interface BorderNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  proofs: Proofs;
  directory: Directory;
  lists: ListsForBorder;
  alarm: ChecksForOthers["alarm"];
}

export type OfOfficer = Standing & { actor: Officer };

const asking = (node: BorderNode, standing: OfOfficer) => ({
  officer: standing.actor,
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Why she may; to whoever may not, the room does not exist. */
export function may(
  node: BorderNode,
  standing: Standing,
  act: Extract<Act, "border.propose" | "border.check">,
): readonly string[] {
  if (standing.actor.kind !== "officer") throw new BorderError("NOT_FOUND");
  try {
    return demand(node.policy, {
      ...asking(node, standing as OfOfficer),
      act,
      record: { kind: "node", id: node.code },
    });
  } catch (fault) {
    throw fault instanceof Denied ? new BorderError("NOT_FOUND") : fault;
  }
}

export function canCheck(node: BorderNode, standing: OfOfficer): boolean {
  const record = { kind: "node", id: node.code } as const;
  return node.policy.decide({ ...asking(node, standing), act: "border.check", record }).allowed;
}

/** The second person, with a proof bound to this purpose; throws `Denied` for whoever proposed it. */
export async function demandSecond(
  node: BorderNode,
  standing: OfOfficer,
  tx: Writer,
  of: { id: Id; author: Id },
): Promise<void> {
  tx.allowed(
    demand(node.policy, {
      ...asking(node, standing),
      act: "border.agree",
      record: { kind: "order", ...of },
      proof: await node.proofs.take(tx, { act: "border.agree", record: of.id }),
    }),
  );
}

/** Whether she is the second person who is asked, but for her proof. */
export function mayAgree(node: BorderNode, standing: OfOfficer, of: { id: Id; author: Id }): boolean {
  const record = { kind: "order", ...of } as const;
  const verdict = node.policy.decide({ ...asking(node, standing), act: "border.agree", record });
  return verdict.allowed || verdict.needs === "step-up";
}
