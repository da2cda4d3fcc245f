// What routes share: the router, guards, refusals, the live stream.
export { createRoute, z } from "@hono/zod-openapi";
export type { OpenAPIHono } from "@hono/zod-openapi";
export * from "./api.ts";
export * from "./env.ts";
export * from "./guards.ts";
export * from "./input.ts";
export * from "./live.ts";
export * from "./problem.ts";
export * from "./shapes.ts";
export * from "./values.ts";
