// The HTTP door of the surge room, mounted under /api/surge; every door of it asks for an open desk.
import { anId, api, body, clean, createRoute, done, json, problem, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Wristband } from "@simpul/model";
import { bodyLimit } from "hono/body-limit";
import { decidePair, listPairs } from "./duplicates.ts";
import { embassyFields } from "./kinds.ts";
import { listLists, readList, takeList, viewList } from "./lists.ts";
import type { SurgeNode } from "./node.ts";
import { agreePaper, askPaper, dropPaper, listStates, sayEmbassy, viewPaper } from "./papers.ts";
import { board, handBack, takeNext } from "./queue.ts";
import { reserve, sheetOf, wearer } from "./wearers.ts";

/** Bytes of a list; one of 20,000 people has about four million. */
const largest = 16 * 1024 * 1024;
const fileName = clean(200).min(1);
const id = z.object({ id: anId });
const wristband = clean(60).transform((value, context) => {
  try {
    return Wristband.parse(value);
  } catch {
    context.addIssue({ code: "custom", message: "NOT_A_WRISTBAND" });
    return z.NEVER;
  }
});

export function surgeRoutes(node: SurgeNode): OpenAPIHono<Env> {
  const routes = api();
  for (const path of ["/read", "/lists"])
    routes.use(path, bodyLimit({ maxSize: largest, onError: (c) => problem(c as never, 413, "TOO_LARGE") }));
  const file = {
    query: z.object({ name: fileName }),
    body: { content: { "application/octet-stream": { schema: z.unknown() } } },
  };

  routes.openapi(
    createRoute({
      method: "get",
      path: "/board",
      responses: { 200: json("queues, and who is in hand"), ...problems(404, 409) },
    }),
    async (c) => c.json(await board(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/read",
      request: file,
      responses: { 200: json("what the file holds; nothing is kept"), ...problems(404, 409, 413, 422) },
    }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { rows, ...read } = await readList(node, c.var.acting, {
        name: c.req.valid("query").name,
        bytes,
      });
      const issues: Record<string, number> = {};
      for (const row of rows) for (const issue of row.issues) issues[issue] = (issues[issue] ?? 0) + 1;
      return c.json(
        {
          ...read,
          rows: rows.length,
          issues,
          first: rows.slice(0, 5).map(({ name, nationality }) => ({ name, nationality })),
        },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/lists",
      request: file,
      responses: {
        201: json("its id; its rows become people one portion after the other"),
        ...problems(404, 409, 413, 422),
      },
    }),
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      return c.json(
        { id: await takeList(node, c.var.acting, { name: c.req.valid("query").name, bytes }) },
        201,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/lists",
      responses: { 200: json("lists, and how far each is"), ...problems(404, 409) },
    }),
    async (c) => c.json({ lists: await listLists(node, c.var.acting) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/lists/{id}",
      request: { params: id },
      responses: { 200: json("a list and its rows as people"), ...problems(404, 409) },
    }),
    async (c) => c.json(await viewList(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/lists/{id}/wristbands",
      request: { params: id },
      responses: { 200: json("what is printed"), ...problems(404, 409) },
    }),
    async (c) => c.json({ lines: await sheetOf(node, c.var.acting, c.req.valid("param").id) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/wristbands",
      request: body(z.strictObject({ count: z.number().int().min(1).max(500) })),
      responses: { 200: json("codes in reserve"), ...problems(404, 409, 422) },
    }),
    async (c) => {
      await node.compartment.open(c.var.acting);
      return c.json({ lines: reserve(node, c.req.valid("json").count) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/wearer",
      request: body(z.strictObject({ code: wristband })),
      responses: { 200: json("who wears it"), ...problems(404, 409, 422) },
    }),
    async (c) => {
      const { id: person, pseudonym } = await wearer(node, c.var.acting, c.req.valid("json").code);
      return c.json({ person, pseudonym }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/queue/next",
      request: body(
        z.strictObject({ language: z.string().regex(/^(\?|[a-z]{2,3})$/), team: clean(60).min(1) }),
      ),
      responses: { 200: json("the person now in hand"), ...problems(404, 409, 422) },
    }),
    async (c) => c.json(await takeNext(node, c.var.acting, c.req.valid("json")), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/queue/{id}/back",
      request: { params: id },
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await handBack(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/pairs",
      responses: { 200: json("who may be one person, with reasons"), ...problems(404, 409) },
    }),
    async (c) => c.json(await listPairs(node, c.var.acting, 50), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/pairs",
      request: body(
        z.strictObject({ keep: anId, other: anId, one: z.boolean(), reason: clean(1000).min(3) }),
      ),
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await decidePair(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/states",
      responses: { 200: json("states and their embassies"), ...problems(404, 409) },
    }),
    async (c) => c.json({ states: await listStates(node, c.var.acting), source: node.embassies.source }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/embassy-word",
      request: body(
        z.strictObject({
          people: z.array(anId).min(1).max(500),
          word: z.strictObject({
            allow: z.boolean(),
            fields: z.array(z.enum(embassyFields)).max(4),
            reason: clean(1000).min(3),
          }),
        }),
      ),
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await sayEmbassy(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/papers",
      request: body(z.strictObject({ state: z.string().regex(/^[A-Z]{2}$/) })),
      responses: { 201: json("the list that waits for a second person"), ...problems(404, 409, 422) },
    }),
    async (c) => c.json({ id: await askPaper(node, c.var.acting, c.req.valid("json").state) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/papers/{id}",
      request: { params: id },
      responses: { 200: json("the list"), ...problems(404, 409) },
    }),
    async (c) => c.json(await viewPaper(node, c.var.acting, c.req.valid("param").id), 200),
  );
  for (const [act, act_] of [
    ["agree", agreePaper],
    ["drop", dropPaper],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path: `/papers/{id}/${act}`,
        request: { params: id },
        responses: { ...done, ...problems(403, 404, 409) },
      }),
      async (c) => {
        await act_(node, c.var.acting, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  return routes;
}
