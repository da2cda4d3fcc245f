// The HTTP door of the compartment, mounted under /api/victims.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { compartmentOf } from "./compartment.ts";
import type { VictimsNode } from "./node.ts";
import { releaseRoutes } from "./routes-releases.ts";
import { peopleRoutes } from "./routes-people.ts";
import { changeKey, enterHalf, makeSheet } from "./changing.ts";
import {
  addPasskey,
  askIn,
  closeDesk,
  foundDesk,
  letIn,
  openByPasskey,
  openByPassphrase,
  viewDesk,
} from "./opening.ts";

const PassphraseShape = z.strictObject({ passphrase: clean(400) });
/** 32 bytes. */
const secret32 = z
  .string()
  .regex(/^[\w-]{43}$/)
  .transform((text) => new Uint8Array(Buffer.from(text, "base64url")));
const LeftShape = z.strictObject({
  sealed: z.array(z.strictObject({ id: anId, person: anId, jwe: z.string().max(1_450_000) })).max(1000),
});

export function victimsRoutes(node: VictimsNode): OpenAPIHono<Env> {
  const routes = api();
  const compartment = compartmentOf(node);
  peopleRoutes(routes, node);
  releaseRoutes(routes, node);

  routes.openapi(
    createRoute({
      method: "get",
      path: "/desk",
      responses: { 200: json("how the desk stands for this officer"), ...problems(404) },
    }),
    async (c) => c.json(await viewDesk(node, c.var.acting), 200),
  );
  for (const [path, act] of [
    ["/desk/found", foundDesk],
    ["/desk/open", openByPassphrase],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: body(PassphraseShape),
        responses: { ...done, ...problems(403, 404, 409, 422, 429) },
      }),
      async (c) => {
        await act(node, c.var.acting, c.req.valid("json").passphrase);
        return c.body(null, 204);
      },
    );
  const refused = problems(403, 404, 409, 422, 429);
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/ask",
      request: body(PassphraseShape.extend({ again: z.boolean().default(false) })),
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { passphrase, again } = c.req.valid("json");
      await askIn(node, c.var.acting, passphrase, again);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/open-by-passkey",
      request: body(z.strictObject({ opener: anId, secret: secret32 })),
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await openByPasskey(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/passkeys",
      request: body(
        PassphraseShape.extend({
          credential: z.string().regex(/^[\w-]{1,1400}$/),
          salt: secret32,
          secret: secret32,
        }),
      ),
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await addPasskey(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/change-key",
      request: body(z.strictObject({ leaving: anId.nullable() })),
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await changeKey(node, c.var.acting, c.req.valid("json").leaving);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/sheet",
      responses: { 200: json("two halves, shown this once"), ...refused },
    }),
    async (c) => c.json({ halves: await makeSheet(node, c.var.acting) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/half",
      request: body(z.strictObject({ half: clean(120) })),
      responses: { 200: json("whether both halves are there and both officers are in"), ...refused },
    }),
    async (c) => c.json({ done: await enterHalf(node, c.var.acting, c.req.valid("json").half) }, 200),
  );
  routes.openapi(createRoute({ method: "post", path: "/desk/close", responses: { ...done } }), async (c) => {
    await closeDesk(node, c.var.acting);
    return c.body(null, 204);
  });
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk/officers/{key}/agree",
      request: { params: z.object({ key: anId }), ...body(z.strictObject({ fingerprint: clean(60) })) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await letIn(node, c.var.acting, { key: c.req.valid("param").key, ...c.req.valid("json") });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/seal-to",
      responses: { 200: json("the key to which entries are sealed, or null"), ...problems(409) },
    }),
    async (c) => c.json(await compartment.sealTo(), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/left",
      request: body(LeftShape),
      responses: { 200: json("which were new, which were here before"), ...problems(403, 422, 429) },
    }),
    async (c) => {
      const { sealed } = c.req.valid("json");
      const left = await node.store.write(c.var.standing, (tx) => compartment.leave(tx, sealed));
      if (left.taken.length > 0) node.wake(`victims:${node.code}`);
      return c.json(left, 200);
    },
  );
  return routes;
}
