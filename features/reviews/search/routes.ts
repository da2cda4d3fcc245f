// The HTTP door of the private search between victim desks, mounted under /api/reviews/searches.
import { aNodeCode, anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { takeAnswers } from "./answered.ts";
import { agreeSearch, declineSearch, proposeSearch } from "./ask.ts";
import { threats } from "../contract/search.ts";
import { lookThrough, sayOfSought } from "./hold.ts";
import { viewSearches } from "./look.ts";
import type { SearchNode } from "./node.ts";

const reason = clean(1000)
  .transform((value) => value.trim())
  .pipe(z.string().min(3));
const AskShape = z.strictObject({
  peer: aNodeCode,
  about: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("review") }),
    z.strictObject({ kind: z.literal("person"), person: anId }),
  ]),
  reason,
});
const SayShape = z.strictObject({
  search: anId,
  person: anId,
  says: z.enum(["tell", "withhold"]),
  threat: z.enum(threats),
  reason,
});
const one = { params: z.object({ id: anId }) };

export function searchRoutes(node: SearchNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: {
        200: json("what this desk asks others, and whom of ours others look for"),
        ...problems(404, 409),
      },
    }),
    async (c) => c.json(await viewSearches(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(AskShape),
      responses: { 201: json("its id, proposed"), ...problems(404, 409, 422) },
    }),
    async (c) => c.json({ id: await proposeSearch(node, c.var.acting, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/look",
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await takeAnswers(node, c.var.acting);
      await lookThrough(node, c.var.acting);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sought",
      request: body(SayShape),
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await sayOfSought(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  for (const [path, act] of [
    ["/{id}/agree", agreeSearch],
    ["/{id}/decline", declineSearch],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: one,
        responses: { ...done, ...problems(403, 404, 409) },
      }),
      async (c) => {
        await act(node, c.var.acting, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  return routes;
}
