// What states send each other about an exercise, each with its limits: times and kinds of acts, never who did them.
import { aNodeCode, anId, clean, z } from "@simpul/doors/http";
import { readBody } from "@simpul/exchange";
import { runLimits, scriptLimits, type Script } from "./contract.ts";
import { ScriptShape } from "./script.ts";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const instant = z.iso.datetime();
const signed = { agency: anId.optional(), run: anId };
const marks = z.array(z.strictObject({ step: name, at: instant })).max(scriptLimits.steps);

export const wire = {
  /** To every state that plays: the whole script, so that all play by the same words. */
  "exercise.run": z.strictObject({
    ...signed,
    script: ScriptShape as z.ZodType<Script>,
    states: z
      .array(aNodeCode)
      .min(1)
      .max(12)
      .refine((all) => new Set(all).size === all.length, "TWICE"),
    assigned: z.array(z.strictObject({ role: name, state: aNodeCode })).max(scriptLimits.roles),
    startsAt: instant,
  }),
  /** All that the director changed so far; a later version replaces an earlier one. */
  "exercise.changed": z.strictObject({
    ...signed,
    version: z.int().min(2).max(10_000),
    rests: z.array(z.strictObject({ from: instant, to: instant.nullable() })).max(1000),
    opened: marks,
    skipped: marks,
    endedAt: instant.nullable(),
  }),
  "exercise.seen": z.strictObject({ ...signed, role: name, at: instant }),
  /** A step came in at its desk, or why it could not. */
  "exercise.entered": z.strictObject({
    ...signed,
    step: name,
    at: instant.nullable(),
    stuck: z
      .string()
      .regex(/^[A-Z_]{1,40}$/)
      .nullable(),
  }),
  /** A step is done, by the sender's own log. */
  "exercise.done": z.strictObject({
    ...signed,
    step: name,
    kind: z
      .string()
      .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/)
      .max(80),
    at: instant,
  }),
  "exercise.note": z.strictObject({
    ...signed,
    note: anId,
    role: name,
    text: clean(runLimits.note).trim().min(1),
    at: instant,
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;
