// What the oversight room asks of its node, and the question every look begins with: may she look at all.
import { SimpulError, type Officer } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { Ledger, OpenStore, Standing } from "@simpul/store";
import type { Proofs } from "@simpul/features/access/contract.ts";
import type { NamesForLog } from "./contract.ts";

export type OversightCode =
  | "NOT_FOUND"
  | "NOT_A_FILTER"
  | "NOTE_MISSING"
  | "DECIDED_ALREADY"
  | "FROZEN_ALREADY"
  | "NOT_ASKED"
  | "OWN_MATTER";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const oversightRefusals: Readonly<Record<OversightCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NOT_A_FILTER: 422,
  NOTE_MISSING: 422,
  DECIDED_ALREADY: 409,
  FROZEN_ALREADY: 409,
  NOT_ASKED: 409,
  OWN_MATTER: 403,
};

export class OversightError extends SimpulError<OversightCode> {}

/** A standing of a person. */
export type OfOfficer = Standing & { actor: Officer };

export interface OversightNode {
  code: string;
  store: OpenStore;
  ledger: Ledger;
  policy: Policy;
  origins: Readonly<Record<"main" | "reads", string>>;
  names: NamesForLog;
  proofs: Proofs;
  /** The trust policy of this node for its main log, as bundles have it. */
  mainPolicy(): Promise<string>;
  /** The keys of the two logs, as policies write them. */
  /** Keys of both logs, the newest first. */
  logKeys(): Readonly<Record<"main" | "reads", readonly string[]>>;
}

/**
 * AUD-2: oversight reads logs of its own state; to everybody else the room does not exist. Returns why, for the note
 * of the look: who oversees is logged as well.
 */
export function mayOversee(node: OversightNode, standing: Standing): readonly string[] {
  const { actor, purpose } = standing;
  if (actor.kind !== "officer") throw new OversightError("NOT_FOUND");
  const decision = node.policy.decide({
    officer: actor,
    act: "oversight.read",
    record: { kind: "node", id: node.code as never },
    purpose,
    now: node.store.clock.now(),
  });
  if (!decision.allowed) throw new OversightError("NOT_FOUND", decision.because.join(" "));
  return decision.because;
}

/** The few acts that are hers beside reading; returns why. To everybody else the room does not exist. */
export function mayMark(
  node: OversightNode,
  standing: Standing,
  act: "oversight.mark" | "freeze.order",
): readonly string[] {
  mayOversee(node, standing);
  return demand(node.policy, {
    officer: standing.actor as Officer,
    act,
    record: { kind: "node", id: node.code as never },
    purpose: standing.purpose,
    now: node.store.clock.now(),
  });
}

export const iso = (at: Date): string => at.toISOString();
