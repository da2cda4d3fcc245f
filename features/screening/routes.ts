// The HTTP door of screening at the victim desk, mounted under /api/screening; answers themselves go to the compartment's.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { locales } from "@simpul/doors/i18n";
import { decide, viewScreenings } from "./desk.ts";
import type { ScreeningNode } from "./node.ts";

const one = { params: z.object({ id: anId }) };
const DecideShape = z.strictObject({
  status: z.enum(["indicators", "presumed"]),
  note: clean(2000),
  language: z.enum(locales),
});

export function screeningRoutes(node: ScreeningNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/people/{id}",
      request: one,
      responses: { 200: json("all screenings of one person, read together"), ...problems(404, 409) },
    }),
    async (c) => c.json(await viewScreenings(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/status",
      request: { ...one, ...body(DecideShape) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await decide(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}
