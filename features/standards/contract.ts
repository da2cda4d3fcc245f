// What others may know of the standards room: its refusals, and what it shows before a file is taken in or let out.
import { SimpulError, type Id } from "@simpul/model";
import type { Doubt } from "./htcds.ts";

export type StandardsCode = "NOT_A_FILE" | "TOO_LARGE" | "SETTLED";
export const standardsRefusals: Readonly<Record<StandardsCode, 409 | 413 | 422>> = {
  NOT_A_FILE: 422,
  TOO_LARGE: 413,
  /** It was decided meanwhile. */
  SETTLED: 409,
};
export class StandardsError extends SimpulError<StandardsCode | "NOT_FOUND"> {}

/** What of an account is shown in words before it is taken in. */
export const coded = ["exploitation", "forcedTo", "control", "recruitment"] as const;
export type Coded = (typeof coded)[number];

/** A file as it would be taken in; nothing was kept yet. */
export interface FilePreview {
  records: {
    name: string;
    born: string | null;
    nationalities: string[];
    /** In the standard's codes and our extension's; the page has words for them. */
    said: Record<Coded, string[]>;
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
  at: string;
  state: "asked" | "let-out" | "dropped";
  about: { people: string[]; recipient: string; reason: string; format: "json" | "csv" };
  may: ("let-out" | "drop" | "fetch")[];
}
