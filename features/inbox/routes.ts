// The HTTP door of the inbox, mounted under /api/inbox.
import { api, createRoute, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Store } from "@simpul/store";
import type { InboxSource } from "./contract.ts";
import { inboxOf } from "./inbox.ts";

export interface InboxNode {
  store: Store;
  sources: readonly InboxSource[];
  log(fault: unknown, source: string): void;
}

export function inboxRoutes(node: InboxNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      responses: {
        200: {
          description: "what waits for her and her desk, what presses most first",
          content: { "application/json": { schema: z.unknown() } },
        },
      },
    }),
    async (c) =>
      c.json(
        await inboxOf(node.store, node.sources, c.var.standing, (fault, source) => node.log(fault, source)),
        200,
      ),
  );
  return routes;
}
