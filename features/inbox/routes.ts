// The HTTP door of the inbox, mounted under /api/inbox.
import { anId, api, body, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { inboxLimits, type InboxSource } from "./contract.ts";
import { doEach } from "./deeds.ts";
import { inboxOf } from "./inbox.ts";
import { putOff, takeUp } from "./later.ts";
import { forgetView, keepView, viewsOf, type OwnNode } from "./views.ts";

export interface InboxNode extends OwnNode {
  sources: readonly InboxSource[];
  log(fault: unknown, source: string): void;
}

const filter = text(1, inboxLimits.filter).optional();
const view = z.strictObject({
  name: text(1, inboxLimits.name),
  filters: z.strictObject({
    for: z.enum(["me", "desk"]).optional(),
    kind: filter,
    case: filter,
    due: z.literal("over").optional(),
    later: z.literal("yes").optional(),
  }),
});

const named = z.strictObject({ kind: text(1, 60), id: text(1, 100) });
const deed = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("give"), to: anId.nullable() }),
  z.strictObject({ act: z.enum(["done", "reopen"]) }),
]);
const entries = z.array(named).min(1).max(inboxLimits.atOnce);

export function inboxRoutes(node: InboxNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("what waits for her and her desk, what presses most first") },
    }),
    async (c) =>
      c.json(
        await inboxOf(node, node.sources, c.var.standing, (fault, source) => node.log(fault, source)),
        200,
      ),
  );
  routes.openapi(
    createRoute({ method: "get", path: "/views", responses: { 200: json("the views that she named") } }),
    async (c) => c.json({ views: await viewsOf(node.store, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/views",
      request: body(view),
      responses: { 201: json("kept"), ...problems(422) },
    }),
    async (c) => c.json(await keepView(node, c.var.standing, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/views/{id}",
      request: { params: z.object({ id: anId }) },
      responses: { ...done, ...problems(404) },
    }),
    async (c) => {
      await forgetView(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/later",
      request: body(z.strictObject({ entries, until: z.iso.datetime() })),
      responses: { ...done, ...problems(422) },
    }),
    async (c) => {
      await putOff(node, c.var.standing, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/later/end",
      request: body(z.strictObject({ entries })),
      responses: done,
    }),
    async (c) => {
      await takeUp(node, c.var.standing, c.req.valid("json").entries);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/deeds",
      request: body(z.strictObject({ entries, deed })),
      responses: { 200: json("with which of them it was done, and which were refused by which code") },
    }),
    async (c) =>
      c.json(
        await doEach(node.sources, c.var.standing, c.req.valid("json"), (fault, kind) =>
          node.log(fault, kind),
        ),
        200,
      ),
  );
  return routes;
}
