// What others may know of recalls: their shapes, kinds, clocks, refusals, and what other rooms hand over and may ask.
import { SimpulError } from "@simpul/model";
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { RequestFacts } from "@simpul/policy";
import type { Reader, Writer } from "@simpul/store";
import type { FollowUp, LetterOf } from "../letters/contract.ts";

/** COR-2, EV-5: stop using it; it is replaced; destroy it; stricter terms; a lower grade. */
export const recallKinds = ["withdraw", "correct", "destroy", "restrict", "regrade"] as const;
export type RecallKind = (typeof recallKinds)[number];
/** After these nobody reads the version any more. */
export const closingKinds: readonly RecallKind[] = ["withdraw", "correct", "destroy"];

export const outcomes = ["complied", "partly", "refused"] as const;
export type Outcome = (typeof outcomes)[number];

export const recallStates = ["submitted", "returned", "dropped", "sent", "open", "answered"] as const;
/** Ours: `submitted` until a second person lets it go. Theirs: `open` until an officer answers. */
export type RecallState = (typeof recallStates)[number];

/** A kind of record, an item of evidence, or the words of an answer. */
export const thingKinds = ["subject", "selector", "place", "event", "link", "item", "text"] as const;
export type ThingKind = (typeof thingKinds)[number];

export interface Thing {
  record: Id;
  version: Digest;
  what: ThingKind;
}

/** Something of ours that left with a request or an answer, and to whom. */
export interface Given extends Thing {
  title: string;
  handling: Handling;
  evaluation: Evaluation | null;
  /** The answer it left with; null where it left with the request itself. */
  answer: Id | null;
  to: NodeCode[];
  /** Kinds that can be called for it now, e.g. no `correct` while our record is as it was. */
  kinds: RecallKind[];
}

export interface Codes {
  version: string;
  reasons: { code: string; kinds: RecallKind[]; safety: boolean }[];
  /** Why a holder does only part of it, or none (COR-2). */
  answers: { code: string; outcome: Exclude<Outcome, "complied"> }[];
  /** COR-1. */
  hours: { safety: number; other: number; /** For answering a proposed grade (EV-4). */ grade: number };
  /** The reason under which an accepted grade is told to every holder. */
  gradeReason: string;
}

export interface AskRecall {
  kind: RecallKind;
  /** Ids of what `given` lists. */
  records: Id[];
  reasonCode: string;
  reason: string;
  /** Somebody may come to harm: the short clock. */
  safety: boolean;
  handling?: Handling;
  evaluation?: Evaluation;
  /** With `restrict`: permissions given before end. */
  endsGrants?: boolean;
}

export const gradeStates = ["open", "accepting", "accepted", "declined", "undelivered"] as const;
/** EV-4. `accepting`: the recall that carries the new grade waits for a second person. */
export type GradeState = (typeof gradeStates)[number];

/** What a holder proposes, with its reason; it leaves at once. */
export interface AskGrade {
  /** The request that brought it, and the record or item by its originator's id. */
  request: Id;
  record: Id;
  evaluation: Evaluation;
  reason: string;
}
export interface AskGradeAnswer {
  accept: boolean;
  text: string;
}

/** Both grades are shown until the originator answers. */
export interface GradeProposal {
  id: Id;
  /** We propose; otherwise it is ours, and `peer` proposes. */
  ours: boolean;
  peer: NodeCode;
  state: GradeState;
  record: Id;
  version: Digest;
  what: Exclude<ThingKind, "text">;
  title: string;
  given: Evaluation;
  evaluation: Evaluation;
  reason: string;
  request: Id;
  case: Id | null;
  by: Id | null;
  at: string;
  due: string;
  overdue: boolean;
  recall: Id | null;
  answer: string | null;
  answeredBy: Id | null;
  answeredAt: string | null;
  may: "answer"[];
}

export interface AskAnswer {
  outcome: Outcome;
  code?: string;
  text: string;
}

/** One state that has to answer, as far as this node knows the tree. */
export interface Holder {
  holder: NodeCode;
  via: NodeCode;
  toldAt: string;
  takenAt: string | null;
  onward: NodeCode[];
  /** It has no node: it is told by letter, and an officer notes its answer. */
  onPaper: boolean;
  /** What was written to its authorities. */
  letters: LetterOf[];
  outcome: Outcome | null;
  code: string | null;
  text: string | null;
  /** Who answered there; null where nobody had to decide. */
  officer: string | null;
  destroyed: number;
  answeredAt: string | null;
  overdue: boolean;
}

export const flagKinds = ["bundle", "request", "answer", "selector"] as const;
export type MadeOfIt = (typeof flagKinds)[number];
/** Something made of what was called back; it is shown, never changed in silence (COR-2). */
export interface Flag {
  recall: Id;
  what: MadeOfIt;
  about: Id;
  record: Id;
  case: Id | null;
  request: Id | null;
  label: string;
  at: string;
}

