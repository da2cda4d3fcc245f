// Part of this room's door: what is said of a note while it is agreed, the note on paper, and an exhibit's certificate.
import { body, createRoute, done, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import { clear, remark } from "./note-words.ts";
import type { JointNode } from "./node.ts";
import { exhibitPaper } from "./exhibit-paper.ts";
import { paperOf } from "./paper.ts";
import { ClearShape, id, RemarkShape } from "./shapes.ts";

const at = z.object({ id });
const pdfNamed = (name: string) => ({
  "content-type": "application/pdf",
  "content-disposition": `attachment; filename="${name}.pdf"`,
  "cache-control": "private, no-store",
});
const refused = problems(403, 404, 409, 422);

export function onTheNote(
  routes: OpenAPIHono<Env>,
  node: JointNode,
  wordsIn: (language: string) => Words,
): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/remarks",
      request: { params: at, ...body(RemarkShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await remark(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/clear",
      request: { params: at, ...body(ClearShape) },
      responses: { ...done, ...refused },
    }),
    async (c) => {
      await clear(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/things/{thing}/certificate",
      request: { params: z.object({ id, thing: id }) },
      responses: { 200: { description: "the certificate page of an exhibit (PDF)" }, ...problems(404) },
    }),
    async (c) => {
      const { id: space, thing } = c.req.valid("param");
      const words = wordsIn(c.var.acting.language);
      const paper = await exhibitPaper(node, c.var.standing, space, thing, words);
      return c.body(paper, 200, pdfNamed(`certificate-${thing.slice(-8)}`));
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/paper",
      request: { params: at },
      responses: { 200: { description: "the note as it is to be read now (PDF)" }, ...problems(404) },
    }),
    async (c) => {
      const { id: space } = c.req.valid("param");
      const paper = await paperOf(node, c.var.standing, space, wordsIn(c.var.acting.language));
      return c.body(paper, 200, pdfNamed(`joint-note-${space.slice(-8)}`));
    },
  );
}
