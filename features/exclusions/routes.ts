// The HTTP door of exclusions, mounted under /api/exclusions.
import { aNodeCode, anId, api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { recipientKinds } from "./contract.ts";
import { lookAtExclusions } from "./look.ts";
import type { ExclusionsNode } from "./node.ts";
import {
  agreeExclusion,
  askLift,
  dropExclusion,
  liftExclusion,
  orderExclusion,
  reviewExclusion,
} from "./orders.ts";
import { recipientsOf } from "./recipients.ts";

const reason = z.string().trim().min(3).max(2000);
const day = z.iso.date();
const order = z
  .strictObject({
    side: z.enum(["there", "here"]),
    peer: aNodeCode.nullable(),
    kind: z.enum(recipientKinds),
    who: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9./-]{1,40}$/),
    label: z.string().trim().max(300).default(""),
    reason,
    review: day,
  })
  .refine((ask) => ask.side === "here" || ask.peer !== null, { path: ["peer"], message: "PEER_MISSING" })
  .refine((ask) => ask.kind === "officer" || z.uuid().safeParse(ask.who).success, {
    path: ["who"],
    message: "NOT_AN_ID",
  });
const one = { params: z.object({ id: anId }) };

export function exclusionsRoutes(node: ExclusionsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("who is kept from what, as far as she may know"), ...problems(404) },
    }),
    async (c) => c.json(await lookAtExclusions(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/recipients/{code}",
      request: { params: z.object({ code: aNodeCode }) },
      responses: { 200: json("authorities and desks of a node, as it names them"), ...problems(404, 503) },
    }),
    async (c) => c.json(await recipientsOf(node, c.var.standing, c.req.valid("param").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(order),
      responses: { 201: json("proposed, to be agreed to by another"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json({ id: await orderExclusion(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  for (const [path, act] of [
    ["/{id}/agree", agreeExclusion],
    ["/{id}/drop", dropExclusion],
    ["/{id}/lift", liftExclusion],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: one,
        responses: { ...done, ...problems(403, 404, 409, 422) },
      }),
      async (c) => {
        await act(node, c.var.standing, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/review",
      request: { ...one, ...body(z.strictObject({ review: day, text: reason })) },
      responses: { ...done, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await reviewExclusion(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/ask-lift",
      request: { ...one, ...body(z.strictObject({ reason })) },
      responses: { ...done, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await askLift(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  return routes;
}
