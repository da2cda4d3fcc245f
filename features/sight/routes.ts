// The HTTP door of sight, mounted under /api/why.
import { api, createRoute, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { whyThis, type SightNode } from "./sight.ts";

const WhyShape = z
  .object({
    kind: z.string(),
    id: z.string(),
    because: z.array(z.string()),
    persons: z.array(z.object({ name: z.string(), because: z.array(z.string()) })),
    desks: z.array(
      z.object({ desk: z.string(), agency: z.string(), roles: z.array(z.string()), officers: z.number() }),
    ),
    hidden: z.number(),
    officers: z.number(),
    whole: z.boolean(),
    seen: z.array(
      z.object({
        name: z.string(),
        at: z.string(),
        kind: z.string(),
        purpose: z.string(),
        times: z.number(),
      }),
    ),
  })
  .openapi("Why");

export function sightRoutes(node: SightNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{ref}",
      request: { params: z.object({ ref: z.string().trim().min(1).max(60) }) },
      responses: {
        200: {
          description: "why she sees a record, who else can, who did",
          content: { "application/json": { schema: WhyShape } },
        },
        ...problems(404),
      },
    }),
    async (c) => c.json((await whyThis(node, c.var.standing, c.req.valid("param").ref)) as never, 200),
  );
  return routes;
}
