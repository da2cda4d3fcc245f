// Reports that desks owe: by template, month or year, written from released figures, with text of a named officer; never a person.
import type { AgencyKind, Id } from "@simpul/model";

export const reportPeriods = ["month", "year"] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** What an officer writes herself; the first must say something before it leaves. */
export const reportTexts = ["summary", "difficulties", "next"] as const;
export type ReportText = (typeof reportTexts)[number];
export type ReportTexts = Record<ReportText, string>;

export const reportLimits = { text: 4000, versions: 200, yearsBack: 3 } as const;

export interface Template {
  /** E.g. `police-month`. */
  code: string;
  desk: AgencyKind;
  period: ReportPeriod;
  /** Days after the end of the period by which it is owed. */
  dueDays: number;
  /** Who says by when; `to-be-confirmed` where no rule was seen. */
  due: { standing: "seen" | "to-be-confirmed"; sources: string[] };
  figures: string[];
}
export interface Templates {
  version: string;
  templates: Template[];
}

/** One figure over the period, out of what this state released. */
export interface ReportFigure {
  figure: string;
  definition: number;
  /** Months of the period that were released, and those that were not. */
  months: string[];
  missing: string[];
  /** The whole over the months given; null when it was withheld in one of them. */
  whole: number | null;
  rows: { row: string; count: number | null }[];
}

export interface ReportVersion {
  version: number;
  figures: ReportFigure[];
  texts: ReportTexts;
  /** Null: written by itself. */
  by: Id | null;
  at: string;
  /** When and by whom it left the desk; null while it is a draft. */
  left: { by: Id; at: string; digest: string } | null;
}
/** A version with what it says otherwise than the one before. */
export interface ShownVersion extends ReportVersion {
  changes: Change[];
}

export interface ReportHead {
  id: Id;
  template: string;
  period: ReportPeriod;
  /** `2031-04` or `2031`. */
  of: string;
  dueOn: string;
  state: "draft" | "left" | "corrected";
  versions: number;
  /** Its day passed and it has not left. */
  overdue: boolean;
}
/** A draft after one that left: a correction under way. */
export interface ReportView extends ReportHead {
  desk: Id;
  due: Template["due"];
  /** Oldest first. */
  all: ShownVersion[];
  may: ("write" | "leave")[];
}

export type Change =
  | { kind: "text"; of: ReportText; before: string; after: string }
  | { kind: "figure"; of: string; before: number | null; after: number | null }
  | { kind: "row"; of: string; row: string; before: number | null; after: number | null };
