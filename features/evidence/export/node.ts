// What letting bundles out asks of its node beyond the evidence room, and its table as Kysely knows it.
import type { Clock, Digest, Id, NodeCode, Purpose } from "@simpul/model";
import type { ConcealedName } from "@simpul/evidence";
import type { VerifierKey } from "@simpul/seal";
import type { Ledger, Reader, Writer } from "@simpul/store";
import type { ColumnType, Kysely } from "kysely";
import type { Locale } from "@simpul/doors/i18n";
import type { Proofs } from "../../access/contract.ts";
import type { Export, ExportState, GrantsForItems } from "../contract.ts";
import { hex, type EvidenceNode } from "../node.ts";

/** A confirmed peer's name for its main log, and the key under which it cosigns ours. */
export interface PeerKeys {
  node: NodeCode;
  main: VerifierKey;
  cosigner: VerifierKey;
  /** The same of before it changed its keys, the newest first. */
  earlier: readonly { main: VerifierKey; cosigner: VerifierKey }[];
  /** Keys that were stolen, since when. */
  stolen: readonly StolenKey[];
}

export interface StolenKey {
  main: VerifierKey;
  since: Date;
}

/** What a node said about its keys, as it signed it. */
export interface SaidOfKeys {
  node: NodeCode;
  number: number;
  text: string;
}

export interface ExportNode extends EvidenceNode {
  clock: Clock;
  /** What the state is called in its papers. */
  name: string;
  exercise: boolean;
  /** The language of its papers beside English. */
  language: Locale;
  ledger: Pick<Ledger, "head" | "provenHead" | "proofFile">;
  /** The name and key of this node's main log. */
  log: VerifierKey;
  /** The same with its keys of before, the newest first, and those that were stolen. */
  earlierLogs(): { earlier: readonly VerifierKey[]; stolen: readonly StolenKey[] };
  /** What this node and its peers said about their keys. */
  saidOfKeys(): Promise<readonly SaidOfKeys[]>;
  peerKeys(): Promise<readonly PeerKeys[]>;
  proofs: Proofs;
  /** Permissions, once the room that keeps them hands them in. */
  grants?: GrantsForItems;
  /** Folder of verify.html and verify.mjs as built. */
  verifier: string;
}

/** Days for which a finished bundle can be fetched. */
export const keptDays = 7;

type Time = ColumnType<Date, Date, Date>;
type Json<T> = ColumnType<T, string, string>;

export interface Chosen {
  id: Id;
  /** The last statement that goes along: the disclosure itself. */
  last: number;
}

export type ExportTables = {
  "simpul.evidence_exports": {
    id: Id;
    case_id: Id;
    case_number: string;
    officer_id: Id;
    agency_id: Id;
    desk_id: Id;
    purpose: Purpose;
    recipient: string;
    recipient_state: NodeCode;
    reason: string;
    items: Json<Chosen[]>;
    fields: Json<ConcealedName[]>;
    unproven: string | null;
    state: ExportState;
    progress: ColumnType<number, number | undefined, number>;
    failure: Json<Export["failure"]> | null;
    size: ColumnType<string, number, number> | null;
    digest: Buffer | null;
    proven: boolean | null;
    blob: Buffer | null;
    blob_size: ColumnType<string, number, number> | null;
    wrapped: Buffer | null;
    started_at: Time;
    ready_at: Time | null;
    changed_at: Time;
  };
};

export const exportsIn = (db: Pick<Reader | Writer, "rows">): Kysely<ExportTables> =>
  db.rows.withTables<ExportTables>();

export interface ExportRow {
  id: Id;
  case_id: Id;
  case_number: string;
  officer_id: Id;
  desk_id: Id;
  purpose: Purpose;
  recipient: string;
  recipient_state: NodeCode;
  reason: string;
  items: Chosen[];
  fields: ConcealedName[];
  unproven: string | null;
  state: ExportState;
  progress: number;
  failure: Export["failure"];
  size: string | null;
  digest: Buffer | null;
  proven: boolean | null;
  blob: Buffer | null;
  blob_size: string | null;
  wrapped: Buffer | null;
  started_at: Date;
  ready_at: Date | null;
}

export const exportView = (row: ExportRow): Export => ({
  id: row.id,
  case: row.case_id,
  caseNumber: row.case_number,
  officer: row.officer_id,
  purpose: row.purpose,
  recipient: row.recipient,
  recipientState: row.recipient_state,
  reason: row.reason,
  items: row.items.map((one) => one.id),
  fields: row.fields,
  unproven: row.unproven,
  state: row.state,
  progress: row.progress,
  failure: row.failure,
  size: row.size === null ? null : Number(row.size),
  digest: row.digest === null ? null : hex(row.digest),
  proven: row.proven,
  startedAt: row.started_at.toISOString(),
  readyAt: row.ready_at?.toISOString() ?? null,
  until:
    row.state === "ready" && row.ready_at !== null
      ? new Date(row.ready_at.getTime() + keptDays * 86_400_000).toISOString()
      : null,
});

/** What a wrapped bundle key is for; it opens nothing else. */
export const bundleContext = (id: Id): string => `export:${id}`;
export type { Digest };
