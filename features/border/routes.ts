// The HTTP door of the border room, mounted under /api/border.
import { anId, api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { checkPerson, decideHit } from "./check.ts";
import { decisions } from "./contract.ts";
import { lookAtBorder } from "./look.ts";
import type { BorderNode } from "./node.ts";
import { agreePurpose, endPurpose, proposePurpose } from "./purposes.ts";

const purpose = z.strictObject({
  title: z.string().trim().min(3).max(200),
  legalBasis: z.string().trim().min(3).max(500),
  lists: z.array(anId).min(1).max(500),
  desks: z.array(anId).min(1).max(100),
  until: z.iso.date(),
});
const person = z.strictObject({
  zone: z.string().max(200).optional(),
  document: z.string().max(80).optional(),
  name: z.string().max(200).optional(),
  birth: z.iso.date().optional(),
});
const one = { params: z.object({ id: anId }) };

export function borderRoutes(node: BorderNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("purposes, lists, desks, and what waits at her desk"), ...problems(404) },
    }),
    async (c) => c.json(await lookAtBorder(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/check",
      request: body(person),
      responses: { 200: json("what the lists know of one person"), ...problems(403, 404, 422, 429) },
    }),
    async (c) => c.json(await checkPerson(node, c.var.standing, c.req.valid("json")), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/hits/{id}",
      request: {
        ...one,
        ...body(z.strictObject({ is: z.enum(decisions), note: z.string().trim().max(1000).default("") })),
      },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await decideHit(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/purposes",
      request: body(purpose),
      responses: { 201: json("proposed, to be agreed to by another"), ...problems(404, 422) },
    }),
    async (c) => c.json({ id: await proposePurpose(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  for (const [path, act] of [
    ["/purposes/{id}/agree", agreePurpose],
    ["/purposes/{id}/end", endPurpose],
  ] as const)
    routes.openapi(
      createRoute({ method: "post", path, request: one, responses: { ...done, ...problems(403, 404, 409) } }),
      async (c) => {
        await act(node, c.var.standing, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  return routes;
}
