// The agreed terms of checks, as versioned configuration: limits, offences, bases, periods; no number of them is code.
import { readFileSync } from "node:fs";
import { purposes, selectorTypes } from "@simpul/model";
import { z } from "zod";

const count = z.number().int().min(1).max(1_000_000);
const share = z.number().min(0).max(1);
const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const Limits = z.strictObject({
  perQuery: count,
  perDay: count,
  perCase: count,
  freePerDay: count,
  delayStep: count,
  delayMs: z.number().int().min(0).max(60_000),
  longestDelayMs: z.number().int().min(0).max(15_000),
});
const Canary = z.strictObject({
  /** The beginning of a range that is valid in form and assigned to nobody. */
  before: z.string().min(1).max(40),
  digits: z.number().int().min(4).max(12),
  count: z.number().int().min(1).max(50),
});

const Terms = z.strictObject({
  version: z.string().min(1).max(40),
  note: z.string(),
  purposes: z.array(z.enum(purposes)).min(1),
  /** Codes of crime types for which may be asked (HIT-2). */
  offences: z.array(code).min(1).max(200),
  bases: z
    .array(
      z.strictObject({
        code,
        text: z.string().min(1).max(200),
        standing: z.enum(["confirmed", "to-be-confirmed"]),
      }),
    )
    .max(200),
  ask: z.strictObject({
    bulkFrom: count,
    most: count,
    suspicion: z.strictObject({ from: count, share, gap: count }),
    fishing: z.strictObject({ from: count, hitShare: share }),
    lookBackDays: count,
  }),
  retry: z.strictObject({ firstSeconds: count, longestSeconds: count, forHours: count }),
  limits: z.strictObject({ usual: Limits, peers: z.record(z.string().regex(/^[a-z]{2}$/), Limits) }),
  reply: z.strictObject({ slotMs: z.number().int().min(10).max(5_000), padTo: count }),
  epoch: z.strictObject({ graceHours: count }),
  index: z.strictObject({
    types: z.array(z.enum(selectorTypes)).min(1),
    padStep: count,
    validHours: count,
    freshHours: count,
    afterSeconds: z.number().int().min(0).max(3_600),
  }),
  canaries: z.record(z.string().regex(/^[a-z]{2}$/), z.partialRecord(z.enum(selectorTypes), Canary)),
  /** HIT-12: on what basis selectors of a case of this type are searchable, and when they are reviewed. */
  keeping: z.record(code, z.strictObject({ basis: z.string().min(1).max(200), reviewAfterDays: count })),
});
export type Terms = z.infer<typeof Terms>;

/** Reads the terms that ship with Simpul, or those a node was given in their place. */
export const readTerms = (file: URL = new URL("terms.json", import.meta.url)): Terms =>
  Terms.parse(JSON.parse(readFileSync(file, "utf8")));
