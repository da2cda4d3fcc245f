// The HTTP door of the standards, mounted under /api/standards.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { referenceForm } from "@simpul/features/victims/contract.ts";
import { askExport, dropExport, fetchExport, letOut, listExports } from "./letting-out.ts";
import type { StandardsNode } from "./node.ts";
import { previewFile, takeInFile } from "./taking-in.ts";

/** A file comes as its text; the door takes two megabytes at most. */
const FileText = z.string().min(2).max(2_000_000);
const text = (most: number, least: number) =>
  clean(most)
    .transform((value) => value.trim())
    .pipe(z.string().min(least));

export function standardsRoutes(node: StandardsNode): OpenAPIHono<Env> {
  const routes = api();
  const one = { params: z.object({ id: anId }) };
  routes.openapi(
    createRoute({
      method: "post",
      path: "/preview",
      request: body(z.strictObject({ text: FileText })),
      responses: { 200: json("what would be taken in; nothing was"), ...problems(404, 409, 413, 422) },
    }),
    async (c) => c.json(await previewFile(node, c.var.acting, c.req.valid("json").text), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/take-in",
      request: body(
        z.strictObject({
          text: FileText,
          leaveOut: z.array(z.number().int().min(0).max(10_000)).max(10_000).default([]),
        }),
      ),
      responses: { 200: json("how many people were made"), ...problems(404, 409, 413, 422) },
    }),
    async (c) => c.json({ made: await takeInFile(node, c.var.acting, c.req.valid("json")) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/exports",
      responses: { 200: json("exports, the newest first"), ...problems(404, 409) },
    }),
    async (c) => c.json(await listExports(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exports",
      request: body(
        z.strictObject({
          people: z.array(z.string().toUpperCase().regex(referenceForm)).min(1).max(500),
          recipient: text(300, 3),
          reason: text(2000, 10),
          format: z.enum(["json", "csv"]),
        }),
      ),
      responses: { 201: json("asked; a second officer lets it out"), ...problems(404, 409, 422) },
    }),
    async (c) => c.json({ id: await askExport(node, c.var.acting, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exports/{id}/let-out",
      request: one,
      responses: { 200: json("the file"), ...problems(403, 404, 409) },
    }),
    async (c) => c.json(await letOut(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exports/{id}/drop",
      request: one,
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await dropExport(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/exports/{id}/file",
      request: one,
      responses: { 200: json("the file once more, within a day"), ...problems(404, 409) },
    }),
    async (c) => c.json(await fetchExport(node, c.var.acting, c.req.valid("param").id), 200),
  );
  return routes;
}
