// How routes say in the interface's description what they take and give.
import { z } from "@hono/zod-openapi";

/** A response with JSON in it; its shape stands in the feature's contract. */
export const json = (description: string) => ({
  description,
  content: { "application/json": { schema: z.unknown() } },
});

/** A request with JSON in it, parsed at the door by this shape. */
export const body = <Shape extends z.ZodType>(schema: Shape) => ({
  body: { required: true, content: { "application/json": { schema } } },
});

/** Responses of an act after which there is nothing to say. */
export const done = { 204: { description: "done" } } as const;
