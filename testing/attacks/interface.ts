// The interface as an attacker reads it: every operation of a running node's OpenAPI document, and those it leaves out.
import type { Env, OpenAPIHono } from "../../packages/doors/http/index.ts";
import type { Document } from "../../apps/server/openapi.ts";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  /** `GET /api/cases/{ref}`. */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
}

/** Routes that carry bytes and are not in the document; a new one is written here, and so it is attacked too. */
export const undescribed: readonly Operation[] = [
  "POST /api/evidence/upload",
  "PATCH /api/evidence/upload/{intake}",
  "HEAD /api/evidence/upload/{intake}",
  "DELETE /api/evidence/upload/{intake}",
  "OPTIONS /api/evidence/upload",
  "GET /api/evidence/items/{item}/picture",
  "GET /api/evidence/items/{item}/original",
  "GET /api/evidence/exports/{export}/bundle",
  "GET /api/openapi.json",
  // The page behind a one-time link; what it shows comes from described routes.
  "GET /handed/page.js",
  "GET /handed/page.css",
  "GET /handed/words.json",
  "GET /handed/{id}",
].map((name) => {
  const [method, path] = name.split(" ") as [string, string];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!);
  const parameters = names.map((one): Parameter => ({ name: one, in: "path", schema: { format: "uuid" } }));
  return { name, method, path, parameters, body: null };
});

/** Doors that are looked at by tests of their own: what never ends, what watches, and the pages. */
export const lookedAtElsewhere: ReadonlySet<string> = new Set([
  "GET /api/live",
  "GET /healthz",
  "GET /readyz",
  // The open form for adverts, a page without script: features/ads/form/form.test.ts.
  "GET /advert/style.css",
  "GET /advert/fonts/{script}",
  "GET /advert/{key}",
  "POST /advert/{key}",
]);

/** Every described operation, references followed. */
export function operationsOf(document: Document): Operation[] {
  const components = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const whole = (schema: Schema | undefined): Schema => {
    if (schema?.$ref === undefined) return schema ?? {};
    return whole(components[schema.$ref.split("/").at(-1)!]);
  };
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Described>).map(([method, described]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: (described.parameters ?? []).map((one) => ({ ...one, schema: whole(one.schema) })),
      body:
        described.requestBody === undefined
          ? null
          : whole(described.requestBody.content["application/json"]?.schema),
    })),
  );
}
interface Described {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** Every route the router knows, named as operations are; middleware has no method and is none. */
export function routesOf(app: OpenAPIHono<Env>): Set<string> {
  return new Set(
    app.routes
      .filter((route) => route.method !== "ALL")
      .map((route) =>
        `${route.method} ${route.path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`.replace(/(.)\/$/, "$1"),
      ),
  );
}
