// The HTTP door of this room, mounted under /api/joint.
import { api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { thingKinds } from "./contract.ts";
import { confirm, decline, remove, resume, suspend, withdraw } from "./ending.ts";
import { exportSpace } from "./export.ts";
import { choicesFor, listSpaces, listThings, viewSpace } from "./look.ts";
import { addMember, endMember } from "./members.ts";
import { approveNote, draftNote, extendNote, saveNote, sendNote } from "./note.ts";
import { mayDraft, type JointNode } from "./node.ts";
import { pictureOf } from "./pictures.ts";
import { correct, put, withdrawThing } from "./put.ts";
import { agreement } from "./routes-agreement.ts";
import { onTheNote } from "./routes-note.ts";
import {
  ApproveShape,
  caseRef,
  ConfirmShape,
  CorrectShape,
  id,
  MemberShape,
  NoteShape,
  PutShape,
  ReasonShape,
  RemoveShape,
} from "./shapes.ts";

const at = z.object({ id });
const thingAt = z.object({ id, thing: id });
const refused = problems(403, 404, 409, 422);

export function jointRoutes(node: JointNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({ method: "get", path: "/", responses: { 200: json("spaces that this officer sees") } }),
    async (c) => c.json({ spaces: await listSpaces(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({ method: "get", path: "/codes", responses: { 200: json("what a note may name") } }),
    async (c) => {
      const codes = {
        own: node.code,
        states: await node.peers(),
        offences: node.offences,
        kinds: thingKinds,
      };
      return c.json({ ...codes, drafts: mayDraft(node, c.var.standing) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(NoteShape),
      responses: { 201: json("a draft that only this state knows"), ...refused },
    }),
    async (c) => c.json({ id: await draftNote(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("one space: its note, parties, lines and what she may do"), ...problems(404) },
    }),
    async (c) => c.json(await viewSpace(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}",
      request: { params: at, ...body(NoteShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await saveNote(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/extend",
      request: { params: at, ...body(NoteShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await extendNote(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/send",
      request: { params: at },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await sendNote(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/approve",
      request: { params: at, ...body(ApproveShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await approveNote(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  for (const [path, act] of [
    ["/{id}/decline", decline],
    ["/{id}/suspend", suspend],
    ["/{id}/resume", resume],
    ["/{id}/withdraw", withdraw],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: { params: at, ...body(ReasonShape) },
        responses: { ...done, ...refused },
      }),
      async (c) => {
        await act(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
        return c.body(null, 204);
      },
    );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/remove",
      request: { params: at, ...body(RemoveShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await remove(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  things(routes, node);
  members(routes, node);
  windingDown(routes, node);
  onTheNote(routes, node, wordsIn);
  agreement(routes, node);
  return routes;
}

function things(routes: OpenAPIHono<Env>, node: JointNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/things",
      request: {
        params: at,
        query: z.object({
          kind: z.enum(thingKinds).optional(),
          before: z
            .string()
            .regex(/^[0-9:. +-]{10,40}_[0-9a-f-]{36}$/)
            .optional(),
        }),
      },
      responses: { 200: json("what lies in it, newest first"), ...problems(404) },
    }),
    async (c) =>
      c.json(await listThings(node, c.var.standing, c.req.valid("param").id, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/picture",
      request: { params: at },
      responses: { 200: json("what timeline, map, chart and calendar draw"), ...problems(404) },
    }),
    async (c) => c.json(await pictureOf(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/choices",
      request: { params: at, query: z.object({ case: caseRef }) },
      responses: { 200: json("what of a case may be put in, and what not and why"), ...problems(404) },
    }),
    async (c) =>
      c.json(await choicesFor(node, c.var.standing, c.req.valid("param").id, c.req.valid("query").case), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/things",
      request: { params: at, ...body(PutShape) },
      responses: { 201: json("put in"), ...refused },
    }),
    async (c) => {
      const ask = c.req.valid("json") as unknown as Parameters<typeof put>[3];
      return c.json({ ids: await put(node, c.var.standing, c.req.valid("param").id, ask) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}/things/{thing}",
      request: { params: thingAt, ...body(CorrectShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { id: space, thing } = c.req.valid("param");
      await correct(node, c.var.standing, space, thing, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/things/{thing}/withdraw",
      request: { params: thingAt, ...body(ReasonShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { id: space, thing } = c.req.valid("param");
      await withdrawThing(node, c.var.standing, space, thing, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
}

function members(routes: OpenAPIHono<Env>, node: JointNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/members",
      request: { params: at, ...body(MemberShape) },
      responses: { 201: json("she works in it from now on"), ...refused },
    }),
    async (c) =>
      c.json(
        { id: await addMember(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")) },
        201,
      ),
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/{id}/members/{member}",
      request: { params: z.object({ id, member: id }) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { id: space, member } = c.req.valid("param");
      await endMember(node, c.var.standing, space, member);
      return c.body(null, 204);
    },
  );
}

function windingDown(routes: OpenAPIHono<Env>, node: JointNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/export",
      request: { params: at },
      responses: { 200: json("everything in it, with its hash list"), ...problems(404) },
    }),
    async (c) => {
      const whole = await exportSpace(node, c.var.standing, c.req.valid("param").id);
      c.header("content-disposition", `attachment; filename="joint-${c.req.valid("param").id}.json"`);
      return c.json(whole, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/confirm",
      request: { params: at, ...body(ConfirmShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await confirm(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").digest);
      return c.body(null, 204);
    },
  );
}
