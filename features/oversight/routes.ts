// The HTTP door of oversight, mounted under /api/oversight.
import { api, createRoute, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id } from "@simpul/model";
import { ledgerStanding, readLog } from "./look.ts";
import type { OversightNode } from "./look.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const json = (description: string) => ({
  description,
  content: { "application/json": { schema: z.unknown() } },
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
      path: "/log",
      request: {
        query: z.object({
          log: z.enum(["main", "reads"]).optional(),
          officer: id.optional(),
          case: id.optional(),
          kind: z.string().max(80).optional(),
          before: z.string().max(80).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      },
      responses: { 200: json("who did and read what, newest first"), ...problems(404, 422) },
    }),
    async (c) => c.json(await readLog(node, c.var.standing, c.req.valid("query")), 200),
  );
  return routes;
}
