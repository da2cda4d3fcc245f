// What the requests room asks of its node, its rows, and the question before every act: does she see it, and may she.
import type { RestsOf } from "@simpul/features/oversight/contract.ts";
import type { AttachmentRef } from "@simpul/exchange";
import type { Clock as TimeOf, Handling, HandlingCode, Id, NodeCode, Officer } from "@simpul/model";
import type { CaseFacts, Policy, RequestFacts } from "@simpul/policy";
import { demand, type Act } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import type { CasesForOthers } from "../cases/contract.ts";
import type { ChecksForOthers } from "../checks/contract.ts";
import type { ItemsForOthers } from "../evidence/contract.ts";
import type { WorkDays } from "./calendars.ts";
import type { DoubtsOf } from "../peers/contract.ts";
import type { RecallsForOthers } from "../recalls/contract.ts";
import type { Lists } from "./codes.ts";
import type { LettersForRequests } from "../letters/contract.ts";
import { RequestsError } from "./contract.ts";
import type {
  AnswerKind,
  AskAnswer,
  AskDraft,
  Clock,
  FormalKind,
  RequestState,
  SharedItem,
  SharedRecord,
  Translator,
} from "./contract.ts";

export interface RequestsNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: TimeOf;
  codes: Lists;
  workDays: WorkDays;
  /** Crime types that a request may name as its offence. */
  offences: readonly string[];
  /** Signs permissions in the node's name. */
  signer: Signer;
  proofs: Proofs;
  directory: Directory;
  /** Whether oversight has ordered that a record rests. */
  rests?: RestsOf;
  /** What passed while a key was stolen. */
  doubts?: DoubtsOf;
  cases: CasesForOthers;
  items: ItemsForOthers;
  checks: ChecksForOthers;
  recalls: RecallsForOthers;
  letters: LettersForRequests;
  /** A service for machine translation; null: there is none, and nothing goes to any. */
  translator: Translator | null;
  /** What the policy asks about a case; throws `NOT_FOUND` where row security shows none. */
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  /** Confirmed peers. */
  peers(): Promise<NodeCode[]>;
  /** The key under which a confirmed peer signs permissions and items; null for anybody else. */
  keysOf(code: NodeCode): Promise<readonly Uint8Array[]>;
  fetching: {
    fetch(
      from: NodeCode,
      envelope: Id,
      ref: AttachmentRef,
      how?: { progress?: (done: number, whole: number) => void },
    ): AsyncGenerator<Uint8Array>;
    /** It is sealed here, or refused: what was kept on the way goes. */
    forget(from: NodeCode, envelope: Id, ref: AttachmentRef): Promise<void>;
  };
  /** Tells open pages that something changed, never what; told after the commit. */
  wake(topic: string): void;
  /** Something waits to be sent. */
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;
export type Shared = { records: SharedRecord[]; items: SharedItem[] };
export interface Returned {
  reason: string;
  by: Id;
  at: string;
}

/** In which version each field of a draft was changed last; one that is not named, in the first. */
export type Versions = Record<string, number>;

// Types, not interfaces: rows are read by hand-written SQL.
export type RequestRow = {
  id: Id;
  direction: "outgoing" | "incoming";
  state: "draft" | "submitted" | "sent" | "withdrawn";
  peer: NodeCode | null;
  case_id: Id | null;
  /** The same where the reader sees that case, otherwise null. */
  seen_case: Id | null;
  case_number: string | null;
  case_title: string | null;
  agency_id: Id | null;
  desk_id: Id | null;
  author_id: Id | null;
  subject: string;
  draft: AskDraft;
  shared: Shared;
  version: number;
  field_versions: Versions;
  returned: Returned | null;
  /** It is the way of a formal request. */
  formal: FormalKind | null;
  created_at: Date;
  changed_at: Date;
};
export type ThreadRow = {
  id: Id;
  request_id: Id;
  direction: "outgoing" | "incoming";
  peer: NodeCode;
  correspondent: string | null;
  reference: string;
  state: RequestState;
  outcome: AnswerKind | null;
  code: string | null;
  clock: Clock | null;
  due_at: Date | null;
  /** The envelope in which it came here; null for what went, and for what came on paper. */
  letter: Id | null;
  open_by: Date | null;
  created_at: Date;
};
export type AnswerRow = {
  id: Id;
  thread_id: Id;
  direction: "outgoing" | "incoming";
  state: "draft" | "submitted" | "queued" | "delivered" | "undelivered" | "dropped";
  author_id: Id | null;
  content: AskAnswer & { case_id?: Id | null };
  shared: Shared;
  version: number;
  field_versions: Versions;
  returned: Returned | null;
  changed_at: Date;
  released_at: Date | null;
  /** As of a thread. */
  letter: Id | null;
};

