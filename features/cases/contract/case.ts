// A case as its readers see it: head, team, history, activity, and what was opened in an emergency.
import type { CaseNumber, Id, NodeCode } from "@simpul/model";
import type { Rests } from "@simpul/features/oversight/contract.ts";
import type { CaseState, Conflict, RecordKind, TeamRole } from "./records.ts";

export interface CaseHead {
  id: Id;
  number: CaseNumber;
  title: string;
  crimeType: string;
  agency: Id;
  desk: Id;
  covert: boolean;
  state: CaseState;
  stateReason: string | null;
  openedAt: string;
  changedAt: string;
}

export interface TeamMember {
  officer: Id;
  role: TeamRole;
  since: string;
}

/** What of a case another state owns since it accepted; `record` is the case's own id where all of it went. */
export interface Handed {
  record: Id;
  whole: boolean;
  handOver: Id;
  to: NodeCode;
  reference: string;
  at: string;
}

export interface CaseView extends CaseHead {
  summary: string;
  summaryLanguage: string | null;
  crimeTypesVersion: string;
  openedBy: Id | null;
  versions: Record<string, number>;
  conflicts: Conflict[];
  team: TeamMember[];
  /** How many of each kind lie in it. */
  holds: Record<RecordKind, number>;
  handed: Handed[];
  /** Acts that this officer may do here, asked of the policy: what she may not do has no button. */
  may: string[];
  /** Oversight has ordered that it rests; null when not. */
  rests: Rests | null;
}

/** One value of a field in its history, oldest first. */
export interface Edit {
  field: string;
  version: number;
  base: number;
  value: unknown;
  standing: "current" | "superseded" | "conflict" | "set-aside" | "withheld";
  by: Id | null;
  at: string;
}

/** Names for the officers and desks of an answer; whoever is missing stays an id. */
export interface Names {
  officers: Record<Id, { name: string; nameLatin: string | null }>;
  desks: Record<Id, { name: string; nameLatin: string | null }>;
}

/** An act or a read of a case, as its two logs hold it (AUD-1). */
export interface Activity {
  at: string;
  kind: string;
  by: string;
  read: boolean;
  purpose: string | null;
  record: Id | null;
  facts: Record<string, unknown>;
}

/** What a search may find; only what this officer sees. */
export interface Found {
  kind: "case" | "subject" | "selector" | "place";
  case: Id;
  number: CaseNumber;
  caseTitle: string;
  record: Id;
  text: string;
  type: string | null;
}

export const openingFindings = ["justified", "not-justified"] as const;
export type OpeningFinding = (typeof openingFindings)[number];

/** A case opened in an emergency by somebody who does not work on it. */
export interface Opening {
  id: Id;
  /** The title only to those who see the case. */
  case: { id: Id; number: CaseNumber; title: string | null };
  officer: Id;
  desk: Id;
  reason: string;
  openedAt: string;
  until: string;
  /** Before its time, by her own hand; null otherwise. */
  endedAt: string | null;
  review: { finding: OpeningFinding; text: string; by: Id; at: string } | null;
  /** What this reader may do with it. */
  may: ("end" | "review")[];
}
