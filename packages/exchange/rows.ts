// The rows of exchange, as the database has them.
import type { Generated, Kysely } from "kysely";

export type PeerHealth = "unknown" | "up" | "down" | "clock-off" | "refusing" | "behind" | "suspended";

export type PeerRow = {
  node: string;
  address: string;
  pin: string;
  signing: string;
  sealing: string;
  agencies: { agency: string; key: string }[];
  oprf: unknown[];
  /** The version that both speak. */
  version: number;
  /** The newest that it said it speaks. */
  speaks: number;
  state: "proposed" | "confirmed" | "suspended" | "stopped";
  proposed_by: string;
  proposed_at: Date;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  health: PeerHealth;
  heard_at: Date | null;
  last_error: string | null;
  failed_at: Date | null;
  health_since: Date | null;
  stopped_by: string | null;
  stopped_at: Date | null;
  stopped_because: string | null;
  keys_number: number;
  keys_since: Date | null;
  knows_ours: number;
  knew_ours_at: Date | null;
  settled_ours: number;
  revoked_since: Date | null;
  revoked_at: Date | null;
  keys_fault: string | null;
  keys_fault_at: Date | null;
  suspended_by: string | null;
  suspended_at: Date | null;
  suspended_because: string | null;
  resume_by: string | null;
  resume_at: Date | null;
};

/** Keys of before. */
type FormerRow = {
  node: string;
  number: number;
  pin: string;
  signing: string;
  agencies: { agency: string; key: string }[];
  since: Date | null;
  ended_at: Date;
  until: Date;
  revoked_since: Date | null;
  revoked_at: Date | null;
};

type LineRow = {
  peer: string;
  sent: number;
  received: number;
  lease: string | null;
  leased_until: Date | null;
  leased_by: string | null;
  failures: number;
  next_try: Date;
};

/** Types, not interfaces: Kysely asks for an index signature. */
export type ExchangeTables = {
  "simpul.peers": PeerRow;
  "simpul.peer_lines": LineRow;
  "simpul.peer_keys": FormerRow;
  "simpul.key_statements": {
    node: string;
    number: number;
    kind: "changed" | "revoked";
    signed: string;
    digest: string;
    taken_at: Date;
  };
  "simpul.peer_nonces": { peer: string; nonce: string; at: Date };
  "simpul.received": {
    peer: string;
    id: string;
    sequence: number;
    sealed: string;
    type: string | null;
    at: Date;
    outcome: "accepted" | "refused";
    code: string | null;
    receipt: string;
  };
  "simpul.offered": {
    peer: string;
    envelope: string;
    digest: string;
    size: number;
    key: Buffer;
    at: Date;
    fetched_at: Date | null;
  };
  "simpul.outbox": {
    peer: string;
    id: string;
    kind: string;
    body: unknown;
    attachments: string[];
    state: "waiting" | "sending" | "receipted" | "refused" | "dead";
    created_at: Date;
    attempts: number;
    next_try: Date;
    last_error: string | null;
    sequence: number | null;
    sealed: Buffer | null;
    lease: string | null;
    leased_until: Date | null;
    receipt: unknown;
    ended_at: Date | null;
    again_of: string | null;
    first_id: string | null;
    urgent: boolean;
    excluded: Generated<string[]>;
    lost: boolean;
  };
};

export const tables = (rows: Kysely<unknown>): Kysely<ExchangeTables> => rows.withTables<ExchangeTables>();
