// What others may know of oversight: the standing of the ledger, and how it is cosigned by other states.
import type { NodeCode } from "@simpul/model";

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
}

/** Another state's log as this node last cosigned it. */
export interface CosignedLog {
  origin: string;
  size: number;
  at: string;
}

export interface LedgerStanding {
  logs: LogStanding[];
  cosigns: CosignedLog[];
  /** Proofs that another log showed two histories; empty is what one hopes for. */
  splitViews: { origin: string; size: number; seenAt: string }[];
}

/** One act or read, as its log holds it; the record's text without its salt. */
export interface LogEntry {
  id: string;
  log: "main" | "reads";
  /** Null for some seconds, until it has its place. */
  index: number | null;
  at: string;
  kind: string;
  actor: string;
  purpose: string;
  case: string | null;
  about: Record<string, unknown>;
}

export interface LogPage {
  entries: LogEntry[];
  /** Hand it back as `before` to read on; null at the end. */
  next: string | null;
}

/** Asking peers, as the server hands it in; the exchange behind it is not this feature's business. */
export interface AskPeers {
  peers(): Promise<NodeCode[]>;
  ask(node: NodeCode, question: "cosign", body: Uint8Array): Promise<Uint8Array>;
}
