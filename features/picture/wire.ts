// What states send each other of the picture: a release, its calling back, and why one was not taken in; each with its limits.
import { anId, clean } from "@simpul/doors/http";
import { readBody } from "@simpul/exchange";
import { z } from "zod";
import { PublishedForm, tableFaults } from "./shapes.ts";

const signed = { agency: anId.optional() };
const which = { release: anId, number: z.int().min(1).max(50), at: z.iso.datetime() };
const { figure, definition, month } = PublishedForm.shape;

export const wire = {
  "picture.released": z.strictObject({
    ...signed,
    ...which,
    /** Why it takes the place of an earlier one; empty for the first. */
    reason: clean(1000),
    /** Its state is who sends it. */
    table: PublishedForm.omit({ state: true }),
  }),
  "picture.called-back": z.strictObject({
    ...signed,
    ...which,
    ...{ figure, definition, month },
    reason: clean(1000).min(1),
  }),
  /** It was read and not kept, for this reason. */
  "picture.refused": z.strictObject({ release: anId, because: z.enum(tableFaults) }),
} as const;
export type Wire<Kind extends keyof typeof wire> = z.input<(typeof wire)[Kind]>;

/** Throws the refusal `BAD_BODY`. */
export const read = <Kind extends keyof typeof wire>(
  kind: Kind,
  body: unknown,
): z.output<(typeof wire)[Kind]> => readBody(wire[kind], body) as z.output<(typeof wire)[Kind]>;
