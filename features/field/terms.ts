// Reads the state's rules for phones in the field: lengths, attempts, hours, amounts.
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { FieldTerms } from "./contract.ts";

const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const Shape = z.object({
  version: z.string().min(1).max(40),
  source: z.string().max(400),
  pinLength: whole(6, 32),
  attempts: whole(3, 10),
  wipeAfterHours: whole(1, 24 * 30),
  lockAfterMinutes: whole(1, 60),
  batch: whole(1, 200),
  perDay: whole(1, 100_000),
  phones: whole(1, 50),
});

/** Those that ship with Simpul, or those a node was given in their place. */
export function readFieldTerms(file = new URL("field.json", import.meta.url)): FieldTerms {
  const { source: _source, ...terms } = Shape.parse(JSON.parse(readFileSync(file, "utf8")));
  return terms;
}
