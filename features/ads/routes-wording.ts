// The HTTP door of wording: labelled sets, training, and which model is in use.
import { anId, body, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { adLimits, wordingLimits } from "./contract.ts";
import type { AdsNode } from "./node.ts";
import { inParts } from "./routes-parts.ts";
import { viewWording } from "./wording/look.ts";
import { beginSet, readSet, takeSetPart, withdrawSet } from "./wording/sets.ts";
import { askTraining } from "./wording/train.ts";
import { putInUse } from "./wording/use.ts";

const all = problems(403, 404, 409, 413, 422);
const acted = { ...done, ...all };
const made = { 201: json("its id"), ...all };
const one = { params: z.object({ id: anId }) };
const column = z.string().min(1).max(60);
const labels = z.array(text(1, 60)).min(1).max(30);
const SetShape = z.strictObject({
  name: text(2, 200),
  origin: text(2, 500),
  licence: text(2, 300),
  source: anId.nullable(),
  fileName: text(1, 255),
  size: z.number().int().min(1).max(adLimits.file),
  mapping: z.strictObject({
    text: z.array(column).min(1).max(20),
    said: column,
    yes: labels,
    no: labels,
  }),
});

export function wordingRoutes(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/wording",
      responses: { 200: json("labelled sets, models and what is in use"), ...all },
    }),
    async (c) => {
      const view = await viewWording(node, c.var.standing);
      const people = [...view.sets, ...view.models, ...view.uses].map((each) => each.by);
      const found = await node.directory.officers([
        ...new Set([...people, ...view.own.reviewers.map((each) => each.officer)]),
      ]);
      return c.json(
        { ...view, names: Object.fromEntries([...found].map(([id, { name }]) => [id, name])) },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({ method: "post", path: "/wording/sets", request: body(SetShape), responses: made }),
    async (c) => c.json({ id: await beginSet(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  inParts(routes, "/wording/sets", {
    take: (...part) => takeSetPart(node, ...part),
    read: (...whole) => readSet(node, ...whole),
  });
  routes.openapi(
    createRoute({ method: "post", path: "/wording/sets/{id}/withdraw", request: one, responses: acted }),
    async (c) => {
      await withdrawSet(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/wording/models",
      request: body(z.strictObject({ sets: z.array(anId).max(wordingLimits.sets), own: z.boolean() })),
      responses: made,
    }),
    async (c) => c.json({ id: await askTraining(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/wording/use",
      request: body(z.strictObject({ model: anId.nullable(), reason: text(3, 1000) })),
      responses: acted,
    }),
    async (c) => {
      await putInUse(node, c.var.standing, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}
