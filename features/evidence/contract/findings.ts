// What was found in an item, and what an officer decided about it.
import type { HolderRole, Id, SelectorType } from "@simpul/model";

export const findingStates = ["candidate", "confirmed", "corrected", "rejected"] as const;
export type FindingState = (typeof findingStates)[number];

/** Something that may be a selector, where it stands, and what an officer decided about it. */
export interface Finding {
  id: Id;
  item: Id;
  part: number;
  /** Within the part's text; both 0 where it stands in who sent the part, once for each sender. */
  start: number;
  end: number;
  type: SelectorType;
  written: string;
  canonical: string;
  profile: string;
  valid: boolean;
  /** Why it is not valid, or what is doubtful about it; a code. */
  doubt: string | null;
  state: FindingState;
  role: HolderRole | null;
  decidedBy: Id | null;
  decidedAt: string | null;
}

/** One value of an item, wherever it stands in it; the finding is its first place. */
export interface FindingGroup extends Finding {
  times: number;
  /** Its places were decided alike when there is one. */
  states: FindingState[];
  roles: HolderRole[];
}

/** Which values of an item are asked for. */
export const findingStages = ["open", "decided"] as const;
export type FindingStage = (typeof findingStages)[number];

/** A page of values, and how many there are of each stage. */
export interface FoundValues {
  findings: FindingGroup[];
  total: number;
  open: number;
  decided: number;
}

/** One place of a value in its item. */
export type FindingPlace = Pick<Finding, "id" | "part" | "start" | "end" | "state">;

export const decisions = ["confirm", "correct", "reject", "reopen"] as const;
export type DecisionKind = (typeof decisions)[number];

export interface AskDecide {
  findings: Id[];
  decision: DecisionKind;
  role?: HolderRole;
  /** With `correct`: what it really is. */
  correction?: { type: SelectorType; value: string };
  /** Decide every finding of this item with the same value at once. */
  alike?: boolean;
}
