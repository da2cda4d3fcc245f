// Part of this room's door: files of the full agreement, who signs them, the evaluation, what is kept of a party that is out.
import { body, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { addDocument, readDocument, signDocument } from "./documents.ts";
import { evaluate, keepThing } from "./evaluation.ts";
import type { JointNode } from "./node.ts";
import { AssessmentShape, DigestShape, DocumentShape, id, KeepShape } from "./shapes.ts";

const at = z.object({ id });
const documentAt = z.object({ id, document: id });
const refused = problems(403, 404, 409, 422);

export function agreement(routes: OpenAPIHono<Env>, node: JointNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/documents",
      request: { params: at, ...body(DocumentShape) },
      responses: { 201: json("kept by every party"), ...refused },
    }),
    async (c) => {
      const file = c.req.valid("json");
      return c.json({ id: await addDocument(node, c.var.standing, c.req.valid("param").id, file) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/documents/{document}",
      request: { params: documentAt },
      responses: { 200: { description: "the file as it was put in" }, ...problems(404) },
    }),
    async (c) => {
      const { id: space, document } = c.req.valid("param");
      const { says, bytes } = await node.store.read(c.var.standing, (db) =>
        readDocument(db, space, document),
      );
      c.header("content-type", says.mediaType);
      c.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(says.name)}`);
      return c.body(new Uint8Array(bytes));
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/documents/{document}/sign",
      request: { params: documentAt, ...body(DigestShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { id: space, document } = c.req.valid("param");
      await signDocument(node, c.var.standing, space, document, c.req.valid("json").digest);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/evaluation",
      request: { params: at, ...body(AssessmentShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await evaluate(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/things/{thing}/keep",
      request: { params: z.object({ id, thing: id }), ...body(KeepShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      const { id: space, thing } = c.req.valid("param");
      await keepThing(node, c.var.standing, space, thing, c.req.valid("json").proceeding);
      return c.body(null, 204);
    },
  );
}
