// Periods, risks, documents and who acts for a state without an embassy: configuration with its sources (VIC-5).
import { readFileSync } from "node:fs";
import { z } from "zod";

const code = z.string().regex(/^[a-z-]{1,60}$/);
const sourced = { source: z.string().min(1).max(300), confirmed: z.boolean() };
const Period = z.strictObject({ days: z.number().int().min(1).max(3650), ...sourced });
const Acts = z.strictObject({ acts: code, ...sourced });
const Terms = z.strictObject({
  version: z.string().min(1).max(40),
  source: z.string().min(1).max(300),
  reflection: z.record(z.string().max(10), Period),
  followUpDays: z.strictObject({
    days: z.array(z.number().int().min(1).max(3650)).min(1).max(10),
    ...sourced,
  }),
  risks: z.array(code).min(1).max(40),
  documents: z.array(code).min(1).max(20),
  represented: z.strictObject({
    default: Acts,
    stateless: Acts,
    states: z.record(z.string().regex(/^[A-Z]{2}$/), Acts),
  }),
});
export type ReturnTerms = z.infer<typeof Terms>;

/** Reads what ships with Simpul, or what a node was given in its place. Throws on a gap. */
export const readReturnTerms = (file = new URL("returns.json", import.meta.url)): ReturnTerms =>
  Terms.parse(JSON.parse(readFileSync(file, "utf8")));
