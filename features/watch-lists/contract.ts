// What this room says and hears: lists of recruiters and transporters, who signed them, who holds them, until when.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";

/** HIT-1, HIT-2: nobody else is ever on such a list; possible victims and witnesses never. */
export const listedRoles = ["suspect", "facilitator"] as const;
export type ListedRole = (typeof listedRoles)[number];

/** What the officer who meets somebody on it is asked to do; never more than a call and a look. */
export const whatToDos = ["ask-aside", "call-first", "let-pass-tell"] as const;
export type WhatToDo = (typeof whatToDos)[number];

/** One person. `document` is canonical (profile document/1), or what is written of it while somebody types. */
export interface WatchEntry {
  role: ListedRole;
  name: string;
  /** ISO day; null where nobody knows it: then only the document finds her. */
  birth: string | null;
  document: string | null;
  /** `B2`: source and information, graded apart. */
  evaluation: string;
  legalBasis: string;
  /** RET-1: from this day on the entry is not used until it was looked at again. */
  review: string;
  whatToDo: WhatToDo;
  /** In one sentence, for whoever meets her. */
  note: string;
}

/** EV-6: graded C, X or 4 it is shown to who keeps the list, and alone gives no alert. */
export const isWeak = (evaluation: string): boolean => /[CX4]/.test(evaluation);

export type EntryState = "proposed" | "active" | "removed" | "dropped";

export interface EntryView extends WatchEntry {
  id: Id;
  state: EntryState;
  /** EV-6: graded C, X or 4, alone it gives no alert. */
  weak: boolean;
  /** Of a correction: the entry whose place it takes. */
  replaces: Id | null;
  by: string;
  reason: string | null;
}

export interface ListHead {
  id: Id;
  origin: NodeCode;
  ours: boolean;
  title: string;
  stays: boolean;
  state: "proposed" | "active" | "recalled" | "dropped";
  /** Why it is not used now; null while it is. */
  unused: "proposed" | "recalled" | "dropped" | "expired" | "unsigned" | "key-stolen" | null;
  until: string;
  version: number;
  entries: number;
  /** Waits for a second person. */
  waiting: number;
}

export interface ListView extends ListHead {
  legalBasis: string;
  call: string;
  agency: string;
  by: string;
  agreedBy: string | null;
  endReason: string | null;
  /** Ours: the states it is for. */
  recipients: NodeCode[];
  list: EntryView[];
  holders: {
    peer: NodeCode;
    version: number;
    takenVersion: number | null;
    takenAt: string | null;
    refused: string | null;
    recallTakenAt: string | null;
  }[];
  may: ("agree" | "drop" | "add" | "change" | "recall")[];
}

export interface ListsView {
  lists: ListHead[];
  own: NodeCode;
  states: NodeCode[];
  maxEntries: number;
}

export interface AskList {
  title: string;
  stays: boolean;
  recipients: NodeCode[];
  legalBasis: string;
  call: string;
  /** ISO day. */
  until: string;
  entries: WatchEntry[];
}

export type WatchListsCode =
  | "NOT_FOUND"
  | "WATCH_LIST_NOT_WAITING"
  | "WATCH_LIST_ENDED"
  | "LIST_OF_ANOTHER_AGENCY"
  | "ENTRY_UNFINDABLE"
  | "NOT_A_DOCUMENT"
  | "DAY_OUT_OF_RANGE"
  | "TOO_MANY_ENTRIES";

export class WatchListsError extends SimpulError<WatchListsCode> {}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const watchListsRefusals: Readonly<Record<WatchListsCode, 403 | 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  WATCH_LIST_NOT_WAITING: 409,
  WATCH_LIST_ENDED: 409,
  LIST_OF_ANOTHER_AGENCY: 403,
  ENTRY_UNFINDABLE: 422,
  NOT_A_DOCUMENT: 422,
  DAY_OUT_OF_RANGE: 422,
  TOO_MANY_ENTRIES: 413,
};

/** A list ends by itself after a year at most; so many people stand on one, which fits into one letter. */
export const watchListLimits = { days: 366, entries: 500, lists: 500 } as const;

/** A list as the border uses it: believed, in force, what its authority signed. */
export interface ListInUse {
  id: Id;
  origin: NodeCode;
  title: string;
  call: string;
  /** ISO. */
  until: string;
  entries: readonly (WatchEntry & { id: Id })[];
  /** Of a list that stays with its state: what a private check needs. */
  stays: Staying | null;
}

export interface Staying {
  version: number;
  /** 64 hex digits. */
  publicKey: string;
  tags: Readonly<Record<"document" | "name-birth", readonly string[]>>;
}

/** What watch lists do for the border; made by the server with `listsForBorder`. */
export interface ListsForBorder {
  /** Every list that may be used now. The same array while nothing changed. */
  inUse(): Promise<readonly ListInUse[]>;
  /** Which of these lists do not exist for her: their state, or our own word, keeps her from that state's letters. */
  keptFrom(
    db: Pick<Reader, "rows">,
    lists: readonly { id: Id; origin: NodeCode }[],
  ): Promise<ReadonlySet<Id>>;
  /** Names of all that stand, for whoever proposes a purpose. */
  names(): Promise<{ id: Id; origin: NodeCode; title: string; until: string; entries: number }[]>;
  /**
   * Which of the lists that stay with `peer` know one of these, by private check. Throws `ExchangeError` where it cannot
   * be asked or believed.
   */
  askStaying(
    peer: NodeCode,
    ask: StayingQuestion,
  ): Promise<{ list: Id; by: "document" | "name-birth" }[] | "limited">;
}

export interface StayingQuestion {
  /** The standing purpose; the other state sees a commitment to it, made with `secret`. */
  purpose: Id;
  secret: string;
  legalBasis: string;
  officer: Id;
  lists: readonly { id: Id; stays: Staying }[];
  document: string | null;
  nameBirth: string | null;
}
