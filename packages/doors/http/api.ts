// A router whose requests and answers are described once, by zod, for checking and for the OpenAPI page.
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

/** A router that answers bad input with `BAD_INPUT` and the fields it is about. */
export function api(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const fields = result.error.issues.slice(0, 50).map((issue) => ({
        path: issue.path.map(String).join("."),
        // A parser of the house throws its own code; zod's own kinds stay as they are.
        code: issue.code === "custom" ? issue.message : issue.code,
      }));
      return problem(c, 422, "BAD_INPUT", { fields });
    },
  });
}
