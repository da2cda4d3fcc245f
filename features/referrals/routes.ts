// The HTTP door of this room, mounted under /api/referrals: for the victim desk, while it is open.
import { anId, aNodeCode, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { namesOf } from "../access/contract.ts";
import { board, personView, see, shareView } from "./board.ts";
import { consentView, override, reviewOverride, sayConsent, withdraw } from "./consent.ts";
import { dataSets, rejections, serviceKinds, type Consent, type Override } from "./contract.ts";
import { compareDeskKey, listDeskKeys, peerDesks } from "./desk-keys/keys.ts";
import { spoken } from "./explain.ts";
import type { Opening } from "./given.ts";
import { ConsentShape, OverrideShape, recipient, ReferredShape } from "./kinds.ts";
import { ofTheDesk } from "./node.ts";
import { follow, refer, revoke } from "./referral.ts";
import { keepService, listServices } from "./services.ts";
import { accept, finish, offerTransfer, propose, reject } from "./transfer.ts";

const languages = z.array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)).max(40);
const named = (most: number) => clean(most).refine((value) => value.trim() !== "", "REASON_NEEDED");
const ServiceShape = z.strictObject({
  name: named(200),
  kinds: z
    .array(z.enum(serviceKinds).exclude(["victim-desk"]))
    .min(1)
    .max(6),
  languages,
  serves: z.array(z.enum(["women", "men", "girls", "boys", "families", "other"])).max(6),
  capacity: z.number().int().min(0).max(100_000).nullable(),
  place: clean(300),
  contact: clean(300),
  way: z.enum(["link", "hand"]),
  active: z.boolean(),
  vettedUntil: z.iso.date().nullable(),
});
const byId = z.object({ id: anId });
const note = z.strictObject({ text: clean(4000).default("") });

