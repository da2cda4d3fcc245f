// Access over HTTP: the doors that stand open (signing in) and, behind a session, what is hers and what she manages.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import {
  api,
  createRoute,
  problems,
  requireSession,
  z,
  type Env,
  type OpenAPIHono,
} from "@simpul/doors/http";
import { beginDeviceSignIn, beginRenewal, finishRenewal, pollDeviceSignIn } from "./device-sign-in.ts";
import { giveCookie, socketAddress, type AccessDoor } from "./door.ts";
import { exerciseOfficers, signInAs } from "./exercise.ts";
import type { AccessNode } from "./node.ts";
import { beginEnrolment, beginSignIn, finishEnrolment, finishSignIn } from "./passkeys.ts";
import { ownRoutes } from "./routes-own.ts";
import { peopleRoutes } from "./routes-people.ts";
import { confirmRoutes, providerRoutes } from "./routes-provider.ts";
import { recoveryRoutes } from "./routes-recovery.ts";
import { secondRoutes } from "./routes-second.ts";
import { resolveSession } from "./sessions.ts";
import {
  AskedShape,
  CodeShape,
  CreatedShape,
  done,
  ExerciseOfficerShape,
  gives,
  IdShape,
  PresentShape,
  ShownShape,
  takes,
} from "./shapes.ts";

const TokenShape = z.object({ token: z.string(), device: z.string(), endsAt: z.string() });

/** Mounted at `/api/access`; brings its own guard for what needs a session. */
export function accessRoutes(node: AccessNode, door: AccessDoor): OpenAPIHono<Env> {
  const routes = api();
  const from = door.from ?? socketAddress;

  routes.openapi(
    createRoute({
      method: "get",
      path: "/door",
      responses: {
        200: gives(
          z.object({
            code: z.string(),
            name: z.string(),
            exercise: z.boolean(),
            provider: z.string().nullable(),
            /** The provider's sign-in counts as a second factor, also for an act. */
            providerProves: z.boolean(),
          }),
          "which node this is",
        ),
      },
    }),
    (c) => {
      const { code, name, exercise, provider } = node;
      return c.json(
        {
          code,
          name,
          exercise,
          provider: provider?.name ?? null,
          providerProves: (provider?.acr.length ?? 0) > 0,
        },
        200,
      );
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/sign-in/begin",
      responses: { 200: gives(AskedShape, "a challenge"), ...problems(429) },
    }),
    async (c) => c.json(await beginSignIn(node, from(c)), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sign-in/finish",
      request: takes(ShownShape),
      responses: { 204: done, ...problems(403, 409, 422) },
    }),
    async (c) => {
      const { id, response } = c.req.valid("json");
      const shown = response as unknown as AuthenticationResponseJSON;
      giveCookie(c, door, await finishSignIn(node, { id, response: shown }), node.clock.now());
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/enrol/begin",
      request: takes(CodeShape),
      responses: {
        200: gives(AskedShape.extend({ officer: z.string() }), "a challenge"),
        ...problems(403, 422, 429),
      },
    }),
    async (c) => {
      const { code } = c.req.valid("json");
      const asked = await beginEnrolment(node, { code, from: from(c) });
      return c.json(asked, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/enrol/finish",
      request: takes(CreatedShape),
      responses: { 204: done, ...problems(403, 409, 422) },
    }),
    async (c) => {
      const { id, response, name } = c.req.valid("json");
      const answer = response as unknown as RegistrationResponseJSON;
      giveCookie(c, door, await finishEnrolment(node, { id, response: answer, name }), node.clock.now());
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/exercise/officers",
      responses: {
        200: gives(z.array(ExerciseOfficerShape), "who can be played"),
        ...problems(404),
      },
    }),
    async (c) => c.json(await exerciseOfficers(node), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/exercise/sign-in",
      request: takes(
        z.object({
          officer: z.string().min(1).max(60),
          membership: IdShape.optional(),
          /** A command line gets its token in the body; a browser a cookie. */
          door: z.enum(["browser", "cli"]).default("browser"),
        }),
      ),
      responses: {
        200: gives(z.object({ token: z.string(), endsAt: z.string() }), "for a command line"),
        204: done,
        ...problems(404, 422, 429),
      },
    }),
    async (c) => {
      const { officer, membership, door: kind } = c.req.valid("json");
      const started = await signInAs(node, {
        officer,
        door: kind,
        from: from(c),
        ...(membership === undefined ? {} : { membership }),
      });
      if (kind === "cli") return c.json({ token: started.token, endsAt: started.endsAt.toISOString() }, 200);
      giveCookie(c, door, started, node.clock.now());
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/device-sign-in",
      request: takes(PresentShape.omit({ signature: true })),
      responses: {
        200: gives(
          z.object({
            node: z.string(),
            deviceCode: z.string(),
            userCode: z.string(),
            fingerprint: z.string(),
            verificationPath: z.string(),
            expiresIn: z.number(),
            interval: z.number(),
          }),
          "RFC 8628 section 3.2",
        ),
        ...problems(403, 422, 429),
      },
    }),
    async (c) => {
      const begun = await beginDeviceSignIn(node, { ...c.req.valid("json"), from: from(c) });
      return c.json({ node: node.code, verificationPath: "/settings/connect", ...begun }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/device-sign-in/poll",
      request: takes(z.object({ deviceCode: z.string().max(100), signature: z.string().max(100) })),
      responses: {
        200: gives(
          z.discriminatedUnion("kind", [
            z.object({ kind: z.literal("waiting"), interval: z.number() }),
            z.object({ kind: z.literal("slow-down"), interval: z.number() }),
            z.object({ kind: z.literal("denied") }),
            z.object({ kind: z.literal("over") }),
            TokenShape.extend({ kind: z.literal("signed-in") }),
          ]),
          "how it stands",
        ),
        ...problems(403, 422),
      },
    }),
    async (c) => {
      const polled = await pollDeviceSignIn(node, c.req.valid("json"));
      if (polled.kind !== "signed-in") return c.json(polled, 200);
      const { kind, token, device, endsAt } = polled;
      return c.json({ kind, token, device, endsAt: endsAt.toISOString() }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/renew/begin",
      request: takes(z.object({ device: IdShape })),
      responses: {
        200: gives(z.object({ id: z.string(), challenge: z.string(), node: z.string() }), "a challenge"),
        ...problems(422, 429),
      },
    }),
    async (c) => {
      const { device } = c.req.valid("json");
      return c.json({ ...(await beginRenewal(node, { device, from: from(c) })), node: node.code }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/renew/finish",
      request: takes(z.object({ id: IdShape, signature: z.string().max(100) })),
      responses: { 200: gives(TokenShape, "a new session"), ...problems(403, 409, 422) },
    }),
    async (c) => {
      const { token, device, endsAt } = await finishRenewal(node, c.req.valid("json"));
      return c.json({ token, device, endsAt: endsAt.toISOString() }, 200);
    },
  );

  routes.route("/", providerRoutes(node, door));
  routes.use(
    "*",
    requireSession(door.cookie, (credential) => resolveSession(node, credential)),
  );
  routes.route("/", ownRoutes(node, door));
  routes.route("/", confirmRoutes(node, door));
  routes.route("/", peopleRoutes(node));
  routes.route("/", recoveryRoutes(node));
  routes.route("/", secondRoutes(node));
  return routes;
}
