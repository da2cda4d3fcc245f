// What the border room says and hears: standing purposes, one person checked, what a list knows, and what to do.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";
import type { WhatToDo } from "../watch-lists/contract.ts";

export type PurposeState = "proposed" | "active" | "ended" | "dropped";

/** HIT-2: why a border asks without a case; two persons approved it, and it ends. */
export interface BorderPurpose {
  id: Id;
  title: string;
  legalBasis: string;
  lists: { id: Id; origin: NodeCode; title: string }[];
  desks: { id: Id; name: string }[];
  until: string;
  state: PurposeState;
  /** It may be worked under now. */
  inForce: boolean;
  by: string;
  agreedBy: string | null;
  checked: number;
  compared: number;
  listed: number;
  may: ("agree" | "drop" | "end")[];
}

export interface BorderView {
  purposes: BorderPurpose[];
  /** Lists that stand here, for whoever proposes. */
  lists: { id: Id; origin: NodeCode; title: string; until: string; entries: number }[];
  /** Desks of this node that control a border. */
  desks: { id: Id; name: string }[];
  /** The purpose under which her desk checks now; null without one. */
  current: Id | null;
  mayCheck: boolean;
  /** Hits of her desk that nobody decided yet. */
  open: Hit[];
  today: { checked: number; compared: number; listed: number };
}

export interface AskPurpose {
  title: string;
  legalBasis: string;
  lists: Id[];
  desks: Id[];
  /** ISO day. */
  until: string;
}

/** One person in the queue: the lines of a machine readable zone, or what was typed. */
export interface AskBorder {
  zone?: string | undefined;
  document?: string | undefined;
  name?: string | undefined;
  birth?: string | undefined;
}

export type BorderAnswer = "nothing" | "compare" | "listed";

export interface Hit {
  id: Id;
  kind: "compare" | "listed";
  by: "document" | "name-birth";
  origin: NodeCode;
  list: string;
  call: string;
  at: string;
  /** Null where the list stays with its state: it tells when it is called. */
  entry: {
    name: string;
    birth: string | null;
    document: string | null;
    role: "suspect" | "facilitator";
    evaluation: string;
    whatToDo: WhatToDo;
    note: string;
  } | null;
}

export interface BorderChecked {
  answer: BorderAnswer;
  hits: Hit[];
  /** What was read, so that she sees at a glance whether it was read rightly. */
  read: {
    name: string;
    birth: string | null;
    document: string | null;
    expired: boolean;
    /** False where its letters name no state of ICAO's list: read wrongly, or a paper of nobody. */
    stateKnown: boolean;
  };
  lists: number;
  /** States whose lists could not be asked just now; the answer counts without them. */
  away: NodeCode[];
  limited: NodeCode[];
}

export const decisions = ["same", "other", "unsure"] as const;
export type Decision = (typeof decisions)[number];

export type BorderCode =
  | "NOT_FOUND"
  | "NO_STANDING_PURPOSE"
  | "PURPOSE_NOT_WAITING"
  | "PURPOSE_OUT_OF_RANGE"
  | "NOTHING_TO_CHECK"
  | "ZONE_MISREAD"
  | "NOT_A_DOCUMENT"
  | "ALREADY_DECIDED"
  | "COUNTING";

export class BorderError extends SimpulError<BorderCode> {}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const borderRefusals: Readonly<Record<BorderCode, 403 | 404 | 409 | 422 | 429>> = {
  NOT_FOUND: 404,
  NO_STANDING_PURPOSE: 403,
  PURPOSE_NOT_WAITING: 409,
  PURPOSE_OUT_OF_RANGE: 422,
  NOTHING_TO_CHECK: 422,
  ZONE_MISREAD: 422,
  NOT_A_DOCUMENT: 422,
  ALREADY_DECIDED: 409,
  COUNTING: 429,
};

/** A standing purpose is approved anew after half a year. */
export const purposeDays = 184;
