// Refusals as answers: one shape for every error that leaves a node by HTTP.
import { SimpulError } from "@simpul/model";
import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "@hono/zod-openapi";
import type { Env } from "./env.ts";

/** A field that was not what it should be; `path` as in `subjects.0.name`. */
export interface FieldProblem {
  path: string;
  code: string;
}

export const Problem = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: "NOT_FOUND" }),
      reference: z.string().openapi({ description: "quote this when asking for help" }),
      fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    }),
  })
  .openapi("Problem");

/** Answers with a named problem. Facts are numbers and codes for the message, never case data. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  more: { fields?: FieldProblem[]; facts?: Record<string, string | number | boolean | null> } = {},
): Response {
  const reference = (c.get("reference") as string | undefined) ?? "";
  return c.json({ error: { code, reference, ...more } }, status);
}

/** For `responses` of a route: every problem has the same body. */
export const problems = <Status extends number>(...statuses: Status[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: "refused", content: { "application/json": { schema: Problem } } },
    ]),
  ) as Record<Status, { description: string; content: { "application/json": { schema: typeof Problem } } }>;

/** Turns codes into statuses; what is not in it is a fault of ours. */
export type Refusals = Readonly<Record<string, ContentfulStatusCode>>;

/** The one place where a thrown refusal becomes an answer; a fault is logged with its reference. */
export function refuse(
  refusals: Refusals,
  log: (fault: unknown, reference: string) => void,
): ErrorHandler<Env> {
  return (fault, c) => {
    if (fault instanceof HTTPException) return problem(c, fault.status, "BAD_REQUEST");
    if (fault instanceof SimpulError) {
      const { code, facts } = fault as SimpulError & {
        facts?: Record<string, string | number | boolean | null>;
      };
      const status = refusals[code];
      if (status !== undefined) {
        return problem(c, status, code, facts === undefined ? {} : { facts });
      }
    }
    log(fault, c.var.reference);
    return problem(c, 500, "FAULT");
  };
}
