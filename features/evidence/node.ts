// What the evidence room asks of its node, its tables as Kysely knows them, and the questions before every act.
import type { RestsOf } from "@simpul/features/oversight/contract.ts";
import type { Blobs } from "@simpul/store/blobs";
import type { CaseFacts, ItemFacts, Policy } from "@simpul/policy";
import type { Clock, Digest, Evaluation, Handling, Id, NodeCode, Officer, Random } from "@simpul/model";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { KeyBox } from "@simpul/store/keys";
import type { Signer } from "@simpul/seal";
import type { ColumnType, Kysely } from "kysely";
import type { DeviceKeys, Directory } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import { EvidenceRoomError, usualLimits, type IntakeLimits } from "./contract.ts";
import type { ReadingLimits } from "./reading/limits.ts";
import { refuseCalledBack } from "./called-back.ts";

export interface EvidenceNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  blobs: Blobs;
  /** Signs statements in the node's name. */
  signer: Signer;
  /** Public keys of this node, all that were ever in force. */
  nodeKeys: readonly Uint8Array[];
  /** Wraps item keys. */
  box: KeyBox;
  devices: DeviceKeys;
  directory: Directory;
  /** Whether oversight has ordered that a record rests. */
  rests?: RestsOf;
  /** What the policy asks about a case; throws `NOT_FOUND` where row security shows none. */
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  /** Cases take confirmed findings over; absent where there is no room Cases, then nothing is taken over. */
  cases?: Pick<CasesForOthers, "addFindings" | "selectorsOf">;
  /** The public key of a desk that keeps one; item keys are wrapped to it as well. */
  deskKey?(desk: Id): Promise<Uint8Array | null>;
  /** Where uploads lie until they are sealed; an encrypted volume. */
  staging: string;
  limits: IntakeLimits;
  reading: ReadingLimits;
  /** Tells open pages that something changed, never what. */
  wake(topic: string): void;
  /** The proof state of a leaf; null where it has no place yet. */
  cosigners(index: number): Promise<string[]>;
}

export { usualLimits };

type Bytes = Buffer;
type Time = ColumnType<Date, Date, Date>;
type Json<T> = ColumnType<T, string, string>;
type Count = ColumnType<string, string | number, string | number>;

export interface Refusal<Code extends string = string> {
  code: Code;
  facts: Record<string, string | number>;
}

// Types, not interfaces: Kysely asks for an index signature.
export type EvidenceTables = {
  "simpul.evidence_intakes": {
    id: Id;
    officer_id: Id;
    agency_id: Id;
    desk_id: Id;
    purpose: string;
    case_id: Id | null;
    device_id: Id;
    digest: Bytes;
    size: Count;
    file_name: string;
    statement: string;
    disclosures: Json<string[]>;
    state: "open" | "sealing" | "sealed" | "refused" | "swept";
    refusal: Json<Refusal> | null;
    key: string | null;
    started_at: Time;
    changed_at: Time;
  };
  "simpul.evidence_items": {
    id: Id;
    case_id: Id | null;
    agency_id: Id;
    desk_id: Id;
    taken_in_by: Id | null;
    origin: "here" | "peer";
    state: "sealed" | "key-destroyed";
    file_name: string;
    media_type: string;
    method: string;
    size: Count;
    digest: Bytes;
    sealed_digest: Bytes;
    disclosures: Json<string[]>;
    taken_at: Time;
    sealed_at: Time;
    handling: Json<Handling>;
    evaluation: string;
    chain: number;
    chain_head: Bytes;
    agency_only: ColumnType<boolean, boolean | undefined, never>;
    given_by: ColumnType<NodeCode | null, undefined, never>;
  };
  "simpul.evidence_statements": {
    item_id: Id;
    number: number;
    event: string;
    at: Time;
    actor: string;
    digest: Bytes;
    signed: string;
  };
  "simpul.evidence_keys": { item_id: Id; holder: string; wrapped: Bytes };
  "simpul.evidence_viewings": { item_id: Id; session_id: Id; officer_id: Id; began_at: Time };
  "simpul.evidence_readings": {
    item_id: Id;
    state: "waiting" | "reading" | "ready" | "refused";
    kind: string | null;
    encoding: string | null;
    parts: ColumnType<number, number | undefined, number>;
    characters: ColumnType<string, string | number | undefined, string | number>;
    progress: ColumnType<number, number | undefined, number>;
    refusal: Json<Refusal> | null;
    warnings: ColumnType<unknown, string | undefined, string>;
    blob: Bytes | null;
    places: ColumnType<unknown, string | undefined, string>;
    detection: ColumnType<"waiting" | "done", "waiting" | "done" | undefined, "waiting" | "done">;
    changed_at: Time;
  };
  "simpul.evidence_findings": {
    item_id: Id;
    id: Id;
    part: number;
    start_at: number;
    end_at: number;
    type: string;
    written: string;
    canonical: string;
    profile: string;
    valid: boolean;
    doubt: string | null;
    state: "candidate" | "confirmed" | "corrected" | "rejected";
    role: string | null;
    found: Json<{
      type: string;
      canonical: string;
      profile: string;
      valid: boolean;
      doubt: string | null;
    }> | null;
    act_id: Id | null;
    decided_by: Id | null;
    decided_at: Time | null;
  };
  "simpul.evidence_decisions": {
    item_id: Id;
    id: Id;
    officer_id: Id;
    at: Time;
    decision: string;
    before: Json<unknown[]>;
    undone_at: Time | null;
  };
};

