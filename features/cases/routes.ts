// The HTTP door of the cases room, mounted under /api/cases.
import { Id } from "@simpul/model";
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { addRecord } from "./add.ts";
import { editField, removeRecord, settle } from "./change.ts";
import { caseStates, recordKinds, teamRoles } from "./contract.ts";
import type { Decision, Kept, RecordKind, Records, Task } from "./contract.ts";
import { GradesShape, HandlingShape, SourceShape, parseKind } from "./kinds.ts";
import { addMember, endMember, setState } from "./lead.ts";
import { activityOf, historyOf, listing, searching, viewCase, viewRecords } from "./look.ts";
import { withNames } from "./names.ts";
import type { CasesNode } from "./node.ts";
import { openCase } from "./open.ts";
import { emergencyRoutes } from "./routes-emergency.ts";
import { questionOf } from "./words-index.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
/** A case by its number (`ID-2031-000417`) or its id. */
const ref = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);
const atCase = z.object({ ref });
const kind = z.enum([...recordKinds, "case"]);
const atKind = z.object({ ref, kind: z.enum(recordKinds) });
const atRecord = z.object({ ref, kind, id });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const shapes = (text: string | undefined): RecordKind[] | undefined =>
  text === undefined ? undefined : text.split(",").map(parseKind);
const cursor = z.string().max(120);

/** Officers and desks that records name. */
function idsIn(records: Partial<Records>): { officers: (Id | null)[]; desks: (Id | null)[] } {
  const all = Object.values(records).flat() as (Kept &
    Partial<Pick<Task, "owner" | "desk"> & Pick<Decision, "decidedBy">>)[];
  return {
    officers: all.flatMap((one) => [
      one.createdBy,
      one.owner ?? null,
      one.decidedBy ?? null,
      ...one.conflicts.map((conflict) => conflict.by),
    ]),
    desks: all.flatMap((one) => [one.evaluation.desk, one.desk ?? null]),
  };
}

