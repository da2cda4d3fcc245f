// The HTTP door of subject access, mounted under /api/subject-access.
import { api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id } from "@simpul/model";
import {
  agreeToAccess,
  answerAccess,
  decideHit,
  enterAccess,
  listAccesses,
  protectedAsks,
  viewAccess,
  type SubjectAccessNode,
} from "./access.ts";
import { grounds, hitDecisions, identifierTypes, letterLanguages, SubjectAccessError } from "./contract.ts";
import { letterFont, letterOf, letterScripts } from "./letter.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const one = { params: z.object({ id }) };
const takes = <Shape extends z.ZodType>(schema: Shape) => ({
  body: { content: { "application/json": { schema } }, required: true },
});
const done = { description: "done" } as const;
const text = (least: number, most: number) => z.string().trim().min(least).max(most);

const AskShape = z.object({
  names: z.array(text(2, 200)).max(10),
  birth: z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
    .nullable(),
  identifiers: z.array(z.object({ type: z.enum(identifierTypes), written: text(2, 300) })).max(20),
  language: z.enum(letterLanguages),
  contact: text(3, 500),
  askedOn: z.iso.date(),
  checkedHow: text(10, 500),
  checkedBy: text(2, 200),
});

export function subjectAccessRoutes(node: SubjectAccessNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("those who asked, as far as she may know") },
    }),
    async (c) => c.json(await listAccesses(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: takes(AskShape),
      responses: { 201: json("entered"), ...problems(404, 422) },
    }),
    async (c) => c.json({ id: await enterAccess(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/protected",
      responses: { 200: json("what the victim desk alone answers; nothing to anybody else") },
    }),
    async (c) => c.json(await protectedAsks(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/fonts/{script}",
      request: { params: z.object({ script: z.enum(letterScripts) }) },
      responses: { 200: { description: "the font of a letter's script" }, ...problems(404, 422) },
    }),
    (c) =>
      c.body(new Uint8Array(letterFont(c.req.valid("param").script)), 200, { "content-type": "font/woff2" }),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one asking with what was found"), ...problems(404) },
    }),
    async (c) => c.json(await viewAccess(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/agree",
      request: one,
      responses: { 204: done, ...problems(403, 404) },
    }),
    async (c) => {
      await agreeToAccess(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/hits/{nth}",
      request: {
        params: z.object({ id, nth: z.coerce.number().int().min(0).max(999) }),
        ...takes(
          z
            .object({
              decision: z.enum(hitDecisions),
              ground: z.enum(grounds).nullable().default(null),
              note: z.string().trim().max(2000).default(""),
            })
            .refine((ask) => (ask.decision === "hold-back") === (ask.ground !== null), { path: ["ground"] }),
        ),
      },
      responses: { 204: done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await decideHit(node, c.var.standing, c.req.valid("param"), c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/answer",
      request: one,
      responses: { 204: done, ...problems(404, 409) },
    }),
    async (c) => {
      await answerAccess(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/letter",
      request: one,
      responses: {
        200: { description: "the letter, as a page", content: { "text/html": { schema: z.string() } } },
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const view = await viewAccess(node, c.var.standing, c.req.valid("param").id);
      if (view.answeredAt === null) throw new SubjectAccessError("UNDECIDED", view.id);
      return c.html(letterOf(view, node, c.var.nonce), 200);
    },
  );
  return routes;
}
