// What others may know of the private search between victim desks: what is asked and answered, and its refusals (HIT-10).
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";

/** `review`: whether those under a legal review are known; `person`: whether one of ours, who is missing or unnamed, is. */
export const purposeOfSearch = ["review", "person"] as const;
export type SearchPurpose = (typeof purposeOfSearch)[number];

export type SearchState = "proposed" | "asked" | "answered" | "over" | "declined";

export interface SearchView {
  id: Id;
  peer: NodeCode;
  state: SearchState;
  purpose: SearchPurpose;
  reason: string;
  /** How many it is about, and how many of them the other desk knows; null until it answered. */
  subjects: number;
  known: { about: string; pseudonym: string; status: string; since: string; person: Id }[] | null;
  proposedBy: Id;
  agreedBy: Id | null;
  at: string;
  answerAt: string | null;
  may: ("agree" | "decline")[];
}

export const threats = ["none", "doubt", "yes"] as const;
export type Threat = (typeof threats)[number];

/** Somebody of ours whom another desk looks for, as the open desk sees it. */
export interface SoughtView {
  search: Id;
  peer: NodeCode;
  unit: string;
  purpose: SearchPurpose;
  reason: string;
  answerAt: string;
  sent: boolean;
  person: Id;
  pseudonym: string;
  name: string;
  status: string;
  said: { says: "tell" | "withhold"; threat: Threat; reason: string; by: Id; at: string } | null;
}

export interface SearchesView {
  ours: SearchView[];
  theirs: SoughtView[];
  /** Questions of others that were not answered yet, found or not. */
  waiting: number;
  states: NodeCode[];
  names: Record<Id, string>;
}

export interface AskSearch {
  peer: NodeCode;
  /** All that is pending, or one person of ours. */
  about: { kind: "review" } | { kind: "person"; person: Id };
  reason: string;
}

export type SearchCode =
  "NOBODY_TO_ASK" | "NOTHING_TO_ASK" | "OWN_SEARCH" | "SEARCH_MOVED" | "THREAT" | "SEARCH_SENT";
export const searchRefusals: Readonly<Record<SearchCode, 403 | 409 | 422>> = {
  NOBODY_TO_ASK: 409,
  NOTHING_TO_ASK: 422,
  OWN_SEARCH: 403,
  SEARCH_MOVED: 409,
  /** Told to a unit that may be a threat to her. */
  THREAT: 422,
  SEARCH_SENT: 409,
};
export class SearchError extends SimpulError<SearchCode | "NOT_FOUND"> {}
