// The HTTP door of this room, mounted under /api/hand-overs.
import { aNodeCode, anId, api, body, clean, createRoute, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { namesOf } from "../access/contract.ts";
import { accept, decline } from "./decide.ts";
import { list, view } from "./look.ts";
import type { HandOversNode } from "./node.ts";
import { approve, drop, offer, preview, takeBack } from "./offer.ts";
import { propose, settle } from "./proposals.ts";
import { most } from "./rules.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const ref = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);
const words = text(1, most.text);
const maybe = text(0, most.text).default("");
const at = z.object({ id: anId });

const AskHandOverShape = z.strictObject({
  case: ref,
  to: aNodeCode,
  only: z.array(anId).max(most.records).nullable().default(null),
  title: text(1, 300),
  summary: words,
  language,
  reason: code,
  reasonText: maybe,
  legalBasis: code,
  legalBasisText: maybe,
  after: words,
  remains: maybe,
});

export function handOversRoutes(node: HandOversNode): OpenAPIHono<Env> {
  const routes = api();
  const act = <S extends z.ZodType>(
    path: string,
    schema: S,
    run: (standing: Env["Variables"]["standing"], id: Id, ask: z.infer<S>) => Promise<void>,
  ): void => {
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: { params: at, ...body(schema) },
        responses: { 204: { description: "done" }, ...problems(403, 404, 409, 422) },
      }),
      async (c) => {
        const { id } = c.req.valid("param" as never) as { id: Id };
        await run(c.var.standing, id, c.req.valid("json" as never) as z.infer<S>);
        return c.body(null, 204);
      },
    );
  };

  routes.openapi(
    createRoute({ method: "get", path: "/codes", responses: { 200: json("the lists in force") } }),
    async (c) => {
      const states = await node.peers();
      const byLetter = [...new Set(node.lettered)].filter(
        (one) => one !== node.code && !states.includes(one),
      );
      return c.json({ ...node.codes, states, byLetter, crimeTypes: node.crimeTypes }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: z.object({ case: ref.optional(), open: z.enum(["true", "false"]).optional() }) },
      responses: { 200: json("hand-overs this officer sees, the last changed first") },
    }),
    async (c) => {
      const { case: of, open } = c.req.valid("query");
      return c.json(
        { handOvers: await list(node, c.var.standing, { case: of, open: open === "true" }) },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/preview",
      request: body(AskHandOverShape.pick({ case: true, to: true, only: true })),
      responses: { 200: json("what they will see, and what stays"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await preview(node, c.var.standing, c.req.valid("json")), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(AskHandOverShape),
      responses: { 201: json("before the second person"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await offer(node, c.var.standing, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("one hand-over"), ...problems(404) },
    }),
    async (c) => {
      const found = await view(node, c.var.standing, c.req.valid("param").id);
      const named = found.proposals.flatMap((one) => [one.by, one.answeredBy]);
      const names = await namesOf(node.directory, [found.author, found.approvedBy, ...named]);
      return c.json({ ...found, names }, 200);
    },
  );
  act("/{id}/approve", z.strictObject({}), (standing, id) => approve(node, standing, id));
  act("/{id}/drop", z.strictObject({}), (standing, id) => drop(node, standing, id));
  act("/{id}/take-back", z.strictObject({ text: maybe }), (standing, id, ask) =>
    takeBack(node, standing, id, ask.text),
  );
  act(
    "/{id}/accept",
    z.strictObject({ desk: anId, lead: anId, crimeType: code, text: maybe }),
    (standing, id, ask) => accept(node, standing, id, ask),
  );
  act("/{id}/decline", z.strictObject({ ground: code, text: maybe }), (standing, id, ask) =>
    decline(node, standing, id, ask),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/proposals",
      request: { params: at, ...body(z.strictObject({ text: words, language })) },
      responses: { 201: json("on its way to the owner"), ...problems(403, 404, 409, 422) },
    }),
    async (c) =>
      c.json(await propose(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  act(
    "/{id}/settle",
    z.strictObject({ proposal: anId, taken: z.boolean(), text: clean(4000).default("") }),
    (standing, id, ask) => settle(node, standing, id, ask),
  );
  return routes;
}
