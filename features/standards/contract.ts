// What others may know of the standards room: its refusals, and what it shows before a file is taken in or let out.
import { SimpulError, type Id } from "@simpul/model";
import type { Doubt } from "./htcds.ts";

export type StandardsCode = "NOT_FOUND" | "NOT_A_FILE" | "TOO_LARGE" | "DONE" | "SECOND_PERSON";
export const standardsRefusals: Readonly<Record<StandardsCode, 403 | 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  NOT_A_FILE: 422,
  TOO_LARGE: 413,
  DONE: 409,
  SECOND_PERSON: 403,
};
export class StandardsError extends SimpulError<StandardsCode> {}

/** A file as it would be taken in; nothing was kept yet. */
export interface FilePreview {
  records: {
    name: string;
    born: string | null;
    nationalities: string[];
    exploitation: string[];
    doubts: Doubt[];
    /** Pseudonym of somebody here who may be the same. */
    alike: string | null;
  }[];
  /** How often each doubt occurs. */
  doubts: { field: string; kind: Doubt["kind"]; times: number }[];
}

/** An export from its asking to the second person's word. */
export interface ExportView {
  id: Id;
  askedBy: string;
  /** By the hour. */
  at: string;
  state: "asked" | "let-out" | "dropped";
  /** Null to whom the desk is closed. */
  about: { people: string[]; recipient: string; reason: string; format: "json" | "csv" } | null;
  may: ("let-out" | "drop" | "fetch")[];
}
