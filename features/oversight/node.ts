// What the oversight room asks of its node, and the question every look begins with: may she look at all.
import { SimpulError } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { Ledger, OpenStore, Standing } from "@simpul/store";
import type { NamesForLog } from "./contract.ts";

export class OversightError extends SimpulError<"NOT_FOUND" | "NOT_A_FILTER"> {}

export interface OversightNode {
  code: string;
  store: OpenStore;
  ledger: Ledger;
  policy: Policy;
  origins: Readonly<Record<"main" | "reads", string>>;
  names: NamesForLog;
  /** The trust policy of this node for its main log, as bundles have it. */
  mainPolicy(): Promise<string>;
  /** The keys of the two logs, as policies write them. */
  logKeys: Readonly<Record<"main" | "reads", string>>;
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

export const iso = (at: Date): string => at.toISOString();
