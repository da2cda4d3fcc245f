// The HTTP door of the follow-up, mounted under /api/follow-up.
import {
  aNodeCode,
  anId,
  api,
  body,
  createRoute,
  done,
  json,
  problem,
  problems,
  text,
  z,
} from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { bodyLimit } from "hono/body-limit";
import { namesOf } from "../access/contract.ts";
import { viewBoard } from "./board.ts";
import { measures, publishedLimits } from "./contract/published.ts";
import { viewGaps } from "./gaps.ts";
import type { FollowUpNode } from "./node.ts";
import { compareSources, listTables, readFile, takeIn, viewTable, withdraw } from "./published/tables.ts";

const one = { params: z.object({ id: anId }) };
const fileName = text(1, 200);
const aboutTable = z.object({
  name: fileName,
  publisher: text(2, 100),
  title: text(2, 300),
  publishedOn: z.iso.date().optional(),
  address: text(1, 500),
  licence: text(2, 300),
});
const octets = { content: { "application/octet-stream": { schema: z.unknown() } } };

export function followUpRoutes(node: FollowUpNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/board",
      request: { query: z.object({ state: aNodeCode.optional() }) },
      responses: { 200: json("each point with the figures that show it, for a state or the region") },
    }),
    async (c) => c.json(await viewBoard(node, c.var.standing, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/gaps",
      responses: { 200: json("gaps of the law by state, kind and month, as this node met them") },
    }),
    async (c) => c.json({ gaps: await viewGaps(node, c.var.standing) }, 200),
  );
  published(routes, node);
  return routes;
}

function published(routes: OpenAPIHono<Env>, node: FollowUpNode): void {
  for (const path of ["/tables", "/tables/read"])
    routes.use(
      path,
      bodyLimit({
        maxSize: publishedLimits.bytes,
        onError: (c) =>
          problem(c as never, 413, "TABLE_TOO_LARGE", { facts: { most: publishedLimits.rows } }),
      }),
    );
  const named = (ids: readonly Id[]) => namesOf(node.directory, ids);
  routes.openapi(
    createRoute({
      method: "get",
      path: "/tables",
      responses: { 200: json("tables that others published, as they were taken in here") },
    }),
    async (c) => {
      const tables = await listTables(node, c.var.standing);
      return c.json({ tables, names: await named(tables.map((each) => each.by)) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/tables/read",
      request: { query: z.object({ name: fileName }), body: octets },
      responses: { 200: json("what the file holds; nothing is kept"), ...problems(403, 413, 422) },
    }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { rows, ...read } = await readFile(node, c.var.standing, { ...c.req.valid("query"), bytes });
      return c.json({ ...read, rows: rows.length, first: rows.slice(0, 8) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/tables",
      request: { query: aboutTable, body: octets },
      responses: { 201: json("its id"), ...problems(403, 409, 413, 422) },
    }),
    async (c) => {
      const { name, publishedOn, ...ask } = c.req.valid("query");
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const about = { ...ask, publishedOn: publishedOn ?? null };
      return c.json({ id: await takeIn(node, c.var.standing, { name, bytes }, about) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/tables/{id}",
      request: one,
      responses: { 200: json("one, with its first rows"), ...problems(404) },
    }),
    async (c) => {
      const table = await viewTable(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...table, names: await named([table.by]) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/tables/{id}/withdraw",
      request: { ...one, ...body(z.strictObject({ reason: text(3, 1000) })) },
      responses: { ...done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await withdraw(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/sources",
      request: {
        query: z.object({
          state: aNodeCode.optional(),
          measure: z.enum(measures).default("victims"),
          parts: z.enum(["yes", "no"]).default("no"),
        }),
      },
      responses: { 200: json("what published tables say of the same thing, side by side") },
    }),
    async (c) => {
      const { state, measure, parts } = c.req.valid("query");
      const places = await compareSources(node, c.var.standing, { state, measure, parts: parts === "yes" });
      return c.json({ places }, 200);
    },
  );
}
