// The HTTP door of coordination, mounted under /api/coordination. It has no door that changes anything.
import { anId, api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { abouts } from "./contract.ts";
import { listCoordinated, toldByUs, viewCoordinated } from "./look.ts";
import type { CoordinationNode } from "./node.ts";

const at = z.object({ about: z.enum(abouts), id: anId });

export function coordinationRoutes(node: CoordinationNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("what this unit follows, in figures"), ...problems(404) },
    }),
    async (c) => c.json({ all: await listCoordinated(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/told/{about}/{id}",
      request: { params: at },
      responses: { 200: json("what this state told the units of its own"), ...problems(404) },
    }),
    async (c) => {
      const { about, id } = c.req.valid("param");
      return c.json({ told: await toldByUs(node, c.var.standing, about, id) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{about}/{id}",
      request: { params: at },
      responses: { 200: json("one of them, state by state"), ...problems(404) },
    }),
    async (c) => {
      const { about, id } = c.req.valid("param");
      return c.json(await viewCoordinated(node, c.var.standing, about, id), 200);
    },
  );
  return routes;
}
