// What the region's picture is made of: tables of counts, each published by one state, and what they come to together.
import type { NodeCode } from "@simpul/model";
import type { Protection } from "./protect/release.ts";

export interface Published {
  state: NodeCode;
  /** Its code, e.g. `targets-by-outcome`. */
  figure: string;
  /** Version of the definition by which it was counted. */
  definition: number;
  /** `2031-04`. */
  month: string;
  rows: string[];
  columns: string[];
  /** Counts with their sums: the last row, the last column, and the whole in the corner. Null is withheld. */
  cells: (number | null)[][];
  protection: Protection;
}

/** What one cell comes to in the region. */
export interface Together {
  /** What the states published of it, added up. */
  known: number;
  /** States that withheld theirs: the true number is higher by what they know. */
  withheld: NodeCode[];
}

/** One figure by one definition; another definition is another picture, and stands beside it. */
export interface RegionFigure {
  figure: string;
  definition: number;
  months: string[];
  states: NodeCode[];
  rows: string[];
  columns: string[];
  /** With their sums like a published table. */
  cells: Together[][];
}
