// Emergencies over HTTP: opening a case one does not see, ending it, and saying afterwards whether it was right.
import { body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id } from "@simpul/model";
import { openingFindings } from "./contract.ts";
import { endOpening, openings, openInEmergency, reviewOpening } from "./emergency.ts";
import { withNames } from "./names.ts";
import type { CasesNode } from "./node.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const at = { params: z.object({ opening: id }) };

/** Added before the routes of a single case, whose number could be any word. */
export function emergencyRoutes(routes: OpenAPIHono<Env>, node: CasesNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/emergencies",
      responses: { 200: json("cases opened in an emergency that concern her, and for how long one opens") },
    }),
    async (c) => {
      const list = await openings(node, c.var.standing);
      const { hours } = node.codes.cases.emergency;
      const officers = list.flatMap((one) => [one.officer, one.review?.by ?? null]);
      const desks = list.map((one) => one.desk);
      return c.json(await withNames(node.directory, { openings: list, hours }, { officers, desks }), 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/emergencies",
      request: body(
        z.object({
          number: z.string().regex(/^[A-Za-z]{2}-\d{4}-\d{6}$/),
          reason: z.string().trim().min(20).max(2000),
        }),
      ),
      responses: { 201: json("open until then"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json(await openInEmergency(node, c.var.standing, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/emergencies/{opening}/end",
      request: at,
      responses: { 204: { description: "over" }, ...problems(404, 409) },
    }),
    async (c) => {
      await endOpening(node, c.var.standing, c.req.valid("param").opening);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/emergencies/{opening}/review",
      request: {
        ...at,
        ...body(
          z.object({ finding: z.enum(openingFindings), text: z.string().trim().max(2000).default("") }),
        ),
      },
      responses: { 204: { description: "reviewed" }, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await reviewOpening(node, c.var.standing, c.req.valid("param").opening, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}
