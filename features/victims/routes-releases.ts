// The doors to releases and testimony: for the desk below /people, for whoever sees the case below /released.
import { anId, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { CaseNumber } from "@simpul/model";
import { stream } from "hono/streaming";
import type { Context } from "hono";
import { AskReleaseShape, AskTestimonyShape, type Testimony } from "./kinds.ts";
import type { VictimsNode } from "./node.ts";
import {
  agreeRelease,
  askRelease,
  endRelease,
  listReleased,
  readReleased,
  waitingReleases,
} from "./releases.ts";
import { testimonyPart } from "./people.ts";
import { beginTestimony, finishTestimony, putPart, readTestimony } from "./testimony.ts";

const reason = clean(500).refine((text) => text.trim().length >= 3, "REASON_NEEDED");
const number = z.string().regex(/^[A-Z]{2}-\d{4}-\d{6}$/);
const refused = problems(403, 404, 409, 422);
const person = z.object({ id: anId });
const release = z.object({ id: anId, release: anId });
const testimony = z.object({ id: anId, testimony: anId });
const bytes = { description: "the bytes", content: { "application/octet-stream": { schema: z.unknown() } } };

/** Never shown inside a page, and never kept by the browser. */
async function handOver(
  c: Context,
  found: Promise<{ of: Testimony; bytes: AsyncGenerator<Uint8Array> }>,
): Promise<Response> {
  const { of, bytes: pieces } = await found;
  // The first piece is opened before the answer begins: what cannot be opened is a refusal, not a broken file.
  const first = await pieces.next();
  c.header("content-type", "application/octet-stream");
  c.header("content-length", String(of.size));
  c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(of.name)}`);
  return stream(c, async (out) => {
    if (first.done !== true) await out.write(first.value);
    for await (const piece of pieces) await out.write(piece);
  });
}

export function releaseRoutes(routes: OpenAPIHono<Env>, node: VictimsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/releases",
      request: { params: person, ...body(AskReleaseShape) },
      responses: { 201: json("what was asked for"), ...refused },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ release: await askRelease(node, c.var.acting, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/releases/{release}/agree",
      request: { params: release, ...body(z.strictObject({ case: number })) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const of = c.req.valid("param");
      const typed = CaseNumber.parse(c.req.valid("json").case);
      await agreeRelease(node, c.var.acting, { person: of.id, release: of.release }, typed);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/releases/{release}/end",
      request: { params: release, ...body(z.strictObject({ reason })) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const of = c.req.valid("param");
      const why = c.req.valid("json").reason;
      await endRelease(node, c.var.acting, { person: of.id, release: of.release }, why);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/waiting",
      responses: { 200: json("releases that wait for this officer as the second"), ...refused },
    }),
    async (c) => c.json(await waitingReleases(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/released",
      request: { query: z.object({ case: number.optional() }) },
      responses: { 200: json("what was released to cases that this officer sees"), ...problems(422) },
    }),
    async (c) => c.json(await listReleased(node, c.var.standing, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/released/{release}/testimonies/{testimony}",
      request: { params: z.object({ release: anId, testimony: anId }) },
      responses: { 200: bytes, ...problems(404, 422) },
    }),
    (c) => handOver(c, readReleased(node, c.var.standing, c.req.valid("param"))),
  );
  testimonyRoutes(routes, node);
}

function testimonyRoutes(routes: OpenAPIHono<Env>, node: VictimsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/testimonies",
      request: { params: person, ...body(AskTestimonyShape) },
      responses: { 201: json("the testimony's id"), ...refused },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ testimony: await beginTestimony(node, c.var.acting, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/testimonies/{testimony}/parts/{nth}",
      request: {
        params: testimony.extend({ nth: z.coerce.number().int().min(0).max(4999) }),
        ...body(z.strictObject({ bytes: z.base64().max(Math.ceil(testimonyPart / 3) * 4) })),
      },
      responses: { ...done, ...problems(403, 404, 409, 413, 422) },
    }),
    async (c) => {
      const { id, testimony: which, nth } = c.req.valid("param");
      const piece = new Uint8Array(Buffer.from(c.req.valid("json").bytes, "base64"));
      await putPart(node, c.var.acting, { person: id, testimony: which, nth }, piece);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/testimonies/{testimony}/whole",
      request: { params: testimony },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const of = c.req.valid("param");
      await finishTestimony(node, c.var.acting, { person: of.id, testimony: of.testimony });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/testimonies/{testimony}/read",
      request: { params: testimony, ...body(z.strictObject({ reason })) },
      responses: { 200: bytes, ...refused },
    }),
    (c) => {
      const of = { person: c.req.valid("param").id, testimony: c.req.valid("param").testimony };
      return handOver(c, readTestimony(node, c.var.acting, { ...of, reason: c.req.valid("json").reason }));
    },
  );
}
