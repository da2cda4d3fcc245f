// What lies in a case, kind by kind: its table, the column of each field, and what a field takes.
import { Handling, holderRoles, Id, selectorTypes } from "@simpul/model";
import { z } from "zod";
import { CasesError, recordKinds, romanisations } from "./contract.ts";
import type { Fields, RecordKind } from "./contract.ts";
import { limits, parseWhen } from "./rules.ts";

const text = (most: number) =>
  z
    .string()
    .max(most)
    // Control characters (all but tab and line breaks) break logs, CSV and some readers.
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), "CONTROL_CHARACTER")
    .transform((value) => value.trim());
const line = (most: number) => text(most).pipe(z.string().min(1));
const maybe = (most: number) => text(most).default("");
const id = z.uuid().transform((value) => value.toLowerCase() as Id);
const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const country = z.string().regex(/^[A-Z]{2}$/);
const when = z.string().refine((value) => isWhen(value), "NOT_A_DATE");
const day = when.refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value), "NOT_A_DATE");

function isWhen(value: string): boolean {
  try {
    parseWhen(value);
    return true;
  } catch {
    return false;
  }
}

export const NameShape = z.object({
  text: line(200),
  language,
  romanised: line(200).optional(),
  how: z.enum(romanisations).optional(),
  alias: z.boolean().optional(),
});

export const PositionShape = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radius: z.number().int().min(1).max(2_000_000),
});

export const HandlingShape = z.unknown().transform((value, context) => {
  const shape = z.object({
    codes: z.array(z.enum(["H0", "H1", "H2", "H3"])).max(4),
    text: text(1000).optional(),
    conditions: z
      .object({
        recipients: z.array(line(60)).max(50).optional(),
        purposes: z.array(line(60)).max(20).optional(),
        notAfter: day.optional(),
        noAutomatedMatching: z.boolean().optional(),
        noPrint: z.boolean().optional(),
        victimSensitive: z.boolean().optional(),
        destroyAfter: day.optional(),
      })
      .optional(),
  });
  try {
    return Handling.parse(shape.parse(value) as Handling);
  } catch {
    context.addIssue({ code: "custom", message: "NOT_A_HANDLING_SET" });
    return z.NEVER;
  }
});

export const GradesShape = z.object({
  source: z.enum(["A", "B", "C", "X"]),
  information: z.enum(["1", "2", "3", "4"]),
});

export const SourceShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("item"),
    item: id,
    place: z
      .object({
        part: line(200).optional(),
        start: z.number().int().min(0).optional(),
        end: z.number().int().min(0).optional(),
      })
      .optional(),
  }),
  z.object({ kind: z.literal("note"), note: id }),
  z.object({ kind: z.literal("officer"), says: line(1000).optional() }),
]);

interface Field {
  column: string;
  json?: true;
  /** False for what makes the record what it is: remove it and add another. */
  fixed?: true;
  shape: z.ZodType;
}
export interface Kind {
  table: string;
  fields: Readonly<Record<string, Field>>;
  /** A new record as it is sent. */
  shape: z.ZodObject;
}

const kind = (table: string, fields: Record<string, Field>): Kind => ({
  table,
  fields,
  shape: z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.shape])),
  ),
});

const note: Field = { column: "note", shape: maybe(4000) };
const title: Field = { column: "title", shape: line(300) };

export const kinds: Readonly<Record<RecordKind, Kind>> = {
  subject: kind("case_subjects", {
    kind: { column: "kind", shape: z.enum(["person", "organisation"]).default("person") },
    role: { column: "role", shape: z.enum(holderRoles) },
    names: { column: "names", json: true, shape: z.array(NameShape).max(limits.names).default([]) },
    pseudonym: { column: "pseudonym", shape: line(40).nullable().default(null) },
    birth: { column: "birth", shape: when.nullable().default(null) },
    nationalities: {
      column: "nationalities",
      json: true,
      shape: z.array(country).max(limits.nationalities).default([]),
    },
    note,
  }),
  selector: kind("selector_occurrences", {
    type: { column: "type", fixed: true, shape: z.enum(selectorTypes) },
    written: { column: "written", fixed: true, shape: line(2048) },
    role: { column: "role", shape: z.enum(holderRoles) },
    subject: { column: "subject_id", shape: id.nullable().default(null) },
    note,
  }),
  place: kind("case_places", {
    names: { column: "names", json: true, shape: z.array(NameShape).min(1).max(limits.names) },
    kind: { column: "kind", shape: code },
    country: { column: "country", shape: country },
    province: { column: "province", shape: maybe(200) },
    position: { column: "position", json: true, shape: PositionShape.nullable().default(null) },
    note,
  }),
  event: kind("case_events", {
    kind: { column: "kind", shape: code },
    title,
    began: { column: "began", shape: when },
    ended: { column: "ended", shape: when.nullable().default(null) },
    place: { column: "place_id", shape: id.nullable().default(null) },
    subjects: { column: "subjects", json: true, shape: z.array(id).max(limits.subjectsOfEvent).default([]) },
    note,
  }),
  link: kind("case_links", {
    kind: { column: "kind", shape: code },
    from: { column: "from_id", fixed: true, shape: id },
    toKind: { column: "to_kind", fixed: true, shape: z.enum(["subject", "selector", "place"]) },
    to: { column: "to_id", fixed: true, shape: id },
    began: { column: "began", shape: when.nullable().default(null) },
    ended: { column: "ended", shape: when.nullable().default(null) },
    note,
  }),
  task: kind("case_tasks", {
    title,
    owner: { column: "owner_id", shape: id.nullable().default(null) },
    desk: { column: "desk_id", shape: id },
    due: { column: "due", shape: day.nullable().default(null) },
    state: { column: "state", shape: z.enum(["open", "done", "dropped"]).default("open") },
    note,
  }),
  note: kind("case_notes", {
    body: { column: "body", shape: line(20_000) },
    language: { column: "language", shape: language },
  }),
  decision: kind("case_decisions", {
    title,
    reason: { column: "reason", shape: line(4000) },
    decidedBy: { column: "decided_by", shape: id },
    decidedOn: { column: "decided_on", shape: day },
  }),
};

/** The fields of the case itself that are edited like those of its records. */
export const caseFields: Readonly<Record<string, Field>> = {
  title,
  summary: { column: "summary", shape: maybe(20_000) },
  summaryLanguage: { column: "summary_language", shape: language.nullable() },
  crimeType: { column: "crime_type", shape: code },
  covert: { column: "covert", shape: z.boolean() },
};

/** What every record carries: graded and marked like a field, each regrade a new version (EV-1, HC-5). */
export const keptFields: Readonly<Record<string, Field>> = {
  handling: { column: "handling", json: true, shape: HandlingShape },
  evaluation: { column: "evaluation", json: true, shape: GradesShape },
};

/** A new record's fields as sent, before its parts are looked up in the case. */
export type NewFields = {
  [K in RecordKind]: K extends "selector"
    ? Pick<Fields[K], "type" | "written" | "role" | "subject" | "note">
    : Fields[K];
};

/** Reads `subject`, `selector`, …; throws `NOT_FOUND`, for it names a path. */
export function parseKind(value: string): RecordKind {
  const found = recordKinds.find((one) => one === value);
  if (found) return found;
  throw new CasesError("NOT_FOUND", value.slice(0, 40));
}
