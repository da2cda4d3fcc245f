// Bundles: what is asked, what stands, what others must be given another way.
import type { TermUse } from "./others.ts";
import type { ConcealedName } from "@simpul/evidence";
import type { Digest, Handling, Id, NodeCode, Purpose } from "@simpul/model";

export const exportStates = ["waiting", "packing", "ready", "failed", "given-up", "swept"] as const;
/** `waiting`: for other states to cosign. `packing`: the zip is being written. `swept`: the file is gone, the row stays. */
export type ExportState = (typeof exportStates)[number];

/** What an officer asks to let out; left out, `items` are all of the case. */
export interface AskExport {
  case: Id;
  items?: Id[];
  /** Who receives it, in words. */
  recipient: string;
  recipientState: NodeCode;
  reason: string;
  /** The concealed facts that are shown; all others stay hidden. */
  fields: ConcealedName[];
  /** Do not wait for cosigners, and why: a foreign outage must not defeat a court's deadline. */
  unproven?: string;
}

/** A bundle, from its asking to its sweeping. */
export interface Export {
  id: Id;
  case: Id;
  caseNumber: string;
  officer: Id;
  purpose: Purpose;
  recipient: string;
  recipientState: NodeCode;
  reason: string;
  items: Id[];
  fields: ConcealedName[];
  unproven: string | null;
  state: ExportState;
  /** 0 to 1. */
  progress: number;
  failure: { code: string; facts: Record<string, string | number> } | null;
  /** Bytes and SHA-256 of the zip; null until it is ready. */
  size: number | null;
  digest: Digest | null;
  /** Was it cosigned by the quorum when it was packed? Null until then. */
  proven: boolean | null;
  startedAt: string;
  readyAt: string | null;
  /** Until when it can be fetched; null unless it is ready. */
  until: string | null;
}

/** One item as the recipient will get it, and what stands against it. */
export interface ExportedItem {
  id: Id;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  takenAt: string;
  /** Statements that go along, the disclosure not yet counted. */
  statements: number;
  handling: Handling;
  /** The state whose it is. */
  originator: NodeCode;
  /** What its originator must still permit for this recipient (HC-6). */
  missing: TermUse[];
  /** Its period is over: no permission helps, it stays (H3). */
  over: boolean;
  /** Facts that can be shown or withheld, with their values. */
  fields: { name: ConcealedName; value: string }[];
}

export interface ExportPreview {
  items: ExportedItem[];
  /** Bytes of all originals together. */
  size: number;
  codes: Handling;
  /** States whose signatures the bundle waits for, and how many of them it needs; none: nobody cosigns this log. */
  cosigners: NodeCode[];
  needed: number;
}

/** What `GET /api/evidence/trust-policy` gives: the text, and its SHA-256 to read out over the phone. */
export interface TrustPolicy {
  text: string;
  digest: Digest;
  cosigners: NodeCode[];
  needed: number;
}
