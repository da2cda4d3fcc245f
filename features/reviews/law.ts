// What each state's law does when a reviewed person is a victim: versioned data that the parties confirm or change (VIC-2).
import { readFileSync } from "node:fs";
import type { NodeCode } from "@simpul/model";
import { z } from "zod";
import { effects, liabilityOf, type LawSays, type ReviewKind } from "./contract.ts";

const effect = z.strictObject({ own: z.enum(effects), other: z.enum(effects) });
const words = z.string().min(3).max(500);
const clause = {
  criminal: effect,
  administrative: effect,
  basis: words,
  source: words,
  standing: z.enum(["confirmed", "to-be-confirmed"]),
};
/** What a state does not name is as usual. */
const own = {
  criminal: clause.criminal.exactOptional(),
  administrative: clause.administrative.exactOptional(),
  basis: clause.basis.exactOptional(),
  source: clause.source.exactOptional(),
  standing: clause.standing.exactOptional(),
};
const Shape = z.strictObject({
  version: z.string().min(1).max(40),
  source: z.string().max(1000),
  /** For how long every review is pending, whatever is found and whenever. */
  pendingHours: z.number().int().min(1).max(720),
  /** So long before its end the victim desk is told that nothing was compared yet. */
  escalateHours: z.number().int().min(1).max(720),
  lookBackYears: z.number().int().min(1).max(50),
  /** Whoever asks about everybody looks for an answer, not for a charge. */
  mostPendingPerDesk: z.number().int().min(1).max(100_000),
  /** The private search (HIT-10): when every answer comes, and how much may be evaluated for one. */
  search: z.strictObject({
    answerHours: z.number().int().min(1).max(168),
    mostElements: z.number().int().min(256).max(1_000_000),
  }),
  usual: z.strictObject(clause),
  states: z.record(z.string().regex(/^[a-z]{2}$/), z.strictObject(own)),
});
export type Law = z.infer<typeof Shape>;

/** Reads the law as it ships, or the file that a node was given in its place. */
export const readLaw = (file = new URL("law.json", import.meta.url)): Law =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));

/** A state that names nothing of its own has what is usual. */
export function lawOf(law: Law, state: NodeCode, kind: ReviewKind): LawSays {
  const says = { ...law.usual, ...law.states[state] };
  const liability = liabilityOf[kind];
  const { basis, source, standing } = says;
  return { liability, ...says[liability], basis, source, standing, pendingHours: law.pendingHours };
}
