// What others may know of letters: to whom one writes where no node is, how a letter stands, what answers are, refusals.
import { SimpulError } from "@simpul/model";
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type {
  AnswerKind,
  AskDraft,
  Clock,
  RequestState,
  SharedItem,
  SharedRecord,
} from "../requests/contract.ts";
import type { FollowUp, LetterAbout, LetterOf, LetterOutcome } from "./contract/follow-ups.ts";

export * from "./contract/adverts.ts";
export * from "./contract/follow-ups.ts";

/** In which a node can write a letter. */
export const letterLanguages = ["en", "my", "km", "th", "lo", "vi", "id", "ms", "fil", "pt"] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** How a letter leaves, and how an answer comes. */
export const channels = ["diplomatic", "courier", "post", "fax", "email", "hand"] as const;
export type Channel = (typeof channels)[number];
export const answerWays = ["letter", "email", "phone", "chat", "meeting"] as const;
export type AnswerWay = (typeof answerWays)[number];
/** Nobody scans what was said. */
export const spokenWays: readonly AnswerWay[] = ["phone", "chat", "meeting"];

/** What a letter can say, each with a heading of its own; a correspondent's form names those it wants, in its order. */
export const letterFields = [
  "asked",
  "facts",
  "offence",
  "whyThere",
  "named",
  "purpose",
  "basis",
  "urgency",
  "neededBy",
  "evidence",
  "restrictions",
  "languages",
  "annexes",
] as const;
export type LetterField = (typeof letterFields)[number];

/** A state without a node, or an agency inside a state, to which a request goes as a letter. */
export interface Correspondent {
  /** E.g. `mm-atipd`: its state, and who it is there. */
  code: string;
  state: NodeCode;
  /** By language; one of them is that of its letters. */
  names: Record<string, string>;
  /** Of the letters: a language whose fixed sentences this node has. */
  language: string;
  /** BCP 47, e.g. `Mymr`. */
  script: string;
  /** Lines; null where nobody has confirmed one. */
  address: string[] | null;
  channels: Channel[];
  fields: LetterField[];
  salutation: "formal" | "office";
  /** Working days; a target, as all clocks are until the parties agree. */
  days: { ordinary: number; urgent: number };
  standing: "confirmed" | "to-be-confirmed";
  source: string;
}

export interface Correspondents {
  version: string;
  list: Correspondent[];
}

/** A letter as lists show it; the id of a request's letter is that of its thread. */
export interface LetterHead {
  id: Id;
  about: LetterAbout["kind"];
  request: Id;
  reference: string;
  correspondent: string;
  state: NodeCode;
  /** Of the request; a letter about something given says its kind and the earlier letter's reference. */
  subject: string;
  urgent: boolean;
  standing: RequestState;
  outcome: AnswerKind | LetterOutcome | null;
  clock: Clock | null;
  madeAt: string;
  postedOn: string | null;
}

export interface LetterAnswer {
  id: Id;
  kind: AnswerKind | LetterOutcome;
  way: AnswerWay;
  /** Who said it, as the officer wrote it down; never asked of anybody else. */
  saidBy: string;
  /** A day, or an instant for what was said. */
  saidAt: string;
  theirReference: string;
  text: string;
  language: string;
  handling: Handling;
  evaluation: Evaluation;
  items: { id: Id; fileName: string }[];
  notedBy: Id;
  at: string;
}

export interface LetterView extends LetterHead {
  of: LetterAbout;
  to: Correspondent;
  /** Of the PDF exactly as it was approved. */
  digest: Digest;
  size: number;
  pages: number;
  /** How much of it the case filled in. */
  filled: number;
  fields: number;
  approvedBy: Id | null;
  channel: Channel | null;
  sentNote: string;
  acknowledgedOn: string | null;
  theirReference: string;
  answers: LetterAnswer[];
  /** Items of its case that can be joined as an answer. */
  joinable: { id: Id; fileName: string }[];
  /** On what grounds it may be noted as refused. */
  grounds: readonly string[];
  may: LetterAct[];
}
export const letterActs = ["posted", "acknowledged", "answer", "refused", "recalled", "permitted"] as const;
export type LetterAct = (typeof letterActs)[number];

export interface AskPosted {
  on: string;
  channel: Channel;
  note: string;
}
export interface AskAcknowledged {
  on: string;
  theirReference: string;
}
export interface AskAnswered {
  kind: AnswerKind;
  way: AnswerWay;
  saidBy: string;
  saidAt: string;
  theirReference: string;
  text: string;
  language: string;
  handling: Handling;
  evaluation: Evaluation;
  items: Id[];
}
export interface AskRefused {
  ground: string;
  way: AnswerWay;
  saidBy: string;
  saidAt: string;
  text: string;
}

/** How many pages a letter has, how much of it the case filled in, and what is left to write by hand. */
export interface LetterPreview {
  pages: number;
  filled: number;
  fields: number;
  lacks: string[];
}

// ------------------------------------------------------------------------------------------- between the two rooms

/** What the requests room hands over when a letter is approved, or previewed. */
export interface ToWrite {
  request: Id;
  thread: Id;
  /** Empty in a preview. */
  reference: string;
  correspondent: Correspondent;
  draft: AskDraft;
  /** A formal request for mutual legal assistance. */
  formal: boolean;
  records: SharedRecord[];
  items: SharedItem[];
  /** Of exactly what is said (the release's); null in a preview. */
  digest: Digest | null;
  agency: Id | null;
  desk: Id | null;
  /** Who lets it go; null in a preview. */
  by: Id | null;
  clock: Clock | null;
  /** Free texts in the language of the letter, by named officers; by where the text stands, e.g. `facts.0`. */
  translations: Readonly<Record<string, string>>;
  /** Whether the parties have confirmed the legal basis it names. */
  basisConfirmed: boolean;
}

