// What others may know of legal reviews: what is under review, in which state everybody sees it, who may pass it, refusals.
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";
import type { AtDesk } from "../victims/contract.ts";

export * from "./contract/search.ts";

/** What may not be done about a natural person before it was reviewed (VIC-2). */
export const reviewKinds = ["charge", "target", "immigration-penalty", "extradition"] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/** ACTIP art. 14(7) speaks of both. */
export const liabilities = ["criminal", "administrative"] as const;
export type Liability = (typeof liabilities)[number];
export const liabilityOf: Readonly<Record<ReviewKind, Liability>> = {
  charge: "criminal",
  target: "criminal",
  extradition: "criminal",
  "immigration-penalty": "administrative",
};

/** What the state's law has it do when the person is a presumed or identified victim. */
export const effects = ["lock", "warn", "notify"] as const;
export type Effect = (typeof effects)[number];

/**
 * How a review stands for everybody who sees it, whoever the person is: it follows from the clock, from whether the
 * victim desk was open meanwhile, and from the officer who withdraws. Never from what was found.
 */
export const reviewStates = ["pending", "with-prosecutor", "withdrawn"] as const;
export type ReviewState = (typeof reviewStates)[number];

export interface ReviewedName {
  text: string;
  language: string;
  romanised?: string;
}

/** The person as the officer knows her, copied when the review began: it says of whom this act is. */
export interface ReviewedPerson {
  names: ReviewedName[];
  /** `1999`, `1999-04` or `1999-04-02`. */
  birth: string | null;
  nationalities: string[];
  /** In their canonical form. */
  documents: string[];
  phones: string[];
}

export interface ReviewHead {
  id: Id;
  kind: ReviewKind;
  liability: Liability;
  /** The number only to those who see the case. */
  case: { id: Id; number: string } | null;
  person: ReviewedPerson;
  state: ReviewState;
  openedAt: string;
  /** The same span after its opening for every review of this state. */
  dueAt: string;
  officer: Id;
  /** When a prosecutor handed the statement over to the desk that asked, and when that desk took it; else null. */
  handedAt: string | null;
  takenAt: string | null;
  may: ("withdraw" | "take")[];
}

export interface ReviewView extends ReviewHead {
  reason: string;
  desk: Id;
  law: LawSays;
}

/** What this state's law says of a kind of act, with where it says so. */
export interface LawSays {
  liability: Liability;
  /** The person's status was given by this state. */
  own: Effect;
  /** By another state: told by victim desk to victim desk. */
  other: Effect;
  basis: string;
  source: string;
  standing: "confirmed" | "to-be-confirmed";
  pendingHours: number;
}

export interface AskReview {
  kind: ReviewKind;
  /** The subject of a case, with the selectors that are hers; or the person as an immigration officer writes her down. */
  of: { case: string; subject: Id } | { person: Omit<ReviewedPerson, "documents" | "phones"> & Written };
  reason: string;
}
interface Written {
  documents: string[];
  phones: string[];
}

/** What the victim desk found, as a prosecutor with her key open reads it. */
export interface Result {
  review: Id;
  /** `open`: the victim desk still looks, and the review stays pending. */
  kind: "nothing" | "open" | "same";
  /** With `same`: by which others know her; who may be asked. */
  pseudonym: string | null;
  status: string | null;
  /** Whose status it is: this state's or another's. */
  state: NodeCode | null;
  /** Since when she has this status, and since when it is known that it is she. */
  since: string | null;
  at: string | null;
  effect: Effect | null;
}

export const rulings = ["pass", "stop", "wait"] as const;
export type RulingKind = (typeof rulings)[number];
export interface Ruling {
  id: Id;
  review: Id;
  ruling: RulingKind;
  reason: string;
  by: Id;
  at: string;
}

/** A review as the prosecutor works on it. */
export interface RuledReview extends ReviewHead {
  result: Result;
  rulings: Ruling[];
  /** She was found to be a victim after it was passed: what was done is to be looked at again. */
  reopen: boolean;
}

/** Why two may be one person; codes whose words are `reviews.why.<code>`. No number adds them up. */
export const whys = [
  "document-same",
  "phone-same",
  "name-same",
  "name-near",
  "birth-same",
  "birth-near",
  "birth-unknown",
  "nationality-same",
  "birth-differs",
  "nationality-differs",
] as const;
export type Why = (typeof whys)[number];

/** Two who may be one, side by side, in the open victim desk. */
export interface Candidate {
  review: Id;
  kind: ReviewKind;
  dueAt: string;
  /** As the officer who asked knows her. */
  theirs: ReviewedPerson;
  person: Id;
  pseudonym: string;
  ours: ReviewedPerson;
  status: string;
  why: Why[];
  /** Told by another state's victim desk, not found here. */
  peer: NodeCode | null;
  words: { says: "same" | "other"; by: Id; at: string; reason: string }[];
  outcome: "open" | "same" | "other";
  /** After its time: everybody else waits for it. */
  late: boolean;
  /** The prosecutor's last word, told to both desks. */
  ruling: Pick<Ruling, "ruling" | "reason" | "at"> | null;
  reopen: boolean;
}

/** A prosecutor's key as the victim desk lets it in. */
export interface Reader4Desk {
  key: Id;
  officer: Id;
  letters: string;
  state: "in" | "waits";
  at: string;
}

export interface CompareView {
  candidates: Candidate[];
  readers: Reader4Desk[];
  pending: number;
  comparedAt: string | null;
  names: Record<Id, string>;
}

/** The law's gate, which every act of these kinds asks before it is done; made by the server. */
export interface ReviewGate {
  /**
   * Passes only what a prosecutor with her key open let pass, and says by which word. Throws `REVIEW_PENDING` to
   * everybody else and wherever the answer could tell persons apart; `REVIEW_LOCKED` and `REVIEW_WARNED` to that
   * prosecutor alone; `NOT_FOUND` where she sees no such review of this kind.
   */
  passReview(who: AtDesk, review: Id, kind: ReviewKind): Promise<Passed>;
}
export interface Passed {
  review: Id;
  ruling: Id;
  at: string;
}

export type ReviewsCode =
  | "NOT_FOUND"
  | "NOT_A_PERSON"
  | "NOT_NAMED"
  | "REVIEW_PENDING"
  | "REVIEW_LOCKED"
  | "REVIEW_WARNED"
  | "REASON_NEEDED"
  | "KEY_CLOSED"
  | "KEY_UNKNOWN"
  | "KEY_PASSPHRASE"
  | "KEY_WEAK"
  | "SAID_ALREADY"
  | "NOT_NOW"
  | "OTHER_LETTERS"
  | "LIMIT_REACHED"
  | "TOO_MANY";
export const reviewsRefusals: Readonly<Record<ReviewsCode, 403 | 404 | 409 | 422 | 429>> = {
  NOT_FOUND: 404,
  NOT_A_PERSON: 422,
  NOT_NAMED: 422,
  REVIEW_PENDING: 409,
  REVIEW_LOCKED: 409,
  REVIEW_WARNED: 409,
  REASON_NEEDED: 422,
  KEY_CLOSED: 409,
  KEY_UNKNOWN: 409,
  KEY_PASSPHRASE: 403,
  /** `least`: letters. */
  KEY_WEAK: 422,
  SAID_ALREADY: 409,
  NOT_NOW: 409,
  OTHER_LETTERS: 409,
  LIMIT_REACHED: 422,
  TOO_MANY: 429,
};
export class ReviewsError extends SimpulError<ReviewsCode> {
  readonly facts: Readonly<Record<string, string | number>>;
  constructor(code: ReviewsCode, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.facts = facts;
  }
}
