// What others may know of oversight: the standing of the ledger, who did what, and how heads are cosigned.
import type { Directory } from "@simpul/features/access/contract.ts";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";

/** A log of this node as oversight sees it: how long, what is signed, who cosigned. */
export interface LogStanding {
  log: "main" | "reads";
  /** Unique name among all nodes. */
  origin: string;
  /** Leaves under the newest signed head; 0 before the first. */
  size: number;
  /** Base64; null before the first head. */
  root: string | null;
  signedAt: string | null;
  /** Newest cosignature of each state. */
  cosigned: { node: string; size: number; at: string }[];
  /**
   * What a cosigner says it has signed, when that is more than we have: this database was restored from an old copy,
   * and nothing more is signed. Null is what one hopes for.
   */
  cosignersKnow: number | null;
  /** Since when this restored node waits for a cosigner's word before it signs; null when it need not. */
  restoredAt: string | null;
}

/** Another state's log as this node last cosigned it. */
export interface CosignedLog {
  origin: string;
  size: number;
  at: string;
}

/** Two signed heads of one log that cannot both be true; the two notes are the proof. */
export interface SplitView {
  origin: string;
  size: number;
  seenAt: string;
  first: string;
  second: string;
}

export interface LedgerStanding {
  logs: LogStanding[];
  cosigns: CosignedLog[];
  /** Empty is what one hopes for. */
  splitViews: SplitView[];
}

/** One act or read, as its log holds it; the record's text without its salt. */
export interface LogEntry {
  id: string;
  log: "main" | "reads";
  /** Null for some seconds, until it has its place. */
  index: number | null;
  at: string;
  kind: string;
  /** `officer:<id>`, `peer:<code>` or `job:<name>`. */
  actor: string;
  /** Null for peers and jobs. */
  officer: { id: string; name: string; nameLatin: string | null } | null;
  /** The desk she acted for. */
  desk: { name: string; nameLatin: string | null } | null;
  purpose: string;
  case: { id: string; number: string | null } | null;
  /** The policies that allowed it, as message ids; empty where row security alone decided or a job acted. */
  because: string[];
  /** The other facts of the record. */
  about: Record<string, unknown>;
  /** True when the text was destroyed and only its hash remains. */
  forgotten: boolean;
}

export interface LogPage {
  entries: LogEntry[];
  /** Hand it back as `before` to read on; null at the end. */
  next: string | null;
}

/** An act, or all that one officer read of one record in one viewing session (AUD-1). */
export interface LogEvent {
  /** The newest of its entries. */
  entry: LogEntry;
  /** Where it is no record: what she looked at, if it has a name of its own. */
  what: "inbox" | null;
  count: number;
  /** When it began. */
  first: string;
  kinds: { kind: string; count: number }[];
  /** All its entries, newest first, each with its place in the log and its own proof. */
  leaves: { id: string; index: number | null }[];
}

export interface EventPage {
  events: LogEvent[];
  next: string | null;
}

/** One entry with what proves it. */
export interface ProvenEntry {
  entry: LogEntry;
  /** The exact text that was hashed; null when it was destroyed. */
  record: string | null;
  /** Null for the seconds until it stands under a signed head. */
  proof: ProofOfEntry | null;
}

export interface ProofOfEntry {
  /** The place in its log, from 0. */
  index: number;
  /** Leaves under the head that the proof leads to. */
  size: number;
  signedAt: string;
  cosigned: { node: string; at: string }[];
  /** A whole file for `simpul verify`. */
  file: string;
}

/** What a reader of entries must get by another way than the entries: the log's key and its cosigners'. */
export interface EntryPolicy {
  log: "main" | "reads";
  /** C2SP tlog-policy. */
  text: string;
  /** SHA-256 of the text in hex, to compare over the phone. */
  digest: string;
}

/** Asking peers, as the server hands it in; the exchange behind it is not this feature's business. */
export interface AskPeers {
  peers(): Promise<NodeCode[]>;
  ask(node: NodeCode, question: "cosign", body: Uint8Array): Promise<Uint8Array>;
}

/** Case numbers, as the server hands them in. */
export interface CaseNumbers {
  of(ids: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  find(number: string): Promise<Id | null>;
}

/** Names for the ids in an entry, as the server hands them in. */
export interface NamesForLog {
  directory: Directory;
  cases: CaseNumbers;
}

export const marks = ["in-order", "ask", "not-in-order"] as const;
export interface AskMark {
  mark: (typeof marks)[number];
  note: string;
}

/** A week of one log, of which some entries were drawn. */
export interface Sample {
  log: "main" | "reads";
  /** The Monday, UTC, with which it began. */
  week: string;
  /** The places of the week's entries: from `first` on, before `past`. */
  first: number;
  past: number;
  headSize: number;
  drawnAt: string;
  drawn: number;
  marked: number;
  /** Marked otherwise than "in order". */
  found: number;
}

export interface SampleView extends Sample {
  /** SHA-256 of the cosigned head, in hex. */
  seed: string;
  /** The states whose cosignatures are part of it. */
  cosigners: string[];
  head: string;
  entries: {
    nth: number;
    entry: LogEntry;
    mark: { mark: AskMark["mark"]; note: string; by: string; at: string } | null;
  }[];
}

export const noticeKinds = ["volume", "hours", "own-name", "colleague", "no-hits", "late-export"] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const noticeDecisions = ["explained", "follow"] as const;

/** Something that stood out, in the numbers of which its words are made; it accuses nobody. */
export interface Notice {
  id: Id;
  kind: NoticeKind;
  officer: { id: Id; name: string };
  desk: string | null;
  day: string;
  case: { id: Id; number: string | null } | null;
  facts: Record<string, number>;
  decision: { decision: (typeof noticeDecisions)[number]; note: string; by: string; at: string } | null;
  /** It is about the reader herself; somebody else decides. */
  own: boolean;
}

export const freezeKinds = ["case", "item", "request", "officer"] as const;
export type FreezeKind = (typeof freezeKinds)[number];

export interface Freeze {
  id: Id;
  what: FreezeKind;
  record: Id;
  /** A case's number, an officer's name; the id of what has none. */
  name: string;
  reason: string;
  orderedBy: string;
  orderedAt: string;
  lift: { reason: string; by: string; at: string } | null;
  lifted: { by: string; at: string } | null;
  may: ("ask" | "agree")[];
}

/** What everybody who sees a record is told when it rests. */
export interface Rests {
  /** The name of the officer who ordered it. */
  by: string;
  at: string;
}

/** Asked by features for their own records, in the reader's own transaction. */
export interface RestsOf {
  of(db: Pick<Reader, "rows">, what: FreezeKind, record: Id): Promise<Rests | null>;
}
