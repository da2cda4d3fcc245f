// The HTTP door of adverts, mounted under /api/ads.
import { anId, api, body, clean, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { holderRoles } from "@simpul/model";
import { mergeCampaigns, splitCampaign } from "./campaigns.ts";
import { adLimits, findings, sourceKinds } from "./contract.ts";
import { decide, sayWhose, undoDecision } from "./decide.ts";
import { evaluate } from "./evaluate.ts";
import { switchForm } from "./form/open.ts";
import { beginImport, listImports, readImport, takePart } from "./imports.ts";
import { viewCampaign } from "./look-campaign.ts";
import { listAdverts, viewAdvert, viewQueue, viewSecond } from "./look.ts";
import { officerNames, type AdsNode } from "./node.ts";
import { readOffer } from "./offer.ts";
import { followUps } from "./routes-follow.ts";
import { feedRoutes } from "./routes-feeds.ts";
import { letterRoutes } from "./routes-letters.ts";
import { inParts } from "./routes-parts.ts";
import { pictureRoutes } from "./routes-pictures.ts";
import { wordingRoutes } from "./routes-wording.ts";
import { addSource, changeSource, listSources, pasteAdvert, setCapacity } from "./sources.ts";

const column = z.string().min(1).max(60);
const MappingShape = z.strictObject({
  text: z.array(column).max(20).optional(),
  origin: column.optional(),
  postedAt: column.optional(),
  said: column.optional(),
});
const daily = z.number().int().min(1).max(adLimits.daily);
const SourceShape = z.strictObject({
  name: text(2, 200),
  kind: z.enum(sourceKinds),
  origin: text(2, 500),
  legalBasis: text(2, 500),
  givenBy: text(2, 300),
  region: z.string().regex(/^[A-Z]{2}$/).nullable(), // prettier-ignore
  daily,
});
const reason = text(3, 1000);
const one = { params: z.object({ id: anId }) };
const all = problems(403, 404, 409, 413, 422, 429);
const acted = { ...done, ...all };
const made = { 201: json("its id"), ...all };

export function adsRoutes(node: AdsNode): OpenAPIHono<Env> {
  const routes = api();
  sources(routes, node);
  imports(routes, node);
  looks(routes, node);
  findingRoutes(routes, node);
  followUps(routes, node);
  letterRoutes(routes, node);
  feedRoutes(routes, node);
  wordingRoutes(routes, node);
  pictureRoutes(routes, node);
  return routes;
}

function sources(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/sources",
      responses: { 200: json("sources of her agency"), ...all },
    }),
    async (c) => c.json({ sources: await listSources(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({ method: "post", path: "/sources", request: body(SourceShape), responses: made }),
    async (c) => c.json({ id: await addSource(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sources/{id}",
      request: {
        ...one,
        ...body(
          z.strictObject({
            daily: daily.optional(),
            mapping: MappingShape.optional(),
            close: z.boolean().optional(),
          }),
        ),
      },
      responses: acted,
    }),
    async (c) => {
      await changeSource(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sources/{id}/form",
      request: { ...one, ...body(z.strictObject({ open: z.boolean() })) },
      responses: acted,
    }),
    async (c) => {
      await switchForm(node, c.var.standing, c.req.valid("param").id, c.req.valid("json").open);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/sources/{id}/adverts",
      request: {
        ...one,
        // More than an advert may hold, so that one that is too long is told so by name.
        ...body(z.strictObject({ text: z.string().max(1_100_000), origin: clean(1000).optional() })),
      },
      responses: { 201: json("its id, and whether it was there already"), ...all },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await pasteAdvert(node, c.var.standing, id, c.req.valid("json")), 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/capacity",
      request: body(z.strictObject({ capacity: z.number().int().min(1).max(adLimits.capacity) })),
      responses: acted,
    }),
    async (c) => {
      await setCapacity(node, c.var.standing, c.req.valid("json").capacity);
      return c.body(null, 204);
    },
  );
}

function imports(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/imports",
      responses: { 200: json("files on their way in, newest first"), ...all },
    }),
    async (c) => c.json({ imports: await listImports(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/imports",
      request: body(
        z.strictObject({
          source: anId,
          fileName: text(1, 255),
          size: z.number().int().min(1).max(adLimits.file),
        }),
      ),
      responses: made,
    }),
    async (c) => c.json({ id: await beginImport(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  inParts(routes, "/imports", {
    take: (...part) => takePart(node, ...part),
    read: (...whole) => readImport(node, ...whole),
  });
}

function looks(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({ method: "get", path: "/queue", responses: { 200: json("what waits today"), ...all } }),
    async (c) => c.json(await viewQueue(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/second",
      responses: { 200: json("what a second officer reads"), ...all },
    }),
    async (c) => c.json({ adverts: await viewSecond(node, c.var.standing) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/evaluation",
      responses: { 200: json("figures by source"), ...all },
    }),
    async (c) => {
      const view = await evaluate(node, c.var.standing);
      return c.json({ ...view, names: await officerNames(node, view.reviewers.map((each) => each.officer)) }, 200); // prettier-ignore
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/adverts",
      request: {
        query: z.object({
          source: anId.optional(),
          text: clean(200).optional(),
          found: z.enum(findings).optional(),
        }),
      },
      responses: { 200: json("adverts, newest first"), ...all },
    }),
    async (c) => c.json({ adverts: await listAdverts(node, c.var.standing, c.req.valid("query")) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/adverts/{id}",
      request: one,
      responses: { 200: json("one"), ...all },
    }),
    async (c) => {
      const view = await viewAdvert(node, c.var.standing, c.req.valid("param").id);
      const people = [
        ...view.decisions.map((each) => each.by),
        ...view.outcomes.flatMap((each) => [each.by, each.letter?.by ?? null]),
        ...view.disputes.flatMap((each) => [each.by, each.decidedBy]),
        ...view.pictures.map((each) => each.by),
      ];
      return c.json({ ...view, names: await officerNames(node, people) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/campaigns/{id}",
      request: one,
      responses: { 200: json("one"), ...all },
    }),
    async (c) => {
      const view = await viewCampaign(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await officerNames(node, [...view.history, ...view.outcomes].map((each) => each.by)) }, 200); // prettier-ignore
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/offer",
      request: body(z.strictObject({ text: clean(20_000) })),
      responses: { 200: json("signs and contacts in an offer; nothing is kept"), ...all },
    }),
    async (c) => c.json(await readOffer(node, c.var.standing, c.req.valid("json").text), 200),
  );
}

