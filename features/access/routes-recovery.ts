// Coming back by two persons over HTTP, behind a session.
import { api, createRoute, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import type { AccessNode } from "./node.ts";
import { beginRecovery, dropRecovery, finishRecovery, recoveries } from "./recovery.ts";
import { done, gives, IdShape, takes } from "./shapes.ts";

const saw = z.string().trim().min(10).max(500);
const one = { params: z.object({ id: IdShape }) };
const RecoveryShape = z
  .object({
    id: z.string(),
    officer: z.object({ id: z.string(), name: z.string() }),
    first: z.object({ name: z.string(), saw: z.string(), at: z.string() }),
    second: z.object({ name: z.string(), at: z.string() }).nullable(),
    until: z.string(),
    may: z.array(z.enum(["vouch", "drop"])),
    mine: z.boolean(),
  })
  .openapi("Recovery");

export function recoveryRoutes(node: AccessNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/recoveries",
      responses: { 200: gives(z.array(RecoveryShape), "who comes back by two persons"), ...problems(401) },
    }),
    async (c) => c.json(await recoveries(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/recoveries",
      request: takes(z.object({ officer: IdShape, saw })),
      responses: {
        201: gives(z.object({ id: z.string() }), "the first has vouched"),
        ...problems(401, 403, 404, 409, 422),
      },
    }),
    async (c) => c.json({ id: String(await beginRecovery(node, c.var.acting, c.req.valid("json"))) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/recoveries/{id}/vouch",
      request: { ...one, ...takes(z.object({ saw })) },
      responses: {
        200: gives(z.object({ code: z.string(), expiresAt: z.string() }), "shown once"),
        ...problems(401, 403, 404, 422),
      },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { code, expiresAt } = await finishRecovery(node, c.var.acting, id, c.req.valid("json").saw);
      return c.json({ code, expiresAt: expiresAt.toISOString() }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/recoveries/{id}/drop",
      request: one,
      responses: { 204: done, ...problems(401, 404) },
    }),
    async (c) => {
      await dropRecovery(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  return routes;
}
