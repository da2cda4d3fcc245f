// The doors to people, below /api/victims/people: for an officer whose desk is open.
import { anId, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { AskFacts } from "./contract.ts";
import { FactsShape, StatusShape } from "./kinds.ts";
import type { VictimsNode } from "./node.ts";
import { needs, risks, statuses } from "./people.ts";
import {
  addPerson,
  changeFacts,
  forgetPerson,
  listAlike,
  listDue,
  listPeople,
  mergePeople,
  notePrint,
  revealFields,
  sayStatus,
  viewPerson,
} from "./people-acts.ts";
import { maskedFields } from "./rules.ts";

const fields = Object.fromEntries(
  Object.entries(FactsShape.shape).map(([name, field]) => [name, field.unwrap().exactOptional()]),
);
/** The date of birth as it is written; the node reads it. */
const AskFactsShape = z.strictObject({
  ...fields,
  born: clean(60).exactOptional(),
}) as unknown as z.ZodType<AskFacts>;
// In the body: what is searched for stands in no address, and so in no log and no history of a browser.
const PeopleShape = z.strictObject({
  q: clean(200).optional(),
  need: z.enum(needs).optional(),
  risk: z.enum(risks).optional(),
  status: z.enum(statuses).optional(),
  age: z.enum(["child", "doubt", "adult", "not-said"]).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z-]{2,20}$/)
    .optional(),
  after: anId.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const reason = clean(500).refine((text) => text.trim().length >= 3, "REASON_NEEDED");
const one = { params: z.object({ id: anId }) };
const refused = problems(403, 404, 409, 422);

export function peopleRoutes(routes: OpenAPIHono<Env>, node: VictimsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/find",
      request: body(PeopleShape),
      responses: { 200: json("people whom all filters fit, the newest change first"), ...refused },
    }),
    async (c) => c.json(await listPeople(node, c.var.acting, c.req.valid("json")), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people",
      request: body(AskFactsShape),
      responses: { 201: json("the new person's id"), ...refused },
    }),
    async (c) => c.json({ id: await addPerson(node, c.var.acting, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/alike",
      responses: { 200: json("pairs that may be one person, and by what"), ...refused },
    }),
    async (c) => c.json(await listAlike(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/due",
      responses: { 200: json("what is planned or waits for a review, the earliest first"), ...refused },
    }),
    async (c) => c.json({ due: await listDue(node, c.var.acting) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/people/{id}",
      request: one,
      responses: { 200: json("one person, masked where it is most private"), ...refused },
    }),
    async (c) => c.json(await viewPerson(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/reveal",
      request: {
        ...one,
        ...body(z.strictObject({ fields: z.array(z.enum(maskedFields)).min(1).max(5), reason })),
      },
      responses: { 200: json("what stood masked"), ...refused },
    }),
    async (c) =>
      c.json(await revealFields(node, c.var.acting, c.req.valid("param").id, c.req.valid("json")), 200),
  );
  acts(routes, node);
}

function acts(routes: OpenAPIHono<Env>, node: VictimsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/facts",
      request: { ...one, ...body(AskFactsShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await changeFacts(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/status",
      request: { ...one, ...body(StatusShape.omit({ state: true })) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await sayStatus(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/merge",
      request: {
        ...one,
        ...body(z.strictObject({ other: anId, reason, undo: z.boolean().default(false) })),
      },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await mergePeople(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/people/{id}/print",
      request: { ...one, ...body(z.strictObject({ reason })) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await notePrint(node, c.var.acting, c.req.valid("param").id, c.req.valid("json").reason);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/people/{id}",
      request: one,
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await forgetPerson(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
