// What the desks that count and let figures go see: tables that wait, their warnings, the budget, what peers said; and refusals.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";
import type { Published } from "../contract.ts";
import type { Unit } from "./figures.ts";

export type PictureCode =
  | "BUDGET_SPENT"
  | "MONTH_NOT_OVER"
  | "MONTH_TOO_OLD"
  | "COUNTED_ALREADY"
  | "NOT_COUNTED_SO"
  | "NOTHING_TO_RELEASE"
  | "CHANGED_MEANWHILE";
export const pictureRefusals: Readonly<Record<PictureCode, 409 | 422>> = {
  /** Another draw of noise would tell more of one person than the states agreed on. */
  BUDGET_SPENT: 409,
  MONTH_NOT_OVER: 422,
  /** Longer ago than what is counted. */
  MONTH_TOO_OLD: 422,
  COUNTED_ALREADY: 409,
  /** In that month no definition of this figure was in force, or another one. */
  NOT_COUNTED_SO: 422,
  NOTHING_TO_RELEASE: 409,
  CHANGED_MEANWHILE: 409,
};
export class PictureError extends SimpulError<PictureCode | "NOT_FOUND"> {}

/** What somebody should think of before she lets a table go. */
export const warnings = [
  "all-withheld",
  "much-withheld",
  "budget-low",
  "correction",
  "much-higher",
  "much-lower",
] as const;
export type Warning = (typeof warnings)[number];

/** A protected table that waits. */
export interface Draft {
  id: Id;
  number: number;
  published: Published;
  withheld: number;
  /** Thousandths of epsilon. */
  spent: number;
  byDesk: boolean;
  madeAt: string;
  reason: string;
  proposal: Id | null;
  warnings: Warning[];
}

export interface Proposal {
  id: Id;
  month: string;
  by: Id;
  byName: string;
  at: string;
  drafts: Id[];
  /** She may let it go, or send it back. */
  mayRelease: boolean;
}

/** What one person has been exposed to at most, by unit, in thousandths of epsilon. */
export interface Budget {
  unit: Unit;
  spent: number;
  limit: number;
}

/** One of ours that left, and what peers said. */
export interface Left {
  id: Id;
  figure: string;
  definition: number;
  month: string;
  number: number;
  at: string;
  endedAt: string | null;
  reason: string;
  proposedBy: string;
  releasedBy: string;
  told: { peer: NodeCode; state: "waiting" | "taken" | "refused"; code: string | null }[];
}

export interface WorkView {
  /** The last month that is over. */
  month: string;
  drafts: Draft[];
  proposals: Proposal[];
  budget: Budget[];
  /** The newest 200. */
  left: Left[];
  /** Figures of the last month that nobody counted yet; those of the victim desk apart. */
  missing: string[];
  waitsForDesk: string[];
}

/** What the victim desk sees: which months it handed over. */
export interface DeskView {
  month: string;
  /** Figures of that month that it has not handed over. */
  missing: string[];
  handed: { figure: string; month: string; at: string; withheld: number }[];
}

/** The newest of each figure, for the list from which one is picked. */
export interface FigureHead {
  figure: string;
  definition: number;
  month: string;
  states: NodeCode[];
  known: number;
  withheld: NodeCode[];
}

export interface Overview {
  states: { state: NodeCode; last: string; tables: number }[];
  /** First and last month of which anything was published; null while nothing was. */
  months: { from: string; until: string } | null;
  heads: FigureHead[];
  may: ("work" | "hand-over")[];
}
