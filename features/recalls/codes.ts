// The versioned lists of this room: why something is called back, what a holder may say against it, until when.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { recallKinds, RecallsError, type Codes } from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const hours = z.number().int().min(1).max(8760);
const Lists = z.object({
  version: z.string().min(1).max(40),
  reasons: z
    .array(z.object({ code, kinds: z.array(z.enum(recallKinds)).min(1), safety: z.boolean() }))
    .min(1)
    .max(100),
  answers: z
    .array(z.object({ code, outcome: z.enum(["partly", "refused"]) }))
    .min(1)
    .max(50),
  hours: z.object({ safety: hours, other: hours, grade: hours }),
  gradeReason: code,
});

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export const readRecallCodes = (file = new URL("recall-codes.json", import.meta.url)): Codes =>
  Lists.parse(JSON.parse(readFileSync(file, "utf8")));

/** Throws `NOT_A_LISTED_CODE` unless `value` is in the list in force. */
export function requireListed(field: string, of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new RecallsError("NOT_A_LISTED_CODE", { field, value: value.slice(0, 60) });
}