export function referralsRoutes(node: Opening): OpenAPIHono<Env> {
  const routes = api();
  const get = (path: string, description: string) =>
    createRoute({ method: "get", path, responses: { 200: json(description), ...problems(404, 409) } });

  routes.openapi(get("/board", "what runs, what came, what was called back and is not answered"), async (c) =>
    c.json(await board(node, c.var.acting), 200),
  );
  routes.openapi(
    get("/terms", "clocks, kinds of help, the data each needs, and tracks of each state"),
    (c) => {
      ofTheDesk(node, c.var.standing);
      return c.json({ terms: node.terms, explanation: node.explanation, spoken, data: dataSets }, 200);
    },
  );
  routes.openapi(get("/services", "the directory of those who help"), async (c) => {
    const services = await listServices(node, c.var.standing);
    const states = await node.store.read(c.var.standing, async (db) => {
      db.noteRead("desk-key.states", {});
      return peerDesks().states(db);
    });
    const ids = services.flatMap(({ vetted }) => (vetted === null ? [] : [vetted.by]));
    return c.json({ services, states, names: await namesOf(node.directory, ids) }, 200);
  });
  routes.openapi(
    createRoute({
      method: "post",
      path: "/services",
      request: body(ServiceShape),
      responses: { 201: json("entered"), ...problems(404, 422) },
    }),
    async (c) => c.json({ id: await keepService(node, c.var.standing, null, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/services/{id}",
      request: { params: byId, ...body(ServiceShape) },
      responses: { ...done, ...problems(404, 422) },
    }),
    async (c) => {
      await keepService(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(get("/desk-keys", "keys of victim desks abroad, and the fingerprint of ours"), async (c) =>
    c.json(await listDeskKeys(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desk-keys/{state}",
      request: { params: z.object({ state: aNodeCode }), ...body(z.strictObject({ heard: clean(200) })) },
      responses: {
        200: json("compared, or trusted once a second person compared it"),
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { state } = c.req.valid("param");
      return c.json(
        { state: await compareDeskKey(node, c.var.standing, { peer: state, ...c.req.valid("json") }) },
        200,
      );
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/people/{id}/consent",
      request: { params: byId },
      responses: {
        200: json("her word about each recipient, with what was shared on it"),
        ...problems(404, 409),
      },
    }),
    async (c) => c.json(await consentView(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/people/{id}",
      request: { params: byId },
      responses: { 200: json("who looks after her, and what other desks brought"), ...problems(404, 409) },
    }),
    async (c) => c.json(await personView(node, c.var.acting, c.req.valid("param").id), 200),
  );
  const about = (path: string, shape: z.ZodType, description: string) =>
    createRoute({
      method: "post",
      path: `/people/{id}${path}`,
      request: { params: byId, ...body(shape) },
      responses: { 201: json(description), ...problems(403, 404, 409, 422) },
    });
  routes.openapi(about("/consent", ConsentShape, "kept"), async (c) => {
    const { id } = c.req.valid("param");
    return c.json({ id: await sayConsent(node, c.var.acting, id, c.req.valid("json") as Consent) }, 201);
  });
  routes.openapi(
    about(
      "/withdraw",
      z.strictObject({ consent: z.union([z.literal("all"), anId]), how: clean(500) }),
      "reached",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof withdraw>[3];
      return c.json(await withdraw(node, c.var.acting, c.req.valid("param").id, ask), 201);
    },
  );
  routes.openapi(about("/override", OverrideShape, "kept, to be reviewed by another officer"), async (c) => {
    const { id } = c.req.valid("param");
    return c.json({ id: await override(node, c.var.acting, id, c.req.valid("json") as Override) }, 201);
  });
  routes.openapi(
    about(
      "/override/review",
      z.strictObject({ override: anId, upheld: z.boolean(), reason: named(4000) }),
      "reviewed",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof reviewOverride>[3];
      await reviewOverride(node, c.var.acting, c.req.valid("param").id, ask);
      return c.json({}, 201);
    },
  );
  routes.openapi(
    about(
      "/refer",
      z.strictObject({ share: anId, recipient, given: ReferredShape.omit({ desk: true }) }),
      "referred",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof refer>[3];
      return c.json(await refer(node, c.var.acting, c.req.valid("param").id, ask), 201);
    },
  );
  routes.openapi(
    about(
      "/transfer",
      z.strictObject({ share: anId, to: aNodeCode, thread: anId.exactOptional(), unnamed: z.boolean() }),
      "offered",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof offerTransfer>[3];
      await offerTransfer(node, c.var.acting, c.req.valid("param").id, ask);
      return c.json({}, 201);
    },
  );
  routes.openapi(
    about("/propose", z.strictObject({ share: anId, text: named(8000) }), "proposed"),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof propose>[3];
      await propose(node, c.var.acting, c.req.valid("param").id, ask);
      return c.json({}, 201);
    },
  );
  routes.openapi(
    about(
      "/follow",
      z.strictObject({
        share: anId,
        step: z.string().regex(/^[a-z-]{1,40}$/),
        code: z.enum(rejections).nullable(),
        text: clean(2000),
      }),
      "noted",
    ),
    async (c) => {
      const ask = c.req.valid("json") as Parameters<typeof follow>[3];
      await follow(node, c.var.acting, c.req.valid("param").id, ask);
      return c.json({}, 201);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/shares/{id}",
      request: { params: byId },
      responses: { 200: json("what was given, who holds it, what was answered"), ...problems(404, 409) },
    }),
    async (c) => c.json(await shareView(node, c.var.acting, c.req.valid("param").id), 200),
  );
  const act = (path: string, shape: z.ZodType, description: string) =>
    createRoute({
      method: "post",
      path: `/shares/{id}/${path}`,
      request: { params: byId, ...body(shape) },
      responses: { 200: json(description), ...problems(404, 409, 422) },
    });
  routes.openapi(act("accept", note, "accepted; the person here"), async (c) => {
    const { text } = c.req.valid("json") as z.infer<typeof note>;
    return c.json(await accept(node, c.var.acting, c.req.valid("param").id, text), 200);
  });
  routes.openapi(
    act("reject", z.strictObject({ code: z.enum(rejections), text: clean(2000) }), "rejected"),
    async (c) => {
      const ask = c.req.valid("json") as { code: string; text: string };
      await reject(node, c.var.acting, c.req.valid("param").id, ask);
      return c.json({}, 200);
    },
  );
  routes.openapi(act("done", note, "done"), async (c) => {
    const { text } = c.req.valid("json") as z.infer<typeof note>;
    await finish(node, c.var.acting, c.req.valid("param").id, text);
    return c.json({}, 200);
  });
  routes.openapi(act("revoke", z.strictObject({}), "called back"), async (c) => {
    await revoke(node, c.var.acting, c.req.valid("param").id);
    return c.json({}, 200);
  });
  routes.openapi(act("seen", z.strictObject({}), "taken note of"), async (c) => {
    ofTheDesk(node, c.var.standing);
    await see(node, c.var.standing, c.req.valid("param").id);
    return c.json({}, 200);
  });
  return routes;
}
