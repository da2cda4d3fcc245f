// The HTTP door of the requests room, mounted under /api/requests.
import { api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { dropAnswer, release, returnAnswer, saveAnswer, submitAnswer } from "./answer.ts";
import { boxes } from "./contract.ts";
import { assign, askBack, openedBy, refuse, resume, suspend, transfer } from "./desk.ts";
import { approve, clarify, close, newDraft, returnDraft, saveDraft, submitDraft, withdraw } from "./draft.ts";
import { choices } from "./gather.ts";
import { listRequests } from "./list.ts";
import { activityOf, viewRequest } from "./look.ts";
import { withNames } from "./names.ts";
import type { RequestsNode } from "./node.ts";
import { previewAnswer, previewRequest } from "./preview.ts";
import { dutyRoutes } from "./routes-duty.ts";
import { heldRoutes } from "./routes-held.ts";
import { overrideRoutes } from "./routes-override.ts";
import { translationRoutes } from "./routes-translations.ts";
import { settleBeside } from "./settle.ts";
import { takeNote } from "./unasked.ts";
import {
  AskAnswerShape,
  AskDraftShape,
  SaveDraftShape,
  caseRef,
  day,
  id,
  line,
  nodeCode,
  text,
} from "./shapes.ts";

const at = z.object({ id });
const reason = z.object({ reason: text.default("") });
const said = z.object({ text });

/** What a door does with an id and what was sent: most of them answer nothing. */
type Act<S extends z.ZodType> = (
  standing: Env["Variables"]["standing"],
  id: z.infer<typeof at>["id"],
  ask: z.infer<S>,
) => Promise<void>;

export function requestsRoutes(node: RequestsNode): OpenAPIHono<Env> {
  const routes = api();
  const act = <S extends z.ZodType>(path: string, schema: S, run: Act<S>): void => {
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: { params: at, ...body(schema) },
        responses: { ...done, ...problems(403, 404, 409, 410, 422) },
      }),
      async (c) => {
        // A route over an open schema hides its own parts from the type checker; they were parsed all the same.
        const { id: which } = c.req.valid("param" as never) as z.infer<typeof at>;
        await run(c.var.standing, which, c.req.valid("json" as never) as z.infer<S>);
        return c.body(null, 204);
      },
    );
  };
  /** The same without anything sent. */
  const bare = (method: "post" | "delete", path: string, run: Act<z.ZodUndefined>): void => {
    routes.openapi(
      createRoute({
        method,
        path,
        request: { params: at },
        responses: { ...done, ...problems(403, 404, 409, 410, 422) },
      }),
      async (c) => {
        await run(c.var.standing, c.req.valid("param").id, undefined);
        return c.body(null, 204);
      },
    );
  };

  routes.openapi(
    createRoute({ method: "get", path: "/codes", responses: { 200: json("the code lists in force") } }),
    async (c) =>
      c.json(
        {
          ...node.codes,
          states: await node.peers(),
          correspondents: node.letters.all(),
          offences: [...node.offences],
        },
        200,
      ),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/choices",
      request: {
        query: z.object({
          case: caseRef,
          // `kh,ph`
          to: z
            .string()
            .regex(/^([a-z]{2}(,[a-z]{2}){0,19})?$/)
            .default(""),
          purpose: z.string().max(60).default("crime-investigation"),
        }),
      },
      responses: { 200: json("what may be put in, and what may not and why"), ...problems(404, 422) },
    }),
    async (c) => {
      const { case: ref, to, purpose } = c.req.valid("query");
      const states = to
        .split(",")
        .filter((one) => one !== "")
        .map((one) => nodeCode.parse(one));
      return c.json(
        await node.store.read(c.var.standing, async (db) => {
          db.noteRead("request.choices-listed", {});
          return choices(node, db, { case: ref, to: states, purpose });
        }),
        200,
      );
    },
  );

  routes.route("/", dutyRoutes(node));
  routes.route("/", heldRoutes(node));
  routes.route("/", overrideRoutes(node));
  routes.route("/", translationRoutes(node));

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: {
        query: z.object({
          box: z.enum(boxes).optional(),
          state: z.string().max(200).optional(),
          text: z.string().max(200).optional(),
          case: caseRef.optional(),
          cursor: z.string().max(120).optional(),
        }),
      },
      responses: { 200: json("requests this officer sees, the last changed first"), ...problems(404, 422) },
    }),
    async (c) =>
      c.json(await withNames(node, await listRequests(node, c.var.standing, c.req.valid("query"))), 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(AskDraftShape),
      responses: { 201: json("drafted"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await newDraft(node, c.var.standing, c.req.valid("json")), 201),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("the request whole"), ...problems(404) },
    }),
    async (c) => {
      const { id: which } = c.req.valid("param");
      const first = await viewRequest(node, c.var.standing, which);
      const opened = await openedBy(node, c.var.standing, first);
      const view = opened ? await viewRequest(node, c.var.standing, which) : first;
      return c.json(await withNames(node, view), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}",
      request: { params: at, ...body(SaveDraftShape) },
      responses: { 200: json("saved"), ...problems(403, 404, 409, 422) },
    }),
    async (c) =>
      c.json(await saveDraft(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  for (const [path, preview] of [
    ["/{id}/preview", previewRequest],
    ["/{id}/answer/preview", previewAnswer],
  ] as const)
    routes.openapi(
      createRoute({
        method: "get",
        path,
        request: { params: at },
        responses: { 200: json("exactly what they will see"), ...problems(404, 409) },
      }),
      async (c) =>
        c.json(await withNames(node, await preview(node, c.var.standing, c.req.valid("param").id)), 200),
    );

  bare("post", "/{id}/submit", (standing, which) => submitDraft(node, standing, which));
  act("/{id}/return", reason, (standing, which, ask) => returnDraft(node, standing, which, ask.reason));
  act("/{id}/approve", reason, (standing, which, ask) => approve(node, standing, which, ask.reason));
  act(
    "/{id}/withdraw",
    z.object({ thread: id.optional(), reason: text.default("") }),
    (standing, which, ask) => withdraw(node, standing, which, ask),
  );
  act("/{id}/clarification", z.object({ thread: id, text }), (standing, which, ask) =>
    clarify(node, standing, which, ask),
  );
  act(
    "/{id}/close",
    z.object({ thread: id, usefulness: line, text: text.default("") }),
    (standing, which, ask) => close(node, standing, which, ask),
  );
  act("/{id}/take-note", z.object({ usefulness: line, text: text.default("") }), (standing, which, ask) =>
    takeNote(node, standing, which, ask),
  );
  act("/{id}/assign", z.object({ desk: id, note: text.default("") }), (standing, which, ask) =>
    assign(node, standing, which, ask),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/beside",
      request: { params: at, ...body(z.object({ beside: id, take: z.boolean() })) },
      responses: { 200: json("the draft as it stands now"), ...problems(403, 404, 409, 422) },
    }),
    async (c) =>
      c.json(await settleBeside(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  act("/{id}/clarify", said, (standing, which, ask) => askBack(node, standing, which, ask.text));
  act(
    "/{id}/suspend",
    z.object({ reason: text, until: day.nullable().default(null) }),
    (standing, which, ask) => suspend(node, standing, which, ask),
  );
  bare("post", "/{id}/resume", (standing, which) => resume(node, standing, which));
  act("/{id}/transfer", z.object({ authority: line, text: text.default("") }), (standing, which, ask) =>
    transfer(node, standing, which, ask),
  );
  act("/{id}/refuse", z.object({ ground: line, text: text.default("") }), (standing, which, ask) =>
    refuse(node, standing, which, ask),
  );

  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}/answer",
      request: { params: at, ...body(AskAnswerShape) },
      responses: { 200: json("saved"), ...problems(403, 404, 409, 422) },
    }),
    async (c) =>
      c.json(await saveAnswer(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  bare("delete", "/{id}/answer", (standing, which) => dropAnswer(node, standing, which));
  bare("post", "/{id}/answer/submit", (standing, which) => submitAnswer(node, standing, which));
  act("/{id}/answer/return", reason, (standing, which, ask) =>
    returnAnswer(node, standing, which, ask.reason),
  );
  act("/{id}/answer/release", reason, (standing, which, ask) => release(node, standing, which, ask.reason));

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/activity",
      request: { params: at },
      responses: { 200: json("its acts and reads, newest first"), ...problems(404) },
    }),
    async (c) =>
      c.json(
        await withNames(node, {
          activity: await activityOf(node, c.var.standing, c.req.valid("param").id),
        }),
        200,
      ),
  );

  return routes;
}
