// A table that a state published, as another state takes it in: exactly this, and nothing that cannot be true of people.
import { aNodeCode, clean } from "@simpul/doors/http";
import { z } from "zod";
import { axes, definitionOf, definitions, type Definition, type Published } from "./contract.ts";
import { tableLimits } from "./protect/table.ts";

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);
/** So large that nothing true is outside, negative ones too: what cannot be is refused by its own name. */
const cell = z.int().min(-1e12).max(1e12).nullable();
const labels = (most: number) =>
  z
    .array(clean(80).trim().min(1))
    .min(1)
    .max(most)
    .refine((all) => new Set(all).size === all.length, "TWICE");

/** Its form, whatever it says. */
export const PublishedForm = z.strictObject({
  state: aNodeCode,
  figure: code,
  /** Of the definition by which it was counted. */
  definition: z.int().min(1).max(9999),
  month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
  rows: labels(tableLimits.rows),
  columns: labels(tableLimits.columns),
  cells: z.array(z.array(cell).max(tableLimits.columns + 1)).max(tableLimits.rows + 1),
  protection: z.strictObject({
    threshold: z.int().min(0).max(1000),
    base: z.int().min(1).max(100),
    epsilon: z.strictObject({ of: z.int().min(1).max(1000), outOf: z.int().min(1).max(1000) }).nullable(),
  }),
});

/** The same, refused where it says what cannot be. */
export const PublishedShape = PublishedForm.superRefine((table, check) => {
  const fault = faultOf(table);
  if (fault !== null) check.addIssue({ code: "custom", path: ["cells"], message: fault });
});

/** Why a table of another state is not taken in; told to it by this very code. */
export const tableFaults = [
  "COUNTS_IMPOSSIBLE",
  "UNKNOWN_DEFINITION",
  "CONTRADICTED",
  "MONTH_NOT_OVER",
] as const;
export type TableFault = (typeof tableFaults)[number];

/** What is wrong with a table by the agreed definitions, on a day; null when nothing is. */
export function refusalOf(
  table: Published,
  now: Date,
  agreed: readonly Definition[] = definitions,
): TableFault | null {
  const definition = definitionOf(table.figure, table.definition, agreed);
  if (
    definition === null ||
    table.month < definition.from ||
    (definition.until !== null && table.month > definition.until) ||
    table.rows.join() !== axes[definition.rows].join() ||
    table.columns.join() !== axes[definition.columns].join() ||
    // A state that protects persons less than agreed is not believed to have meant it.
    (definition.protects === "persons" && table.protection.epsilon === null)
  )
    return "UNKNOWN_DEFINITION";
  if (table.month >= now.toISOString().slice(0, 7)) return "MONTH_NOT_OVER";
  return faultOf(table) === null ? null : "COUNTS_IMPOSSIBLE";
}

/** What cannot be true of this table by its own words; null when nothing is. */
function faultOf({ rows, columns, cells, protection }: Omit<Published, "state">): string | null {
  if (cells.length !== rows.length + 1 || cells.some((row) => row.length !== columns.length + 1))
    return "SIZE";
  for (const count of cells.flat()) {
    if (count === null) continue;
    if (count < 0 || count > tableLimits.count) return "NOT_A_COUNT";
    if (count % protection.base !== 0) return "NOT_ROUNDED";
    // A count of the threshold itself may have been rounded down by less than a step.
    if (count <= protection.threshold - protection.base) return "UNDER_THRESHOLD";
  }
  const lines = [...cells, ...cells[0]!.map((_, column) => cells.map((row) => row[column]!))];
  for (const line of lines) {
    const parts = line.slice(0, -1);
    const sum = line.at(-1) ?? null;
    const known = parts.reduce<number>((all, count) => all + (count ?? 0), 0);
    if (sum !== null && (known > sum || (known < sum && !parts.includes(null)))) return "SUM";
  }
  return null;
}