function findingRoutes(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/found",
      request: { ...one, ...body(z.strictObject({ found: z.enum(findings), campaign: z.boolean() })) },
      responses: { 201: json("the decision and how many adverts it covers"), ...all },
    }),
    async (c) =>
      c.json(await decide(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({ method: "post", path: "/decisions/{id}/undo", request: one, responses: acted }),
    async (c) => {
      await undoDecision(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/selectors/{number}",
      request: {
        params: z.object({ id: anId, number: z.coerce.number().int().min(0).max(adLimits.selectors) }),
        ...body(z.strictObject({ role: z.enum(holderRoles) })),
      },
      responses: acted,
    }),
    async (c) => {
      const { id, number } = c.req.valid("param");
      await sayWhose(node, c.var.standing, id, number, c.req.valid("json").role);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/campaigns/{id}/merge",
      request: { ...one, ...body(z.strictObject({ from: anId, reason })) },
      responses: acted,
    }),
    async (c) => {
      const { from, reason: why } = c.req.valid("json");
      await mergeCampaigns(node, c.var.standing, c.req.valid("param").id, from, why);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/campaigns/{id}/split",
      request: { ...one, ...body(z.strictObject({ adverts: z.array(anId).min(1).max(200), reason })) },
      responses: made,
    }),
    async (c) => {
      const { adverts, reason: why } = c.req.valid("json");
      return c.json(
        { id: await splitCampaign(node, c.var.standing, c.req.valid("param").id, adverts, why) },
        201,
      );
    },
  );
}
