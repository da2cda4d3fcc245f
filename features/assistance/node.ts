// What this room asks of its node, its rows, and the question before every act.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { demand, type CaseFacts, type Policy, type RequestFacts } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import type { CustodyLine } from "../charges/contract.ts";
import type { LettersForRequests } from "../letters/contract.ts";
import type { Papers } from "../operations/contract.ts";
import type { FormalKind, RequestsForAssistance } from "../requests/contract.ts";
import {
  AssistanceError,
  type AssistanceState,
  type ChargesForAssistance,
  type Codes,
  type Form,
  type HitsForAssistance,
  type ReviewsForAssistance,
  type Sent,
} from "./contract.ts";
import type { Act } from "./contract/steps.ts";

export interface AssistanceNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  codes: Omit<Codes, "peers" | "letters">;
  proofs: Proofs;
  directory: Directory;
  cases: CasesForOthers;
  requests: RequestsForAssistance;
  letters: Pick<LettersForRequests, "all">;
  /** Signs manifests in the node's name. */
  signer: Signer;
  exercise: boolean;
  papers: Papers;
  /** What happened to items that this actor sees, each in its order. */
  custody(db: Pick<Reader | Writer, "rows">, items: readonly Id[]): Promise<CustodyLine[]>;
  hits: HitsForAssistance;
  charges: ChargesForAssistance;
  reviews: ReviewsForAssistance;
  /** What the policy asks about a case; throws `NOT_FOUND` where row security shows none. */
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  peers(): Promise<NodeCode[]>;
  wake(topic: string): void;
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;

// A type, not an interface: rows are read by hand-written SQL.
export type AssistanceRow = {
  id: Id;
  direction: "outgoing" | "incoming";
  kind: FormalKind;
  peer: NodeCode;
  state: AssistanceState;
  reached: number;
  type: string;
  case_id: Id | null;
  reference: string | null;
  form: Form;
  /** By the id of the person in the case. */
  reviews: Record<Id, Id>;
  version: number;
  from_request: Id | null;
  from_hit: Id | null;
  author_id: Id | null;
  desk_id: Id | null;
  correspondent: string | null;
  returned: { reason: string; by: Id; at: string } | null;
  reviewed: { by: Id; at: string } | null;
  sent: Sent | null;
  urgent: boolean;
  formal_due: Date | null;
  formal_at: Date | null;
  due_at: Date | null;
  kept_until: string | null;
  asked_until: string | null;
  code: string | null;
  created_at: Date;
  changed_at: Date;
};

export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new AssistanceError("NOT_FOUND");
  return standing.actor;
}

/** Days are read as text, so that no time zone moves them. */
export const columns = sql`a.*, a.kept_until::text as kept_until, a.asked_until::text as asked_until`;

/** Throws `NOT_FOUND` where row security shows none. */
export async function rowOf(db: Pick<Db, "rows">, id: Id, how: { lock?: true } = {}): Promise<AssistanceRow> {
  const { rows } = await sql<AssistanceRow>`select ${columns} from simpul.assistances a where a.id = ${id}
    ${how.lock === true ? sql`for update of a` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new AssistanceError("NOT_FOUND");
  return rows[0];
}

export type Facts = { request: RequestFacts; case: CaseFacts | null };

export async function factsOf(node: AssistanceNode, db: Db, row: AssistanceRow): Promise<Facts> {
  const request = await node.requests.facts(db, row.id);
  return { request, case: request.case };
}

const stepUp: readonly Act[] = ["assistance.send", "assistance.freeze"];

/** Whether she may, for offering it: what only lacks a second factor is hers to begin. */
export function may(node: AssistanceNode, standing: Standing, act: Act, facts: Facts): boolean {
  const asked = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
  if (act === "assistance.draft")
    return facts.case !== null && node.policy.decide({ ...asked, act, record: facts.case }).allowed;
  const decision = node.policy.decide({ ...asked, act: act as "assistance.send", record: facts.request });
  return decision.allowed || decision.needs === "step-up";
}

/**
 * Why it is allowed, kept with every leaf of the act; throws `Denied`. `fresh`: it leaves the state, and takes the proof
 * that was made for exactly this.
 */
export async function requireAct(
  node: AssistanceNode,
  tx: Writer,
  act: Act,
  facts: Facts,
  fresh: boolean,
): Promise<void> {
  const asked = { officer: officerOf(tx.standing), purpose: tx.standing.purpose, now: node.clock.now() };
  if (act === "assistance.draft") {
    if (facts.case === null) throw new AssistanceError("NOT_FOUND");
    tx.allowed(demand(node.policy, { ...asked, act, record: facts.case }));
    return;
  }
  const record = facts.request;
  if (!stepUp.includes(act)) {
    tx.allowed(demand(node.policy, { ...asked, act: act as "assistance.follow", record }));
    return;
  }
  const named = act as "assistance.send" | "assistance.freeze";
  const proof = fresh ? await node.proofs.take(tx, { act: named, record: record.id }) : null;
  if (fresh) {
    tx.allowed(demand(node.policy, { ...asked, act: named, record, proof }));
    return;
  }
  // Sending back or taking back shows nothing to anybody: whoever may send may do it without a second factor.
  const decision = node.policy.decide({ ...asked, act: named, record });
  if (!decision.allowed && decision.needs !== "step-up")
    demand(node.policy, { ...asked, act: named, record, proof: null });
  tx.allowed([sender[named]]);
}

const sender = {
  "assistance.send": "policy.assistance.sent-by-central-authority",
  "assistance.freeze": "policy.assistance.frozen-by-contact-point",
} as const;
