// The lists of hand-overs, read from a file that the parties can change without a release.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { HandOversError, type Codes } from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const CodesShape = z.strictObject({
  version: z.string().min(1).max(40),
  standing: z.enum(["target", "agreed"]),
  workingDays: z.number().int().min(1).max(60),
  reasons: z.array(code).min(1).max(30),
  legalBases: z.array(code).min(1).max(30),
  grounds: z.array(code).min(1).max(30),
});

/** Throws at start where the file does not say what it must. */
export const readHandOverCodes = (file = new URL("hand-over-codes.json", import.meta.url)): Codes =>
  CodesShape.parse(JSON.parse(readFileSync(file, "utf8")));

/** Throws `NOT_A_LISTED_CODE` with the field. */
export function requireListed(field: string, list: readonly string[], value: string): string {
  if (!list.includes(value)) throw new HandOversError("NOT_A_LISTED_CODE", { field });
  return value;
}
