// The HTTP door for letting bundles out, mounted under /api/evidence beside the room's own.
import { Readable } from "node:stream";
import { concealedNames } from "@simpul/evidence";
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id, NodeCode } from "@simpul/model";
import { askExport, mostItems, previewExport } from "./ask.ts";
import { fetchExport, findExport, giveUpExport, goUnproven, listExports } from "./exports.ts";
import type { ExportNode } from "./node.ts";
import { trustPolicy } from "./policy.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const state = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((text) => NodeCode.parse(text));
const reason = z.string().trim().min(3).max(2000);
const atExport = z.object({ export: id });

export function exportRoutes(node: ExportNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/trust-policy",
      responses: { 200: json("what a verifier must get by another way") },
    }),
    async (c) => {
      const { text, digest, cosigners, needed } = await trustPolicy(node);
      return c.json({ text, digest, cosigners, needed }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/exports/preview",
      request: { query: z.object({ case: id, to: state.optional() }) },
      responses: { 200: json("exactly what the recipient would see"), ...problems(404) },
    }),
    async (c) => {
      const { case: of, to } = c.req.valid("query");
      return c.json(await previewExport(node, c.var.standing, { case: of, to: to ?? node.code }), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exports",
      request: body(
        z.object({
          case: id,
          items: z.array(id).min(1).max(mostItems).optional(),
          recipient: z.string().trim().min(3).max(300),
          recipientState: state,
          reason,
          fields: z.array(z.enum(concealedNames)).max(concealedNames.length),
          unproven: reason.optional(),
        }),
      ),
      responses: { 201: json("asked for"), ...problems(403, 404, 410, 413, 422) },
    }),
    async (c) => {
      const { items, unproven, ...ask } = c.req.valid("json");
      const whole = { ...ask, ...(items && { items }), ...(unproven !== undefined && { unproven }) };
      return c.json(await askExport(node, c.var.standing, whole), 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/exports",
      request: { query: z.object({ case: id.optional() }) },
      responses: { 200: json("bundles, newest first, and who asked for them") },
    }),
    async (c) => {
      const exports = await listExports(node, c.var.standing, c.req.valid("query").case ?? null);
      const officers = await node.directory.officers([...new Set(exports.map((one) => one.officer))]);
      return c.json(
        { exports, names: Object.fromEntries([...officers].map(([key, { name }]) => [key, name])) },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/exports/{export}",
      request: { params: atExport },
      responses: { 200: json("one bundle"), ...problems(404) },
    }),
    async (c) => c.json(await findExport(node, c.var.standing, c.req.valid("param").export), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exports/{export}/unproven",
      request: { params: atExport, ...body(z.object({ reason })) },
      responses: { 200: json("does not wait any longer"), ...problems(403, 404, 409) },
    }),
    async (c) => {
      const { reason: why } = c.req.valid("json");
      return c.json(await goUnproven(node, c.var.standing, c.req.valid("param").export, why), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/exports/{export}",
      request: { params: atExport },
      responses: { 204: { description: "given up" }, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await giveUpExport(node, c.var.standing, c.req.valid("param").export);
      return c.body(null, 204);
    },
  );
  routes.get("/exports/:export/bundle", async (c) => {
    const { source, fileName } = await fetchExport(node, c.var.standing, Id.parse(c.req.param("export")));
    const piece = 4 * 1024 * 1024;
    const stream = Readable.from(
      (async function* () {
        for (let at = 0; at < source.size; at += piece) yield await source.range(at, at + piece);
      })(),
      { objectMode: false },
    );
    return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
      "content-type": "application/zip",
      "content-length": String(source.size),
      "content-disposition": `attachment; filename="${fileName}"`,
    });
  });
  return routes;
}
