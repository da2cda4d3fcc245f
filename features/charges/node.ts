// What charges ask of their node, and who may do what about one.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { demand, type CaseFacts, type Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import type { LawByState } from "../offences/contract.ts";
import {
  ChargesError,
  type Contribution,
  type ItemsForCharges,
  type ReviewsForCharges,
  type TargetsForCharges,
} from "./contract.ts";

export type Db = Pick<Reader | Writer, "rows">;

export interface ChargesNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: Clock;
  policy: Policy;
  directory: Directory;
  law: LawByState;
  cases: CasesForOthers;
  caseFacts(db: Db, id: Id): Promise<CaseFacts>;
  /** A task of the case for a desk, in the running act; whose desk it is must be a desk here. */
  addTask(tx: Writer, of: Id, task: { title: string; desk: Id; due: string; note: string }): Promise<Id>;
  reviews: ReviewsForCharges;
  items: ItemsForCharges;
  targets: TargetsForCharges;
  contributions(db: Db, of: Id): Promise<Contribution[]>;
  /** Lets the exhibits out as a bundle for a court; throws what evidence refuses (`PERMISSION_NEEDED`, `STEP_UP`). */
  bundle(
    standing: Standing,
    ask: {
      case: Id;
      items: Id[];
      recipient: string;
      recipientState: NodeCode;
      reason: string;
      unproven?: string;
    },
  ): Promise<Id>;
  /** How the line to each peer is. */
  lines(): Promise<{ node: NodeCode; away: boolean }[]>;
  papers: Papers;
  wake(topic: string): void;
  send(): void;
}

/** Text on pages of A4, as the server hands it in. */
export interface PaperLine {
  text: string;
  size: number;
  bold?: boolean;
  soft?: boolean;
  indent?: number;
}
export interface Papers {
  pdf(
    about: { title: string; language: string; at: Date },
    lines: readonly PaperLine[],
  ): Uint8Array<ArrayBuffer>;
}

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new ChargesError("NOT_FOUND");
  return standing.actor;
}

const asking = (standing: Standing, now: Date) => ({
  officer: officerOf(standing),
  purpose: standing.purpose,
  now,
});

/** She works on the case: what is in its file is its work. Throws `Denied`. */
export function mustWorkOn(node: ChargesNode, tx: Writer, facts: CaseFacts): void {
  tx.allowed(demand(node.policy, { ...asking(tx.standing, tx.at), act: "case.edit", record: facts }));
}

export const worksOn = (node: ChargesNode, standing: Standing, facts: CaseFacts): boolean =>
  node.policy.decide({ ...asking(standing, node.clock.now()), act: "case.edit", record: facts }).allowed;

const ofNode = (node: ChargesNode) => ({ kind: "node", id: node.code }) as const;

/** A prosecutor, who files and writes down what the court does. */
export const prosecutes = (node: ChargesNode, standing: Standing): boolean =>
  node.policy.decide({ ...asking(standing, node.clock.now()), act: "review.rule", record: ofNode(node) })
    .allowed;

/** The same within an act, with why for its leaf. Throws `Denied`. */
export function mustProsecute(node: ChargesNode, tx: Writer): void {
  tx.allowed(
    demand(node.policy, { ...asking(tx.standing, tx.at), act: "review.rule", record: ofNode(node) }),
  );
}
