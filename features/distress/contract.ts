// What others may know of the page for a held person, the hotline intake and the emergency desk: codes, shapes, refusals.
import { SimpulError, type AgencyKind, type Id } from "@simpul/model";

export type DistressCode =
  "EXCLUDED" | "NOT_ON_LIST" | "SETTLED" | "OWN_DESK" | "NO_NUMBER" | "STATE_NOT_REACHED";
export const distressRefusals: Readonly<Record<DistressCode, 409 | 422>> = {
  /** Somebody said that they must not be told. */
  EXCLUDED: 409,
  /** Two persons have not put it on the list. */
  NOT_ON_LIST: 409,
  /** It was decided meanwhile. */
  SETTLED: 409,
  /** Whoever reads cannot keep herself or her whole desk out. */
  OWN_DESK: 422,
  /** Whoever wrote it left no way back. */
  NO_NUMBER: 409,
  /** That state's victim desk has no key here yet. */
  STATE_NOT_REACHED: 409,
};
export class DistressError extends SimpulError<DistressCode | "NOT_FOUND" | "FULL"> {}

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

/** A place of the list that two persons keep: who opens messages, and who may be told something. */
export interface Place {
  id: Id;
  use: "opens" | "told";
  to: Recipient;
  /** Of a desk: its own name and its agency's; of a state nothing, for the page knows its name. */
  name: string;
  agency: string;
  why: string;
  putBy: string;
  agreedBy: string | null;
  may: ("agree" | "end")[];
}

/** Why somebody is kept out, as a page says it. */
export type Because = { by: "caller"; word: NotToTell } | { by: "desk"; kind: Excluded["kind"] };

export interface RecipientView {
  to: Recipient;
  name: string;
  agency: string;
  agencyKind: AgencyKind | null;
  /** Null: may be told. */
  keptOut: Because | null;
}

/** One of those on the desk's list; the text only as long as the desk is open. */
export interface MessageHead {
  id: Id;
  /** Of the newest message in it. */
  at: string;
  via: "page" | "hotline" | "state";
  from: string | null;
  language: PageLanguage;
  where: string;
  many: Said["many"];
  danger: Said["danger"];
  child: boolean;
  /** It came through although very many came at once. */
  slowed: boolean;
  state: "waits" | "taken" | "closed";
  takenBy: string | null;
  /** When the next step of the clock is due, and which; null once it is taken. */
  clock: { due: string; level: "duty" | "supervisor" | "phone" } | null;
  /** Drafts to tell somebody that wait for a second officer. */
  drafts: number;
}

export interface DraftView {
  id: Id;
  to: RecipientView;
  text: string;
  why: string;
  by: string;
  at: string;
  state: "waits" | "told" | "dropped";
  /** What the desk that was told wrote back; null: nothing yet, or another state. */
  answer: { text: string; at: string } | null;
  /** Taken from them again; `gone` is null until the other state says so. */
  calledBack: {
    at: string;
    /** `waits`: of the states it had gone on to, those that have not confirmed. */
    gone: { at: string; taken: boolean; onward: string[]; waits: string[] } | null;
  } | null;
  may: ("agree" | "drop")[];
}

export interface MessageView extends MessageHead {
  said: {
    id: Id;
    at: string;
    via: MessageHead["via"];
    said: Said;
    cut: boolean;
    by: string | null;
    from: { state: string; why: string; told: string } | null;
    /** Burmese written in Zawgyi, turned into Unicode beside what was typed. */
    turned: { where: string; more: string } | null;
  }[];
  /** What the desk did, the oldest first. */
  story: { id: Id; at: string; by: string; kind: string; text: string; what: Record<string, string> }[];
  not: { word: NotToTell; text: string }[];
  excluded: { id: Id; kind: Excluded["kind"]; name: string; why: string }[];
  recipients: RecipientView[];
  tellings: DraftView[];
  alike: { id: Id; at: string; where: string; because: ("phone" | "name" | "place")[] }[];
  people: { pseudonym: string }[];
  /** Whoever wrote reads answers by a number. */
  mayAnswer: boolean;
}

/** Something that another state had passed on and took back: it is gone here. */
export interface CalledBack {
  state: string;
  at: string;
}

/** What is known of the desk without opening it. */
export interface DeskState {
  /** Her desk is on the list of those that open messages. */
  onList: boolean;
  open: boolean;
  /** Messages that nobody has taken; null when her desk is not on the list. */
  waiting: number | null;
  /** Nobody looked for so long that somebody should be called. */
  call: boolean;
  phones: { name: string; phone: string }[];
  keepsPhones: boolean;
  /** The public page of this node is on. */
  page: boolean;
}

/** What another desk of this state was told. */
export interface Told {
  id: Id;
  text: string;
  at: string;
  from: string;
  answer: { text: string; by: string; at: string } | null;
}