export interface RecallHead {
  id: Id;
  ours: boolean;
  originator: NodeCode;
  kind: RecallKind;
  state: RecallState;
  reasonCode: string;
  safety: boolean;
  at: string | null;
  due: string | null;
  overdue: boolean;
  things: number;
  holders: { all: number; answered: number; overdue: number };
  outcome: Outcome | null;
  createdAt: string;
}

export interface RecallView extends RecallHead {
  reason: string;
  request: Id | null;
  handling: Handling | null;
  evaluation: Evaluation | null;
  endsGrants: boolean;
  author: Id | null;
  approvedBy: Id | null;
  returned: { reason: string; by: Id; at: string } | null;
  list: (Thing & {
    title: string;
    destroyed: boolean;
    replaced: boolean;
    /** Ours, with `correct`: what the new version says, and the codes under which it was given. */
    next: { fields: Record<string, unknown>; handling: Handling } | null;
  })[];
  tree: Holder[];
  flags: Flag[];
  places: { request: Id; case: Id | null }[];
  answer: { outcome: Outcome; code: string | null; text: string; by: Id | null; at: string } | null;
  may: ("recall.approve" | "recall.return" | "recall.drop" | "recall.answer" | "recall.note")[];
  because: string[];
}

/** What is closed or tightened here, for saying so where it was. */
export interface Closing extends Thing {
  recall: Id;
  originator: NodeCode;
  kind: RecallKind;
  reasonCode: string;
  handling: Handling | null;
  evaluation: Evaluation | null;
  /** Permissions given before `calledAt` are over. */
  endsGrants: boolean;
  calledAt: string;
  at: string;
}

/** What a request, a case or the list of bundles asks: the recalls of it, the last first, and what to say where. */
export interface RecallList {
  recalls: RecallHead[];
  closings: Closing[];
  flags: Flag[];
}

/** What recalls tell other rooms; made by the server with `recallsForOthers`. */
export interface RecallsForOthers {
  /** What is closed or tightened of these, oldest first, as far as this actor may know. */
  among(db: Pick<Reader, "rows">, records: readonly Id[]): Promise<Closing[]>;
  /** Versions of our own that we called back ourselves: they are not given again as they were. */
  ownAmong(db: Pick<Reader, "rows">, records: readonly Id[]): Promise<Closing[]>;
  /** A copy that came late, closed: where it would have lain. */
  cameLate(tx: Writer, closings: readonly Closing[], at: { request: Id; case: Id | null }): Promise<void>;
}

/** One call as it is put into force on copies. */
export interface Call extends Thing {
  kind: RecallKind;
  handling: Handling | null;
  evaluation: Evaluation | null;
  endsGrants: boolean;
}

/** A version that takes the place of another; its shape is that of the room that holds the copies. */
export type Replacement = { id: Id; kind: ThingKind; version: Digest } & Record<string, unknown>;

/** What a recall says to whoever has the thing on paper. */
export interface RecallOnPaper {
  id: Id;
  /** Ours: that of the recall; null where another state called it back and we passed it on. */
  request: Id | null;
  reason: string;
  safety: boolean;
  due: Date;
  /** Who let it go; null where nobody had to. */
  by: Id | null;
  call: Extract<FollowUp, { kind: "recall" }>["call"];
}
export interface ThingToTell extends Thing {
  next: Replacement | null;
}

/** What the room that gives and holds copies hands over (features/requests). */
export interface CopiesForRecalls {
  /** Policy facts of a request this actor sees; throws `NOT_FOUND`. */
  facts(db: Pick<Reader | Writer, "rows" | "standing">, request: Id): Promise<RequestFacts>;
  /** What of ours left with it. */
  given(db: Pick<Reader | Writer, "rows" | "standing">, request: Id): Promise<Omit<Given, "kinds" | "to">[]>;
  /** Every state to which any version of these went, or for which we permitted passing on (COR-1). */
  holders(
    db: Pick<Reader | Writer, "rows">,
    records: readonly Id[],
    /** Null where it went another way than with a request. */
  ): Promise<(Thing & { to: NodeCode; request: Id | null })[]>;
  /** Our records as they stand now, in the terms in which they were given; those that are as they were are left out. */
  current(
    db: Pick<Reader | Writer, "rows" | "standing">,
    request: Id,
    records: readonly Id[],
  ): Promise<Replacement[]>;
  /** Reads what another state sent as a replacement; null where it is none. */
  readReplacement(value: unknown): Replacement | null;
  /** What of another state came with this request and is held now; null where there is no such thing (EV-4). */
  heldRecord(
    db: Pick<Reader | Writer, "rows" | "standing">,
    request: Id,
    record: Id,
  ): Promise<{
    record: Id;
    version: Digest;
    what: Exclude<ThingKind, "text">;
    title: string;
    evaluation: Evaluation;
    originator: NodeCode;
  } | null>;
  /** Writes to every authority there that has any of these by letter. */
  tellOnPaper(tx: Writer, recall: RecallOnPaper, things: readonly ThingToTell[], to: NodeCode): Promise<void>;
  lettersOf(db: Pick<Reader | Writer, "rows" | "standing">, recall: Id): Promise<LetterOf[]>;
  /** Ours, by our own word: what of it lies in rooms that other states share goes from there too. */
  calledBack(tx: Writer, calls: readonly Call[]): Promise<void>;
  stopOffering(tx: Writer, to: readonly NodeCode[], digests: readonly Digest[]): Promise<void>;
  /** In the transaction in which it arrives: closed, tightened, before anybody looks. Gives where copies lie here. */
  close(tx: Writer, calls: readonly Call[]): Promise<{ request: Id; case: Id | null }[]>;
  givenBy(tx: Pick<Writer, "rows">, record: Id, peer: NodeCode): Promise<boolean>;
  /** In a job: puts the new version where the old one was. */
  replace(tx: Writer, of: Thing, next: Replacement): Promise<void>;
  /** In a job: nothing of these copies stays but their place. */
  destroy(tx: Writer, things: readonly Thing[]): Promise<void>;
  /** In a job: what was made of them here. */
  flags(db: Pick<Reader | Writer, "rows">, things: readonly Thing[]): Promise<Omit<Flag, "recall" | "at">[]>;
}

