// What watch lists ask of their node, and who may keep and agree to them.
import type { StolenKey } from "@simpul/exchange";
import type { OprfEngine } from "@simpul/match/oprf";
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import { demand, Denied, type Policy } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Standing, Writer } from "@simpul/store";
import type { KeyBox } from "@simpul/store/keys";
import type { Directory, Proofs } from "../access/contract.ts";
import { WatchListsError } from "./contract.ts";

export interface WatchListsNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  engine: OprfEngine;
  /** Wraps the seeds of lists that stay. */
  box: KeyBox;
  proofs: Proofs;
  directory: Directory;
  peers(): Promise<NodeCode[]>;
  ask(peer: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  /** Signs for an authority of this node. */
  agencySigner(agency: Id): Promise<Signer>;
  /** By which an authority of a confirmed peer signs; null for nobody's. */
  agencyKey(peer: NodeCode, agency: Id): Promise<Uint8Array | null>;
  /** Keys of peers' agencies that were declared stolen. */
  stolen(): Promise<StolenKey[]>;
  /** Something waits to be sent. */
  send(): void;
}

export type OfOfficer = Standing & { actor: Officer };
export const jobStanding: Standing = {
  actor: { kind: "job", name: "watch-lists" },
  purpose: "border-control",
};
export const todayOf = (node: { clock: Clock }): string => node.clock.now().toISOString().slice(0, 10);

const asking = (node: WatchListsNode, standing: OfOfficer) => ({
  officer: standing.actor,
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Why she may; to whoever may not, the room does not exist. */
export function mayKeep(node: WatchListsNode, standing: Standing): readonly string[] {
  if (standing.actor.kind !== "officer") throw new WatchListsError("NOT_FOUND");
  try {
    return demand(node.policy, {
      ...asking(node, standing as OfOfficer),
      act: "watch-list.keep",
      record: { kind: "node", id: node.code },
    });
  } catch (fault) {
    throw fault instanceof Denied ? new WatchListsError("NOT_FOUND") : fault;
  }
}

/** Whether she works in the authority that signs the list, or speaks for the state in its place. */
export const isIssuer = ({ actor }: OfOfficer, agency: Id): boolean =>
  actor.agency === agency ||
  (actor.agencyKind === "liaison" && actor.roles.some((role) => role === "liaison" || role === "supervisor"));

/** The second person, with a proof bound to this list; throws `Denied` for whoever wrote it. */
export async function demandSecond(
  node: WatchListsNode,
  standing: OfOfficer,
  tx: Writer,
  of: { id: Id; author: Id },
): Promise<void> {
  tx.allowed(
    demand(node.policy, {
      ...asking(node, standing),
      act: "watch-list.agree",
      record: { kind: "order", ...of },
      proof: await node.proofs.take(tx, { act: "watch-list.agree", record: of.id }),
    }),
  );
}

/** Whether she is the second person who is asked, but for her proof. */
export function mayAgree(node: WatchListsNode, standing: OfOfficer, of: { id: Id; author: Id }): boolean {
  const record = { kind: "order", ...of } as const;
  const verdict = node.policy.decide({ ...asking(node, standing), act: "watch-list.agree", record });
  return verdict.allowed || verdict.needs === "step-up";
}
