// The HTTP door of this room, mounted under /api/returns: for the victim desk, while it is open.
import { anId, aNodeCode, api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import {
  answerCheck,
  AnswersShape,
  askNationality,
  checkView,
  keepAnswers,
  listChecks,
  mostAsked,
} from "./checks.ts";
import type { Answered, Notice } from "./contract.ts";
import { ChoiceShape, ReflectionShape, RiskShape, StepShape } from "./kinds.ts";
import type { ReturnsNode } from "./node.ts";
import {
  answerNotice,
  listNotices,
  NoticeAnswerShape,
  NoticeShape,
  noticeView,
  sendNotice,
  type NoticeAnswer,
} from "./notices.ts";
import { planner, planView, say, type Said } from "./plan.ts";

const byId = z.object({ id: anId });
const SaidShape = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("choice"), data: ChoiceShape }),
  z.strictObject({ what: z.literal("risk"), data: RiskShape }),
  z.strictObject({ what: z.literal("reflection"), data: ReflectionShape }),
  z.strictObject({ what: z.literal("step"), data: StepShape }),
]);

export function returnsRoutes(node: ReturnsNode): OpenAPIHono<Env> {
  const routes = api();
  const list = (path: string, description: string) =>
    createRoute({ method: "get", path, responses: { 200: json(description), ...problems(404, 409) } });
  const one = (path: string, description: string) =>
    createRoute({
      method: "get",
      path,
      request: { params: byId },
      responses: { 200: json(description), ...problems(404, 409) },
    });
  const act = (path: string, shape: z.ZodType, description: string) =>
    createRoute({
      method: "post",
      path,
      request: { params: byId, ...body(shape) },
      responses: { 200: json(description), ...problems(403, 404, 409, 422) },
    });
  const make = (path: string, shape: z.ZodType, description: string) =>
    createRoute({
      method: "post",
      path,
      request: body(shape),
      responses: { 201: json(description), ...problems(403, 404, 409, 422) },
    });

  routes.openapi(list("/", "everybody with a plan, what is due first"), async (c) =>
    c.json({ plans: await planner(node, c.var.acting), terms: node.terms }, 200),
  );
  routes.openapi(list("/states", "victim desks that can be asked"), async (c) =>
    c.json({ states: await node.shares.states(c.var.acting), terms: node.terms }, 200),
  );
  routes.openapi(one("/people/{id}", "her plan"), async (c) =>
    c.json({ plan: await planView(node, c.var.acting, c.req.valid("param").id), terms: node.terms }, 200),
  );
  routes.openapi(act("/people/{id}", SaidShape, "kept"), async (c) => {
    await say(node, c.var.acting, c.req.valid("param").id, c.req.valid("json") as Said);
    return c.json({}, 200);
  });

  routes.openapi(list("/missing", "notices of missing and unidentified people"), async (c) =>
    c.json({ notices: await listNotices(node, c.var.acting) }, 200),
  );
  routes.openapi(
    make(
      "/missing",
      z.strictObject({ thread: anId, to: z.array(aNodeCode).min(1).max(30), notice: NoticeShape }),
      "sent",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof sendNotice>[2] & { notice: Notice };
      return c.json({ shares: await sendNotice(node, c.var.acting, ask) }, 201);
    },
  );
  routes.openapi(one("/missing/{id}", "a notice, with those of the own book whom it may mean"), async (c) =>
    c.json(await noticeView(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(act("/missing/{id}/answer", NoticeAnswerShape, "answered"), async (c) => {
    await answerNotice(node, c.var.acting, c.req.valid("param").id, c.req.valid("json") as NoticeAnswer);
    return c.json({}, 200);
  });

  routes.openapi(list("/nationality", "lists for nationality checks"), async (c) =>
    c.json({ checks: await listChecks(node, c.var.acting) }, 200),
  );
  routes.openapi(
    make(
      "/nationality",
      z.strictObject({ thread: anId, to: aNodeCode, people: z.array(anId).min(1).max(mostAsked) }),
      "asked, and who was left out because she has not agreed",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof askNationality>[2];
      return c.json(await askNationality(node, c.var.acting, ask), 201);
    },
  );
  routes.openapi(one("/nationality/{id}", "a list with its answers"), async (c) =>
    c.json(await checkView(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    act("/nationality/{id}/answer", AnswersShape, "answered, one for each person"),
    async (c) => {
      const { answers } = c.req.valid("json") as { answers: Answered[] };
      await answerCheck(node, c.var.acting, c.req.valid("param").id, answers);
      return c.json({}, 200);
    },
  );
  routes.openapi(act("/nationality/{id}/keep", z.strictObject({}), "kept with each person"), async (c) =>
    c.json(await keepAnswers(node, c.var.acting, c.req.valid("param").id), 200),
  );
  const over = act("/shares/{id}/{act}", z.strictObject({}), "called back, or declined");
  routes.openapi(
    {
      ...over,
      request: { ...over.request, params: z.object({ id: anId, act: z.enum(["revoke", "decline"]) }) },
    },
    async (c) => {
      const { id, act: which } = c.req.valid("param");
      if (which === "revoke") await node.shares.revoke(c.var.acting, id);
      else await node.shares.answer(c.var.acting, id, "rejected", { v: 1, text: "" });
      return c.json({}, 200);
    },
  );
  return routes;
}
