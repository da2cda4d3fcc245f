// Requests as they are drafted, listed and read.
import type { Doubt } from "../../peers/contract.ts";
import type { Rests } from "@simpul/features/oversight/contract.ts";
import type { CaseNumber, Handling, Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { AnswerDraft, Release, TravelledItem } from "./answers.ts";
import type { Notice } from "./awake.ts";
import type { FormalKind } from "./formal.ts";
import type { Beside, Chosen, Paragraph, SharedRecord } from "./shared.ts";
import type { Thread } from "./states.ts";
/**
 * What a state tells without having been asked (MSG-2); `warning`: somebody is in danger, a victim or an officer;
 * `administrative`: between the desks (contacts, hours, outages, practice), without a case and without personal data.
 */
export const unaskedKinds = ["information", "warning", "administrative"] as const;
export type UnaskedKind = (typeof unaskedKinds)[number];

/** A draft; it may be saved incomplete, and is complete when it is submitted (RFI-1). */
export interface AskDraft {
  /** Case id or number; empty for what is administrative. */
  case: string;
  /** The check's answer from which it was begun. */
  hit?: Id | null;
  to: NodeCode[];
  /** Correspondents without a node, to whom it goes as a letter. */
  letters?: string[];
  /** It asks nothing; absent where it is a request. */
  unasked?: UnaskedKind;
  /** Without personal data (MSG-1). */
  subject: string;
  questions: { text: string; category: string }[];
  facts: Paragraph[];
  offence: string;
  whyThere: string;
  purpose: string;
  legalBasis: string;
  legalBasisText: string;
  urgent: boolean;
  urgencyReason: string | null;
  urgencyText: string;
  evidenceForeseen: boolean;
  restrictions: string;
  /** Of the text, and those in which an answer is read. */
  language: string;
  languages: string[];
  /** A day. */
  neededBy: string | null;
  handling: Handling;
  records: Chosen[];
  items: Chosen[];
  /** H0 anywhere takes this (HC-3). */
  confirmH0?: boolean;
}

/** What a draft is saved with: the version that was read, and which fields this officer changed since. */
export interface Saving {
  version: number;
  /** Without it a save over somebody else's is refused with `NEWER_DRAFT`. */
  changed?: string[];
}
/** `draft`, when a colleague saved meanwhile: both officers' work put together; what both changed stands `beside`. */
export interface Saved<T> {
  version: number;
  draft?: T;
  beside?: Beside[];
}

export const boxes = ["outgoing", "incoming"] as const;
export type Box = (typeof boxes)[number];
export type BoxCounts = Record<Box | "permissions-in" | "permissions-out" | "approval" | "release", number>;

export interface RequestHead {
  id: Id;
  box: Box;
  subject: string;
  unasked: UnaskedKind | null;
  urgent: boolean;
  urgencyReason: string | null;
  /** Its own case; on incoming ones the case that the answering desk named, or null. */
  case: { id: Id; number: CaseNumber; title: string } | null;
  /** The states asked, or the one that asks; with the state of each. */
  threads: Pick<Thread, "id" | "peer" | "correspondent" | "reference" | "state" | "outcome" | "clock">[];
  desk: Id | null;
  author: Id | null;
  neededBy: string | null;
  changedAt: string;
  /** An answer waits for its release. */
  releaseWaits: boolean;
}

/** Where a request stands with each state it goes to. */
export type RequestStanding = RequestHead["threads"];
/** What requests do for another room that begins one; made by the server. */
export interface RequestsForOthers {
  /** Outside the transaction. Throws what a draft is refused for, e.g. `NOT_A_STATE`. */
  prepare(ask: AskDraft): Promise<AskDraft>;
  /** The draft in the transaction of the act that begins it; gives its id. */
  begin(tx: Writer, prepared: AskDraft): Promise<Id>;
  /** Those of them that the reader sees. */
  standing(db: Pick<Reader | Writer, "rows">, ids: readonly Id[]): Promise<Map<Id, RequestStanding>>;
}

export const requestActs = [
  "edit",
  "submit",
  "return",
  "approve",
  "withdraw",
  "clarification",
  "close",
  "assign",
  "clarify",
  "suspend",
  "resume",
  "refuse",
  "transfer",
  "take-note",
  "answer",
  "submit-answer",
  "return-answer",
  "release",
  "formal",
] as const;
export type MayDo = (typeof requestActs)[number];

/** RFI-10: the same subject was asked about before; the reference, not the content. */
export interface Repeat {
  reference: string;
  peer: NodeCode;
  at: string;
  record: Id;
  /** Null where this officer does not see it. */
  request: Id | null;
}

export interface RequestView extends RequestHead {
  /** What was asked, as saved; on incoming ones `case` is theirs by reference and `to` is only us. */
  draft: AskDraft;
  version: number;
  /** Oversight has ordered that it rests; null when not. */
  rests: Rests | null;
  /** What of it passed while a key was stolen. */
  doubts: Doubt[];
  agency: Id | null;
  /** The state that asks. */
  from: NodeCode;
  records: SharedRecord[];
  items: TravelledItem[];
  full: Thread[];
  repeats: Repeat[];
  /** The answer that is being written, incoming only; null once released, and for those who may not see it. */
  answer: AnswerDraft | null;
  /** Values of the draft that wait for a choice. */
  beside: Beside[];
  /** Why it came back to its author. */
  returned: { reason: string; by: Id; at: string } | null;
  /** It is the way of a formal request, which stands under the same id in its own room. */
  formal: FormalKind | null;
  releases: Release[];
  /** Who was told that it waits, and when; on incoming ones. */
  notices: Notice[];
  /** Missing fields of a draft, by name; empty when it can be submitted. */
  missing: string[];
  /** Acts that this officer may do now; what she may not do has no button. */
  may: MayDo[];
  /** Message ids of the policies that let her see it. */
  because: string[];
}
