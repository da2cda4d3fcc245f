// Every answer, as the log and the figures know it: method, route pattern, status, time; nothing of what was asked.
import type { Env } from "@simpul/doors/http";
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Metrics } from "./metrics.ts";
import type { Node } from "./node.ts";

/** `/api/cases/:ref`; pages and made-up addresses share one name, so that nobody's typing becomes a label. */
function routeOf(c: Parameters<MiddlewareHandler<Env>>[0]): string {
  const own = matchedRoutes(c).filter((one) => !one.path.endsWith("*") && one.method !== "ALL");
  return own.at(-1)?.path ?? "(pages)";
}

export const watched =
  (log: Node["log"], metrics: Metrics | null): MiddlewareHandler<Env> =>
  async (c, next) => {
    const began = performance.now();
    await next();
    const seconds = (performance.now() - began) / 1000;
    const { method } = c.req;
    const route = routeOf(c);
    metrics?.answered(method, route, c.res.status, seconds);
    const line = {
      reference: c.var.reference,
      method,
      route,
      status: c.res.status,
      ms: Math.round(seconds * 1000),
    };
    // Live streams and files of the page answer all day long.
    if (route === "(pages)") log.debug(line, "answered");
    else log.info(line, "answered");
  };
