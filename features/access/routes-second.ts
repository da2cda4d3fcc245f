// What takes two persons here, and a colleague's word on an act, over HTTP, behind a session.
import { api, createRoute, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import type { AccessNode } from "./node.ts";
import { askSecond, dropSecond, giveWord, seconds, type AskSecond } from "./second.ts";
import { done, gives, IdShape, PrintedShape, StepUpShape, takes } from "./shapes.ts";
import { twoPersons } from "./two-persons.ts";

const one = { params: z.object({ id: IdShape }) };
const AskShape = StepUpShape.extend({
  page: PrintedShape.shape.page,
  reason: z.string().trim().min(3).max(500),
  of: IdShape,
});

export function secondRoutes(node: AccessNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/two-persons",
      responses: { 200: gives(z.unknown(), "which acts take two persons at this node"), ...problems(401) },
    }),
    async (c) => c.json(await twoPersons(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/seconds",
      responses: { 200: gives(z.unknown(), "what she asked and what is asked of her"), ...problems(401) },
    }),
    async (c) => c.json(await seconds(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/seconds",
      request: takes(AskShape),
      responses: { 201: gives(z.object({ id: z.string() }), "asked"), ...problems(401, 404, 409, 422) },
    }),
    async (c) => {
      const id: string = await askSecond(node, c.var.acting, c.req.valid("json") satisfies AskSecond);
      return c.json({ id }, 201);
    },
  );
  for (const [act, does] of [["agree", giveWord] as const, ["drop", dropSecond] as const])
    routes.openapi(
      createRoute({
        method: "post",
        path: `/seconds/{id}/${act}`,
        request: one,
        responses: { 204: done, ...problems(401, 403, 404, 409) },
      }),
      async (c) => {
        await does(node, c.var.acting, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  return routes;
}
