// Behind a session: who she is now, what she acts for, her passkeys, devices and sessions, and step-up.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { api, createRoute, problem, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { answerDevice, waitingDevice } from "./device-sign-in.ts";
import { belongings, presentDevice, revokeDevice, revokePasskey } from "./devices.ts";
import type { AccessNode } from "./node.ts";
import { requireFreshFactor } from "./fresh.ts";
import { beginPasskey, finishPasskey } from "./passkeys.ts";
import { takeCookie, type AccessDoor } from "./door.ts";
import { providerFarewell } from "./provider.ts";
import { changeStanding, endSession, notePrinted, viewSession, type Credential } from "./sessions.ts";
import {
  AskedShape,
  BelongingsShape,
  CodeShape,
  CreatedShape,
  done,
  gives,
  IdShape,
  PresentShape,
  PrintedShape,
  SessionShape,
  ShownShape,
  StandingShape,
  StepUpShape,
  takes,
  WaitingShape,
} from "./shapes.ts";
import { beginStepUp, exerciseProof, finishStepUp, readStepUpAct } from "./step-up.ts";

const one = { params: z.object({ id: IdShape }) };

export function ownRoutes(node: AccessNode, door: AccessDoor): OpenAPIHono<Env> {
  const routes = api();
  const credential = (c: Context<Env>): Credential => ({
    cookie: getCookie(c, door.cookie) ?? null,
    bearer: /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? null,
  });

  routes.openapi(
    createRoute({
      method: "get",
      path: "/session",
      responses: { 200: gives(SessionShape, "who sits here"), ...problems(401) },
    }),
    async (c) => {
      const view = await viewSession(node, credential(c));
      return view === null ? (problem(c, 401, "NO_SESSION") as never) : c.json(view, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/printed",
      request: takes(PrintedShape),
      responses: { 204: done, ...problems(401, 422) },
    }),
    async (c) => {
      await notePrinted(node, c.var.acting, c.req.valid("json").page);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "patch",
      path: "/session",
      request: takes(StandingShape),
      responses: { 200: gives(SessionShape, "from now on"), ...problems(401, 403, 422) },
    }),
    async (c) => {
      const { desk, purpose, language } = c.req.valid("json");
      await changeStanding(node, c.var.acting, {
        ...(desk === undefined ? {} : { desk }),
        ...(purpose === undefined ? {} : { purpose }),
        ...(language === undefined ? {} : { language }),
      });
      const view = await viewSession(node, credential(c));
      return view === null ? (problem(c, 401, "NO_SESSION") as never) : c.json(view, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/session",
      responses: {
        200: gives(z.object({ provider: z.string().nullable() }), "where her browser signs out too"),
        ...problems(401),
      },
    }),
    async (c) => {
      const provider = await providerFarewell(node, c.var.acting.session);
      await endSession(node, c.var.acting, c.var.acting.session, "signed-out");
      takeCookie(c, door);
      return c.json({ provider }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/session/device",
      request: takes(PresentShape),
      responses: {
        200: gives(z.object({ device: z.string() }), "this device"),
        ...problems(401, 403, 422, 429),
      },
    }),
    async (c) => c.json({ device: await presentDevice(node, c.var.acting, c.req.valid("json")) }, 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/belongings",
      responses: { 200: gives(BelongingsShape, "passkeys, devices, sessions"), ...problems(401) },
    }),
    async (c) => c.json(await belongings(node, c.var.acting), 200),
  );
  const ends: Record<"sessions" | "devices" | "passkeys", (c: Context<Env>, id: Id) => Promise<void>> = {
    // ASVS 7.5.2: whoever sits down at an open page does not throw her out elsewhere.
    sessions: async (c, id) => {
      await requireFreshFactor(node, c.var.acting);
      await endSession(node, c.var.acting, id, "revoked");
    },
    devices: (c, id) => revokeDevice(node, c.var.acting, id),
    passkeys: (c, id) => revokePasskey(node, c.var.acting, id),
  };
  for (const [what, end] of Object.entries(ends))
    routes.openapi(
      createRoute({
        method: "delete",
        path: `/${what}/{id}`,
        request: one,
        responses: { 204: done, ...problems(401, 404, 409) },
      }),
      async (c) => {
        await end(c, c.req.valid("param").id);
        return c.body(null, 204);
      },
    );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/passkeys/begin",
      responses: { 200: gives(AskedShape, "a challenge"), ...problems(401, 429) },
    }),
    async (c) => c.json(await beginPasskey(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/passkeys/finish",
      request: takes(CreatedShape),
      responses: { 201: gives(z.object({ id: z.string() }), "added"), ...problems(401, 403, 409, 422) },
    }),
    async (c) => {
      const { id, response, name } = c.req.valid("json");
      const answer = response as unknown as RegistrationResponseJSON;
      const added: string = await finishPasskey(node, c.var.acting, { id, response: answer, name });
      return c.json({ id: added }, 201);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/step-up/begin",
      request: takes(StepUpShape),
      responses: { 200: gives(AskedShape, "a challenge"), ...problems(401, 404, 422, 429) },
    }),
    async (c) => {
      const { act, record } = c.req.valid("json");
      const ask = { act: readStepUpAct(act), record: record as Id };
      return c.json(await beginStepUp(node, c.var.acting, ask), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/step-up/finish",
      request: takes(ShownShape),
      responses: { 204: done, ...problems(401, 403, 409, 422) },
    }),
    async (c) => {
      const { id, response } = c.req.valid("json");
      const shown = response as unknown as AuthenticationResponseJSON;
      await finishStepUp(node, c.var.acting, { id, response: shown });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/step-up/exercise",
      request: takes(StepUpShape),
      responses: { 204: done, ...problems(401, 404, 422) },
    }),
    async (c) => {
      const { act, record } = c.req.valid("json");
      await exerciseProof(node, c.var.acting, { act: readStepUpAct(act), record: record as Id });
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/connect/look-up",
      request: takes(CodeShape),
      responses: { 200: gives(WaitingShape, "what waits"), ...problems(401, 403, 422, 429) },
    }),
    async (c) => c.json(await waitingDevice(node, c.var.acting, c.req.valid("json").code), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/connect/answer",
      request: takes(CodeShape.extend({ approve: z.boolean() })),
      responses: { 204: done, ...problems(401, 403, 422, 429) },
    }),
    async (c) => {
      await answerDevice(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}
