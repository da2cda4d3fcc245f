// The fields of HTCDS 2.0 and of our extension as data: what each holds, and where it goes or why it goes nowhere.
import { readFileSync } from "node:fs";
import { z } from "zod";

const FieldShape = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum(["text", "date", "number", "yes-no", "one", "many"]),
  values: z.array(z.string()).optional(),
  codes: z.enum(["iso-639-2", "iso-3166"]).optional(),
  /** Names under which the toolkit's form writes the same field. */
  also: z.array(z.string()).optional(),
  core: z.literal(true).optional(),
  deprecated: z.literal(true).optional(),
  /** `mapped`: read and written. `carried`: kept sealed as it came and given back. `left-out`: never taken in. */
  as: z.enum(["mapped", "carried", "left-out"]),
  to: z.string().optional(),
  why: z.string().optional(),
  note: z.string().optional(),
});
export type Field = z.infer<typeof FieldShape>;

const read = <Shape extends z.ZodType>(name: string, shape: Shape): z.infer<Shape> =>
  shape.parse(JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")));

const standard = read(
  "htcds-fields.json",
  z.strictObject({
    version: z.string(),
    standard: z.string(),
    source: z.string(),
    fields: z.array(FieldShape),
  }),
);
export const extension = read(
  "forced-criminality.json",
  z.strictObject({
    version: z.string(),
    name: z.string(),
    extends: z.string(),
    source: z.string(),
    licence: z.string(),
    values: z.record(z.string(), z.array(z.string())),
    fields: z.array(FieldShape),
  }),
);
export const htcdsSource = standard.source;

/** All fields in the order of the standard, the extension's values and fields behind it. */
export const fields: readonly Field[] = [
  ...standard.fields.map((field) => {
    const more = extension.values[field.name];
    return more === undefined ? field : { ...field, values: [...(field.values ?? []), ...more] };
  }),
  ...extension.fields,
];
const byName = new Map<string, Field>(
  fields.flatMap((field) => [field.name, ...(field.also ?? [])].map((name) => [name, field] as const)),
);
/** The field of that name, or of a name that the toolkit's form gives it. */
export const fieldOf = (name: string): Field | null => byName.get(name) ?? null;

/** Fields that repeat lie in lists of their own: events, comments, plans. */
export const groups = { hte: "hte_", cco: "cco_", spl: "spl_" } as const;
export type Group = keyof typeof groups;
export const groupOf = (name: string): Group | null =>
  (Object.keys(groups) as Group[]).find((one) => name.startsWith(groups[one])) ?? null;
