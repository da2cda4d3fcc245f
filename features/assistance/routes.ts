// The HTTP door of this room, mounted under /api/assistance.
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { takeStep } from "./act.ts";
import { certificateOf } from "./certificate.ts";
import type { AssistanceView } from "./contract.ts";
import { begin, save } from "./draft.ts";
import { codesOf, listAssistances, viewAssistance } from "./look.ts";
import { manifestOf } from "./manifest.ts";
import type { AssistanceNode } from "./node.ts";
import {
  BeginShape,
  caseRef,
  CertificateShape,
  id,
  ListShape,
  nodeCode,
  SaveShape,
  StepShape,
} from "./shapes.ts";

const at = z.object({ id });

export function assistanceRoutes(
  node: AssistanceNode,
  wordsIn: (language: string) => Words,
): OpenAPIHono<Env> {
  const routes = api();
  papers(routes, node, wordsIn);

  routes.openapi(
    createRoute({
      method: "get",
      path: "/codes",
      responses: { 200: json("the lists in force, and what each requested state asks") },
    }),
    async (c) => c.json(await codesOf(node), 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: ListShape },
      responses: { 200: json("matters this officer sees, with their clocks"), ...problems(404) },
    }),
    async (c) =>
      c.json({ assistances: await listAssistances(node, c.var.standing, c.req.valid("query")) }, 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/choices",
      request: { query: z.object({ case: caseRef, to: nodeCode }) },
      responses: {
        200: json("records and items of the case that may be named or attached"),
        ...problems(404),
      },
    }),
    async (c) => {
      const ask = c.req.valid("query");
      const choices = await node.store.read(c.var.standing, async (db) => {
        db.noteRead("assistance.choices-listed", { ref: ask.case });
        return node.requests.choices(db, ask);
      });
      return c.json(choices, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(BeginShape),
      responses: { 201: json("a draft with what is known already"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await begin(node, c.var.standing, c.req.valid("json")), 201),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: at },
      responses: { 200: json("one matter with its story and the checker"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewAssistance(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await namesOf(node, view) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "put",
      path: "/{id}",
      request: { params: at, ...body(SaveShape) },
      responses: { 200: json("saved, with what the checker finds"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await save(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/steps",
      request: { params: at, ...body(StepShape) },
      responses: { 204: { description: "done" }, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await takeStep(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}

/** What goes with the evidence: its certificate with custody, and its manifest. */
function papers(routes: OpenAPIHono<Env>, node: AssistanceNode, wordsIn: (language: string) => Words): void {
  const headers = (type: string, name: string) => ({
    ...{ "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    "cache-control": "private, no-store",
  });
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/certificate",
      request: { params: at, query: CertificateShape },
      responses: { 200: { description: "certificate and custody (PDF)" }, ...problems(404, 409, 422) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const pdf = await certificateOf(node, c.var.standing, id, { ...c.req.valid("query"), wordsIn });
      return c.body(pdf, 200, headers("application/pdf", `certificate-${id.slice(-8)}.pdf`));
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/manifest",
      request: { params: at },
      responses: { 200: { description: "its exhibits in CASE/UCO, signed (DSSE)" }, ...problems(404, 409) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const signed = await manifestOf(node, c.var.standing, id);
      return c.body(
        JSON.stringify(signed),
        200,
        headers("application/json", `manifest-${id.slice(-8)}.dsse.json`),
      );
    },
  );
}

/** Names of officers and the desk in it; whoever is missing stays an id. */
async function namesOf(node: AssistanceNode, view: AssistanceView): Promise<Record<string, string>> {
  const ids = [
    view.author,
    view.reviewed?.by,
    view.sent?.by,
    view.returned?.by,
    ...view.steps.map((one) => one.by),
  ];
  const officers = await node.directory.officers([...new Set(ids.flatMap((one) => one ?? []))]);
  const desks = await node.directory.desks(view.desk === null ? [] : [view.desk]);
  return Object.fromEntries([...officers, ...desks].map(([key, { name }]) => [key, name]));
}
