// The HTTP door of this room, mounted under /api/retention.
import { api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id } from "@simpul/model";
import { namesOf } from "../access/contract.ts";
import { keptKinds } from "./contract.ts";
import { decideKept } from "./decide.ts";
import { listGone, listKept } from "./look.ts";
import type { RetentionNode } from "./node.ts";

const id = z
  .string()
  .regex(/^[0-9a-fA-F-]{36}$/)
  .transform((value, context) => {
    try {
      return Id.parse(value.toLowerCase());
    } catch {
      context.addIssue({ code: "custom", message: "NOT_AN_ID" });
      return z.NEVER;
    }
  });
const AskShape = z.strictObject({
  decision: z.enum(["keep", "delete", "hold", "release"]),
  reason: z
    .string()
    .max(2000)
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), "CONTROL_CHARACTER")
    .default(""),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE")
    .exactOptional(),
});

export function retentionRoutes(node: RetentionNode): OpenAPIHono<Env> {
  const routes = api();

  routes.openapi(
    createRoute({ method: "get", path: "/terms", responses: { 200: json("the periods in force") } }),
    (c) => c.json(node.terms, 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: {
        query: z.object({
          state: z.enum(["due", "held", "all"]).optional(),
          kind: z.enum(keptKinds).optional(),
          case: id.optional(),
        }),
      },
      responses: { 200: json("what is due for review, as this officer sees it") },
    }),
    async (c) => {
      const kept = await listKept(node, c.var.standing, c.req.valid("query"));
      const ids = kept.flatMap((one) => [one.decidedBy, one.hold?.by]);
      return c.json({ kept, names: await namesOf(node.directory, ids) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/gone",
      responses: { 200: json("what is gone: signed marks without a word of what it was") },
    }),
    async (c) => c.json({ gone: await listGone(node, c.var.standing) }, 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{kind}/{id}",
      request: {
        params: z.object({ kind: z.enum(keptKinds), id }),
        body: { required: true, content: { "application/json": { schema: AskShape } } },
      },
      responses: { 204: { description: "done" }, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await decideKept(node, c.var.standing, c.req.valid("param"), c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}
