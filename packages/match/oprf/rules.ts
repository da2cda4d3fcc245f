// Who may be asked about, on what facts, and in which words a peer answers: HIT-1, HIT-2, HIT-6, HIT-12.
import {
  sharedRoles,
  type Evaluation,
  type Handling,
  type HolderRole,
  type NodeCode,
  type Purpose,
} from "@simpul/model";

/** HIT-6: all that a check ever answers. Only the asker's own node knows the first three. */
export const replies = ["no-hit", "candidate", "hit", "not-searchable", "refused", "limited"] as const;
export type Reply = (typeof replies)[number];

/** HIT-1: a victim's own phone is in the same chat as the recruiter's; hers never leaves. */
export const mayBeAsked = (role: HolderRole): boolean => sharedRoles.includes(role);

/** A selector as the index sees it. */
export interface IndexCandidate {
  role: HolderRole;
  /** Of a covert case. */
  covert: boolean;
  legalBasis: string | null;
  evaluation: Evaluation | null;
  reviewBy: Date | null;
  /** The node it came from, where that is not this one. */
  originator: NodeCode | null;
  handling: Handling;
}

export type LeftOut =
  | "role"
  | "covert"
  | "no-legal-basis"
  | "not-evaluated"
  | "no-review-date"
  | "review-overdue"
  | "others-terms"
  | "no-automated-matching"
  | "victim-sensitive";
export type Indexing = { kind: "indexed" } | { kind: "left-out"; because: LeftOut };

/** Whether a selector enters the index that peers can match against. */
export function indexing(candidate: IndexCandidate, now: Date): Indexing {
  const out = (because: LeftOut): Indexing => ({ kind: "left-out", because });
  if (!mayBeAsked(candidate.role)) return out("role"); // HIT-1
  if (candidate.covert) return out("covert"); // HIT-6
  if (!candidate.legalBasis?.trim()) return out("no-legal-basis"); // HIT-12
  if (candidate.evaluation === null) return out("not-evaluated"); // HIT-12
  if (candidate.reviewBy === null) return out("no-review-date"); // HIT-12
  if (candidate.reviewBy <= now) return out("review-overdue"); // RET-1
  // HC-6: what came under H2 enters no index that a third node matches against.
  if (candidate.originator !== null && candidate.handling.codes.includes("H2")) return out("others-terms");
  if (candidate.handling.conditions?.noAutomatedMatching) return out("no-automated-matching"); // HC-2
  if (candidate.handling.conditions?.victimSensitive) return out("victim-sensitive"); // VIC-7
  return { kind: "indexed" };
}

/** HIT-2: without these, no query. */
export interface QueryFacts {
  /** An id at the asker's, a commitment to it at the holder's; so are the two persons. */
  case: string | null;
  purpose: Purpose | null;
  /** A code of the agreed list. */
  offence: string | null;
  legalBasis: string | null;
  operator: string | null;
  /** Who agreed to a query of many. */
  supervisor: string | null;
}

export interface QueryTerms {
  offences: readonly string[];
  purposes: readonly Purpose[];
  /** From this many selectors on a supervisor must have agreed. */
  bulkFrom: number;
}

export type MissingFact =
  "case" | "purpose" | "offence" | "legal-basis" | "operator" | "supervisor" | "selectors";
export type QueryRuling = { kind: "complete" } | { kind: "incomplete"; missing: MissingFact[] };

/** HIT-2, asked on both sides: by the asker before she asks, by the holder before she evaluates. */
export function queryRuling(facts: QueryFacts, count: number, terms: QueryTerms): QueryRuling {
  const missing: MissingFact[] = [];
  if (facts.case === null) missing.push("case");
  if (facts.purpose === null || !terms.purposes.includes(facts.purpose)) missing.push("purpose");
  if (facts.offence === null || !terms.offences.includes(facts.offence)) missing.push("offence");
  if (!facts.legalBasis?.trim()) missing.push("legal-basis");
  if (facts.operator === null) missing.push("operator");
  // Nobody agrees to her own query.
  const bulk = count >= terms.bulkFrom;
  if (bulk && (facts.supervisor === null || facts.supervisor === facts.operator)) missing.push("supervisor");
  if (!Number.isSafeInteger(count) || count < 1) missing.push("selectors");
  return missing.length === 0 ? { kind: "complete" } : { kind: "incomplete", missing };
}

/** HIT-6: every reply leaves at the end of its time slot, so that its time says nothing about what it is. */
export function replyAt(receivedAt: Date, readyAt: Date, slotMs: number): Date {
  const slots = Math.max(1, Math.ceil((readyAt.getTime() - receivedAt.getTime()) / slotMs));
  return new Date(receivedAt.getTime() + slots * slotMs);
}
