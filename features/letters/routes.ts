// The HTTP door of the letters room, mounted under /api/letters.
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { lettersForRequests, keptPage, paperOf, previewLetter, previewPage } from "./make.ts";
import { listLetters, viewLetter } from "./look.ts";
import type { LettersNode } from "./node.ts";
import { acknowledged, answered, posted, refused } from "./note.ts";
import { permitted, recalled } from "./note-follow-up.ts";
import {
  AcknowledgedShape,
  AnsweredShape,
  correspondent,
  id,
  PermittedShape,
  PostedShape,
  RecalledShape,
  RefusedShape,
} from "./shapes.ts";

const at = z.object({ id });
const page = z.coerce.number().int().min(1).max(40);
const done = { 204: { description: "noted" } } as const;
const drafted = z.object({ request: id, to: correspondent });
// Nothing in a letter's picture may run or fetch, whoever opens it on its own.
const picture = {
  "content-type": "image/svg+xml; charset=utf-8",
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "private, no-store",
};

export function lettersRoutes(node: LettersNode): OpenAPIHono<Env> {
  const routes = api();
  /** Officers' names beside what mentions them. */
  const withNames = async <T extends object>(value: T, ids: readonly (Id | null)[]) => {
    const officers = await node.directory.officers(ids.filter((one) => one !== null));
    return { ...value, names: { officers: Object.fromEntries(officers), desks: {} } };
  };

  routes.openapi(
    createRoute({
      method: "get",
      path: "/correspondents",
      responses: { 200: json("to whom one writes by letter, with the list's version") },
    }),
    (c) => c.json(lettersForRequests(node).all(), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: {
        query: z.object({
          open: z.enum(["true", "false"]).optional(),
          cursor: z.string().max(120).optional(),
        }),
      },
      responses: { 200: json("letters this officer sees, the last made first"), ...problems(422) },
    }),
    async (c) => {
      const { open, cursor } = c.req.valid("query");
      return c.json(await listLetters(node, c.var.standing, { open: open === "true", cursor }), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/preview",
      request: { query: drafted },
      responses: { 200: json("how long it is, and how much of it the case fills"), ...problems(404, 422) },
    }),
    async (c) => c.json(await previewLetter(node, c.var.standing, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/preview/page",
      request: { query: drafted.extend({ page }) },
      responses: { 200: { description: "one page of the draft (SVG)" }, ...problems(404, 422) },
    }),
    async (c) => c.body(await previewPage(node, c.var.standing, c.req.valid("query")), 200, picture),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("the letter with its notes and answers"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewLetter(node, c.var.standing, c.req.valid("param").id);
      return c.json(await withNames(view, [view.approvedBy, ...view.answers.map((one) => one.notedBy)]), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/page",
      request: { params: at, query: z.object({ page }) },
      responses: { 200: { description: "one page of it (SVG)" }, ...problems(404, 422) },
    }),
    async (c) =>
      c.body(
        await keptPage(node, c.var.standing, c.req.valid("param").id, c.req.valid("query").page),
        200,
        picture,
      ),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/paper",
      request: { params: at },
      responses: { 200: { description: "the PDF exactly as it was approved" }, ...problems(404) },
    }),
    async (c) => {
      const { name, bytes } = await paperOf(node, c.var.standing, c.req.valid("param").id);
      return c.body(bytes, 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "private, no-store",
      });
    },
  );
  const noted = <S extends z.ZodType>(
    path: string,
    schema: S,
    act: (
      node: LettersNode,
      standing: Env["Variables"]["standing"],
      id: Id,
      ask: z.infer<S>,
    ) => Promise<void>,
  ): void => {
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: { params: at, ...body(schema) },
        responses: { ...done, ...problems(403, 404, 409, 410, 422) },
      }),
      async (c) => {
        // A route over an open schema hides its own parts from the type checker; they were parsed all the same.
        const { id: which } = c.req.valid("param" as never) as { id: Id };
        await act(node, c.var.standing, which, c.req.valid("json" as never) as z.infer<S>);
        return c.body(null, 204);
      },
    );
  };
  noted("/{id}/posted", PostedShape, posted);
  noted("/{id}/acknowledged", AcknowledgedShape, acknowledged);
  noted("/{id}/refused", RefusedShape, refused);
  noted("/{id}/recalled", RecalledShape, recalled);
  noted("/{id}/permitted", PermittedShape, permitted);
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/answer",
      request: { params: at, ...body(AnsweredShape) },
      responses: { 201: json("joined to the letter"), ...problems(404, 409, 422) },
    }),
    async (c) =>
      c.json(await answered(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  return routes;
}
