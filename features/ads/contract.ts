// What others may know of adverts: sources, imports, the queue, one advert and its campaign, what was found, refusals.
import { SimpulError } from "@simpul/model";
import type { Drift } from "./contract/drift.ts";
import type { Outcome } from "./contract/outcomes.ts";
import type { PictureView } from "./contract/pictures.ts";
import type { HolderRole, Id, Officer, Purpose, SelectorType } from "@simpul/model";

export * from "./contract/drift.ts";
export * from "./contract/feeds.ts";
export * from "./contract/outcomes.ts";
export * from "./contract/pictures.ts";
export * from "./contract/wording.ts";

export const sourceKinds = ["pasted", "file", "telegram", "feed", "hotline", "form"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What an officer may find. Adverts are found something; people are not. */
export const findings = ["recruitment", "other-fraud", "legitimate", "unclear"] as const;
export type Finding = (typeof findings)[number];

export const turns = ["now", "later", "archive"] as const;
export type Turn = (typeof turns)[number];

/** Which column or field of a file is what; of `text` several may be put together. */
export interface Mapping {
  text?: string[] | undefined;
  origin?: string | undefined;
  postedAt?: string | undefined;
  /** What the source says the advert is. */
  said?: string | undefined;
}

export interface AskSource {
  name: string;
  kind: SourceKind;
  origin: string;
  legalBasis: string;
  givenBy: string;
  region: string | null;
  daily: number;
}
export interface Source extends AskSource {
  id: Id;
  mapping: Mapping;
  madeAt: string;
  closedAt: string | null;
  adverts: number;
  waiting: number;
  today: number;
  /** Labels that count towards saying what a score means here. */
  labels: number;
  calibrated: boolean;
  /** The path of its public form while that is open. */
  form: string | null;
}

export interface ImportView {
  id: Id;
  source: Id;
  sourceName: string;
  fileName: string;
  size: number;
  /** Parts that are here, so that sending can go on. */
  parts: number[];
  state: "open" | "reading" | "waiting" | "done" | "refused";
  refusal: string | null;
  records: number;
  done: number;
  taken: number;
  skipped: Record<string, number>;
  madeAt: string;
}

/** A sign with its place in the text as shown. */
export interface Sign {
  flag: string;
  text: string;
  start: number;
  end: number;
  /** In English; the sign's own words come in the reader's language. */
  gloss: string;
  language: string | null;
  /** Of pay: how many times what such work usually pays where the money is from. */
  times?: number;
}

export interface Reason {
  because: string;
  weight: number;
}
export const panelNames = ["flags", "selectors", "campaign", "wording"] as const;
export type PanelName = (typeof panelNames)[number];
export type Panels = Record<PanelName, { sum: number; reasons: Reason[] }>;

export interface AdvertHead {
  id: Id;
  source: Id;
  sourceName: string;
  language: string;
  /** The beginning of the text. */
  text: string;
  signs: string[];
  takenAt: string;
  postedAt: string | null;
  seen: number;
  score: number;
  panels: Panels;
  campaign: Id;
  /** Adverts of its campaign, and how many of them wait. */
  size: number;
  waiting: number;
  found: Finding | null;
  disputed: boolean;
}

export interface QueueView {
  day: string;
  capacity: number;
  entries: AdvertHead[];
  /** Looked at today. */
  done: number;
  /** Below the cut, for another day. */
  later: number;
  archive: number;
  /** Of the last ninety days: what those put first came to, and those drawn by lot. */
  past: { looked: number; found: number; drawn: number; drawnFound: number };
  /** Adverts found something by a colleague that wait for a second reader. */
  second: number;
}

export interface AdvertSelector {
  number: number;
  type: SelectorType;
  /** Null of a victim, a witness, a family. */
  canonical: string | null;
  start: number;
  end: number;
  valid: boolean;
  role: HolderRole;
  /** In so many other campaigns of this agency. */
  campaigns: number;
  adverts: number;
  /** It stands in an advert that an officer found to be recruitment. */
  known: boolean;
}

export interface Decision {
  id: Id;
  found: Finding;
  by: Id;
  at: string;
  second: boolean;
  covered: number;
  undone: boolean;
}

export interface Dispute {
  id: Id;
  employer: string;
  reason: string;
  by: Id;
  at: string;
  dueAt: string;
  state: "open" | "copied" | "purged" | "refused";
  decision: string;
  decidedBy: Id | null;
  decidedAt: string | null;
  /** She may decide it: somebody else wrote it down. */
  mayDecide: boolean;
}

export interface AdvertView extends AdvertHead {
  /** As shown: a legacy encoding turned into Unicode. Empty once purged. */
  body: string;
  digest: string;
  origin: string;
  legalBasis: string;
  givenBy: string;
  zawgyi: boolean;
  said: string | null;
  turn: Turn;
  flags: Sign[];
  selectors: AdvertSelector[];
  /** The words that moved its wording most, and the model that weighed them; null where none did. */
  wording: { version: number; terms: { term: string; share: number }[] } | null;
  /** Null: too few labels of its source to say what a score means. */
  share: number | null;
  labels: number;
  decisions: Decision[];
  outcomes: Outcome[];
  disputes: Dispute[];
  /** The pictures that its text was read in. */
  pictures: PictureView[];
  purgedAt: string | null;
}

export type TemplatePart =
  { kind: "fixed"; text: string } | { kind: "slot"; values: { text: string; count: number }[] };

export interface CampaignView {
  id: Id;
  /** The campaign that this one became part of; then only that is worth a look. */
  into: Id | null;
  foundedAt: string;
  found: Finding | null;
  size: number;
  waiting: number;
  languages: string[];
  sources: { id: Id; name: string; adverts: number }[];
  /** Where its adverts were seen, as far as they say: hosts and chats, 20 at most, the commonest first. */
  platforms: { name: string; adverts: number }[];
  /** New adverts by day, oldest first. */
  growth: { day: string; adverts: number }[];
  template: TemplatePart[];
  compared: number;
  adverts: AdvertHead[];
  /** Campaigns that share a number, a handle or a link: beside it, not of it. */
  links: { type: SelectorType; canonical: string; campaigns: Id[]; adverts: number }[];
  /** What followed from any of its adverts. */
  outcomes: Outcome[];
  history: {
    act: "merged" | "split" | "gathered";
    other: Id;
    adverts: number;
    reason: string;
    by: Id | null;
    at: string;
  }[];
}

export interface SourceFigures {
  source: Id;
  name: string;
  adverts: number;
  labels: Record<Finding, number>;
  /** Labels that count; those of a reviewer who gives one label alone need a second reader. */
  counted: number;
  calibrated: boolean;
  /** Put first: looked at, and found to be recruitment. */
  now: { looked: number; found: number };
  drawn: { looked: number; found: number };
  /** Where the rank had put what officers found: worth a look or not, recruitment or something else; "unclear" left out. */
  above: { yes: number; no: number };
  below: { yes: number; no: number };
  /** What the source itself says, beside where the rank put it. */
  said: { said: string; adverts: number; above: number; telling: number }[];
}
export interface Reviewer {
  officer: Id;
  labels: number;
  /** Her commonest label and its share. */
  most: Finding;
  share: number;
  second: number;
  agreed: number;
  /** Her labels do not move calibration alone. */
  noticed: boolean;
}
export interface EvaluationView {
  sources: SourceFigures[];
  reviewers: Reviewer[];
  kappa: number | null;
  pairs: number;
  needed: number;
  /** From the ones drawn by lot: how many below the cut are likely recruitment (95 %). Null when none was looked at. */
  missed: { drawn: number; found: number; below: number; low: number; high: number } | null;
  /** Sources with enough adverts in the last week and before. */
  drift: Drift[];
}

/** A reading of an offer at a desk: nothing of it is kept. */
export interface OfferReading {
  language: string;
  text: string;
  flags: Sign[];
  contacts: { type: SelectorType; text: string; known: boolean }[];
}

/** What adverts ask of cases; the server hands it over. */
export interface CasesForAdverts {
  /** Opens one when `ref` is null. Throws what cases refuse. */
  carry(
    standing: { actor: Officer; purpose: Purpose },
    ref: string | null,
    advert: {
      title: string;
      text: string;
      language: string;
      selectors: { type: SelectorType; written: string; role: HolderRole }[];
    },
  ): Promise<{ number: string; selectors: number }>;
}

export const adLimits = {
  text: 1_000_000,
  file: 32 * 1024 * 1024,
  part: 512 * 1024,
  records: 200_000,
  sources: 500,
  flags: 300,
  selectors: 500,
  daily: 100_000,
  capacity: 2000,
  answerDays: 60,
} as const;

export type AdsCode =
  | "NOT_FOUND"
  | "ADVERT_TOO_LONG"
  | "ADVERT_EMPTY"
  | "SOURCE_FULL"
  | "SOURCE_CLOSED"
  | "IMPORT_OVER"
  | "IMPORT_NOT_WHOLE"
  | "NOT_AS_SENT"
  | "NO_RECORDS"
  | "NOT_READABLE"
  | "ADVERT_PURGED"
  | "ALREADY_FOUND"
  | "OWN_READING"
  | "UNDO_TOO_LATE"
  | "NOTHING_TO_CARRY"
  | "OUTCOME_ANSWERED"
  | "LETTER_NOT_NOW"
  | "DAY_AHEAD"
  | "DISPUTE_DECIDED"
  | "DISPUTE_OPEN"
  | "CAMPAIGN_SAME"
  | "NO_FORM"
  | "NOT_AN_ADDRESS"
  | "TOO_FEW_LABELS"
  | "TRAINING_NOW"
  | "MODEL_NOT_READY"
  | "LIMIT_REACHED"
  | "NOT_A_PICTURE"
  | "PICTURE_TOO_LARGE"
  | "PICTURE_TORN"
  | "PICTURE_UNREAD"
  | "PICTURE_TOO_SLOW"
  | "PICTURE_NOT_READY"
  | "NO_KHMER";
export class AdsError extends SimpulError<AdsCode> {}
export const adsRefusals: Readonly<Record<AdsCode, 404 | 409 | 413 | 422 | 429>> = {
  NOT_FOUND: 404,
  ADVERT_TOO_LONG: 413,
  ADVERT_EMPTY: 422,
  SOURCE_FULL: 429,
  SOURCE_CLOSED: 409,
  IMPORT_OVER: 409,
  IMPORT_NOT_WHOLE: 409,
  NOT_AS_SENT: 422,
  NO_RECORDS: 422,
  NOT_READABLE: 422,
  ADVERT_PURGED: 409,
  ALREADY_FOUND: 409,
  OWN_READING: 409,
  UNDO_TOO_LATE: 409,
  NOTHING_TO_CARRY: 422,
  OUTCOME_ANSWERED: 409,
  LETTER_NOT_NOW: 409,
  DAY_AHEAD: 422,
  DISPUTE_DECIDED: 409,
  DISPUTE_OPEN: 409,
  CAMPAIGN_SAME: 409,
  NO_FORM: 409,
  NOT_AN_ADDRESS: 422,
  TOO_FEW_LABELS: 422,
  TRAINING_NOW: 409,
  MODEL_NOT_READY: 409,
  LIMIT_REACHED: 422,
  NOT_A_PICTURE: 422,
  PICTURE_TOO_LARGE: 413,
  PICTURE_TORN: 422,
  PICTURE_UNREAD: 422,
  PICTURE_TOO_SLOW: 422,
  PICTURE_NOT_READY: 409,
  NO_KHMER: 422,
};