export const iso = (value: Date): string => value.toISOString();
/** JSON for a jsonb column; the driver would write a list as a PostgreSQL array. */
export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export const jobStanding = (name: string): Standing => ({
  actor: { kind: "job", name },
  purpose: "mutual-assistance",
});

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new RequestsError("NOT_FOUND");
  return standing.actor;
}

/** Throws `NOT_FOUND` where row security shows none; a change waits until whoever changes it now has done. */
export async function requestRow(db: Db, id: Id, how: { lock?: true } = {}): Promise<RequestRow> {
  const { rows } = await sql<RequestRow>`select r.*,
      (select c.id from simpul.cases c where c.id = r.case_id) as seen_case
    from simpul.requests r where r.id = ${id} ${how.lock === true ? sql`for update of r` : sql``}`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new RequestsError("NOT_FOUND");
  return rows[0];
}

export async function threadsOf(db: Db, request: Id): Promise<ThreadRow[]> {
  const { rows } = await sql<ThreadRow>`select * from simpul.request_threads
    where request_id = ${request} order by peer`.execute(db.rows);
  return rows;
}

/** Formal requests are moved by their own room; in this one they are given to a desk and answered. */
export function refuseFormal(row: Pick<RequestRow, "formal">): void {
  if (row.formal !== null) throw new RequestsError("NOT_NOW", { state: row.formal });
}

/** Nobody was asked, so nothing is refused, handed on or held up for a judge. */
export function refuseUnasked(row: Pick<RequestRow, "draft">): void {
  if (row.draft.unasked !== undefined) throw new RequestsError("NOT_NOW", { state: row.draft.unasked });
}

/** Only a letter between desks is answered like a question. */
export function refuseUnanswered(row: Pick<RequestRow, "draft">): void {
  if (!isAdministrative(row)) refuseUnasked(row);
}

/** MSG-2: a letter between desks, of no case. */
export const isAdministrative = ({ draft }: { draft: Pick<AskDraft, "unasked"> }): boolean =>
  draft.unasked === "administrative";

/** Which case an act on a request is noted with; none for an administrative letter. */
export const ofCase = ({ case_id: of }: Pick<RequestRow, "case_id">): { case?: Id } =>
  of === null ? {} : { case: of };

/** The one thread of an incoming request. */
export async function incomingThread(db: Db, request: RequestRow): Promise<ThreadRow> {
  const thread = request.direction === "incoming" ? (await threadsOf(db, request.id))[0] : undefined;
  if (thread === undefined) throw new RequestsError("NOT_NOW", { state: request.state });
  return thread;
}

/** The thread of an outgoing request that an officer named. */
export async function namedThread(db: Db, request: RequestRow, id: Id): Promise<ThreadRow> {
  const thread = (await threadsOf(db, request.id)).find((one) => one.id === id);
  if (thread === undefined) throw new RequestsError("NOT_FOUND");
  return thread;
}

export async function factsOf(node: RequestsNode, db: Db, request: RequestRow): Promise<RequestFacts> {
  return {
    kind: "request",
    id: request.id,
    direction: request.direction,
    desk: request.desk_id,
    agency: request.agency_id,
    author: request.author_id,
    // The contact point sees requests of cases that it does not see; the policy then needs no case.
    case: request.case_id === null ? null : await node.caseFacts(db, request.case_id).catch(() => null),
    type: request.draft.unasked ?? "request",
    codes: codesOf([request.draft, ...request.draft.facts, ...request.draft.records, ...request.draft.items]),
  };
}