/** Another room in which copies lie that went from state to state: joint spaces. */
export interface MoreCopies {
  /** Every state that was given any version of these there (COR-1). */
  holders(db: Pick<Reader | Writer, "rows">, records: readonly Id[]): Promise<(Thing & { to: NodeCode })[]>;
  /** In the transaction in which it arrives. */
  close(tx: Writer, calls: readonly Call[]): Promise<void>;
  /** Ours, by our own word. */
  calledBack(tx: Writer, calls: readonly Call[]): Promise<void>;
  /** Whether this state gave us the record there; null where nobody did. */
  gaveUs(tx: Pick<Writer, "rows">, record: Id, peer: NodeCode): Promise<boolean | null>;
}

/** What the evidence room hands over. */
export interface ItemsForRecalls {
  close(tx: Writer, calls: readonly Call[]): Promise<void>;
  /** In a job: the item's key, what was found in it and its name are destroyed; `key-destroyed` ends its chain. */
  destroy(tx: Writer, item: Id, facts: { recall: Id; to: NodeCode }): Promise<void>;
  flags(db: Pick<Reader | Writer, "rows">, items: readonly Id[]): Promise<Omit<Flag, "recall" | "at">[]>;
}

/*
 * Doors, all below /api/recalls; every answer with officers in it carries `names`.
 *
 *   GET  /codes                    Codes
 *   GET  /?box&state&request&case&made  RecallList; closings and flags only where a request, a case or `made` is named
 *   GET  /given/{request}          { given: Given[] }: what of ours left with it and can be called back
 *   POST /given/{request}          AskRecall -> { id }: to whoever lets it go
 *   GET  /{id}                     RecallView & { names }
 *   POST /{id}/approve             { reason } recall.approve, second person, step-up on {id}
 *   POST /{id}/return              { reason };  POST /{id}/drop: by its author
 *   POST /{id}/answer              AskAnswer: a holder's officer
 *   GET  /grades?state&request     { proposals: GradeProposal[], names }: other grades proposed, by us or to us (EV-4)
 *   POST /grades                   AskGrade -> { id }: leaves at once
 *   POST /grades/{id}/answer       AskGradeAnswer -> { recall }: the originator's officer
 *   POST /{id}/on-paper            AskAnswer & { holder }: what one without a node answered
 *
 * Live topics: `recall:<id>`; `request:<id>` and `case:<id>` hear of what changed there.
 */

export type RecallsCode =
  | "NOT_NOW"
  | "NOT_A_LISTED_CODE"
  | "REASON_NEEDED"
  /** It did not leave from here, or not with this request. */
  | "NOT_GIVEN"
  /** `record`: our record is as it was; change it in its case first. */
  | "NOTHING_CHANGED"
  /** New codes let no more be done than the old ones (HC-5). */
  | "NOT_TIGHTER"
  | "NOT_LOWER"
  /** `what`, `kind`: this kind does not fit what was chosen. */
  | "KIND_DOES_NOT_FIT"
  /** `recall`: a recall of it waits for its approval already. */
  | "WAITS_ALREADY"
  /** `originator`: not a state that this node reaches. */
  | "NOT_REACHED"
  | "SAME_GRADE";

export const recallsRefusals: Readonly<Record<RecallsCode, 409 | 422>> = {
  NOT_NOW: 409,
  NOT_A_LISTED_CODE: 422,
  REASON_NEEDED: 422,
  NOT_GIVEN: 422,
  NOTHING_CHANGED: 422,
  NOT_TIGHTER: 422,
  NOT_LOWER: 422,
  KIND_DOES_NOT_FIT: 422,
  WAITS_ALREADY: 409,
  NOT_REACHED: 422,
  SAME_GRADE: 422,
};

/** A refusal of this room. Its doors also answer `NOT_FOUND`, `NOT_ALLOWED`, `STEP_UP`, `SECOND_PERSON`, `BAD_INPUT`. */
export class RecallsError extends SimpulError<RecallsCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: RecallsCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
