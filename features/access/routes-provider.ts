// The ministry's provider over HTTP: away to it, back from it, and its word that a session is over. Doors that stand open.
import { api, createRoute, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { AccessError } from "./contract.ts";
import { giveCookie, socketAddress, type AccessDoor } from "./door.ts";
import type { AccessNode } from "./node.ts";
import { providerLogout } from "./provider-logout.ts";
import { beginProvider, cameToConfirm, finishProvider } from "./provider.ts";
import { challengeLasts } from "./rules.ts";
import { gives, StepUpShape, takes } from "./shapes.ts";
import { readStepUpAct } from "./step-up.ts";

/** The page that says so when an act was confirmed by the provider. */
const confirmedPath = "/settings/confirmed";

/** A server knocks here, not a page: it brings no origin, and its word is signed. */
export const backChannelPath = "/api/access/provider/back-channel";

const awayCookie = (door: AccessDoor): string => `${door.cookie}_away`;
// It must come along when the provider sends her back, which is another site.
const travels = (door: AccessDoor) =>
  ({ path: "/", secure: door.secure, httpOnly: true, sameSite: "Lax" }) as const;

export function providerRoutes(node: AccessNode, door: AccessDoor): OpenAPIHono<Env> {
  const routes = api();
  const from = door.from ?? socketAddress;
  const cookie = awayCookie(door);
  const how = travels(door);

  routes.openapi(
    createRoute({
      method: "post",
      path: "/provider/begin",
      responses: {
        200: gives(z.object({ url: z.string() }), "where she signs in"),
        ...problems(404, 429, 503),
      },
    }),
    async (c) => {
      const { url, keep } = await beginProvider(node, from(c));
      setCookie(c, cookie, keep, { ...how, maxAge: challengeLasts / 1000 });
      return c.json({ url }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/provider/return",
      request: {
        query: z.object({
          state: z.string().max(200).optional(),
          code: z.string().max(2000).optional(),
          iss: z.string().max(500).optional(),
          error: z.string().max(200).optional(),
        }),
      },
      responses: { 303: { description: "into the node, or back to its door with what was wrong" } },
    }),
    async (c) => {
      const kept = getCookie(c, cookie) ?? null;
      const url = new URL(c.req.url);
      const back = cameToConfirm(url) ? confirmedPath : "/";
      deleteCookie(c, cookie, how);
      try {
        const started = await finishProvider(node, url, kept);
        if (started !== null) giveCookie(c, door, started, node.clock.now());
        return c.redirect(back, 303);
      } catch (fault) {
        if (!(fault instanceof AccessError)) throw fault;
        return c.redirect(`${back}?refused=${fault.code}`, 303);
      }
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/provider/back-channel",
      request: {
        body: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: z.object({ logout_token: z.string().min(20).max(8000) }),
            },
          },
          required: true,
        },
      },
      responses: { 200: { description: "they are over" }, ...problems(403, 404, 422, 503) },
    }),
    async (c) => {
      await providerLogout(node, c.req.valid("form").logout_token);
      return c.body(null, 200, { "cache-control": "no-store" });
    },
  );
  return routes;
}

/** Behind a session: an act of hers is confirmed by the provider, in a window of its own. */
export function confirmRoutes(node: AccessNode, door: AccessDoor): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "post",
      path: "/step-up/provider",
      request: takes(StepUpShape),
      responses: {
        200: gives(z.object({ url: z.string() }), "where she confirms it"),
        ...problems(401, 404, 422, 429, 503),
      },
    }),
    async (c) => {
      const { act, record } = c.req.valid("json");
      const confirming = { acting: c.var.acting, ask: { act: readStepUpAct(act), record: record as Id } };
      const { url, keep } = await beginProvider(node, (door.from ?? socketAddress)(c), confirming);
      setCookie(c, awayCookie(door), keep, { ...travels(door), maxAge: challengeLasts / 1000 });
      return c.json({ url }, 200);
    },
  );
  return routes;
}
