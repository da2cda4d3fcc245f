// The HTTP door of oversight, mounted under /api/oversight.
import { api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id, purposes } from "@simpul/model";
import { readLog } from "./log.ts";
import { entryPolicies, ledgerStanding } from "./look.ts";
import type { OversightNode } from "./node.ts";
import { readEvents } from "./sessions.ts";
import { provenEntry } from "./proof.ts";
import { oversightWork } from "./routes-work.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const log = z.enum(["main", "reads"]);
const time = z.iso.datetime().transform((text) => new Date(text));

const filter = z.object({
  log: log.optional(),
  officer: id.optional(),
  record: id.optional(),
  purpose: z.enum(purposes).optional(),
  case: z.string().trim().max(40).optional(),
  kind: z.string().max(80).optional(),
  from: time.optional(),
  to: time.optional(),
  before: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export function oversightRoutes(node: OversightNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/ledger",
      responses: { 200: json("how the ledger stands"), ...problems(404) },
    }),
    async (c) => c.json(await ledgerStanding(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/policies",
      responses: { 200: json("what a reader of entries must get by another way"), ...problems(404) },
    }),
    async (c) => c.json(await entryPolicies(node, c.var.standing), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/log",
      request: {
        query: filter,
      },
      responses: { 200: json("who did and read what, newest first"), ...problems(404, 422) },
    }),
    async (c) => c.json(await readLog(node, c.var.standing, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/events",
      request: { query: filter },
      responses: { 200: json("the same, one event for each viewing session"), ...problems(404, 422) },
    }),
    async (c) => c.json(await readEvents(node, c.var.standing, c.req.valid("query")), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/log/{log}/{id}",
      request: { params: z.object({ log, id }) },
      responses: { 200: json("one entry with its proof"), ...problems(404) },
    }),
    async (c) => {
      const asked = c.req.valid("param");
      return c.json(await provenEntry(node, c.var.standing, asked.log, asked.id), 200);
    },
  );
  routes.route("/", oversightWork(node));
  return routes;
}
