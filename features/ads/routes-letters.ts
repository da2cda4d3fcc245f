// The HTTP door of letters about adverts: written, seen, let go, sent, given up.
import { anId, body, clean, createRoute, done, json, problems, text, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { channels, letterLanguages } from "../letters/contract.ts";
import { adLimits } from "./contract.ts";
import {
  letterPage,
  letterPaper,
  releaseLetter,
  sentLetter,
  withdrawLetter,
  writeAdvertLetter,
} from "./letters.ts";
import { officerNames, type AdsNode } from "./node.ts";
import { listLetters } from "./outcomes.ts";

const LetterShape = z.strictObject({
  kind: z.enum(["platform", "labour"]),
  recipient: text(2, 300),
  address: clean(500).default(""),
  language: z.enum(letterLanguages),
  asked: text(3, 4000),
  basis: clean(500).default(""),
  writtenIn: z.string().regex(/^[a-z]{2,3}$/),
  days: z.number().int().min(1).max(adLimits.answerDays),
  campaign: z.boolean().default(false),
});
const SentShape = z.strictObject({
  on: z.iso.date(),
  channel: z.enum(channels),
  note: clean(300).default(""),
});
const one = { params: z.object({ id: anId }) };
const all = problems(403, 404, 409, 413, 422, 429);
const acted = { ...done, ...all };
const unkept = { "cache-control": "private, no-store" };

export function letterRoutes(routes: OpenAPIHono<Env>, node: AdsNode): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/adverts/{id}/letters",
      request: { ...one, ...body(LetterShape) },
      responses: { 201: json("its id; a colleague lets it go"), ...all },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json({ id: await writeAdvertLetter(node, c.var.standing, id, c.req.valid("json")) }, 201);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/letters",
      request: { query: z.object({ which: z.enum(["open", "over"]).default("open") }) },
      responses: { 200: json("those that wait, overdue first, or those that are over"), ...all },
    }),
    async (c) => {
      const letters = await listLetters(node, c.var.standing, c.req.valid("query").which);
      const people = letters.flatMap((each) => [each.by, each.letter?.by ?? null]);
      return c.json({ letters, names: await officerNames(node, people) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/letters/{id}/page",
      request: { ...one, query: z.object({ page: z.coerce.number().int().min(1).max(40) }) },
      responses: { 200: { description: "one page of it (SVG), with how many there are" }, ...all },
    }),
    async (c) => {
      const { page } = c.req.valid("query");
      const { svg, pages } = await letterPage(node, c.var.standing, c.req.valid("param").id, page);
      const own = { "content-type": "image/svg+xml; charset=utf-8", "x-pages": String(pages) };
      return c.body(svg, 200, { ...own, ...unkept });
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/letters/{id}/paper",
      request: one,
      responses: { 200: { description: "the PDF exactly as it was let go" }, ...all },
    }),
    async (c) => {
      const { name, bytes } = await letterPaper(node, c.var.standing, c.req.valid("param").id);
      const file = { "content-disposition": `attachment; filename="${name}"` };
      return c.body(bytes, 200, { "content-type": "application/pdf", ...file, ...unkept });
    },
  );
  routes.openapi(
    createRoute({ method: "post", path: "/letters/{id}/release", request: one, responses: acted }),
    async (c) => {
      await releaseLetter(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/letters/{id}/sent",
      request: { ...one, ...body(SentShape) },
      responses: acted,
    }),
    async (c) => {
      await sentLetter(node, c.var.standing, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({ method: "post", path: "/letters/{id}/withdraw", request: one, responses: acted }),
    async (c) => {
      await withdrawLetter(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
