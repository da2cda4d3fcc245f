// The HTTP door of reports that desks owe, mounted under /api/follow-up/reports.
import { anId, api, body, clean, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { namesOf } from "../access/contract.ts";
import { reportLimits, type ReportView } from "./contract.ts";
import { officerOf, type FollowUpNode } from "./node.ts";
import { leftPaper, listReports, viewReport } from "./reports/look.ts";
import { linesOf, tableOf, titleOf } from "./reports/paper.ts";
import { begin, leave, revise } from "./reports/write.ts";

const text = clean(reportLimits.text).transform((value) => value.trim());
const one = { params: z.object({ id: anId }) };
const version = z.int().min(1).max(reportLimits.versions);
const ofVersion = {
  params: z.object({ id: anId, version: z.coerce.number().pipe(version) }),
};
const Revision = z.strictObject({
  after: version,
  texts: z.strictObject({ summary: text, difficulties: text, next: text }),
  renew: z.boolean(),
});

export function reportRoutes(node: FollowUpNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("what this officer's desk owes and owed") },
    }),
    async (c) => c.json(await listReports(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(z.strictObject({ template: z.string().max(40), of: z.string().max(7) })),
      responses: { 201: json("its id"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json({ id: await begin(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one, with all its versions"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewReport(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await namesIn(node, view) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/versions",
      request: { ...one, ...body(Revision) },
      responses: { 201: json("its number"), ...problems(403, 404, 409, 413, 422) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ version: await revise(node, c.var.acting, id, c.req.valid("json")) }, 201);
    },
  );
  leaving(routes, node, wordsIn);
  return routes;
}

const namesIn = (node: FollowUpNode, view: ReportView): Promise<Record<string, string>> =>
  namesOf(
    node.directory,
    view.all.flatMap((each) => [each.by, each.left?.by]),
  );

function leaving(routes: OpenAPIHono<Env>, node: FollowUpNode, wordsIn: (language: string) => Words): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/leave",
      request: { ...one, ...body(z.strictObject({ version })) },
      responses: { 204: { description: "done" }, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const officer = officerOf(c.var.standing);
      const words = wordsIn(c.var.acting.language);
      const [desk, who] = [
        (await node.directory.desks([officer.desk])).get(officer.desk)?.name ?? "",
        (await node.directory.officers([officer.id])).get(officer.id)?.name ?? "",
      ];
      const at = node.clock.now();
      await leave(node, c.var.acting, c.req.valid("param").id, {
        version: c.req.valid("json").version,
        paper: ({ report, latest }) =>
          Promise.resolve(
            node.papers.pdf(
              { title: titleOf(words, report), language: words.locale, at },
              linesOf({
                ...{ report, version: latest, desk, officer: who },
                ...{ words, exercise: node.exercise, at },
              }),
            ),
          ),
      });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/versions/{version}/paper",
      request: ofVersion,
      responses: { 200: { description: "the PDF exactly as it left" }, ...problems(404) },
    }),
    async (c) => {
      const asked = c.req.valid("param");
      const bytes = await leftPaper(node, c.var.standing, asked.id, asked.version);
      return c.body(bytes, 200, { "content-type": "application/pdf" });
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/versions/{version}/table",
      request: ofVersion,
      responses: { 200: json("its numbers as rows of cells"), ...problems(404) },
    }),
    async (c) => {
      const { id, version: nth } = c.req.valid("param");
      const view = await viewReport(node, c.var.standing, id);
      const found = view.all.find((each) => each.version === nth);
      const words = wordsIn(c.var.acting.language);
      return c.json(
        { rows: found === undefined ? [] : tableOf({ words, version: found, report: view }) },
        200,
      );
    },
  );
}
