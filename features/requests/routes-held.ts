// What is held of other states and the permissions about it, over HTTP: part of the requests room's door.
import { api, body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { boxes, RequestsError } from "./contract.ts";
import { heldItems, heldRecords, type WhichHeld } from "./held.ts";
import { reportsOnItem } from "./item-reports.ts";
import { listPermissions, viewPermission } from "./look-permissions.ts";
import { withNames } from "./names.ts";
import type { RequestsNode } from "./node.ts";
import { askPermission, decide, withdrawPermission } from "./permissions.ts";
import { AskDecisionShape, AskPermissionShape, caseRef, id } from "./shapes.ts";

const at = z.object({ id });

export function heldRoutes(node: RequestsNode): OpenAPIHono<Env> {
  const routes = api();

  routes.openapi(
    createRoute({
      method: "get",
      path: "/received",
      request: { query: z.object({ case: caseRef.optional(), request: id.optional() }) },
      responses: {
        200: json("foreign records and items, with what may be done with them"),
        ...problems(404, 422),
      },
    }),
    async (c) => {
      const ask = c.req.valid("query");
      const held = await node.store.read(c.var.standing, async (db) => {
        let which: WhichHeld;
        if (ask.case !== undefined) which = { case: (await node.cases.recordsOf(db, ask.case, [])).head.id };
        else if (ask.request !== undefined) which = { request: ask.request };
        else throw new RequestsError("INCOMPLETE", { missing: "case" });
        db.noteRead("request.received-listed", {
          ...("case" in which ? { case: which.case } : "request" in which ? { id: which.request } : {}),
        });
        return { records: await heldRecords(node, db, which), items: await heldItems(node, db, which) };
      });
      return c.json(await withNames(node, held), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/received/{id}",
      request: { params: at },
      responses: { 200: json("a foreign record whole"), ...problems(404) },
    }),
    async (c) => {
      const copy = c.req.valid("param").id;
      const record = await node.store.read(c.var.standing, async (db) => {
        const found = (await heldRecords(node, db, { copies: [copy] }))[0];
        db.noteRead("request.received-viewed", {
          ...(found === undefined ? { found: false } : { id: found.request }),
          ...(found?.case ? { case: found.case } : {}),
        });
        if (found === undefined) throw new RequestsError("NOT_FOUND");
        return found;
      });
      return c.json(await withNames(node, record), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/items/{id}/reports",
      request: { params: at },
      responses: {
        200: json("what each state found as it checked this item, of the requests that she sees"),
      },
    }),
    async (c) => c.json({ reports: await reportsOnItem(node, c.var.standing, c.req.valid("param").id) }, 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/permissions",
      request: {
        query: z.object({
          box: z.enum(boxes).optional(),
          state: z.string().max(200).optional(),
          cursor: z.string().max(120).optional(),
        }),
      },
      responses: { 200: json("permissions asked and to decide, newest first"), ...problems(422) },
    }),
    async (c) =>
      c.json(await withNames(node, await listPermissions(node, c.var.standing, c.req.valid("query"))), 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/permissions",
      request: body(AskPermissionShape),
      responses: { 201: json("asked"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await askPermission(node, c.var.standing, c.req.valid("json")), 201),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/permissions/{id}",
      request: { params: at },
      responses: { 200: json("one permission with its grants"), ...problems(404) },
    }),
    async (c) =>
      c.json(await withNames(node, await viewPermission(node, c.var.standing, c.req.valid("param").id)), 200),
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/permissions/{id}/decide",
      request: { params: at, ...body(AskDecisionShape) },
      responses: { ...done, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await decide(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/permissions/{id}/withdraw",
      request: { params: at },
      responses: { ...done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await withdrawPermission(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );

  return routes;
}
