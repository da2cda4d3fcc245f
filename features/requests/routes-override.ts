// The life-at-risk override over HTTP: part of the requests room's door (HC-9).
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { overrideFindings } from "./contract.ts";
import { withNames } from "./names.ts";
import type { RequestsNode } from "./node.ts";
import { listOverrides, makeOverride, reviewOverride } from "./override.ts";
import { AskOverrideShape, id, text } from "./shapes.ts";

const at = z.object({ id });

export function overrideRoutes(node: RequestsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/overrides",
      request: { query: z.object({ request: id.optional() }) },
      responses: { 200: json("what was passed on because a life was at risk"), ...problems(422) },
    }),
    async (c) => {
      const overrides = await listOverrides(node, c.var.standing, c.req.valid("query"));
      return c.json(await withNames(node, { overrides }), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/overrides/{id}/review",
      request: {
        params: at,
        ...body(z.strictObject({ finding: z.enum(overrideFindings), text: text.max(2000).default("") })),
      },
      responses: { 204: { description: "reviewed" }, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await reviewOverride(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/override",
      request: { params: at, ...body(AskOverrideShape) },
      responses: {
        200: json("gone, or waiting for the second officer"),
        ...problems(403, 404, 409, 410, 422),
      },
    }),
    async (c) =>
      c.json(await makeOverride(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  return routes;
}
