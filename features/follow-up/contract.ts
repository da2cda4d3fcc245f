// What is followed up: the points that leaders agreed with the figures that show them, and what desks owe. Nothing is ticked by hand.
import { SimpulError, type AgencyKind, type NodeCode } from "@simpul/model";
import type { GapKind } from "../charges/contract.ts";

export * from "./contract/published.ts";
export * from "./contract/reports.ts";

/** `to-be-confirmed`: nothing of it was seen in a source. */
export const pointStandings = ["seen", "to-be-confirmed"] as const;

export interface PointOf {
  /** Its number with us; where the adopted text counts otherwise, the text counts. */
  number: number;
  standing: (typeof pointStandings)[number];
  /** Addresses where it was read. */
  sources: string[];
  /** Codes of the figures that show it. */
  figures: string[];
}
export interface LineOf {
  code: string;
  standing: (typeof pointStandings)[number];
  sources: string[];
  figures: string[];
}

export interface Declaration {
  version: string;
  points: PointOf[];
  /** Where it was read how many points the adopted text has. */
  countedIn: string;
  workPlan: LineOf[];
  /** By figure, the kind of desk that owes it. */
  owedBy: Record<string, AgencyKind>;
}

/** One figure of one state in one month, as it was released: the whole, never its parts. */
export interface FigureMonth {
  state: NodeCode;
  figure: string;
  definition: number;
  /** `2031-04`. */
  month: string;
  /** Null when the state withheld it. */
  count: number | null;
  /** By how much it may be off, either way, in nineteen of twenty cases. */
  within: number;
  /** When it was released. */
  at: string;
}

export const trends = ["up", "down", "level", "unclear"] as const;
/** `unclear`: fewer than two months, or a month withheld. `level`: no more than the figures may be off. */
export type Trend = (typeof trends)[number];

export interface FigureLine {
  code: string;
  definition: number;
  desk: AgencyKind | null;
  /** Oldest first; null where nobody gave it, or it was withheld. */
  months: { month: string; count: number | null }[];
  trend: Trend;
  /** The last month that somebody gave, and when; null while there is none. */
  last: { month: string; at: string } | null;
  gave: NodeCode[];
  withheld: NodeCode[];
  missing: NodeCode[];
}

/** `none`: no figure yet. `some`: a figure or a state is missing. `whole`: every figure by every state asked for. */
export const pointStates = ["no-text", "none", "some", "whole"] as const;
export type PointState = (typeof pointStates)[number];

export interface PointLine {
  /** Its number, or the code of a line of the work plan. */
  key: string;
  standing: PointOf["standing"];
  sources: string[];
  state: PointState;
  figures: FigureLine[];
  last: string | null;
}

export interface BoardView {
  version: string;
  countedIn: string;
  /** The states it is about: one, or the region. */
  states: NodeCode[];
  months: string[];
  points: PointLine[];
  workPlan: PointLine[];
}

/** How often the law of a state stopped a step in one way, month by month, oldest first. */
export interface GapLine {
  state: NodeCode;
  kind: GapKind;
  count: number;
  months: { month: string; count: number }[];
}

export type FollowUpCode =
  | "NOT_FOUND"
  | "NOT_A_TABLE"
  | "TABLE_COLUMNS"
  | "TABLE_ROW"
  | "TABLE_EMPTY"
  | "TABLE_TOO_LARGE"
  | "TABLE_ALREADY"
  | "TABLE_WITHDRAWN"
  | "REPORT_PERIOD"
  | "REPORT_ALREADY"
  | "REPORT_LEFT"
  | "REPORT_CHANGED"
  | "REPORT_UNCHANGED"
  | "REPORT_TEXT_MISSING"
  | "REPORT_NAMES_SOMEBODY"
  | "LIMIT_REACHED";
/** `facts` travel to the page: the row and column of a table, the section of a report. */
export class FollowUpError extends SimpulError<FollowUpCode> {
  readonly facts: Record<string, string | number>;
  constructor(code: FollowUpCode, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(code, Object.values(facts).join(" "), cause);
    this.facts = facts;
  }
}
export const followUpRefusals: Readonly<Record<FollowUpCode, 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  NOT_A_TABLE: 422,
  TABLE_COLUMNS: 422,
  TABLE_ROW: 422,
  TABLE_EMPTY: 422,
  TABLE_TOO_LARGE: 413,
  TABLE_ALREADY: 409,
  TABLE_WITHDRAWN: 409,
  REPORT_PERIOD: 422,
  REPORT_ALREADY: 409,
  REPORT_LEFT: 409,
  REPORT_CHANGED: 409,
  REPORT_UNCHANGED: 409,
  REPORT_TEXT_MISSING: 422,
  REPORT_NAMES_SOMEBODY: 422,
  LIMIT_REACHED: 422,
};
