// What checks ask of their node, and the standings under which they work.
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import type { OprfEngine } from "@simpul/match/oprf";
import type { CaseFacts, Policy } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { KeyBox } from "@simpul/store/keys";
import type { Directory, Proofs } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import { ChecksError, type Asking } from "./contract.ts";
import type { Terms } from "./terms.ts";

export type Rows = Pick<Reader | Writer, "rows">;

export interface ChecksNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  /** Chosen at start, after it proved itself. */
  engine: OprfEngine;
  /** Wraps seeds and blinds. */
  box: KeyBox;
  /** Signs keys and filters in the node's name. */
  signer: Signer;
  /** The Ed25519 key by which a peer signs its keys and filters, as two persons confirmed it; null for no peer. */
  keysOf(peer: NodeCode): Promise<readonly Uint8Array[]>;
  asking: Asking;
  cases: CasesForOthers;
  /** What the policy asks about a case; throws `NOT_FOUND` where row security shows none. */
  caseFacts(db: Rows, id: Id): Promise<CaseFacts>;
  /** Second factors, spent with the act they were shown for. */
  proofs: Proofs;
  directory?: Directory;
  terms: Terms;
  /** Tells open pages that something changed (`check:<id>`), after it was kept; never what. */
  wake(topic: string): void;
}

/** Jobs act for the node itself. */
export const jobStanding: Standing = { actor: { kind: "job", name: "check" }, purpose: "administration" };

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new ChecksError("NOT_ALLOWED");
  return standing.actor;
}

export const iso = (at: Date): string => at.toISOString();
export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;
