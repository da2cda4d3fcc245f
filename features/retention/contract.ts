// What others may know of keeping and deleting: kinds, review dates, what is due, decisions, refusals, doors (RET-1).
import { SimpulError } from "@simpul/model";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";

/** What has a review date of its own; an answer is kept and goes with its request. */
export const keptKinds = ["case", "subject", "selector", "item", "request"] as const;
export type KeptKind = (typeof keptKinds)[number];

export interface Terms {
  version: string;
  /** The first period, and why it is kept so long. */
  kinds: Record<KeptKind, { days: number; basis: string }>;
  /** How far ahead a new date may lie. */
  longestDays: number;
  /** After the owner was asked; silence then deletes. */
  noticeDays: number;
}

/** `asked`: silence until `deleteAfter` deletes; `going`: an officer decided so. */
export type KeptState = "kept" | "asked" | "going";

export interface Kept {
  kind: KeptKind;
  id: Id;
  title: string;
  case: { id: Id; number: string } | null;
  reviewOn: string;
  basis: string;
  state: KeptState;
  deleteAfter: string | null;
  /** Why it was kept last. */
  reason: string;
  decidedBy: Id | null;
  /** Nothing is deleted as long as one of these stands. */
  hold: { reason: string; by: Id; at: string } | null;
  frozen: boolean;
  may: ("keep" | "delete" | "hold" | "release")[];
}

export interface Gone {
  kind: KeptKind;
  id: Id;
  at: string;
  decidedBy: Id | null;
  tombstone: string;
}

export interface AskKept {
  decision: "keep" | "delete" | "hold" | "release";
  reason: string;
  /** With `keep`: the next review, a day. */
  until?: string;
}

/** What the room that calls back does when something's time is over; made by the server. */
export interface HoldersForRetention {
  /** Every state that was given one of these, our own records, is called on to destroy it. Gives the states. */
  destroyEverywhere(tx: Writer, records: readonly Id[]): Promise<NodeCode[]>;
}
/** The evidence room: key, findings, name and bundles of an item are destroyed, whoever's it is. */
export interface ItemsForRetention {
  destroy(tx: Writer, item: Id): Promise<void>;
}
export type { Digest };

/*
 * Doors, all below /api/retention; every answer with officers in it carries `names`.
 *
 *   GET  /terms                  Terms
 *   GET  /?state&kind&case       { kept: Kept[], names }: what is due, or all of a case; `state`: due (default), held, all
 *   GET  /gone                   { gone: Gone[] }: tombstones of what this officer could see
 *   POST /{kind}/{id}            AskKept; `delete` retention.delete, step-up on {id}
 *
 * Live topic: `kept:<id>`.
 */

export type RetentionCode = "NOT_NOW" | "REASON_NEEDED" | "DATE_NEEDED" | "DATE_PASSED" | "TOO_FAR" | "HELD";
export const retentionRefusals: Readonly<Record<RetentionCode, 409 | 422>> = {
  NOT_NOW: 409,
  REASON_NEEDED: 422,
  DATE_NEEDED: 422,
  DATE_PASSED: 422,
  /** `days`: no date may lie further ahead. */
  TOO_FAR: 422,
  /** A hold or a freeze stands; nothing of it is deleted. */
  HELD: 409,
};

/** A refusal of this room. Its doors also answer `NOT_FOUND`, `NOT_ALLOWED`, `STEP_UP`, `BAD_INPUT`. */
export class RetentionError extends SimpulError<RetentionCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: RetentionCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
