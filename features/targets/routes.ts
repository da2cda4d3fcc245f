// The HTTP door of targets, mounted under /api/targets.
import { aNodeCode, anId, api, body, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { namesOf } from "../access/contract.ts";
import { freezeAnswers, outcomes, targetLimits, targetStates } from "./contract.ts";
import type { TargetView } from "./contract.ts";
import { addStep, followUp, takeTarget } from "./follow.ts";
import { answerFreeze, askFreeze } from "./freeze.ts";
import { listFreezes, listTargets, viewTarget } from "./look.ts";
import type { TargetsNode } from "./node.ts";
import { acceptTarget, nominate, withdrawTarget } from "./nominate.ts";

const day = z.iso.date();
const FollowUpShape = z.strictObject({ on: day, text: text(0, 500) });
const TargetShape = z.strictObject({
  case: text(1, 60),
  subject: anId,
  reasons: text(10, 4000),
  followUp: FollowUpShape,
});
const StepShape = z.strictObject({
  step: z.enum(outcomes),
  on: day,
  text: text(0, 2000),
  review: anId.optional(),
  followUp: FollowUpShape.nullable(),
});
const FreezeShape = z.strictObject({
  selector: anId,
  recipient: text(2, 300),
  basis: text(2, 1000),
  hours: z.number().int().min(1).max(targetLimits.freezeHours),
  request: z
    .strictObject({
      to: z.union([
        z.strictObject({ state: aNodeCode }),
        z.strictObject({ letter: z.string().regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/) }),
      ]),
      subject: text(3, 300),
      question: text(10, 2000),
      language: z.string().regex(/^[a-z]{2,3}$/),
    })
    .optional(),
});
const AnswerShape = z.strictObject({
  state: z.enum(freezeAnswers),
  answer: text(0, 2000),
  amount: text(0, 100),
  until: day.nullable(),
});
const one = { params: z.object({ id: anId }) };

export function targetsRoutes(node: TargetsNode): OpenAPIHono<Env> {
  const routes = api();
  const named = (ids: readonly (Id | null)[]) => namesOf(node.directory, ids);
  const peopleIn = (view: TargetView): (Id | null)[] => [
    ...[view.owner, view.nominatedBy, view.acceptedBy],
    ...view.steps.map((each) => each.by),
    ...view.freezes.map((each) => each.askedBy),
  ];
  routes.openapi(
    createRoute({
      method: "get",
      path: "/freezes",
      responses: {
        200: json("freezes of accounts and wallets of all targets that she sees, with their clocks"),
      },
    }),
    async (c) => c.json({ freezes: await listFreezes(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: z.object({ case: anId.optional(), state: z.enum(targetStates).optional() }) },
      responses: { 200: json("targets as this officer may see them, newest first") },
    }),
    async (c) => {
      const targets = await listTargets(node, c.var.standing, c.req.valid("query"));
      return c.json({ targets, names: await named(targets.flatMap((each) => [each.owner])) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(TargetShape),
      responses: { 201: json("its id"), ...problems(403, 404, 409, 413, 422) },
    }),
    async (c) => c.json({ id: await nominate(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewTarget(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await named(peopleIn(view)) }, 200);
    },
  );
  acts(routes, node);
  freezes(routes, node);
  return routes;
}

const answers = { ...done, ...problems(403, 404, 409, 413, 422) };

function acts(routes: OpenAPIHono<Env>, node: TargetsNode): void {
  routes.openapi(
    createRoute({ method: "post", path: "/{id}/accept", request: one, responses: answers }),
    async (c) => {
      await acceptTarget(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({ method: "post", path: "/{id}/take", request: one, responses: answers }),
    async (c) => {
      await takeTarget(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/steps",
      request: { ...one, ...body(StepShape) },
      responses: answers,
    }),
    async (c) => {
      await addStep(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/follow-up",
      request: { ...one, ...body(FollowUpShape) },
      responses: answers,
    }),
    async (c) => {
      await followUp(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/withdraw",
      request: { ...one, ...body(z.strictObject({ reason: text(3, 2000) })) },
      responses: answers,
    }),
    async (c) => {
      await withdrawTarget(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
}

function freezes(routes: OpenAPIHono<Env>, node: TargetsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/freezes",
      request: { ...one, ...body(FreezeShape) },
      responses: { 201: json("its id"), ...problems(403, 404, 409, 413, 422) },
    }),
    async (c) =>
      c.json(
        { id: await askFreeze(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")) },
        201,
      ),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/freezes/{freeze}/answer",
      request: { params: z.object({ id: anId, freeze: anId }), ...body(AnswerShape) },
      responses: answers,
    }),
    async (c) => {
      const { id, freeze } = c.req.valid("param");
      await answerFreeze(node, c.var.standing, id, freeze, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}
