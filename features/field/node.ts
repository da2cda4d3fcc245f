// What the field feature asks of its node.
import type { Id, NodeCode, Officer } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { Policy } from "@simpul/policy";
import { FieldError, type FieldIntake, type FieldTerms } from "./contract.ts";

export interface FieldNode {
  code: NodeCode;
  name: string;
  exercise: boolean;
  store: OpenStore;
  terms: FieldTerms;
  policy: Policy;
  directory: Directory;
  intake: FieldIntake;
  wake(topic: string): void;
}

/** A phone acts by no session: what it may is decided by its key, before this. */
export const contactStanding: Standing = {
  actor: { kind: "job", name: "field" },
  purpose: "victim-identification",
};

/** Who asks, and why she may; throws `NOT_FOR_THIS_PURPOSE`, `NOT_FOUND` for whoever never may. */
export function mayUse(
  node: FieldNode,
  standing: Standing,
): { officer: Officer; because: readonly string[] } {
  const { actor, purpose } = standing;
  if (actor.kind !== "officer") throw new FieldError("NOT_FOUND");
  const asked = { officer: actor, act: "field.phone", record: { kind: "node", id: node.code } } as const;
  const now = node.store.clock.now();
  const decision = node.policy.decide({ ...asked, purpose, now });
  if (decision.allowed) return { officer: actor, because: decision.because };
  const otherwise = node.policy.decide({ ...asked, purpose: "victim-identification", now });
  throw new FieldError(otherwise.allowed ? "NOT_FOR_THIS_PURPOSE" : "NOT_FOUND");
}

// A type, not an interface: rows are read by hand-written SQL.
export type PhoneRow = {
  id: Id;
  name: string;
  officer_id: Id;
  public_key: unknown;
  enrolled_at: Date;
  last_contact: Date | null;
  entries_left: number;
  today: string | null;
  today_left: number;
  revoked_at: Date | null;
  revoked_by: Id | null;
  left_after: number;
  wiped_at: Date | null;
};
