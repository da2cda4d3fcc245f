// What others may know of oversight: the standing of the ledger, who did what, and how heads are cosigned.
import type { Directory } from "@simpul/features/access/contract.ts";
import type { Id, NodeCode } from "@simpul/model";

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
