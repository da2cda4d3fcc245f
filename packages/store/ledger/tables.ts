// The ledger's tables as the code sees them, and how bytes are read out of them.
import type { LogName } from "../leaves.ts";

export type LedgerTables = {
  logs: { log: LogName; size: string; cosigners_know: string; restored_at: Date | null };
  tiles: { log: LogName; level: number; index: string; hashes: Buffer };
  heads: { log: LogName; size: string; root: Buffer; note: string; at: Date };
  cosignatures: { log: LogName; size: string; cosigner: string; at: Date; line: string };
  cosigned: { origin: string; size: string; root: Buffer; note: string; at: Date };
  split_views: { origin: string; size: string; first_note: string; second_note: string; seen_at: Date };
  leaves: {
    log: LogName;
    id: string;
    at: Date;
    actor: string;
    officer_id: string | null;
    agency_id: string | null;
    purpose: string;
    kind: string;
    case_id: string | null;
    about_id: string | null;
    record: string | null;
    salt: Buffer | null;
    hash: Buffer;
    index: string | null;
  };
};

export const logNames = ["main", "reads"] as const satisfies readonly LogName[];
