// What is held of other states, what may be done with it, and how permission is asked and given.
import type { CaseNumber, Digest, Id, NodeCode } from "@simpul/model";
import type { LetterOf } from "../../letters/contract.ts";
import type { Arrival } from "./answers.ts";
import type { Box } from "./requests.ts";
import type { SharedItem, SharedKind, SharedRecord } from "./shared.ts";
/** A foreign record that lies at a case of ours: never edited here, its writer is its originator. */
export interface ReceivedRecord extends SharedRecord {
  /** This node's id of the copy. */
  copy: Id;
  title: string;
  request: Id;
  thread: Id;
  reference: string;
  case: Id | null;
  from: NodeCode;
  at: string;
  /** It came while a key was stolen, and nobody found it genuine since. */
  doubtful: boolean;
  may: TermsInWords;
  permissions: Pick<PermissionView, "id" | "state" | "action">[];
}

export interface ReceivedItem extends SharedItem {
  request: Id;
  thread: Id;
  reference: string;
  case: Id | null;
  from: NodeCode;
  at: string;
  /** It came while a key was stolen, and nobody found it genuine since. */
  doubtful: boolean;
  arrival: Arrival;
  may: TermsInWords;
  permissions: Pick<PermissionView, "id" | "state" | "action">[];
}

/** What may be done with it, now. */
export interface TermsInWords {
  court: boolean;
  onward: NodeCode[] | "all";
  /** True where only the agency that asked sees it. */
  agencyOnly: boolean;
  notAfter: string | null;
  noMatching: boolean;
  noPrint: boolean;
  text: string | null;
}

export const grantActions = ["case", "court", "onward", "override"] as const;
export type GrantAction = (typeof grantActions)[number];

/** What a permission on paper rests on: the scan, the letter that asked, and who signed it there. */
export interface OnPaper {
  scan: Digest;
  letter: string;
  saidBy: string;
  saidAt: string;
}

/**
 * A signed permission, bound to version, act, recipients and period (HC-7); it travels with what it is about. An
 * `override` is none: its holder signs that it passed this on without one, because a life was at risk (HC-9).
 */
export interface Grant {
  id: Id;
  originator: NodeCode;
  /** Who may: the state that asked. */
  holder: NodeCode;
  record: Id;
  version: Digest;
  action: GrantAction;
  recipients: NodeCode[];
  court: string | null;
  /** The thread for whose case it was given; null for any case. */
  thread: Id | null;
  conditions: string;
  notAfter: string | null;
  at: string;
  /** Only from a state without a node: then its holder signs that it was given on paper. */
  paper?: OnPaper;
  /** The statement with the originator's signature (DSSE), as it is shown to whoever asks for proof. */
  signed: string;
}

export const permissionStates = [
  "sent",
  "delivered",
  "granted",
  "conditions",
  "partly",
  "refused",
  "expired",
  "withdrawn",
  "undelivered",
] as const;
export type PermissionState = (typeof permissionStates)[number];

export interface AskPermission {
  /** Case id or number for which it is needed. */
  case: string;
  /** Held records and items of one originator, by this node's copy id or the item's id. */
  records: Id[];
  action: Exclude<GrantAction, "case" | "override">;
  recipients: NodeCode[];
  court: string | null;
  legalBasis: string;
  purpose: string;
  reason: string;
  neededBy: string | null;
}

export interface AskDecision {
  /** One for each record asked about. */
  decisions: { record: Id; grant: boolean; ground?: string }[];
  conditions: string;
  /** A day; null: no end. */
  notAfter: string | null;
  reason: string;
}

/** Silence is never consent: what is not decided stays not permitted (HC-8). */
export interface PermissionView extends Omit<AskPermission, "case" | "records"> {
  id: Id;
  box: Box;
  peer: NodeCode;
  reference: string;
  state: PermissionState;
  case: { id: Id; number: CaseNumber; title: string } | null;
  request: Id | null;
  records: {
    record: Id;
    kind: SharedKind | "item";
    version: Digest;
    title: string;
    granted: boolean | null;
    ground: string | null;
  }[];
  grants: Grant[];
  /** To a state without a node: the letter that asks. */
  letter: LetterOf | null;
  conditions: string;
  notAfter: string | null;
  decisionReason: string | null;
  askedBy: Id | null;
  decidedBy: Id | null;
  at: string;
  due: string;
  overdue: boolean;
  decidedAt: string | null;
  may: ("permission.decide" | "permission.withdraw")[];
}

/** An act on a request, from its leaves and read notes (AUD-1). */
export interface RequestAct {
  at: string;
  kind: string;
  by: string;
  read: boolean;
  purpose: string | null;
  facts: Record<string, unknown>;
}
