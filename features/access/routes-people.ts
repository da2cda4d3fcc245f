// Behind a session: colleagues and desks for everybody; agencies, officers and places for administrators.
import { api, createRoute, problems, z, type Env, type OpenAPIHono } from "@simpul/doors/http";
import { colleagues, desks } from "./directory.ts";
import type { AccessNode } from "./node.ts";
import {
  createAgency,
  createDesk,
  createOfficer,
  endPlace,
  endSessions,
  inviteOfficer,
  letOfficerGo,
  placeOfficer,
} from "./people.ts";
import {
  ColleagueShape,
  DeskShape,
  done,
  gives,
  IdShape,
  NewAgencyShape,
  NewDeskShape,
  NewOfficerShape,
  PlaceShape,
  takes,
} from "./shapes.ts";

const one = { params: z.object({ id: IdShape }) };
const made = gives(z.object({ id: z.string() }), "made");
const ended = gives(z.object({ ended: z.number() }), "how many sessions ended");

export function peopleRoutes(node: AccessNode): OpenAPIHono<Env> {
  const routes = api();

  routes.openapi(
    createRoute({
      method: "get",
      path: "/colleagues",
      request: {
        query: z.object({
          text: z.string().max(100).default(""),
          limit: z.coerce.number().int().min(1).max(500).default(50),
          left: z.enum(["true", "false"]).optional(),
        }),
      },
      responses: { 200: gives(z.array(ColleagueShape), "officers of this node"), ...problems(401, 422) },
    }),
    async (c) => {
      const { text, limit, left } = c.req.valid("query");
      return c.json(
        await colleagues(node.store, c.var.standing, { text, limit, left: left === "true" }),
        200,
      );
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/desks",
      responses: { 200: gives(z.array(DeskShape), "desks of this node"), ...problems(401) },
    }),
    async (c) => c.json(await desks(node.store, c.var.standing), 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/agencies",
      request: takes(NewAgencyShape),
      responses: { 201: made, ...problems(401, 403, 422) },
    }),
    async (c) => c.json({ id: await createAgency(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/desks",
      request: takes(NewDeskShape),
      responses: { 201: made, ...problems(401, 403, 404, 422) },
    }),
    async (c) => c.json({ id: await createDesk(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/officers",
      request: takes(NewOfficerShape),
      responses: { 201: made, ...problems(401, 403, 409, 422) },
    }),
    async (c) => c.json({ id: await createOfficer(node, c.var.standing, c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      method: "put",
      path: "/officers/{id}/places",
      request: { ...one, ...takes(PlaceShape) },
      responses: { 201: made, ...problems(401, 403, 404, 422) },
    }),
    async (c) => {
      const officer = c.req.valid("param").id;
      const id: string = await placeOfficer(node, c.var.standing, { officer, ...c.req.valid("json") });
      return c.json({ id }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "delete",
      path: "/officers/{id}/places/{desk}",
      request: { params: z.object({ id: IdShape, desk: IdShape }) },
      responses: { 204: done, ...problems(401, 403, 404) },
    }),
    async (c) => {
      const { id, desk } = c.req.valid("param");
      await endPlace(node, c.var.standing, { officer: id, desk });
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/officers/{id}/invite",
      request: one,
      responses: {
        201: gives(z.object({ code: z.string(), expiresAt: z.string() }), "shown once"),
        ...problems(401, 403, 404),
      },
    }),
    async (c) => {
      const { code, expiresAt } = await inviteOfficer(node, c.var.standing, c.req.valid("param").id);
      return c.json({ code, expiresAt: expiresAt.toISOString() }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/officers/{id}/leave",
      request: one,
      responses: { 204: done, ...problems(401, 403, 404) },
    }),
    async (c) => {
      await letOfficerGo(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/officers/{id}/end-sessions",
      request: one,
      responses: { 200: ended, ...problems(401, 403, 404) },
    }),
    async (c) => c.json(await endSessions(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/end-sessions",
      responses: { 200: ended, ...problems(401, 403) },
    }),
    async (c) => c.json(await endSessions(node, c.var.standing, null), 200),
  );
  return routes;
}