export function casesRoutes(node: CasesNode): OpenAPIHono<Env> {
  const routes = api();

  routes.openapi(
    createRoute({ method: "get", path: "/codes", responses: { 200: json("the code lists in force") } }),
    (c) => c.json(node.codes),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: {
        query: z.object({
          state: z.string().max(60).optional(),
          crimeType: z.string().max(60).optional(),
          desk: id.optional(),
          mine: flag.optional(),
          covert: flag.optional(),
          selector: z.string().max(2048).optional(),
          q: z.string().max(200).optional(),
          cursor: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(100).optional(),
        }),
      },
      responses: { 200: json("cases this officer sees, the last changed first"), ...problems(422) },
    }),
    async (c) => {
      const { state, mine, q, ...ask } = c.req.valid("query");
      const states = caseStates.filter((one) => state?.split(",").includes(one));
      const found = await listing(node, c.var.standing, {
        ...ask,
        states,
        ...(q === undefined ? {} : { question: questionOf(q) ?? undefined }),
        ...(mine === true ? { team: c.var.officer.id } : {}),
      });
      const desks = found.cases.map((one) => one.desk);
      return c.json(await withNames(node.directory, found, { officers: [], desks }), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(
        z.object({
          title: z.string().min(1).max(300),
          crimeType: z.string().max(60),
          covert: z.boolean().optional(),
          summary: z.string().max(20_000).optional(),
          summaryLanguage: z
            .string()
            .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
            .optional(),
          items: z.array(id).max(500).optional(),
        }),
      ),
      responses: { 201: json("the new case: id and number"), ...problems(403, 404, 422) },
    }),
    async (c) => {
      const { covert, summary, summaryLanguage, items, ...ask } = c.req.valid("json");
      const given = {
        ...ask,
        ...(covert === undefined ? {} : { covert }),
        ...(summary === undefined ? {} : { summary }),
        ...(summaryLanguage === undefined ? {} : { summaryLanguage }),
        ...(items === undefined ? {} : { items }),
      };
      return c.json(await openCase(node, c.var.standing, given), 201);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/search",
      request: { query: z.object({ q: z.string().max(200) }) },
      responses: { 200: json("what she may see of it") },
    }),
    async (c) => c.json({ found: await searching(node, c.var.standing, c.req.valid("query").q) }),
  );

  emergencyRoutes(routes, node);

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{ref}",
      request: { params: atCase },
      responses: { 200: json("the case"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewCase(node, c.var.standing, c.req.valid("param").ref);
      const officers = [
        view.openedBy,
        ...view.team.map((one) => one.officer),
        ...view.conflicts.map((one) => one.by),
      ];
      return c.json(await withNames(node.directory, view, { officers, desks: [view.desk] }), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{ref}/records",
      request: { params: atCase, query: z.object({ kinds: z.string().max(100).optional() }) },
      responses: { 200: json("what lies in it, kind by kind"), ...problems(404) },
    }),
    async (c) => {
      const wanted = shapes(c.req.valid("query").kinds);
      const found = await viewRecords(node, c.var.standing, c.req.valid("param").ref, wanted);
      return c.json(await withNames(node.directory, found, idsIn(found.records)), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{ref}/activity",
      request: {
        params: atCase,
        query: z.object({
          reads: flag.optional(),
          by: id.optional(),
          record: id.optional(),
          cursor: cursor.optional(),
        }),
      },
      responses: { 200: json("acts and reads, newest first"), ...problems(404) },
    }),
    async (c) => {
      const found = await activityOf(node, c.var.standing, c.req.valid("param").ref, c.req.valid("query"));
      const officers = found.activity
        .filter((one) => one.by.startsWith("officer:"))
        .map((one) => one.by.slice("officer:".length) as Id);
      return c.json(await withNames(node.directory, found, { officers, desks: [] }), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{ref}/records/{kind}",
      request: {
        params: atKind,
        ...body(
          z.object({
            fields: z.record(z.string(), z.unknown()),
            handling: HandlingShape.optional(),
            evaluation: GradesShape.optional(),
            source: SourceShape.optional(),
          }),
        ),
      },
      responses: { 201: json("the record as it now stands"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const at = c.req.valid("param");
      const { fields, ...kept } = c.req.valid("json");
      return c.json(await addRecord(node, c.var.standing, at.ref, at.kind, fields, kept as never), 201);
    },
  );

  routes.openapi(
    createRoute({
      method: "patch",
      path: "/{ref}/records/{kind}/{id}",
      request: {
        params: atRecord,
        ...body(z.object({ field: z.string().max(40), value: z.unknown(), read: z.number().int().min(1) })),
      },
      responses: { 200: json("whether it stands, and the version"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const at = c.req.valid("param");
      const { field, value, read } = c.req.valid("json");
      return c.json(
        await editField(node, c.var.standing, at.ref, at.kind, at.id, { field, value, read }),
        200,
      );
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{ref}/records/{kind}/{id}/settle",
      request: {
        params: atRecord,
        ...body(z.object({ field: z.string().max(40), version: z.number().int().min(1) })),
      },
      responses: { 204: { description: "chosen" }, ...problems(403, 404, 409) },
    }),
    async (c) => {
      const at = c.req.valid("param");
      await settle(node, c.var.standing, at.ref, at.kind, at.id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{ref}/records/{kind}/{id}/history",
      request: { params: atRecord },
      responses: { 200: json("every value of every edited field"), ...problems(404) },
    }),
    async (c) => {
      const at = c.req.valid("param");
      const edits = await historyOf(node, c.var.standing, at.ref, at.kind, at.id);
      const officers = edits.map((one) => one.by);
      return c.json(await withNames(node.directory, { edits }, { officers, desks: [] }), 200);
    },
  );

  for (const [method, path, removed] of [
    ["delete", "/{ref}/records/{kind}/{id}", true],
    ["post", "/{ref}/records/{kind}/{id}/restore", false],
  ] as const)
    routes.openapi(
      createRoute({
        method,
        path,
        request: { params: atKind.extend({ id }) },
        responses: {
          204: { description: removed ? "taken out" : "brought back" },
          ...problems(403, 404, 409),
        },
      }),
      async (c) => {
        const at = c.req.valid("param");
        await removeRecord(node, c.var.standing, at.ref, at.kind, at.id, removed);
        return c.body(null, 204);
      },
    );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{ref}/state",
      request: {
        params: atCase,
        ...body(z.object({ state: z.enum(caseStates), reason: z.string().max(60).optional() })),
      },
      responses: { 204: { description: "changed" }, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await setState(node, c.var.standing, c.req.valid("param").ref, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{ref}/team",
      request: { params: atCase, ...body(z.object({ officer: id, role: z.enum(teamRoles) })) },
      responses: { 204: { description: "in the team" }, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await addMember(node, c.var.standing, c.req.valid("param").ref, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "delete",
      path: "/{ref}/team/{officer}",
      request: { params: z.object({ ref, officer: id }) },
      responses: { 204: { description: "ended" }, ...problems(403, 404) },
    }),
    async (c) => {
      const at = c.req.valid("param");
      await endMember(node, c.var.standing, at.ref, at.officer);
      return c.body(null, 204);
    },
  );

  return routes;
}