type Db = Pick<Reader | Writer, "rows" | "standing">;
/** What letters do for requests; made by the server. */
export interface LettersForRequests {
  all(): Correspondents;
  /** Throws `NOT_A_CORRESPONDENT`. */
  one(code: string): Correspondent;
  /** Writes the letter and keeps its bytes, in the transaction of the approval. */
  make(tx: Writer, write: ToWrite): Promise<void>;
  /** The same for a letter about something given; throws where a font or a page is missing. */
  followUp(tx: Writer, write: FollowUp): Promise<{ id: Id }>;
  /** Letters of a recall or a permission, the first written first. */
  lettersOf(db: Db, about: Id): Promise<LetterOf[]>;
  /** It was given up: what was not sent yet stays at home. */
  withdrawn(tx: Writer, about: Id): Promise<void>;
}

/** What requests do for letters; made by the server. */
export interface RequestsForLetters {
  /** As its letter is written: of one that was approved, exactly as it was; throws `NOT_FOUND`. */
  toWrite(db: Db, request: Id, correspondent: string): Promise<ToWrite>;
  /** Whether the officer may note what became of a letter: whoever works on its case, or the contact point. */
  mayNote(db: Db, request: Id): Promise<boolean>;
  move(
    tx: Writer,
    thread: Id,
    to: { state?: RequestState; clock?: Clock | null; code?: string; outcome?: AnswerKind },
    step: { kind: string; side: "ours" | "theirs"; text: string | null; code?: string | null },
  ): Promise<void>;
  /** From this day on, in days that both states work; a target. */
  clock(of: { from: Date; days: number; state: NodeCode; urgent: boolean }): Clock;
  /** Terms asked once more just before it leaves: throws what stops it now. */
  stillGoes(db: Db, thread: Id): Promise<void>;
  end(clock: Clock | null, at: Date): Clock | null;
  /** The answer's text and items lie at the case as what the state gave, under its terms (HC-11). */
  keepAnswer(tx: Writer, thread: Id, answer: AskAnswered & { id: Id }): Promise<void>;
  /** A scan that came with anything else than an answer lies at the case as what that state gave (HC-11). */
  keepScans(
    tx: Writer,
    at: { request: Id; thread: Id; from: NodeCode },
    items: readonly Id[],
    terms: { handling: Handling; evaluation: Evaluation },
  ): Promise<{ id: Id; fileName: string; digest: Digest }[]>;
  /** Items of the request's case that could be a scan of the answer. */
  scans(db: Db, request: Id): Promise<{ id: Id; fileName: string }[]>;
  grounds(): readonly string[];
}

/** What became of the letter of a formal request (MLA-4). */
export interface FormalNews {
  what: "posted" | "acknowledged" | AnswerKind | "refused";
  /** By when it answers, as long as its clock runs. */
  due: Date | null;
  text: string;
  /** Of a refusal its ground; null for all else. */
  ground: string | null;
}
/** What mutual legal assistance does for letters; made by the server. */
export interface AssistanceForLetters {
  /** The formal request that went by this request's letter follows; any other request is none of its business. */
  noted(tx: Writer, request: Id, news: FormalNews): Promise<void>;
  /** Grounds on which a formal request may be refused (MLA-5); null for any other request. */
  grounds(db: Db, request: Id): Promise<readonly string[] | null>;
}

export type LettersCode =
  /** `correspondent`: nobody of that code is in the list. */
  | "NOT_A_CORRESPONDENT"
  /** `character`, `code`: no font that ships with Simpul can write it. */
  | "CHARACTER_MISSING"
  /** `most`: more pages than a letter may have. */
  | "LETTER_TOO_LONG"
  | "LETTER_NOT_NOW"
  /** `item`: it is joined to a letter already. */
  | "ALREADY_JOINED"
  /** `item`: no sealed item of this case. */
  | "NOT_AN_ITEM_HERE"
  /** An answer says something, or brings a scan. */
  | "EMPTY_LETTER_ANSWER"
  | "DAY_AHEAD"
  /** What is permitted on paper needs the paper. */
  | "SCAN_NEEDED"
  | "NOT_A_GROUND";

export const lettersRefusals: Readonly<Record<LettersCode, 409 | 422>> = {
  NOT_A_CORRESPONDENT: 422,
  CHARACTER_MISSING: 422,
  LETTER_TOO_LONG: 422,
  LETTER_NOT_NOW: 409,
  ALREADY_JOINED: 409,
  NOT_AN_ITEM_HERE: 422,
  EMPTY_LETTER_ANSWER: 422,
  DAY_AHEAD: 422,
  SCAN_NEEDED: 422,
  NOT_A_GROUND: 422,
};

/** A refusal of the letters room; what an officer may not know is `NOT_FOUND`. */
export class LettersError extends SimpulError<LettersCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: LettersCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}

/*
 * Doors, all below /api/letters; answers with officers in them carry `names`.
 *
 *   GET  /correspondents               Correspondents
 *   GET  /?open&cursor                 { letters: LetterHead[], next }
 *   GET  /preview?request&to           LetterPreview
 *   GET  /preview/page?request&to&page the page as a picture (SVG), marked as a draft
 *   GET  /{id}                         LetterView & { names }
 *   GET  /{id}/paper                   the PDF exactly as it was approved; noted as printed
 *   GET  /{id}/page?page               one page of it as a picture
 *   POST /{id}/posted                  AskPosted;  POST /{id}/acknowledged  AskAcknowledged
 *   POST /{id}/answer                  AskAnswered -> { id };  POST /{id}/refused  AskRefused
 *
 * Live topics are those of requests: `request:<id>`.
 */
