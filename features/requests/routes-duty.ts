// The duty desk and the statistics over HTTP: part of the requests room's door.
import { api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { rosterLimits } from "./contract.ts";
import { called, comeBack, goAway, keepPhones, viewDuty } from "./duty.ts";
import { withNames } from "./names.ts";
import type { RequestsNode } from "./node.ts";
import { keepRoster, viewRoster } from "./roster.ts";
import { day, id, instant, line, text } from "./shapes.ts";
import { statistics } from "./statistics.ts";

const at = z.object({ id });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const roster = z.strictObject({
  version: z.number().int().min(0).max(1_000_000),
  shifts: z.array(z.strictObject({ officer: id, day, from: time, until: time })).max(rosterLimits.shifts),
});
const phone = z.strictObject({ name: line.min(1).max(200), phone: line.min(3).max(60) });

export function dutyRoutes(node: RequestsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({ method: "get", path: "/duty", responses: { 200: json("who is told, away, and called") } }),
    async (c) => c.json(await withNames(node, await viewDuty(node, c.var.standing)), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/duty/roster",
      request: { query: z.object({ week: day.optional() }) },
      responses: {
        200: json("who is on duty in that week at her desk, and when nobody is"),
        ...problems(422),
      },
    }),
    async (c) =>
      c.json(await withNames(node, await viewRoster(node, c.var.standing, c.req.valid("query").week)), 200),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/duty/roster/{week}",
      request: { params: z.object({ week: day }), ...body(roster) },
      responses: { 200: json("kept"), ...problems(403, 404, 409, 422) },
    }),
    async (c) =>
      c.json(await keepRoster(node, c.var.standing, c.req.valid("param").week, c.req.valid("json")), 200),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/duty/phones",
      request: body(z.strictObject({ phones: z.array(phone).max(20) })),
      responses: { ...done, ...problems(403, 422) },
    }),
    async (c) => {
      await keepPhones(node, c.var.standing, c.req.valid("json").phones);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/duty/absences",
      request: body(z.strictObject({ from: instant, until: instant, standIn: id.nullable() })),
      responses: { 201: json("away"), ...problems(403, 404, 422) },
    }),
    async (c) => c.json(await goAway(node, c.var.standing, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/duty/absences/{id}",
      request: { params: at },
      responses: { ...done, ...problems(403, 404) },
    }),
    async (c) => {
      await comeBack(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/called",
      request: { params: at, ...body(z.strictObject({ notice: id, text })) },
      responses: { ...done, ...problems(403, 404, 422) },
    }),
    async (c) => {
      await called(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/statistics",
      request: { query: z.object({ from: day, to: day }) },
      responses: { 200: json("counts for each partner, without content"), ...problems(404, 422) },
    }),
    async (c) => c.json(await statistics(node, c.var.standing, c.req.valid("query")), 200),
  );
  return routes;
}
