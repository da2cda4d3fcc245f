// The HTTP door of main actors, mounted under /api/actors.
import { anId, api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { listActors, viewActor } from "./look.ts";
import { viewNetwork } from "./network.ts";
import type { ActorsNode } from "./whole.ts";

export function actorsRoutes(node: ActorsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("who and what stands in two or more cases she sees, and the key players") },
    }),
    async (c) => c.json(await listActors(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/network",
      responses: { 200: json("everything linked that she sees, as one picture") },
    }),
    async (c) => c.json(await viewNetwork(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: z.object({ id: anId }) },
      responses: {
        200: json("one of them, with what is near and on what each link rests"),
        ...problems(404),
      },
    }),
    async (c) => c.json(await viewActor(node, c.var.standing, c.req.valid("param").id), 200),
  );
  return routes;
}
