// What the region's picture is made of: figures and their definitions, tables of counts that states published, and reading them.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { Protection } from "./protect/release.ts";

export * from "./contract/areas.ts";
export * from "./contract/figures.ts";
export * from "./contract/labels.ts";
export * from "./contract/sure.ts";
export { join } from "./join.ts";

/** A table as it travels and stands: exactly this, signed by its state. */
export interface Published {
  state: NodeCode;
  /** Its code, e.g. `cases-opened`. */
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

/** A published table with its place among those of its state, figure, definition and month. */
export interface Release extends Published {
  id: Id;
  /** 1, or higher where it corrects an earlier one. */
  number: number;
  /** When its state released it, ISO instant. */
  at: string;
  /** When a later one took its place, or its state called it back; null while it stands. */
  endedAt: string | null;
  /** Why it was corrected or called back; empty while it stands. */
  reason: string;
}

/** Which releases are asked for. */
export interface AskReleases {
  figures?: readonly string[] | undefined;
  /** First and last month, `2031-04`. */
  from: string;
  until: string;
  /** This state's alone; every state's otherwise. */
  state?: NodeCode | undefined;
  /** With those that no longer stand. */
  earlier?: boolean | undefined;
}

/** How others read the picture; `join` adds up what it gives. */
export interface PictureRead {
  /**
   * Releases of this node and of every state that takes part, oldest month first, of one month by figure, state and
   * number. Every signed-in officer may read them; the caller notes that it read. At most 20,000 tables.
   */
  releases(db: Pick<Reader | Writer, "rows">, ask: AskReleases): Promise<Release[]>;
  /** States whose releases are here, with the last month each published; this node among them once it released. */
  takingPart(db: Pick<Reader | Writer, "rows">): Promise<{ state: NodeCode; last: string }[]>;
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

export * from "./contract/counting.ts";
export * from "./contract/work.ts";
