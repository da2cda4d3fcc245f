// The HTTP door of what follows from an advert: a case, warnings and requests, disputes.
import { anId, body, clean, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { adLimits, answers } from "./contract.ts";
import { decideDispute, dispute } from "./disputes.ts";
import type { AdsNode } from "./node.ts";
import { answerOutcome, carryIntoCase, noteWarning } from "./outcomes.ts";

const one = { params: z.object({ id: anId }) };
const all = problems(403, 404, 409, 413, 422, 429);
const acted = { ...done, ...all };
const made = { 201: json("its id"), ...all };

export function followUps(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/case",
      request: {
        ...one,
        ...body(
          z.strictObject({
            case: text(3, 60).nullable(),
            title: text(3, 200),
            role: z.enum(["suspect", "facilitator", "business", "unknown"]),
          }),
        ),
      },
      responses: { 201: json("the case's number, and how many selectors went into it"), ...all },
    }),
    async (c) =>
      c.json(await carryIntoCase(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/warnings",
      request: {
        ...one,
        ...body(
          z.strictObject({
            recipient: text(2, 300),
            asked: text(3, 4000),
          }),
        ),
      },
      responses: made,
    }),
    async (c) =>
      c.json(
        { id: await noteWarning(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")) },
        201,
      ),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/outcomes/{id}/answer",
      request: { ...one, ...body(z.strictObject({ answer: z.enum(answers), text: clean(2000) })) },
      responses: acted,
    }),
    async (c) => {
      await answerOutcome(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/disputes",
      request: { ...one, ...body(z.strictObject({ employer: text(2, 300), reason: text(10, 4000) })) },
      responses: made,
    }),
    async (c) =>
      c.json({ id: await dispute(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/disputes/{id}",
      request: {
        ...one,
        ...body(
          z.strictObject({
            state: z.enum(["copied", "purged", "refused"]),
            decision: text(3, 2000),
            selectors: z.array(z.number().int().min(0).max(adLimits.selectors)).max(100).default([]),
          }),
        ),
      },
      responses: acted,
    }),
    async (c) => {
      await decideDispute(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}
