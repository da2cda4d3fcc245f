// What each state's law does when a reviewed person is a victim: versioned data that the parties confirm or change (VIC-2).
import { readFileSync } from "node:fs";
import type { NodeCode } from "@simpul/model";
import { z } from "zod";
import { effects, liabilityOf, type LawSays, type ReviewKind } from "./contract.ts";

const effect = z.strictObject({ own: z.enum(effects), other: z.enum(effects) });
const words = z.string().min(3).max(500);
const Clause = z.strictObject({
  criminal: effect,
  administrative: effect,
  basis: words,
  source: words,
  standing: z.enum(["confirmed", "to-be-confirmed"]),
});
const Shape = z.strictObject({
  version: z.string().min(1).max(40),
  source: z.string().max(1000),
  /** For how long every review is pending, whatever is found and whenever. */
  pendingHours: z.number().int().min(1).max(720),
  /** So long before its end the victim desk is told that nothing was compared yet. */
  escalateHours: z.number().int().min(1).max(720),
  lookBackYears: z.number().int().min(1).max(50),
  usual: Clause,
  states: z.record(z.string().regex(/^[a-z]{2}$/), Clause.partial()),
});
export type Law = z.infer<typeof Shape>;

/** Reads the law as it ships, or the file that a node was given in its place. */
export const readLaw = (file = new URL("law.json", import.meta.url)): Law =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));

/** A state that names nothing of its own has what is usual. */
export function lawOf(law: Law, state: NodeCode, kind: ReviewKind): LawSays {
  const clause = { ...law.usual, ...law.states[state] };
  const liability = liabilityOf[kind];
  const { basis, source, standing } = clause;
  return { liability, ...clause[liability], basis, source, standing, pendingHours: law.pendingHours };
}
