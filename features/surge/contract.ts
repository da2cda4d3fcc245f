// What others may see of a surge: lists of many people, wristbands, queues, lists for embassies; its refusals.
import { SimpulError, type Id } from "@simpul/model";
import type { RowIssue } from "./issues.ts";

export type SurgeCode =
  | "NOT_FOUND"
  | "NO_DESK_KEY"
  | "NOT_A_LIST"
  | "LIST_UNREADABLE"
  | "LIST_LOCKED"
  | "NO_NAMES_IN_IT"
  | "LIST_TOO_LONG"
  | "NOBODY_WAITS"
  | "NOT_YOURS"
  | "ALREADY_DECIDED"
  | "OWN_LIST"
  | "NOTHING_TO_TELL"
  | "PAIRS_UNDECIDED";

export const surgeRefusals: Readonly<Record<SurgeCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NO_DESK_KEY: 409,
  NOT_A_LIST: 422,
  LIST_UNREADABLE: 422,
  LIST_LOCKED: 422,
  NO_NAMES_IN_IT: 422,
  LIST_TOO_LONG: 422,
  NOBODY_WAITS: 409,
  NOT_YOURS: 409,
  ALREADY_DECIDED: 409,
  OWN_LIST: 403,
  NOTHING_TO_TELL: 409,
  /** Two on it may be one person: an embassy is told of each once. */
  PAIRS_UNDECIDED: 409,
};

export { rowIssues } from "./issues.ts";
export type { RowIssue } from "./issues.ts";
export type { PairSide, PairView } from "./duplicates.ts";
export type { Paper, StateLine } from "./papers.ts";
export type { Board, InHand } from "./queue.ts";
export type { SheetLine } from "./wearers.ts";
export { surgeKinds } from "./kinds.ts";
/** Doors that take a file as it is; each has a limit of its own. */
export const surgePaths: ReadonlySet<string> = new Set(["/api/surge/read", "/api/surge/lists"]);

export class SurgeError extends SimpulError<SurgeCode> {}

/** A total that a list states, against what its rows add up to. */
export interface Total {
  /** `all`, `female`, `male`, `stateless`, or a state's code. */
  of: string;
  stated: number;
  counted: number;
  /** Where on the list it stands: sheet and row, as people see them. */
  at: string;
}

export interface ListLine {
  id: Id;
  name: string;
  rows: number;
  /** Rows that are people by now. */
  done: number;
  state: "coming" | "paused" | "done";
  at: string;
  by: string;
  /** Stated totals that do not fit. */
  contradictions: number;
}

export interface ListRow {
  row: number;
  person: Id | null;
  pseudonym: string | null;
  name: string;
  nationality: string | null;
  born: string;
  issues: RowIssue[];
}

export interface ListView extends ListLine {
  totals: Total[];
  /** Stated states do not add up to the stated whole. */
  statesAddUpTo: number | null;
  issues: Partial<Record<RowIssue, number>>;
  columns: Record<string, string>;
  people: ListRow[];
}

/** What the reader of files gives; the server passes it in. */
export type ReadSheets = (name: string, bytes: Uint8Array) => Promise<{ name: string; rows: string[][] }[]>;
/** Burmese in the old font encoding; the server passes it in. */
export interface Zawgyi {
  likelihood(text: string): number;
  toUnicode(text: string): string;
}
