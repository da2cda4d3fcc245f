// What mutual legal assistance refuses, and with which answer.
import { SimpulError } from "@simpul/model";

export type AssistanceCode =
  /** `state`, `step`. */
  | "NOT_NOW"
  | "NOT_A_LISTED_CODE"
  /** `node`: nobody can be asked there over a node, nor by letter. */
  | "NOT_A_STATE"
  | "REASON_NEEDED"
  | "DATE_NEEDED"
  | "DATE_PASSED"
  | "DESK_NEEDED"
  /** `fields`: the checker's errors by field, separated by commas (MLA-3). */
  | "CHECK_FAILS"
  /** What is to come back has not left yet: answer the request first. */
  | "PRODUCT_NEEDED"
  /** Nobody said that it stays confidential, nor did the state that asked say go on: ask back first (MLA-7). */
  | "CONFIDENTIALITY_OPEN"
  /** Nothing goes from here on it: there is nothing to certify. */
  | "NO_EXHIBITS_HERE"
  | "NEWER_DRAFT";

export const assistanceRefusals: Readonly<Record<AssistanceCode, 409 | 422>> = {
  NOT_NOW: 409,
  NOT_A_LISTED_CODE: 422,
  NOT_A_STATE: 422,
  REASON_NEEDED: 422,
  DATE_NEEDED: 422,
  DATE_PASSED: 422,
  DESK_NEEDED: 422,
  CHECK_FAILS: 422,
  PRODUCT_NEEDED: 409,
  CONFIDENTIALITY_OPEN: 409,
  NO_EXHIBITS_HERE: 409,
  NEWER_DRAFT: 409,
};

/** A refusal of this room. Its doors also answer what requests refuse, `NOT_FOUND`, `STEP_UP`, `SECOND_PERSON`. */
export class AssistanceError extends SimpulError<AssistanceCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: AssistanceCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
