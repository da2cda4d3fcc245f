// What others may know of the page for a held person, the hotline intake and the emergency desk: codes, shapes, refusals.
import { SimpulError, type Id } from "@simpul/model";

export type DistressCode =
  | "NOT_FOUND"
  | "DESK_CLOSED"
  | "NO_DESK_KEY"
  | "EXCLUDED"
  | "NOT_VETTED"
  | "SECOND_PERSON"
  | "DONE"
  | "NOT_SURE"
  | "FULL";
export const distressRefusals: Readonly<Record<DistressCode, 403 | 404 | 409 | 422 | 503 | 507>> = {
  NOT_FOUND: 404,
  DESK_CLOSED: 409,
  NO_DESK_KEY: 503,
  EXCLUDED: 409,
  NOT_VETTED: 409,
  SECOND_PERSON: 403,
  DONE: 409,
  NOT_SURE: 422,
  FULL: 507,
};
export class DistressError extends SimpulError<DistressCode> {}

/** The languages of the page, in the order in which it offers them. */
export const pageLanguages = [
  "id",
  "ms",
  "fil",
  "vi",
  "th",
  "lo",
  "km",
  "my",
  "zh",
  "ta",
  "pt",
  "en",
] as const;
export type PageLanguage = (typeof pageLanguages)[number];

export const howMany = ["one", "few", "some", "lots", "unknown"] as const;
export const dangers = ["life", "hurt", "no", "unknown"] as const;
export const answerWays = ["code", "contact", "none"] as const;
/** Who must not be told, as the person can say it. */
export const notToTell = ["police", "guards", "immigration", "embassy", "family", "other"] as const;
export type NotToTell = (typeof notToTell)[number];

/** Longest texts, in UTF-16 units; what is longer is cut and marked, never refused. */
export const longest = { where: 2000, more: 4000, contact: 400, other: 400 } as const;

/** A call as the hotline took it down. */
export interface Call {
  caller: "self" | "family" | "friend" | "other" | null;
  callerName: string;
  /** Number to call back, and whether and when that is safe. */
  phone: string;
  callBack: "any-time" | "at-times" | "text-only" | "never" | null;
  callBackNote: string;
  /** The person it is about, as the caller names her. */
  person: string;
  nationality: string;
  /** False while it is still being written: a call that broke off reaches the desk too. */
  finished: boolean;
}

/** What somebody told us; empty and null are "not said". */
export interface Said {
  language: PageLanguage;
  where: string;
  many: (typeof howMany)[number] | null;
  danger: (typeof dangers)[number] | null;
  child: boolean;
  answer: (typeof answerWays)[number] | null;
  contact: string;
  not: NotToTell[];
  notOther: string;
  more: string;
  for: "me" | "other" | null;
  call: Call | null;
}

/** Why the desk is done with a message. */
export const closings = ["safe", "passed-on", "double", "nobody-in-danger", "spam", "cannot-help"] as const;
export type Closing = (typeof closings)[number];

/** Somebody who must not see a message: a desk, an agency, an officer or a state. */
export interface Excluded {
  kind: "desk" | "agency" | "officer" | "state";
  /** An id, or a state's code. */
  id: string;
}

/** Somebody who could be told: a desk of this node or another state's victim desk. */
export type Recipient = { kind: "desk"; id: Id } | { kind: "state"; id: string };
