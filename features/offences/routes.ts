// The HTTP door of the law by state, mounted under /api/offences.
import { api, createRoute, json } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { LawByState } from "./contract.ts";

export function offencesRoutes(law: LawByState): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: { 200: json("offences, elements, who charges and bases, by state, with their sources") },
    }),
    (c) => c.json(law, 200),
  );
  return routes;
}
