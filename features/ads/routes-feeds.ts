// The HTTP door of feeds: asked for by who works on adverts, switched by an administrator.
import { anId, body, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { feedLimits } from "./contract.ts";
import { askFeed, listFeeds, switchFeed } from "./feeds.ts";
import { officerNames, type AdsNode } from "./node.ts";

const AskShape = z.strictObject({
  address: text(8, 1000),
  legalBasis: text(2, 500),
  minutes: z.number().int().min(feedLimits.least).max(feedLimits.most),
});
const one = { params: z.object({ id: anId }) };
const all = problems(403, 404, 409, 422);
const acted = { ...done, ...all };

export function feedRoutes(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/feeds",
      responses: { 200: json("feeds by address, the last asked for first"), ...all },
    }),
    async (c) => {
      const feeds = await listFeeds(node, c.var.standing);
      const names = await officerNames(node, feeds.map((one) => one.askedBy)); // prettier-ignore
      return c.json({ feeds, names }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sources/{id}/feed",
      request: { ...one, ...body(AskShape) },
      responses: acted,
    }),
    async (c) => {
      await askFeed(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/feeds/{id}/switch",
      request: { ...one, ...body(z.strictObject({ on: z.boolean() })) },
      responses: acted,
    }),
    async (c) => {
      await switchFeed(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").on);
      return c.body(null, 204);
    },
  );
}
