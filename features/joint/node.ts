// What this room asks of its node, and the question before every act.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import { begins, demand, Denied, type Policy, type SpaceFacts as PolicyFacts } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import type { Papers } from "../operations/contract.ts";
import type { Choice, Chosen, SharedItem, SharedRecord, Stop } from "../requests/contract.ts";
import { JointError } from "./contract.ts";

/** Copies of a case's records and items, and what others' terms stop of them; requests know how (HC-6). */
export interface RecordsForSpaces {
  choices(
    db: Db,
    ask: { case: string; to: readonly NodeCode[] },
  ): Promise<{ records: Choice[]; items: (Choice & { sealedAt: string; method: string })[] }>;
  /** Throws what requests refuse (`PROTECTED_PERSON`, `CALLED_BACK`); leaves out what is not there. */
  gather(
    db: Db,
    ask: { case: string | null; records: Chosen[]; items: Chosen[] },
  ): Promise<{
    case: Id | null;
    records: SharedRecord[];
    items: (SharedItem & { sealedAt: string; method: string })[];
  }>;
  stops(
    db: Pick<Db, "rows">,
    shared: { records: readonly SharedRecord[]; items: readonly SharedItem[] },
    to: readonly NodeCode[],
  ): Promise<Stop[]>;
  /** Whether its originator's signed word lets the sender give this to us; true for what is the sender's or our own. */
  givenBy(from: NodeCode, thing: SharedRecord | SharedItem): Promise<boolean>;
  /** Which of these are called back, or stand under stricter codes by now than they carry. */
  calledBack(db: Pick<Db, "rows">, shared: readonly (SharedRecord | SharedItem)[]): Promise<ReadonlySet<Id>>;
  /** Null for what is no record. Its version must be that of its fields. */
  read(value: unknown): SharedRecord | null;
  titleOf(record: SharedRecord): { title: string; about: string };
}

export interface JointNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  /** Crime types that a note may name. */
  offences: readonly string[];
  signer: Signer;
  proofs: Proofs;
  directory: Directory;
  papers: Papers;
  exercise: boolean;
  records: RecordsForSpaces;
  caseHead(db: Pick<Db, "rows">, id: Id): Promise<CaseHead | null>;
  peers(): Promise<NodeCode[]>;
  /** How the line to each peer is: since when it is silent, null while it answers. */
  lines(): Promise<{ node: NodeCode; away: boolean; since: string | null }[]>;
  /** The authority in which an officer works, as the other parties read it; empty where she left. */
  officeOf(officer: Id): Promise<string>;
  /** Every key that signed for a state; none for a stranger. */
  keysOf(code: NodeCode): Promise<readonly Uint8Array[]>;
  wake(topic: string): void;
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;
export type OfOfficer = Standing & { actor: Officer };
export const jobStanding: Standing = { actor: { kind: "job", name: "joint" }, purpose: "mutual-assistance" };

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new JointError("NOT_FOUND");
  return standing.actor;
}

const asking = (node: JointNode, standing: Standing) => ({
  officer: officerOf(standing),
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Who drafts notes: the contact point; the room has no such door for anybody else. */
export const mayDraft = (node: JointNode, standing: Standing): boolean =>
  node.policy.decide({
    ...asking(node, standing),
    act: "joint.draft",
    record: { kind: "node", id: node.code },
  }).allowed;

export type SpaceActName =
  | "joint.view"
  | "joint.contribute"
  | "joint.release"
  | "joint.members"
  | "joint.remark"
  | "joint.clear"
  | "joint.sign";

export function maySpace(
  node: JointNode,
  standing: Standing,
  act: SpaceActName,
  record: PolicyFacts,
): { allowed: boolean; because: string[] } {
  const decision = node.policy.decide({ ...asking(node, standing), act, record });
  return { allowed: begins(decision), because: decision.because };
}

/** Why it is allowed, kept with every leaf of the act; throws `Denied`. `joint.sign`, `joint.clear` and `joint.release` take the proof made for this space. */
export async function requireSpace(
  node: JointNode,
  tx: Writer,
  act: SpaceActName,
  record: PolicyFacts,
): Promise<void> {
  const proves = act === "joint.sign" || act === "joint.clear" || act === "joint.release";
  const proof = proves ? await node.proofs.take(tx, { act, record: record.id }) : null;
  tx.allowed(demand(node.policy, { ...asking(node, tx.standing), act, record, proof }));
}

/** Throws `NOT_FOUND` for whoever drafts none. */
export function requireDraft(node: JointNode, standing: Standing): readonly string[] {
  try {
    return demand(node.policy, {
      ...asking(node, standing),
      act: "joint.draft",
      record: { kind: "node", id: node.code },
    });
  } catch (fault) {
    throw fault instanceof Denied ? new JointError("NOT_FOUND") : fault;
  }
}

/** Name and office of the officer who acts, as the other parties read them. */
export async function signsAs(
  node: JointNode,
  officer: Officer,
): Promise<{ officer: string; office: string }> {
  const name = (await node.directory.officers([officer.id])).get(officer.id);
  const desk = (await node.directory.desks([officer.desk])).get(officer.desk);
  return {
    officer: name?.nameLatin ?? name?.name ?? "",
    office: desk === undefined ? "" : (desk.agency.nameLatin ?? desk.agency.name),
  };
}
