// What this room asks of its node, its rows, and the question before every act: does she see it, and may she.
import { signWords } from "@simpul/exchange";
import type { AttachmentRef } from "@simpul/exchange";
import type { Clock, Id, NodeCode, Officer, WorkCalendar } from "@simpul/model";
import { demand, type Act, type Policy, type Post, type RequestFacts } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import type { CasesForHandOvers } from "../cases/contract.ts";
import type { ItemsForOthers } from "../evidence/contract.ts";
import type { Choice, Chosen, SharedItem, SharedRecord, Stop } from "../requests/contract.ts";
import { HandOversError, type Answer, type Codes, type HandOverState, type Offer } from "./contract.ts";
import { types, type Wire, type WireType } from "./wire.ts";

/** Copies of a case's records and items, and what stands against each; requests know how (HC-6). */
export interface RecordsForHandOvers {
  choices(
    db: Db,
    ask: { case: string; to: readonly NodeCode[] },
  ): Promise<{ records: Choice[]; items: Choice[] }>;
  gather(
    db: Db,
    ask: { case: string; records: Chosen[]; items: Chosen[] },
  ): Promise<{ case: Id | null; records: SharedRecord[]; items: SharedItem[] }>;
  stops(
    db: Pick<Db, "rows">,
    shared: { records: readonly SharedRecord[]; items: readonly SharedItem[] },
    to: readonly NodeCode[],
  ): Promise<Stop[]>;
  /** Null for what is no record, or whose version is not that of its fields. */
  read(value: unknown): SharedRecord | null;
  readItem(value: unknown): SharedItem | null;
  titleOf(record: SharedRecord): { title: string };
}

export interface HandOversNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  codes: Codes;
  crimeTypes: readonly string[];
  signer: Signer;
  proofs: Proofs;
  directory: Directory;
  /** Every place of every serving officer. */
  posts(): Promise<readonly Post[]>;
  cases: CasesForHandOvers;
  caseHead(db: Pick<Db, "rows">, ref: string): Promise<CaseOfOffer>;
  records: RecordsForHandOvers;
  items: Pick<ItemsForOthers, "depart" | "takeInFromPeer">;
  /** The working days of these states; `entered`: those of this year are known for all of them. */
  workDays: {
    of(states: readonly NodeCode[]): WorkCalendar[];
    entered(states: readonly NodeCode[], year: number): boolean;
  };
  /** States of which somebody is reached by letter. */
  lettered: readonly NodeCode[];
  /** What the lead's first task is called, in the language of this node. */
  taskOf(reference: string): string;
  peers(): Promise<NodeCode[]>;
  keysOf(code: NodeCode): Promise<readonly Uint8Array[]>;
  fetching: {
    fetch(from: NodeCode, envelope: Id, ref: AttachmentRef): AsyncGenerator<Uint8Array>;
    forget(from: NodeCode, envelope: Id, ref: AttachmentRef): Promise<void>;
  };
  wake(topic: string): void;
  send(): void;
}

export interface CaseOfOffer {
  id: Id;
  number: Offer["case"];
  title: string;
  crimeType: string;
  covert: boolean;
}
export type Db = Pick<Reader | Writer, "rows" | "standing">;

// A type, not an interface: rows are read by hand-written SQL.
export type HandOverRow = {
  id: Id;
  direction: "outgoing" | "incoming";
  peer: NodeCode;
  state: HandOverState;
  case_id: Id | null;
  agency_id: Id | null;
  desk_id: Id | null;
  author_id: Id | null;
  approved_by: Id | null;
  lead_id: Id | null;
  reference: string;
  offer: Offer | null;
  content: string | null;
  offered: string | null;
  accepted: string | null;
  handed: string | null;
  answer: Answer | null;
  code: string | null;
  due_at: Date | null;
  created_at: Date;
  changed_at: Date;
};

export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
export const jobStanding: Standing = {
  actor: { kind: "job", name: "hand-overs" },
  purpose: "mutual-assistance",
};

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new HandOversError("NOT_FOUND");
  return standing.actor;
}

/** Throws `NOT_FOUND` where row security shows none; `lock`: whoever changes it now has done first. */
export async function rowOf(db: Pick<Db, "rows">, id: Id, how: { lock?: true } = {}): Promise<HandOverRow> {
  const row = await findRow(db, id, how);
  if (row === null) throw new HandOversError("NOT_FOUND");
  return row;
}

export async function findRow(
  db: Pick<Db, "rows">,
  id: Id,
  how: { lock?: true } = {},
): Promise<HandOverRow | null> {
  const { rows } = await sql<HandOverRow>`select h.* from simpul.hand_overs h where h.id = ${id}
    ${how.lock === true ? sql`for update of h` : sql``}`.execute(db.rows);
  return rows[0] ?? null;
}

