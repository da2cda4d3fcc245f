// Tables that others published, as they were: who published them, every row with its footnote, and where sources contradict each other.
import type { Id, NodeCode } from "@simpul/model";

/** What a row of such a table counts; what none of these says is not taken in. */
export const measures = ["cases", "victims", "suspects", "arrested", "prosecuted", "convicted"] as const;
export type Measure = (typeof measures)[number];

export const publishedLimits = {
  bytes: 4 * 1024 * 1024,
  rows: 20_000,
  tables: 300,
  largest: 100_000_000,
} as const;

/** Where files come in as bytes; their size is limited there. */
export const tablePaths: ReadonlySet<string> = new Set([
  "/api/follow-up/tables",
  "/api/follow-up/tables/read",
]);

/** Said by the officer who takes it in. */
export interface AskTable {
  /** As it stands beside its numbers, e.g. `UNODC GLOTIP`. */
  publisher: string;
  title: string;
  /** The day it was published; null when it does not say. */
  publishedOn: string | null;
  address: string;
  licence: string;
}

export interface PublishedRow {
  /** The row of its sheet, counted from 1 as people see it. */
  row: number;
  sheet: string;
  state: NodeCode;
  year: number;
  measure: Measure;
  /** What of them, as the table says it, e.g. `Female · Forced labour`; empty for all. */
  part: string;
  /** As it stands there: `<5`, `1,233 (a)`, `–`. */
  written: string;
  /** Null where it gives no number. */
  count: number | null;
  /** `<5` says fewer than 5; null where it says a number, or none. */
  below: number | null;
  note: string;
}

export interface ReadTable {
  rows: PublishedRow[];
  /** Rows about states that are not of the region. */
  elsewhere: number;
  /** Places that stand more than once, and how many of them with different numbers. */
  twice: number;
  contradictory: number;
}

export interface TableHead extends AskTable {
  id: Id;
  fileName: string;
  digest: string;
  rows: number;
  by: Id;
  at: string;
  withdrawn: { by: Id; at: string; reason: string } | null;
}
export interface TableView extends TableHead {
  shown: PublishedRow[];
}

/** One number of one source. */
export interface Said extends Pick<PublishedRow, "written" | "count" | "below" | "note" | "row" | "sheet"> {
  table: Id;
  publisher: string;
  publishedOn: string | null;
  /** Set where the state's own released figures say it, in place of a table. */
  released?: OwnFigure;
}

/** A year out of the months that a state released in the room Picture. */
export interface OwnFigure {
  /** Its code, e.g. `cases-opened`. */
  figure: string;
  /** Months of the year that were released and not withheld; a number stands only where it is all twelve. */
  months: number;
  /** By how much noise and rounding move the number in 19 of 20 draws. */
  off: number;
}

/** `none`: no number is given. `one`: a single one. `agree`, `differ`: of several. `itself`: one source gives two numbers for the same thing. */
export const comparisons = ["none", "one", "agree", "differ", "itself"] as const;
export type Comparison = (typeof comparisons)[number];

/** What sources say of one thing, side by side; never a mean. */
export interface SideBySide {
  state: NodeCode;
  year: number;
  measure: Measure;
  part: string;
  said: Said[];
  comparison: Comparison;
  /** The lowest and the highest number given; null where fewer than two are. */
  from: number | null;
  to: number | null;
}