export type Rows = Kysely<EvidenceTables>;
export const tables = (db: Pick<Reader | Writer, "rows">): Rows => db.rows.withTables<EvidenceTables>();

export const hex = (bytes: Uint8Array): Digest => Buffer.from(bytes).toString("hex") as Digest;
export const unhex = (digest: Digest): Buffer => Buffer.from(digest, "hex");

/** Jobs act for the node itself. */
export const jobStanding = (name: string): Standing => ({
  actor: { kind: "job", name },
  purpose: "administration",
});

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new EvidenceRoomError("FORBIDDEN");
  return standing.actor;
}

type ItemHead = { id: Id; case_id: Id | null; agency_id: Id; desk_id: Id; taken_in_by: Id | null };

export async function itemFacts(
  node: EvidenceNode,
  db: Pick<Reader | Writer, "rows">,
  item: ItemHead,
): Promise<ItemFacts> {
  return {
    kind: "item",
    id: item.id,
    agency: item.agency_id,
    desk: item.desk_id,
    takenInBy: item.taken_in_by,
    case: item.case_id === null ? null : await node.caseFacts(db, item.case_id),
  };
}

/** Asks the policy, and has its reason kept with the act; jobs act for the node itself and may. */
export async function mayItem(
  node: EvidenceNode,
  db: Pick<Reader | Writer, "rows" | "standing"> & Partial<Pick<Reader | Writer, "allowed">>,
  act: "evidence.view" | "evidence.confirm",
  item: ItemHead,
): Promise<boolean> {
  if (db.standing.actor.kind !== "officer") return true;
  const decision = node.policy.decide({
    officer: db.standing.actor,
    act,
    record: await itemFacts(node, db, item),
    purpose: db.standing.purpose,
    now: node.clock.now(),
  });
  if (decision.allowed) db.allowed?.(decision.because);
  return decision.allowed;
}

/** The item's row; throws `NOT_FOUND` where row security shows none, `FORBIDDEN` for an act she may not do. */
export async function requireItem(
  node: EvidenceNode,
  db: Pick<Reader | Writer, "rows" | "standing"> & Partial<Pick<Reader | Writer, "allowed">>,
  act: "evidence.view" | "evidence.confirm",
  id: Id,
) {
  const item = await tables(db)
    .selectFrom("simpul.evidence_items")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (item === undefined) {
    await refuseCalledBack(db, [id]);
    throw new EvidenceRoomError("NOT_FOUND");
  }
  // What she may not look at does not exist for her; what she sees and may not change says so.
  if (!(await mayItem(node, db, act, item)))
    throw new EvidenceRoomError(act === "evidence.view" ? "NOT_FOUND" : "FORBIDDEN");
  return item;
}

export const usualEvaluation: Evaluation = { source: "X", information: "4" };
