// What oversight does beside reading: marking samples, deciding about notices; and freezes, which others may agree to lift.
import { api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id } from "@simpul/model";
import { freezeKinds, marks, noticeDecisions } from "./contract.ts";
import { askLift, lift, listFreezes, orderFreeze } from "./freeze.ts";
import type { OversightNode } from "./node.ts";
import { decideNotice, listNotices } from "./notice.ts";
import { listSamples, markEntry, viewSample } from "./sample.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const log = z.enum(["main", "reads"]);
const week = z.iso.date();
const reason = z.string().trim().min(3).max(2000);
const takes = <Shape extends z.ZodType>(schema: Shape) => ({
  body: { content: { "application/json": { schema } }, required: true },
});
const done = { description: "done" } as const;

/** Mounted under /api/oversight with the rest of the room. */
export function oversightWork(node: OversightNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/samples",
      responses: { 200: json("the weeks' samples, newest first"), ...problems(404) },
    }),
    async (c) => c.json(await listSamples(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/samples/{log}/{week}",
      request: { params: z.object({ log, week }) },
      responses: { 200: json("one sample with its entries and what draws it again"), ...problems(404) },
    }),
    async (c) => {
      const of = c.req.valid("param");
      return c.json(await viewSample(node, c.var.standing, of.log, of.week), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/samples/{log}/{week}/{nth}",
      request: {
        params: z.object({ log, week, nth: z.coerce.number().int().min(0).max(999) }),
        ...takes(z.object({ mark: z.enum(marks), note: z.string().max(2000).default("") })),
      },
      responses: { 204: done, ...problems(403, 404, 422) },
    }),
    async (c) => {
      await markEntry(node, c.var.standing, c.req.valid("param"), c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/notices",
      responses: { 200: json("what stood out, undecided first"), ...problems(404) },
    }),
    async (c) => c.json(await listNotices(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/notices/{id}",
      request: {
        params: z.object({ id }),
        ...takes(z.object({ decision: z.enum(noticeDecisions), note: reason })),
      },
      responses: { 204: done, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await decideNotice(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}

/** Mounted under /api/freezes. */
export function freezeRoutes(node: OversightNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: {
        200: json("what rests, and what rested, as far as the reader may know"),
        ...problems(404),
      },
    }),
    async (c) => c.json(await listFreezes(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: takes(z.object({ what: z.enum(freezeKinds), ref: z.string().trim().min(1).max(60), reason })),
      responses: { 201: json("it rests"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json({ id: await orderFreeze(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/ask",
      request: { params: z.object({ id }), ...takes(z.object({ reason })) },
      responses: { 204: done, ...problems(403, 404, 422) },
    }),
    async (c) => {
      await askLift(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/lift",
      request: { params: z.object({ id }) },
      responses: { 204: done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await lift(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  return routes;
}
