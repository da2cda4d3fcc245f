// What others may know of hand-overs: their shapes, states and refusals.
import { SimpulError } from "@simpul/model";
import type { CaseNumber, Handling, Id, NodeCode } from "@simpul/model";
import type { Choice, SharedItem, SharedRecord } from "../requests/contract.ts";

/**
 * Ours: `submitted` until a second person lets it go, then `pending` until the other state answers. Theirs: `pending`
 * until the contact point answers, `accepting` until the owner's word that it is handed over.
 */
export const handOverStates = [
  "submitted",
  "dropped",
  "pending",
  "accepting",
  "handed",
  "declined",
  "taken-back",
  "returned",
  "undelivered",
] as const;
export type HandOverState = (typeof handOverStates)[number];
/** Nothing more comes of it, and everything is as it was. */
export const overStates: readonly HandOverState[] = [
  "dropped",
  "declined",
  "taken-back",
  "returned",
  "undelivered",
];

export interface Codes {
  version: string;
  /** Targets until the parties agree them. */
  standing: "target" | "agreed";
  /** Within how many working days of both states it is answered; then it returns. */
  workingDays: number;
  reasons: string[];
  legalBases: string[];
  grounds: string[];
}

export interface AskHandOver {
  case: string;
  to: NodeCode;
  /** Records and items by id; null: all of the case that may leave, and the case with it. */
  only: Id[] | null;
  title: string;
  summary: string;
  language: string;
  reason: string;
  reasonText: string;
  legalBasis: string;
  legalBasisText: string;
  /** Who leads from then on, and whom one asks here. */
  after: string;
  /** What of ours stays open: our own charges. */
  remains: string;
}

/** What stays: another state's (HC-11), under conditions that do not let it go (H3), called back, or not chosen. */
export const stayReasons = ["third-party", "conditions", "called-back", "not-chosen"] as const;
export type StayReason = (typeof stayReasons)[number];
export interface Stays {
  kind: Choice["kind"];
  because: StayReason;
  count: number;
}

/** What the other side reads before it decides: no record, only what there is. */
export interface Offer extends Omit<AskHandOver, "case" | "to" | "only"> {
  case: CaseNumber;
  crimeType: string;
  covert: boolean;
  /** The case goes with it. */
  whole: boolean;
  goes: { kind: Choice["kind"]; count: number }[];
  handling: Handling;
  /** Stays with the offering state; it is asked for by a request. */
  stays: Stays[];
  /** Whether the holidays of both states are entered for the days that are counted. */
  counted: boolean;
}

export interface Content {
  records: SharedRecord[];
  items: SharedItem[];
}

export interface AskAccept {
  desk: Id;
  lead: Id;
  crimeType: string;
  text: string;
}
export interface AskDecline {
  ground: string;
  text: string;
}
/** What the accepting or declining state said. */
export interface Answer {
  text: string;
  ground: string | null;
  desk: string;
  lead: string;
}

export interface Line {
  id: Id;
  kind: Choice["kind"];
  title: string;
  handling: Handling;
}

/** Before it is offered: exactly what they will see, and what stays and why. */
export interface Preview {
  goes: Line[];
  stays: (Line & { because: StayReason | "protected" })[];
}

export interface HandOverHead {
  id: Id;
  ours: boolean;
  peer: NodeCode;
  state: HandOverState;
  reference: string;
  title: string;
  whole: boolean;
  /** Ours, where this reader sees it. */
  case: { id: Id; number: CaseNumber; title: string } | null;
  due: string | null;
  changedAt: string;
}

export interface Proposal {
  id: Id;
  ours: boolean;
  state: "open" | "taken" | "left" | "undelivered";
  text: string;
  language: string;
  by: Id | null;
  at: string;
  answer: string;
  answeredBy: Id | null;
}

export interface HandOverView extends HandOverHead {
  offer: Offer | null;
  /** Line by line, for the side that sees the case. */
  lines: Line[] | null;
  items: { id: Id; title: string; state: "fetching" | "sealed" | "refused"; code: string | null }[];
  answer: Answer | null;
  /** Why it is over, e.g. `silence`, or the refusal of the other node. */
  code: string | null;
  author: Id | null;
  approvedBy: Id | null;
  /** Both signed: offer, acceptance, hand-over. */
  signed: { offered: boolean; accepted: boolean; handed: boolean };
  proposals: Proposal[];
  may: ("approve" | "drop" | "take-back" | "accept" | "decline" | "propose" | "settle")[];
}

/*
 * Doors, all below /api/hand-overs; every answer with officers in it carries `names`.
 *
 *   GET  /codes                       Codes & { states, crimeTypes, desks, officers }
 *   GET  /?case&box                   { handOvers: HandOverHead[] }
 *   POST /preview                     AskHandOver -> Preview: what they will see
 *   POST /                            AskHandOver -> { id }: to the second person
 *   GET  /{id}                        HandOverView & { names }
 *   POST /{id}/approve                hand-over.approve, second person, step-up on {id}
 *   POST /{id}/drop                   before it left
 *   POST /{id}/take-back              { text }
 *   POST /{id}/accept                 AskAccept, hand-over.accept, step-up on {id}
 *   POST /{id}/decline                AskDecline
 *   POST /{id}/proposals              { text, language } -> { id }, hand-over.propose, step-up on {id}
 *   POST /{id}/settle                 { proposal, taken, text }: the owner takes it, or leaves it
 *
 * Live topics: `handing:<id>`; a case hears `case:<id>`.
 */

export type HandOversCode =
  /** `state`. */
  | "NOT_NOW"
  /** `node`: has no node, or is not a confirmed peer. */
  | "NOT_A_STATE"
  /** `field`. */
  | "NOT_A_LISTED_CODE"
  | "NOTHING_TO_HAND_OVER"
  | "TOO_MUCH"
  /** A hand-over of this case waits already. */
  | "OFFERED_ALREADY"
  /** The clock has run out; silence gave it back. */
  | "TOO_LATE"
  /** The lead does not work at that desk. */
  | "NOT_AT_THIS_DESK"
  | "REASON_NEEDED";

export const handOversRefusals: Readonly<Record<HandOversCode, 409 | 422>> = {
  NOT_NOW: 409,
  NOT_A_STATE: 422,
  NOT_A_LISTED_CODE: 422,
  NOTHING_TO_HAND_OVER: 422,
  TOO_MUCH: 422,
  OFFERED_ALREADY: 409,
  TOO_LATE: 409,
  NOT_AT_THIS_DESK: 422,
  REASON_NEEDED: 422,
};

/** A refusal of this room. Its doors also answer `NOT_FOUND`, `NOT_ALLOWED`, `STEP_UP`, `SECOND_PERSON`, `BAD_INPUT`. */
export class HandOversError extends SimpulError<HandOversCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: HandOversCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