/** Every handling code on any of them, once. */
export const codesOf = (parts: readonly { handling: Handling }[]): HandlingCode[] => [
  ...new Set(parts.flatMap((one) => one.handling.codes)),
];

export type RequestsAct = Extract<Act, `request.${string}` | `override.${string}` | "permission.decide">;

/** Why it is allowed, which every leaf of this transaction then carries; throws `Denied`. The proof is spent only by an act that asks for one. */
export async function requireAct(
  node: RequestsNode,
  tx: Writer,
  act: Exclude<RequestsAct, "request.draft">,
  request: RequestRow,
  record: RequestFacts | null = null,
): Promise<string[]> {
  const facts = record ?? (await factsOf(node, tx, request));
  const steps = act === "request.approve" || act === "permission.decide" || act === "override.make";
  const because = demand(node.policy, {
    officer: officerOf(tx.standing),
    act,
    record: facts,
    purpose: tx.standing.purpose,
    now: node.clock.now(),
    proof: steps ? await node.proofs.take(tx, { act: act, record: facts.id }) : null,
  });
  tx.allowed(because);
  return because;
}

/** Throws `Denied` for whoever may not write administrative letters. */
export function requireAdministers(node: RequestsNode, tx: Writer): void {
  tx.allowed(demand(node.policy, administering(node, tx.standing)));
}

export const administering = (node: RequestsNode, standing: Standing) => ({
  officer: officerOf(standing),
  act: "request.administer" as const,
  record: { kind: "node", id: node.code } as const,
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** The same for an act that the case decides: writing requests in it, asking permission for it. */
export async function requireInCase(
  node: RequestsNode,
  tx: Writer,
  act: "request.draft" | "permission.ask",
  of: Id,
): Promise<void> {
  tx.allowed(
    demand(node.policy, {
      officer: officerOf(tx.standing),
      act,
      record: await node.caseFacts(tx, of),
      purpose: tx.standing.purpose,
      now: node.clock.now(),
    }),
  );
}

/** One line in a thread's story. */
export async function addStep(
  tx: Writer,
  thread: Id,
  step: {
    kind: string;
    side: "ours" | "theirs";
    desk?: Id | null;
    text?: string | null;
    code?: string | null;
  },
): Promise<void> {
  const { actor } = tx.standing;
  const by = actor.kind === "officer" ? actor : null;
  await sql`insert into simpul.request_steps (thread_id, id, at, kind, side, officer_id, desk_id, text, code)
    values (${thread}, ${tx.newId()}, ${tx.at}, ${step.kind}, ${step.side}, ${by?.id ?? null},
      ${step.desk ?? by?.desk ?? null}, ${step.text ?? null}, ${step.code ?? null})`.execute(tx.rows);
}

export async function moveThread(
  tx: Writer,
  thread: Pick<ThreadRow, "id" | "request_id">,
  to: { state?: RequestState; clock?: Clock | null; code?: string | null; outcome?: ThreadRow["outcome"] },
): Promise<void> {
  const set = [sql`changed_at = ${tx.at}`];
  if (to.state !== undefined) set.push(sql`state = ${to.state}`);
  if (to.clock !== undefined) {
    set.push(sql`clock = ${to.clock === null ? null : json(to.clock)}`);
    set.push(sql`due_at = ${to.clock?.state === "running" ? to.clock.due : null}::timestamptz`);
  }
  if (to.code !== undefined) set.push(sql`code = ${to.code}`);
  if (to.outcome !== undefined) set.push(sql`outcome = ${to.outcome}`);
  await sql`update simpul.request_threads set ${sql.join(set)} where id = ${thread.id}`.execute(tx.rows);
  await sql`update simpul.requests set changed_at = ${tx.at} where id = ${thread.request_id}`.execute(
    tx.rows,
  );
}
