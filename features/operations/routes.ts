// The HTTP door of operations, mounted under /api/operations.
import { aNodeCode, anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { selectorTypes, type Id } from "@simpul/model";
import { boardOf, enter } from "./board.ts";
import { clear, compare } from "./compare.ts";
import { operationLimits, refKinds } from "./contract.ts";
import { choicesOf, listOperations, lookAt, startOf } from "./look.ts";
import { officerOf, type OfOfficer, type OperationsNode } from "./node.ts";
import {
  addMember,
  addRef,
  addRisk,
  changePlan,
  closeRisk,
  draftOperation,
  dropRef,
  endMember,
  keepIdentifiers,
  keepReception,
  keepSite,
  recall,
  removeSite,
  reopenPlan,
  sendPlan,
  vote,
} from "./plan.ts";
import { paperOf, report } from "./report.ts";
import { CountsShape, EntryShape, PlanShape } from "./wire.ts";
import type { Words } from "@simpul/doors/i18n";

const line = (most: number) => clean(most).trim();
const number = z.int().min(0).max(100_000);
const Site = z.strictObject({
  state: aNodeCode,
  label: line(120).min(1),
  area: line(120),
  place: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
  authority: z
    .strictObject({
      authority: line(200),
      warrant: line(80).min(1),
      from: z.iso.datetime(),
      until: z.iso.datetime(),
    })
    .refine((one) => one.from < one.until, { path: ["until"], message: "ENDS_BEFORE_IT_BEGINS" })
    .nullable(),
  commander: line(120),
  teams: z.array(z.strictObject({ name: line(120).min(1), people: number, task: line(200) })).max(20),
  takes: anId.nullable(),
});
const Reception = z.strictObject({
  shelters: z.array(z.strictObject({ name: line(200).min(1), places: number })).max(50),
  interpreters: z
    .array(z.strictObject({ language: z.string().regex(/^[a-z]{2,3}$/), people: number }))
    .max(50),
  screeners: number,
  medical: line(1000),
  contact: line(300),
});
const reason = line(1000).min(3);
const ofOne = z.object({ id: anId });
const ofPart = z.object({ id: anId, part: anId });

export function operationsRoutes(
  node: OperationsNode,
  wordsIn: (language: string) => Words,
): OpenAPIHono<Env> {
  const routes = api();
  const get = <Found>(path: string, says: string, look: (who: OfOfficer) => Promise<Found>) =>
    routes.openapi(
      createRoute({ method: "get", path, responses: { 200: json(says), ...problems(403, 404) } }),
      async (c) => c.json(await look(officerOf(c.var.standing)), 200),
    );
  const getOne = <Found>(path: string, says: string, look: (who: OfOfficer, id: Id) => Promise<Found>) =>
    routes.openapi(
      createRoute({
        method: "get",
        path,
        request: { params: z.object({ id: anId }) },
        responses: { 200: json(says), ...problems(403, 404) },
      }),
      async (c) => c.json(await look(officerOf(c.var.standing), c.req.valid("param").id), 200),
    );
  const act = <Shape extends z.ZodType>(
    method: "post" | "put" | "delete",
    path: string,
    shape: Shape,
    run: (who: OfOfficer, ids: { id: Id; part: Id }, ask: z.infer<Shape>) => Promise<void>,
  ) => {
    const params: z.ZodObject = path.includes("{part}") ? ofPart : ofOne;
    routes.openapi(
      createRoute({
        method,
        path,
        request: { params, ...body(shape as z.ZodType) },
        responses: { ...done, ...problems(403, 404, 409, 422) },
      }),
      async (c) => {
        const ids = c.req.valid("param") as { id: Id; part: Id };
        await run(officerOf(c.var.standing), ids, c.req.valid("json") as z.infer<Shape>);
        return c.body(null, 204);
      },
    );
  };
  const nothing = z.strictObject({});

  get("/", "operations that she may know of", async (who) => ({
    operations: await listOperations(node, who),
  }));
  get("/start", "this state and those that can take part", (who) => startOf(node, who));
  routes.openapi(
    createRoute({
      method: "get",
      path: "/choices",
      request: { query: z.object({ kind: z.enum(refKinds) }) },
      responses: { 200: json("what she could name in a plan"), ...problems(403, 422) },
    }),
    async (c) =>
      c.json({ choices: await choicesOf(node, officerOf(c.var.standing), c.req.valid("query").kind) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(PlanShape),
      responses: { 201: json("drafted"), ...problems(403, 409, 422) },
    }),
    async (c) =>
      c.json({ id: await draftOperation(node, officerOf(c.var.standing), c.req.valid("json")) }, 201),
  );
  getOne("/{id}", "an operation as it stands", (who, id) => lookAt(node, who, id));
  getOne("/{id}/board", "what happens in its window", (who, id) => boardOf(node, who, id));
  act("put", "/{id}", PlanShape, (who, { id }, ask) => changePlan(node, who, id, ask));
  act("put", "/{id}/sites/{part}", Site, (who, { id, part }, ask) => keepSite(node, who, id, part, ask));
  act("delete", "/{id}/sites/{part}", nothing, (who, { id, part }) => removeSite(node, who, id, part));
  act("put", "/{id}/reception", Reception, (who, { id }, ask) => keepReception(node, who, id, ask));
  act(
    "post",
    "/{id}/risks",
    z.strictObject({ risk: line(500).min(3), answer: line(500) }),
    (who, { id }, ask) => addRisk(node, who, id, ask),
  );
  act("post", "/{id}/risks/{part}/close", nothing, (who, { id, part }) => closeRisk(node, who, id, part));
  const Identifiers = z.strictObject({
    list: z
      .array(z.strictObject({ type: z.enum(selectorTypes), value: line(500).min(1) }))
      .max(operationLimits.identifiers),
  });
  act("put", "/{id}/identifiers", Identifiers, (who, { id }, { list }) =>
    keepIdentifiers(node, who, id, list),
  );
  act("post", "/{id}/members", z.strictObject({ officer: anId }), (who, { id }, ask) =>
    addMember(node, who, id, ask.officer),
  );
  act("delete", "/{id}/members/{part}", nothing, (who, { id, part }) => endMember(node, who, id, part));
  act("post", "/{id}/refs", z.strictObject({ kind: z.enum(refKinds), ref: anId }), (who, { id }, ask) =>
    addRef(node, who, id, ask),
  );
  act("delete", "/{id}/refs/{part}", nothing, (who, { id, part }) => dropRef(node, who, id, part));
  act("post", "/{id}/send", nothing, (who, { id }) => sendPlan(node, who, id));
  act("post", "/{id}/reopen", nothing, (who, { id }) => reopenPlan(node, who, id));
  act("post", "/{id}/compare", nothing, (who, { id }) => compare(node, who, id));
  act("post", "/{id}/clear", z.strictObject({ note: line(1000) }), (who, { id }, ask) =>
    clear(node, who, id, ask.note),
  );
  const Vote = z
    .strictObject({ go: z.boolean(), reason: line(1000) })
    .refine((ask) => ask.go || ask.reason.length >= 3, { path: ["reason"], message: "TOO_SHORT" });
  act("post", "/{id}/vote", Vote, (who, { id }, ask) => vote(node, who, id, ask));
  act("post", "/{id}/recall", z.strictObject({ reason }), (who, { id }, ask) =>
    recall(node, who, id, ask.reason),
  );
  act(
    "post",
    "/{id}/entries",
    z.strictObject({ entries: z.array(EntryShape).min(1).max(200) }),
    (who, { id }, ask) => enter(node, who, id, ask.entries),
  );
  act(
    "put",
    "/{id}/report",
    z.strictObject({ counts: CountsShape, lessons: line(4000) }),
    (who, { id }, ask) => report(node, who, id, ask),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/paper",
      request: { params: z.object({ id: anId }) },
      responses: { 200: { description: "the after-action report (PDF)" }, ...problems(404, 409) },
    }),
    async (c) => {
      const id = c.req.valid("param").id;
      return c.body(await paperOf(node, c.var.standing, id, wordsIn(c.var.acting.language)), 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="after-action-${id.slice(-8)}.pdf"`,
        "cache-control": "private, no-store",
      });
    },
  );
  return routes;
}
