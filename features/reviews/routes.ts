// The HTTP door of legal reviews, mounted under /api/reviews: for whoever asks, for the victim desk, for prosecutors.
import type { Words } from "@simpul/doors/i18n";
import { anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { namesOf } from "../access/contract.ts";
import { reviewKinds, rulings } from "./contract.ts";
import { sayWord, sweep } from "./compare.ts";
import { keyView, makeKey, openKey } from "./keys.ts";
import { listReviews, viewReview } from "./look.ts";
import { lawOf } from "./law.ts";
import type { ReviewsNode } from "./node.ts";
import { viewCompare } from "./queue.ts";
import { openReview, withdrawReview } from "./open.ts";
import { letIn } from "./readers.ts";
import { listRuled, rule, viewRuled } from "./rule.ts";
import { handOver, statementOf, statementPaper, takeStatement } from "./statement.ts";

const one = { params: z.object({ id: anId }) };
const line = (most: number) =>
  clean(most)
    .transform((value) => value.trim())
    .pipe(z.string().min(1));
const when = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
const PersonShape = z.strictObject({
  names: z
    .array(
      z.strictObject({
        text: line(200),
        language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
        romanised: line(200).exactOptional(),
      }),
    )
    .max(10),
  birth: when.nullable(),
  nationalities: z.array(z.string().regex(/^[A-Z]{2}$/)).max(5),
  documents: z.array(line(100)).max(10),
  phones: z.array(line(60)).max(10),
});
const AskShape = z.strictObject({
  kind: z.enum(reviewKinds),
  of: z.union([z.strictObject({ case: line(60), subject: anId }), z.strictObject({ person: PersonShape })]),
  reason: line(2000),
});
const WordShape = z.strictObject({
  review: anId,
  person: anId,
  says: z.enum(["same", "other"]),
  reason: line(1000),
});
const passphrase = z.strictObject({ passphrase: clean(500) });

export function reviewsRoutes(node: ReviewsNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "get",
      path: "/",
      request: { query: z.object({ case: anId.optional() }) },
      responses: { 200: json("reviews as this officer may see them, newest first") },
    }),
    async (c) => {
      const reviews = await listReviews(node, c.var.standing, c.req.valid("query"));
      return c.json(
        {
          reviews,
          names: await namesOf(
            node.directory,
            reviews.map((each) => each.officer),
          ),
        },
        200,
      );
    },
  );
  routes.openapi(
    createRoute({ method: "get", path: "/law", responses: { 200: json("the law in force at this node") } }),
    (c) =>
      c.json(
        reviewKinds.map((kind) => ({ kind, ...lawOf(node.law, node.code, kind) })),
        200,
      ),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/",
      request: body(AskShape),
      responses: { 201: json("its id"), ...problems(403, 404, 413, 422) },
    }),
    async (c) => c.json({ id: await openReview(node, c.var.standing, c.req.valid("json")) }, 201),
  );

  desk(routes, node);
  prosecution(routes, node);
  statements(routes, node, wordsIn);

  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      request: one,
      responses: { 200: json("one"), ...problems(404) },
    }),
    async (c) => {
      const view = await viewReview(node, c.var.standing, c.req.valid("param").id);
      return c.json({ ...view, names: await namesOf(node.directory, [view.officer]) }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/withdraw",
      request: one,
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await withdrawReview(node, c.var.standing, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  return routes;
}

/** The victim desk, while it is open. */
function desk(routes: OpenAPIHono<Env>, node: ReviewsNode): void {
  routes.openapi(
    createRoute({
      method: "get",
      path: "/compare",
      responses: { 200: json("who may be whom"), ...problems(404, 409) },
    }),
    async (c) => c.json(await viewCompare(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/compare",
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await sweep(node, c.var.acting);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/compare/words",
      request: body(WordShape),
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await sayWord(node, c.var.acting, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/readers/{id}",
      request: { ...one, ...body(z.strictObject({ letters: clean(60) })) },
      responses: { ...done, ...problems(404, 409) },
    }),
    async (c) => {
      await letIn(node, c.var.acting, c.req.valid("param").id, c.req.valid("json").letters);
      return c.body(null, 204);
    },
  );
}

/** Prosecutors, with their own key open. */
function prosecution(routes: OpenAPIHono<Env>, node: ReviewsNode): void {
  routes.openapi(
    createRoute({ method: "get", path: "/key", responses: { 200: json("her own key") } }),
    async (c) => c.json(await keyView(node, c.var.acting), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/key",
      request: body(passphrase),
      responses: { ...done, ...problems(403, 404) },
    }),
    async (c) => {
      await makeKey(node, c.var.acting, c.req.valid("json").passphrase);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/key/open",
      request: body(passphrase),
      responses: { ...done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await openKey(node, c.var.acting, c.req.valid("json").passphrase);
      return c.body(null, 204);
    },
  );
  routes.openapi(createRoute({ method: "post", path: "/key/close", responses: done }), (c) => {
    node.open.close(c.var.acting.session);
    return c.body(null, 204);
  });
  routes.openapi(
    createRoute({
      method: "get",
      path: "/results",
      responses: { 200: json("what was found, to a prosecutor with her key open"), ...problems(404, 409) },
    }),
    async (c) => c.json({ reviews: await listRuled(node, c.var.acting) }, 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/results/{id}",
      request: one,
      responses: { 200: json("one of them"), ...problems(404, 409) },
    }),
    async (c) => c.json(await viewRuled(node, c.var.acting, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/results/{id}",
      request: { ...one, ...body(z.strictObject({ ruling: z.enum(rulings), reason: clean(1000) })) },
      responses: { ...done, ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      await rule(node, c.var.acting, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
}

/** What goes with the file: made by the prosecutor, handed to the desk that asked. */
function statements(routes: OpenAPIHono<Env>, node: ReviewsNode, wordsIn: (language: string) => Words): void {
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/statement",
      request: { ...one, ...body(z.strictObject({ kind: z.enum(reviewKinds) })) },
      responses: { 200: json("signed: it was reviewed, and may go on"), ...problems(404, 409) },
    }),
    async (c) =>
      c.json(await statementOf(node, c.var.acting, c.req.valid("param").id, c.req.valid("json").kind), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/statement/hand-over",
      request: one,
      responses: { ...done, ...problems(403, 404, 409) },
    }),
    async (c) => {
      await handOver(node, c.var.acting, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/statement/take",
      request: one,
      responses: { 200: json("signed, as it was handed over"), ...problems(404) },
    }),
    async (c) => c.json(await takeStatement(node, c.var.standing, c.req.valid("param").id), 200),
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/statement/paper",
      request: one,
      responses: { 200: { description: "the statement that was handed over (PDF)" }, ...problems(404) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const words = wordsIn(c.var.acting.language);
      return c.body(await statementPaper(node, c.var.standing, id, words), 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="review-${id.slice(-8)}.pdf"`,
        "cache-control": "private, no-store",
      });
    },
  );
}
