// The HTTP door of coordination, mounted under /api/coordination.
import { aNodeCode, anId, api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { abouts, partyAnswers } from "./contract.ts";
import { listCoordinated, toldByUs, viewCoordinated } from "./look.ts";
import type { CoordinationNode } from "./node.ts";
import { answerWord, speak } from "./say.ts";
import { callHasHour, WordShape } from "./wire.ts";

const SpeakShape = z
  .strictObject({ to: z.array(aNodeCode).min(1).max(12), ...WordShape })
  .refine(callHasHour, "CALL_WITHOUT_HOUR");
const at = z.object({ about: z.enum(abouts), id: anId });

export function coordinationRoutes(node: CoordinationNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("what this unit follows, in figures"), ...problems(404) },
    }),
    async (c) => c.json({ all: await listCoordinated(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/told/{about}/{id}",
      request: { params: at },
      responses: { 200: json("what this state told the units of its own"), ...problems(404) },
    }),
    async (c) => {
      const { about, id } = c.req.valid("param");
      return c.json(await toldByUs(node, c.var.standing, about, id), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{about}/{id}",
      request: { params: at },
      responses: { 200: json("one of them, state by state"), ...problems(404) },
    }),
    async (c) => {
      const { about, id } = c.req.valid("param");
      return c.json(await viewCoordinated(node, c.var.standing, about, id), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/space/{id}/words",
      request: { params: z.object({ id: anId }), ...body(SpeakShape) },
      responses: { ...done, ...problems(404, 422) },
    }),
    async (c) => {
      await speak(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/words/{unit}/{id}/answer",
      request: {
        params: z.object({ unit: aNodeCode, id: anId }),
        ...body(z.strictObject({ says: z.enum(partyAnswers) })),
      },
      responses: { ...done, ...problems(404) },
    }),
    async (c) => {
      await answerWord(node, c.var.standing, { ...c.req.valid("param"), ...c.req.valid("json") });
      return c.body(null, 204);
    },
  );
  return routes;
}
