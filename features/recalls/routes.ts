// The HTTP door of this room, mounted under /api/recalls.
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { answerRecall } from "./answer.ts";
import { approve, dropRecall, given, propose, returnRecall } from "./ask.ts";
import type { RecallView } from "./contract.ts";
import { answerGrade, listGrades, proposeGrade } from "./grades.ts";
import { listRecalls, viewRecall } from "./look.ts";
import type { RecallsNode } from "./node.ts";
import { noteOnPaper } from "./on-paper.ts";
import {
  AskAnswerShape,
  AskGradeShape,
  AskRecallShape,
  at,
  atRequest,
  GradeAnswerShape,
  GradesShape,
  ListShape,
  OnPaperShape,
  ReasonShape,
} from "./shapes.ts";

export function recallsRoutes(node: RecallsNode): OpenAPIHono<Env> {
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
    (c) => c.json(node.codes, 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/grades",
      request: { query: GradesShape },
      responses: { 200: json("other grades proposed, by us or to us") },
    }),
    async (c) => {
      const proposals = await listGrades(node, c.var.standing, c.req.valid("query"));
      const ids = proposals.flatMap((one) => [one.by, one.answeredBy]).flatMap((one) => one ?? []);
      const found = await node.directory.officers([...new Set(ids)]);
      const names = Object.fromEntries([...found].map(([id, { name }]) => [id, name]));
      return c.json({ proposals, names }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/grades",
      request: body(AskGradeShape),
      responses: { 201: json("on its way to the originator"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await proposeGrade(node, c.var.standing, c.req.valid("json")), 201),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/grades/{id}/answer",
      request: { params: at, ...body(GradeAnswerShape) },
      responses: {
        200: json("declined, or the recall that carries the new grade"),
        ...problems(403, 404, 409, 422),
      },
    }),
    async (c) =>
      c.json(await answerGrade(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/given/{request}",
      request: { params: atRequest },
      responses: { 200: json("what of ours left with it and can be called back"), ...problems(404) },
    }),
    async (c) => {
      const { request } = c.req.valid("param");
      const list = await node.store.read(c.var.standing, async (db) => {
        db.noteRead("recall.given-listed", { id: request });
        return given(node, db, request);
      });
      return c.json({ given: list }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/given/{request}",
      request: { params: atRequest, ...body(AskRecallShape) },
      responses: { 201: json("before whoever lets it go"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const { request } = c.req.valid("param");
      return c.json(await propose(node, c.var.standing, request, c.req.valid("json")), 201);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: ListShape },
      responses: { 200: json("recalls this officer sees, the last first") },
    }),
    async (c) => c.json(await listRecalls(node, c.var.standing, c.req.valid("query")), 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("one recall with its tree"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewRecall(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await namesOf(node, view) }, 200);
    },
  );

  act("/{id}/approve", ReasonShape, (standing, id, { reason }) => approve(node, standing, id, reason));
  act("/{id}/return", ReasonShape, (standing, id, { reason }) => returnRecall(node, standing, id, reason));
  act("/{id}/drop", ReasonShape, (standing, id) => dropRecall(node, standing, id));
  act("/{id}/answer", AskAnswerShape, (standing, id, ask) => answerRecall(node, standing, id, ask));
  act("/{id}/on-paper", OnPaperShape, (standing, id, ask) => noteOnPaper(node, standing, id, ask));
  return routes;
}

/** Names of the officers in it; whoever is missing stays an id. */
async function namesOf(node: RecallsNode, view: RecallView): Promise<Record<string, string>> {
  const ids = [view.author, view.approvedBy, view.returned?.by ?? null, view.answer?.by ?? null];
  const found = await node.directory.officers([...new Set(ids.flatMap((one) => one ?? []))]);
  return Object.fromEntries([...found].map(([id, { name }]) => [id, name]));
}
