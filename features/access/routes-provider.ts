// The ministry's provider over HTTP: away to it, back from it, and its word that a session is over. Doors that stand open.
import { api, createRoute, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { AccessError } from "./contract.ts";
import { giveCookie, socketAddress, type AccessDoor } from "./door.ts";
import type { AccessNode } from "./node.ts";
import { providerLogout } from "./provider-logout.ts";
import { beginProvider, finishProvider } from "./provider.ts";
import { challengeLasts } from "./rules.ts";
import { gives } from "./shapes.ts";

/** A server knocks here, not a page: it brings no origin, and its word is signed. */
export const backChannelPath = "/api/access/provider/back-channel";

export function providerRoutes(node: AccessNode, door: AccessDoor): OpenAPIHono<Env> {
  const routes = api();
  const from = door.from ?? socketAddress;
  const cookie = `${door.cookie}_away`;
  // It must come along when the provider sends her back, which is another site.
  const how = { path: "/", secure: door.secure, httpOnly: true, sameSite: "Lax" } as const;

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
      deleteCookie(c, cookie, how);
      try {
        giveCookie(c, door, await finishProvider(node, new URL(c.req.url), kept), node.clock.now());
        return c.redirect("/", 303);
      } catch (fault) {
        if (!(fault instanceof AccessError)) throw fault;
        return c.redirect(`/?refused=${fault.code}`, 303);
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
