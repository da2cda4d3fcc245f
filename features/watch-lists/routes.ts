// The HTTP door of watch lists, mounted under /api/watch-lists.
import { aNodeCode, anId, api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { watchListLimits } from "./contract.ts";
import {
  addEntries,
  agreeList,
  correctEntry,
  dropList,
  proposeList,
  recallList,
  removeEntry,
} from "./lists.ts";
import { lookAtList, lookAtLists } from "./look.ts";
import type { WatchListsNode } from "./node.ts";
import { EntryShape } from "./statement.ts";

const entries = z.array(EntryShape).min(1).max(watchListLimits.entries);
const reason = z.string().trim().min(3).max(500);
const list = z.strictObject({
  title: z.string().trim().min(3).max(200),
  stays: z.boolean(),
  recipients: z.array(aNodeCode).max(30),
  legalBasis: z.string().trim().min(3).max(500),
  call: z.string().trim().min(3).max(300),
  until: z.iso.date(),
  entries,
});
const one = { params: z.object({ id: anId }) };
const entry = { params: z.object({ id: anId, entry: anId }) };

export function watchListsRoutes(node: WatchListsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("lists that stand here, ours and theirs"), ...problems(404) },
    }),
    async (c) => c.json(await lookAtLists(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one list, its people and who holds it"), ...problems(404) },
    }),
    async (c) => c.json(await lookAtList(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(list),
      responses: { 201: json("proposed, to be agreed to by another"), ...problems(404, 413, 422) },
    }),
    async (c) => c.json({ id: await proposeList(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  for (const [path, act] of [
    ["/{id}/agree", agreeList],
    ["/{id}/drop", dropList],
  ] as const)
    routes.openapi(
      createRoute({ method: "post", path, request: one, responses: { ...done, ...problems(403, 404, 409) } }),
      async (c) => {
        await act(node, c.var.standing, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/recall",
      request: { ...one, ...body(z.strictObject({ reason })) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await recallList(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/entries",
      request: { ...one, ...body(z.strictObject({ entries })) },
      responses: { ...done, ...problems(404, 409, 413, 422) },
    }),
    async (c) => {
      await addEntries(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").entries);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/entries/{entry}/correct",
      request: { ...entry, ...body(z.strictObject({ entry: EntryShape, reason })) },
      responses: { ...done, ...problems(404, 409, 413, 422) },
    }),
    async (c) => {
      const { id, entry: which } = c.req.valid("param");
      await correctEntry(node, c.var.standing, { list: id, entry: which }, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/entries/{entry}/remove",
      request: { ...entry, ...body(z.strictObject({ reason })) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      const { id, entry: which } = c.req.valid("param");
      await removeEntry(node, c.var.standing, { list: id, entry: which }, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  return routes;
}
