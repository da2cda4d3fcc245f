// The interface in OpenAPI 3.1, as the routes themselves declare it: for other states' engineers, and for the tests that attack it.
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Node } from "./node.ts";

export type Document = ReturnType<OpenAPIHono<Env>["getOpenAPI31Document"]>;

/** Where it is answered, to whoever is signed in. */
export const documentPath = "/api/openapi.json";

/** Describes every route that declares itself; uploads, pictures and files are described in docs/operating.md. */
export const describe = (app: OpenAPIHono<Env>, node: Pick<Node, "code" | "name">): Document =>
  app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: `Simpul ${node.name}`, version: "1", description: `The interface of node ${node.code}` },
  });
