// The HTTP door of checks, mounted under /api/checks.
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { Id, NodeCode } from "@simpul/model";
import type { Directory } from "../access/contract.ts";
import { askAgain, askCheck, decideCheck } from "./asking/ask.ts";
import { listChecks, startOf, viewCheck } from "./look.ts";
import type { ChecksNode } from "./node.ts";
import { switchPeer, viewAnswered } from "./watch.ts";

const id = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
const node = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((text) => NodeCode.parse(text));
/** A case by its number or its id. */
const ref = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);
const atCheck = z.object({ id });

async function namesOf(directory: Directory | undefined, ids: readonly (Id | null)[]) {
  const wanted = [...new Set(ids.filter((one) => one !== null))];
  const found =
    (await directory?.officers(wanted)) ?? new Map<Id, { name: string; nameLatin: string | null }>();
  return { officers: Object.fromEntries(found) };
}

export function checksRoutes(of: ChecksNode): OpenAPIHono<Env> {
  const routes = api();

  routes.openapi(
    createRoute({
      method: "get",
      path: "/start",
      request: { query: z.object({ case: ref.optional() }) },
      responses: { 200: json("lists, states, what was said last in this case"), ...problems(404) },
    }),
    async (c) => c.json(await startOf(of, c.var.standing, c.req.valid("query").case), 200),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/answered",
      responses: { 200: json("who asked how much, and the limits"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewAnswered(of, c.var.standing);
      const officers = [...view.peers.map((one) => one.switchedBy), ...view.alarms.map((one) => one.officer)];
      return c.json({ ...view, names: await namesOf(of.directory, officers) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/answered/{node}/switch",
      request: {
        params: z.object({ node }),
        ...body(z.object({ stopped: z.boolean(), reason: z.string().trim().min(3).max(1000) })),
      },
      responses: { 204: { description: "switched" }, ...problems(403, 404, 422) },
    }),
    async (c) => {
      await switchPeer(of, c.var.standing, c.req.valid("param").node, c.req.valid("json"));
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: {
        query: z.object({
          case: ref.optional(),
          cursor: id.optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
      },
      responses: { 200: json("checks she sees, newest first"), ...problems(404) },
    }),
    async (c) => {
      const found = await listChecks(of, c.var.standing, c.req.valid("query"));
      const officers = found.checks.map((one) => one.officer);
      return c.json({ ...found, names: await namesOf(of.directory, officers) }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(
        z.object({
          case: ref,
          selectors: z.array(id).min(1).max(5_000),
          states: z.array(node).min(1).max(20),
          offence: z.string().max(60),
          legalBasis: z.string().trim().max(500),
        }),
      ),
      responses: {
        201: json("the check, and whether it waits for a supervisor"),
        ...problems(403, 404, 413, 422),
      },
    }),
    async (c) => c.json(await askCheck(of, c.var.standing, c.req.valid("json")), 201),
  );

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: { params: atCheck },
      responses: { 200: json("the check with every answer"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewCheck(of, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await namesOf(of.directory, [view.officer, view.supervisor]) }, 200);
    },
  );

  for (const [path, agree] of [
    ["/{id}/agree", true],
    ["/{id}/decline", false],
  ] as const)
    routes.openapi(
      createRoute({
        method: "post",
        path,
        request: { params: atCheck },
        responses: { 204: { description: "decided" }, ...problems(403, 404, 409) },
      }),
      async (c) => {
        await decideCheck(of, c.var.standing, c.req.valid("param").id, agree);
        return c.body(null, 204);
      },
    );

  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/again",
      request: { params: atCheck },
      responses: { 204: { description: "asked again" }, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await askAgain(of, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );

  return routes;
}
