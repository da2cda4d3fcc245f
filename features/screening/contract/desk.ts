// What an open victim desk reads of screenings: conversations side by side, what the rule says, decisions that rest on it.
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";
import type { Presumption, QuestionSet } from "./set.ts";
import type { Conversation } from "./told.ts";

/** Who led a conversation, as the device that sealed it says. */
export interface Led {
  node: NodeCode;
  officer: Id | null;
  name: string | null;
  door: string;
}

export interface ScreeningsView {
  person: Id;
  pseudonym: string;
  /** Oldest first. */
  conversations: (Conversation & { by: Led })[];
  presumption: Presumption;
  /** By which the answers are read: the questions of every set that was asked. */
  set: QuestionSet;
  /** The last decision that rests on the rule. */
  decided: { at: string; status: "indicators" | "presumed"; name: string | null } | null;
}

export interface AskDecide {
  status: "indicators" | "presumed";
  note: string;
  /** In which the reasons are written down. */
  language: "en" | "id" | "km" | "fil";
}

/*
 * Doors, all below /api/screening, for an officer whose desk is open.
 *
 *   GET  /people/{id}          ScreeningsView
 *   POST /people/{id}/status   AskDecide: her own decision, with the rule's reasons
 */

export type ScreeningCode =
  /** The rule does not say as much; the desk may still decide it on another basis, on her page. */
  "RULE_SAYS_LESS";

export const screeningRefusals: Readonly<Record<ScreeningCode, 422>> = { RULE_SAYS_LESS: 422 };

/** Its doors also answer what the compartment refuses: `NOT_FOUND`, `DESK_CLOSED`. */
export class ScreeningError extends SimpulError<ScreeningCode | "NOT_FOUND"> {}
