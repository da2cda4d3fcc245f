// What states send each other about an operation, and the question by which plans are compared; each with its limits.
import { aNodeCode, anId, clean } from "@simpul/doors/http";
import { readBody } from "@simpul/exchange";
import { z } from "zod";
import { operationLimits, reportCounts, siteStatuses } from "./contract.ts";

const instant = z.iso.datetime();
const line = (most: number) => clean(most).trim();
const count = z.int().min(-9999).max(9999);

export const HotspotShape = z.strictObject({ name: line(120).min(1), area: line(120) });
export const PlanShape = z.strictObject({
  title: line(200).min(3),
  aim: line(2000).min(3),
  parties: z
    .array(aNodeCode)
    .min(1)
    .max(12)
    .refine((all) => new Set(all).size === all.length, "TWICE"),
  window: z.strictObject({ starts: instant, ends: instant }),
  fallback: line(1000),
  hotspots: z.array(HotspotShape).max(operationLimits.hotspots),
  phases: z
    .array(z.strictObject({ name: line(120).min(1), starts: instant }))
    .max(operationLimits.phases)
    .default([]),
  space: anId.nullable().default(null),
});
export const EntryShape = z.strictObject({
  id: anId,
  site: anId.nullable(),
  at: instant,
  status: z.enum(siteStatuses).nullable(),
  counts: z.strictObject({ checks: count, met: count, items: count }),
  text: line(500),
});
export const CountsShape = z.strictObject(
  Object.fromEntries(reportCounts.map((one) => [one, z.int().min(0).max(9_999_999)])) as Record<
    (typeof reportCounts)[number],
    z.ZodInt
  >,
);
const lat = z.number().min(-90).max(90);
const lon = z.number().min(-180).max(180);

/** The authority that signs it; none where the node itself speaks. */
const signed = { agency: anId.optional() };
const version = z.int().min(1).max(1000);
export const wire = {
  "operation.plan": z.strictObject({
    ...signed,
    operation: anId,
    version,
    plan: PlanShape,
    /** Places that the leading state proposes to the state where they lie. */
    proposed: z
      .array(
        z.strictObject({
          site: anId,
          state: aNodeCode,
          label: line(120).min(1),
          area: line(120),
          lat,
          lon,
        }),
      )
      .max(operationLimits.sites),
  }),
  /** The leading state changes its plan: what was sent before does not stand any more. */
  "operation.reopened": z.strictObject({ ...signed, operation: anId, version }),
  "operation.vote": z.strictObject({
    ...signed,
    operation: anId,
    version,
    go: z.boolean(),
    reason: line(1000),
    /** The voting state's own sites, as the others may know them. */
    sites: z
      .array(z.strictObject({ site: anId, label: line(120).min(1), area: line(120), commander: line(120) }))
      .max(operationLimits.sites),
  }),
  "operation.entry": z.strictObject({ ...signed, operation: anId, entry: EntryShape, clockOff: z.boolean() }),
  "operation.recall": z.strictObject({ ...signed, operation: anId, reason: line(1000).min(3) }),
  "operation.report": z.strictObject({
    ...signed,
    operation: anId,
    definitions: z.int().min(1).max(100),
    counts: CountsShape,
    lessons: line(4000),
  }),
  /** To the state whose plan was met: which of its own tags, so that its liaison officers find the plan. */
  "operation.collision": z.strictObject({
    ...signed,
    tags: z
      .array(z.string().regex(/^[0-9a-f]{32}$/))
      .min(1)
      .max(200),
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;

/** Elements of one question, and questions and elements of one state in a day. */
export const compareLimits = {
  elements: 8000,
  asked: 60,
  elementsADay: 60_000,
  tags: 20_000,
  padTo: 64,
} as const;
const packed = z.string().regex(/^[A-Za-z0-9_-]+$/);

export const compareQuestion = "operation.compare";
export const AskCompare = z.strictObject({
  v: z.literal(1),
  /** Where the asked state takes part itself: its own sites for it are no collision. */
  operation: anId.nullable(),
  elements: packed.max(compareLimits.elements * 43 + 100),
});
export const Compared = z.discriminatedUnion("kind", [
  z.strictObject({ v: z.literal(1), kind: z.literal("limited") }),
  z.strictObject({
    v: z.literal(1),
    kind: z.literal("compared"),
    epoch: z.string().regex(/^\d{4}-\d{2}$/),
    publicKey: z.string().regex(/^[0-9a-f]{64}$/),
    evaluated: packed.max(compareLimits.elements * 43 + 100),
    proof: packed.max(200),
    tags: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(compareLimits.tags),
  }),
]);
