// What others may know of subject access: its shapes and refusals.
import { SimpulError, selectorTypes, type Id } from "@simpul/model";

export type SubjectAccessCode = "NOT_FOUND" | "NOT_FOUND_BY" | "UNDECIDED" | "ANSWERED" | "NOT_SEARCHED";
export const subjectAccessRefusals: Readonly<Record<SubjectAccessCode, 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NOT_FOUND_BY: 422,
  UNDECIDED: 409,
  ANSWERED: 409,
  NOT_SEARCHED: 409,
};
export class SubjectAccessError extends SimpulError<SubjectAccessCode> {}

/** Languages in which the letter's fixed sentences stand; the names of months and codes follow. */
export const letterLanguages = [
  "en",
  "id",
  "km",
  "fil",
  "ms",
  "th",
  "vi",
  "lo",
  "my",
  "zh",
  "ta",
  "pt",
] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** Grounds of the law on which a record is not told to its subject. */
export const grounds = ["investigation", "safety", "others", "other-state", "security"] as const;
export const hitDecisions = ["tell", "hold-back", "not-hers"] as const;
export const identifierTypes = selectorTypes;

export interface AskAccess {
  /** As she writes them, each in its script. */
  names: string[];
  birth: string | null;
  identifiers: { type: (typeof selectorTypes)[number]; written: string }[];
  language: LetterLanguage;
  contact: string;
  askedOn: string;
  checkedHow: string;
  checkedBy: string;
}

export type AccessState = "entered" | "searched" | "answered";

export interface AccessHead {
  id: Id;
  /** As letters name it. */
  reference: string;
  names: string[];
  askedOn: string;
  state: AccessState;
  may: ("agree" | "decide" | "answer")[];
}

export interface Hit {
  nth: number;
  kind: "subject" | "selector" | "received";
  record: Id;
  /** Its case by number alone; oversight does not see the case by this. */
  case: string | null;
  foundBy: string;
  birthFits: boolean | null;
  role: string | null;
  since: string;
  recipients: string[];
  originator: string | null;
  decision: {
    decision: (typeof hitDecisions)[number];
    ground: string | null;
    note: string;
    by: string;
  } | null;
}

export interface AccessView extends AccessHead {
  birth: string | null;
  identifiers: { type: string; written: string }[];
  language: LetterLanguage;
  contact: string;
  checkedHow: string;
  checkedBy: string;
  enteredBy: string;
  agreedBy: string | null;
  answeredAt: string | null;
  hits: Hit[];
}

/** What the victim desk reads: that a person asks about whom it protects something, and where to reach her. */
export interface ProtectedAsk {
  id: Id;
  names: string[];
  contact: string;
  language: string;
  askedOn: string;
  records: { record: Id; case: string | null }[];
}
