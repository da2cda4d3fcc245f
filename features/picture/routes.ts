// The HTTP door of the picture, mounted under /api/picture.
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { definitions } from "./contract.ts";
import { paperLines, toCsv, toCsvw, toSdmx } from "./export.ts";
import { deskView, figureReleases, overview, work } from "./look.ts";
import { officerOf, type PictureNode } from "./node.ts";
import { countNow, handOver } from "./prepare.ts";
import {
  callBack,
  correct,
  dropDraft,
  mostProposed,
  propose,
  releaseProposal,
  returnProposal,
} from "./release.ts";

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, "NOT_A_MONTH");
const figure = z.string().regex(/^[a-z0-9-]{1,40}$/);
const reason = clean(1000)
  .transform((value) => value.trim())
  .pipe(z.string().min(3));
const one = { params: z.object({ id: anId }) };
const Months = z.object({ from: month, until: month });
const answers = { ...done, ...problems(403, 404, 409, 422) };
const made = { 201: json("what was done"), ...problems(403, 404, 409, 422) };
const Why = body(z.strictObject({ reason }));

export function pictureRoutes(node: PictureNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  looks(routes, node);
  carries(routes, node, wordsIn);
  works(routes, node);
  return routes;
}

function looks(routes: OpenAPIHono<Env>, node: PictureNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("which states are in, the newest of every figure"), ...problems(403) },
    }),
    async (c) => c.json(await overview(node, officerOf(c.var.standing)), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/figures/{figure}",
      request: {
        params: z.object({ figure }),
        query: Months.extend({ earlier: z.enum(["yes", "no"]).default("no") }),
      },
      responses: { 200: json("tables that states published of one figure"), ...problems(403, 404) },
    }),
    async (c) => {
      const { earlier, ...months } = c.req.valid("query");
      const ask = { ...c.req.valid("param"), ...months, earlier: earlier === "yes" };
      return c.json({ releases: await figureReleases(node, officerOf(c.var.standing), ask) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/work",
      responses: {
        200: json("what waits to be looked at and let go, the budget, what left"),
        ...problems(403),
      },
    }),
    async (c) => c.json(await work(node, officerOf(c.var.standing)), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/desk",
      responses: { 200: json("what the victim desk handed over and what it owes"), ...problems(404) },
    }),
    async (c) => c.json(await deskView(node, officerOf(c.var.standing)), 200),
  );
}

const types = {
  csv: ["text/csv; charset=utf-8", "csv"],
  csvw: ["application/csvm+json", "csv-metadata.json"],
  sdmx: ["application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", "sdmx.csv"],
  pdf: ["application/pdf", "pdf"],
} as const;

function carries(routes: OpenAPIHono<Env>, node: PictureNode, wordsIn: (language: string) => Words): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/figures/{figure}/file",
      request: {
        params: z.object({ figure }),
        query: Months.extend({
          format: z.enum(["csv", "csvw", "sdmx", "pdf"]),
          language: z.string().regex(/^[a-z]{2,3}$/),
        }),
      },
      responses: { 200: { description: "the published tables as a file" }, ...problems(403, 404) },
    }),
    async (c) => {
      const { figure: of } = c.req.valid("param");
      const { from, until, format, language } = c.req.valid("query");
      const ask = { figure: of, from, until, earlier: format !== "pdf" };
      const releases = await figureReleases(node, officerOf(c.var.standing), ask, "picture.carried-away");
      const words = wordsIn(language);
      const mark = node.exercise ? "EXERCISE-" : "";
      const name = `${mark}${of}-${from}-${until}`;
      const [type, ending] = types[format];
      const meant = definitions.filter((each) => each.figure === of);
      const content = {
        csv: () => toCsv(releases, node.exercise ? words.say("web.exercise") : null),
        csvw: () => JSON.stringify(toCsvw(`${name}.csv`, meant, words, node.exercise), null, 2),
        sdmx: () => toSdmx(releases, node.exercise),
        pdf: () =>
          node.papers.pdf(
            { title: words.say(`picture.figure.${of}`), language: words.locale, at: node.clock.now() },
            paperLines(releases, words, { exercise: node.exercise, from, until }),
          ),
      }[format]();
      return c.body(content, 200, {
        "content-type": type,
        "content-disposition": `attachment; filename="${name}.${ending}"`,
      });
    },
  );
}

function works(routes: OpenAPIHono<Env>, node: PictureNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/count",
      request: body(z.strictObject({ month })),
      responses: made,
    }),
    async (c) => c.json({ figures: await countNow(node, c.var.standing, c.req.valid("json").month) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/hand-over",
      request: body(z.strictObject({ month, reason: clean(1000).default("") })),
      responses: made,
    }),
    async (c) => c.json({ figures: await handOver(node, c.var.acting, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/proposals",
      request: body(z.strictObject({ drafts: z.array(anId).min(1).max(mostProposed) })),
      responses: made,
    }),
    async (c) => {
      const { drafts } = c.req.valid("json");
      return c.json({ id: await propose(node, officerOf(c.var.standing), drafts) }, 201);
    },
  );
  routes.openapi(
    createRoute({ method: "post", path: "/proposals/{id}/release", request: one, responses: made }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ tables: await releaseProposal(node, officerOf(c.var.standing), id) }, 201);
    },
  );
  for (const [path, act] of [
    ["/proposals/{id}/return", returnProposal],
    ["/releases/{id}/correct", correct],
    ["/releases/{id}/call-back", callBack],
  ] as const)
    routes.openapi(
      createRoute({ method: "post", path, request: { ...one, ...Why }, responses: answers }),
      async (c) => {
        await act(node, officerOf(c.var.standing), c.req.valid("param").id, c.req.valid("json").reason);
        return c.body(null, 204);
      },
    );
  routes.openapi(
    createRoute({ method: "delete", path: "/drafts/{id}", request: one, responses: answers }),
    async (c) => {
      await dropDraft(node, officerOf(c.var.standing), c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
