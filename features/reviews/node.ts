// What reviews ask of their node: the compartment as an open desk shows it, cases, the law in force, keys of prosecutors.
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import type { CaseFacts, Policy } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { PassphraseCost } from "@simpul/store/keys";
import type { Directory } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import type { Papers } from "../operations/contract.ts";
import type { Compartment } from "../victims/contract.ts";
import { ReviewsError } from "./contract.ts";
import type { Law } from "./law.ts";
import type { OpenKeys } from "./keys.ts";

export type Db = Pick<Reader | Writer, "rows" | "standing">;

export interface ReviewsNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  /** Signs in the node's name that a review was passed. */
  signer: Signer;
  directory: Directory;
  cases: CasesForOthers;
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  compartment: Compartment;
  law: Law;
  papers: Papers;
  /** What opens a prosecutor's key costs. */
  cost: PassphraseCost;
  open: OpenKeys;
  wake(topic: string): void;
}

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new ReviewsError("NOT_FOUND");
  return standing.actor;
}

export const iso = (at: Date): string => at.toISOString();
export const json = (value: unknown): string => JSON.stringify(value);
/** Times of what is sealed are kept by the hour (VIC-1). */
export const byHour = (at: Date): Date => new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
