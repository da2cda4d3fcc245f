// The HTTP door of this node's own keys, mounted under /api/peers/keys.
import { createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { confirmKeys, dropKeys, lookAtKeys, proposeKeys } from "./keys.ts";
import type { PeersNode } from "./node.ts";
import { ChangeIdShape, KeysShape } from "./shapes.ts";

const one = { params: z.object({ id: ChangeIdShape }) };

export function keyRoutes(node: PeersNode, routes: OpenAPIHono<Env>): void {
  routes.openapi(
    createRoute({ method: "get", path: "/keys", responses: { 200: json("our keys"), ...problems(404) } }),
    async (c) => c.json(await lookAtKeys(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/keys",
      request: { body: { required: true, content: { "application/json": { schema: KeysShape } } } },
      responses: { 201: json("proposed, to be confirmed by another"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await proposeKeys(node, c.var.standing, c.req.valid("json"));
      return c.json(await lookAtKeys(node, c.var.standing), 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/keys/{id}/confirm",
      request: one,
      responses: { 200: json("changed"), ...problems(403, 404, 409) },
    }),
    async (c) => {
      await confirmKeys(node, c.var.standing, c.req.valid("param").id);
      return c.json(await lookAtKeys(node, c.var.standing), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/keys/{id}/drop",
      request: one,
      responses: { 200: json("given up"), ...problems(403, 404, 409) },
    }),
    async (c) => {
      await dropKeys(node, c.var.standing, c.req.valid("param").id);
      return c.json(await lookAtKeys(node, c.var.standing), 200);
    },
  );
}
