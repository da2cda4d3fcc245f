// What is made of a file: its parts, what was noticed, and why it could not be read.
import { SimpulError } from "@simpul/model";
import type { Id } from "@simpul/model";

/** Why a file could not be read; it stays sealed evidence all the same. */
export const readingRefusals = [
  "TORN",
  "TOO_LARGE_TO_READ",
  "MISLABELLED",
  "ZIP_BOMB",
  "PASSWORD_PROTECTED",
  "NOTHING_IN_IT",
  "NOT_A_KNOWN_KIND",
  "NOT_TEXT",
  "TOO_SLOW",
  "TOO_MUCH_MEMORY",
  "READER_FAILED",
] as const;
export type ReadingRefusal = (typeof readingRefusals)[number];

export class ReadingError extends SimpulError<ReadingRefusal> {
  readonly facts: Record<string, string | number>;
  constructor(code: ReadingRefusal, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts), cause);
    this.facts = facts;
  }
}

export const readingKinds = [
  "whatsapp",
  "telegram",
  "line",
  "mail",
  "table",
  "json-lines",
  "json",
  "text",
  "pdf",
  "image",
  "page",
  "web-archive",
  "archive",
] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** Something the reader had to decide or leave out; shown above the text. */
export interface ReadingWarning {
  code:
    | "GUESSED_ENCODING"
    | "DAMAGED_TEXT"
    | "ZAWGYI_CONVERTED"
    | "ROWS_UNEVEN"
    | "LINES_NOT_JSON"
    | "NO_TEXT_IN_PAGES"
    | "ATTACHMENT_NOT_READ"
    | "PART_SPLIT"
    | "TIMES_WITHOUT_ZONE"
    | "DAY_OR_MONTH_FIRST"
    | "FIELDS_REMOVED"
    | "CUT_OFF";
  facts?: Record<string, string | number>;
}

export const partKinds = ["message", "page", "row", "text", "field", "note"] as const;
export type PartKind = (typeof partKinds)[number];

/** One message, page, row or paragraph; `start` and `end` count UTF-16 units in the text of the whole reading. */
export interface Part {
  number: number;
  kind: PartKind;
  /** Where it stood: `Sheet1 5`, `page 3`, an address, the name of an attachment. */
  label?: string;
  /** As written: with a zone when the file has one, else local time of the phone. */
  at?: string;
  sender?: string;
  text: string;
  start: number;
  end: number;
}

/** Readings are kept and fetched in segments, so that a chat of 200 MB opens like one of two lines. */
export interface SegmentPlace {
  number: number;
  firstPart: number;
  parts: number;
  /** Place in the plain bytes of the derived file. */
  offset: number;
  length: number;
}

export interface Reading {
  item: Id;
  state: "waiting" | "reading" | "ready" | "refused";
  kind: ReadingKind | null;
  encoding: string | null;
  parts: number;
  characters: number;
  /** Between 0 and 1 while it is being read. */
  progress: number;
  refusal: { code: ReadingRefusal; facts: Record<string, string | number> } | null;
  warnings: ReadingWarning[];
  segments: number;
  detection: "waiting" | "done";
}
