// The versioned periods of this state: how long each kind is kept at first, and how long its owner is asked (RET-1).
import { readFileSync } from "node:fs";
import { z } from "zod";
import { keptKinds, type Terms } from "./contract.ts";

const days = z.number().int().min(1).max(18_250);
const Shape = z.object({
  version: z.string().min(1).max(40),
  kinds: z.record(z.enum(keptKinds), z.object({ days, basis: z.string().regex(/^[a-z][a-z0-9-]{0,58}$/) })),
  longestDays: days,
  noticeDays: days,
});

/** Reads the periods that ship with Simpul, or those a node was given in their place. */
export const readRetention = (file = new URL("retention.json", import.meta.url)): Terms =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));
