// What this room asks of its node, its rows, and the question before every act.
import type { Clock, Evaluation, Handling, Id, NodeCode, Officer } from "@simpul/model";
import { Digest, Evaluation as Grade } from "@simpul/model";
import { demand, type Policy, type RequestFacts } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import { RecallsError } from "./contract.ts";
import type {
  Call,
  Codes,
  CopiesForRecalls,
  ItemsForRecalls,
  Outcome,
  RecallKind,
  RecallState,
  Replacement,
  ThingKind,
} from "./contract.ts";

export interface RecallsNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  codes: Codes;
  /** Signs in the node's name. */
  signer: Signer;
  proofs: Proofs;
  directory: Directory;
  copies: CopiesForRecalls;
  items: ItemsForRecalls;
  /** Whether this state has a node that we exchange with; one without is told by letter. */
  isPeer(code: NodeCode): Promise<boolean>;
  /** The key under which a confirmed peer signs; null for anybody else. */
  keysOf(code: NodeCode): Promise<readonly Uint8Array[]>;
  wake(topic: string): void;
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;

// Types, not interfaces: rows are read by hand-written SQL.
export type RecallRow = {
  id: Id;
  ours: boolean;
  originator: NodeCode;
  kind: RecallKind;
  state: RecallState;
  reason_code: string;
  reason: string;
  safety: boolean;
  handling: Handling | null;
  evaluation: string | null;
  ends_grants: boolean;
  request_id: Id | null;
  case_id: Id | null;
  desk_id: Id | null;
  agency_id: Id | null;
  author_id: Id | null;
  approved_by: Id | null;
  returned: { reason: string; by: Id; at: string } | null;
  created_at: Date;
  at: Date | null;
  due_at: Date | null;
  outcome: Outcome | null;
  answer_code: string | null;
  answer_text: string | null;
  answered_by: Id | null;
  answered_at: Date | null;
};
export type ThingRow = {
  record_id: Id;
  version: Buffer;
  what: ThingKind;
  title: string;
  next: Replacement | null;
  next_version: Buffer | null;
  signed: string | null;
  tombstone: string | null;
};

export const hexOf = (bytes: Uint8Array): Digest => Digest.parse(Buffer.from(bytes).toString("hex"));
export const unhex = (digest: string): Buffer => Buffer.from(digest, "hex");
export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
export const jsonOrNull = (value: unknown) => (value === null ? sql`null::jsonb` : json(value));

export const jobStanding = (name: string): Standing => ({
  actor: { kind: "job", name },
  purpose: "mutual-assistance",
});

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new RecallsError("NOT_FOUND");
  return standing.actor;
}

/** Throws `NOT_FOUND` where row security shows none. */
export async function recallRow(db: Pick<Db, "rows">, id: Id, how: { lock?: true } = {}): Promise<RecallRow> {
  const { rows } = await sql<RecallRow>`select * from simpul.recalls where id = ${id}
    ${how.lock === true ? sql`for update` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new RecallsError("NOT_FOUND");
  return rows[0];
}

export async function thingsOf(db: Pick<Db, "rows">, recall: Id): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`select * from simpul.recall_things where recall_id = ${recall}
    order by what, record_id, version`.execute(db.rows);
  return rows;
}

export const callOf = (recall: RecallRow, thing: ThingRow): Call => ({
  record: thing.record_id,
  version: hexOf(thing.version),
  what: thing.what,
  kind: recall.kind,
  handling: recall.handling,
  evaluation: gradeOf(recall.evaluation),
  endsGrants: recall.ends_grants,
});

export const gradeOf = (text: string | null): Evaluation | null => (text === null ? null : Grade.parse(text));

/** A recall as the policy sees it: its request, at the desk that works on it, written by its own author. */
export async function factsOf(node: RecallsNode, db: Db, row: RecallRow): Promise<RequestFacts> {
  const places =
    row.request_id === null
      ? (
          await sql<{
            request_id: Id;
          }>`select request_id from simpul.recall_places where recall_id = ${row.id}
            order by request_id`.execute(db.rows)
        ).rows.map((one) => one.request_id)
      : [row.request_id];
  for (const request of places) {
    const facts = await node.copies.facts(db, request).catch(() => null);
    if (facts !== null) return { ...facts, id: row.id, author: row.author_id };
  }
  // Told of something that never came here: it lies with the contact point.
  return {
    kind: "request",
    id: row.id,
    direction: "incoming",
    desk: row.desk_id,
    agency: row.agency_id,
    author: row.author_id,
    case: null,
  };
}

export type RecallsAct = "recall.draft" | "recall.approve" | "recall.answer";

/** Why it is allowed, kept with every leaf of the act; throws `Denied`. */
export async function requireAct(
  node: RecallsNode,
  tx: Writer,
  act: RecallsAct,
  facts: RequestFacts,
): Promise<void> {
  tx.allowed(
    demand(node.policy, {
      officer: officerOf(tx.standing),
      act,
      record: facts,
      purpose: tx.standing.purpose,
      now: node.clock.now(),
      proof: act === "recall.approve" ? await node.proofs.take(tx, { act, record: facts.id }) : null,
    }),
  );
}

/** Told after the commit: a page that asks now finds what arrived. */
export const soon = (run: () => void): void => void setTimeout(run, 50).unref();