/** Whether oversight ordered that its case rests, whoever acts (AUD-2). */
export async function rests(db: Pick<Db, "rows">, id: Id): Promise<boolean> {
  const { rows } = await sql<{ so: boolean }>`select simpul.hand_over_rests(${id}) as so`.execute(db.rows);
  return rows[0]!.so;
}

/** What the policy asks: seen with its case, by its desk, by the contact point. */
export async function factsOf(
  node: HandOversNode,
  db: Pick<Db, "rows">,
  row: HandOverRow,
): Promise<RequestFacts> {
  return {
    kind: "request",
    id: row.id,
    direction: row.direction,
    desk: row.desk_id,
    agency: row.agency_id,
    author: row.author_id,
    case: await node.cases.facts(db, row.case_id),
  };
}

type OnHandOver = Extract<
  Act,
  | "hand-over.approve"
  | "hand-over.accept"
  | "hand-over.propose"
  | "request.view"
  | "request.withdraw"
  | "request.refuse"
>;
const asking = (node: HandOversNode, standing: Standing) => ({
  officer: officerOf(standing),
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Why it is allowed, kept with every leaf of the act; throws `Denied`. Letting go and accepting take the proof made for it. */
export async function requireAct(
  node: HandOversNode,
  tx: Writer,
  act: OnHandOver,
  row: HandOverRow,
): Promise<void> {
  const steps = act === "hand-over.approve" || act === "hand-over.accept" || act === "hand-over.propose";
  const proof = steps ? await node.proofs.take(tx, { act, record: row.id }) : null;
  const record = await factsOf(node, tx, row);
  tx.allowed(demand(node.policy, { ...asking(node, tx.standing), act, record, proof }));
}

/** The same for an act that the case decides; throws `NOT_FOUND` for one she does not see. */
export async function requireInCase(
  node: HandOversNode,
  tx: Pick<Writer, "rows" | "standing" | "allowed">,
  act: "hand-over.offer" | "case.edit",
  id: Id | null,
): Promise<void> {
  const record = await node.cases.facts(tx, id);
  if (record === null) throw new HandOversError("NOT_FOUND");
  tx.allowed(demand(node.policy, { ...asking(node, tx.standing), act, record }));
}

/** Whether she may, for offering it: what only lacks a second factor is hers to begin. */
export function may(node: HandOversNode, standing: Standing, act: OnHandOver, record: RequestFacts): boolean {
  const decision = node.policy.decide({ ...asking(node, standing), act, record });
  return decision.allowed || decision.needs === "step-up";
}

export function mayInCase(
  node: HandOversNode,
  standing: Standing,
  act: "case.edit",
  record: RequestFacts["case"],
): boolean {
  if (record === null) return false;
  const decision = node.policy.decide({ ...asking(node, standing), act, record });
  return decision.allowed || decision.needs === "step-up";
}

type Changes = Partial<
  Pick<HandOverRow, "state" | "code" | "due_at" | "accepted" | "handed" | "offered" | "content" | "answer">
>;

/** Sets what is named. */
export async function change(tx: Writer, row: Pick<HandOverRow, "id">, to: Changes): Promise<void> {
  const set = Object.entries(to).map(([name, value]) =>
    name === "answer" ? sql`answer = ${json(value)}` : sql`${sql.ref(name)} = ${value as string}`,
  );
  await sql`update simpul.hand_overs set ${sql.join([...set, sql`changed_at = ${tx.at}`])} where id = ${row.id}`.execute(
    tx.rows,
  );
}

/** An envelope of this room, in the transaction of what caused it, in the name of the contact point's authority. */
export async function tell<T extends WireType>(
  tx: Writer,
  to: NodeCode,
  kind: T,
  body: Omit<Wire<T>, "agency">,
  more: { id?: Id; attachments?: SharedItem["digest"][] } = {},
): Promise<void> {
  const { rows } = await sql<{ id: Id | null }>`select simpul.contact_agency() as id`.execute(tx.rows);
  const agency = rows[0]?.id ?? ("00000000-0000-7000-8000-000000000000" as Id);
  await tx.send({
    id: more.id ?? tx.newId(),
    to,
    kind,
    body: { agency, ...body },
    attachments: more.attachments ?? [],
  });
}

export const sign = (node: HandOversNode, type: keyof typeof types, says: object): Promise<string> =>
  signWords(node.signer, types[type], says);

/** Told after the commit: a page that asks now finds what changed. */
export const wakeSoon = (node: HandOversNode, row: Pick<HandOverRow, "id" | "case_id">): void =>
  void setTimeout(() => {
    node.wake(`handing:${row.id}`);
    if (row.case_id !== null) node.wake(`case:${row.case_id}`);
    node.send();
  }, 50).unref();
