// The HTTP door of exercises, mounted under /api/exercises on a node of an exercise alone.
import { aNodeCode, anId, api, body, clean, createRoute, done, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import type { Words } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import { runLimits, scriptLimits } from "./contract.ts";
import { end, goOn, now, rest, skip, startRun, takeOver } from "./direct.ts";
import { hotWash, paperOf } from "./hot-wash.ts";
import { handedOver, listExercises, lookAtRun } from "./look.ts";
import { officerOf, type ExercisesNode, type OfOfficer } from "./node.ts";
import { seen, writeNote } from "./take-part.ts";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const ofOne = z.object({ id: anId });
const ofStep = z.object({ id: anId, step: name });
const beside = z.object({ with: anId.optional() });
const Start = z.strictObject({
  script: name,
  startsAt: z.iso.datetime(),
  assigned: z.array(z.strictObject({ role: name, state: aNodeCode })).max(scriptLimits.roles),
  coordination: z.array(aNodeCode).max(4).optional(),
});

export function exercisesRoutes(node: ExercisesNode, wordsIn: (language: string) => Words): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({ method: "get", path: "/", responses: { 200: json("scripts and runs"), ...problems(403) } }),
    async (c) => c.json(await listExercises(node, officerOf(c.var.standing)), 200),
  );
  routes.openapi(
    createRoute({
      ...{ method: "post", path: "/", request: body(Start) },
      responses: { 201: json("announced"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => c.json({ id: await startRun(node, officerOf(c.var.standing), c.req.valid("json")) }, 201),
  );
  routes.openapi(
    createRoute({
      ...{ method: "get", path: "/{id}", request: { params: ofOne } },
      responses: { 200: json("a run as she may see it"), ...problems(404) },
    }),
    async (c) => c.json(await lookAtRun(node, officerOf(c.var.standing), c.req.valid("param").id), 200),
  );
  const act = (path: string, run: (node: ExercisesNode, who: OfOfficer, id: Id) => Promise<void>) => {
    routes.openapi(
      createRoute({
        ...{ method: "post", path: `/{id}/${path}` },
        request: { params: ofOne, ...body(z.strictObject({})) },
        responses: { ...done, ...problems(403, 404, 409) },
      }),
      async (c) => {
        await run(node, officerOf(c.var.standing), c.req.valid("param").id);
        return c.body(null, 204);
      },
    );
  };
  act("rest", rest);
  act("go-on", goOn);
  act("end", end);
  act("take-over", takeOver);
  act("seen", seen);
  const onStep = (
    path: string,
    run: (node: ExercisesNode, who: OfOfficer, id: Id, step: string) => Promise<void>,
  ) => {
    routes.openapi(
      createRoute({
        ...{ method: "post", path: `/{id}/steps/{step}/${path}` },
        request: { params: ofStep, ...body(z.strictObject({})) },
        responses: { ...done, ...problems(403, 404, 409) },
      }),
      async (c) => {
        const { id, step } = c.req.valid("param");
        await run(node, officerOf(c.var.standing), id, step);
        return c.body(null, 204);
      },
    );
  };
  onStep("now", now);
  onStep("skip", skip);
  routes.openapi(
    createRoute({
      ...{ method: "get", path: "/{id}/steps/{step}/file", request: { params: ofStep } },
      responses: { 200: { description: "the file that is handed over" }, ...problems(404) },
    }),
    async (c) => {
      const { id, step } = c.req.valid("param");
      const file = await handedOver(node, officerOf(c.var.standing), id, step);
      return c.body(file.bytes, 200, {
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename="${file.name}"`,
        "cache-control": "private, no-store",
      });
    },
  );
  routes.openapi(
    createRoute({
      ...{ method: "get", path: "/{id}/hot-wash", request: { params: ofOne, query: beside } },
      responses: { 200: json("what was measured, and notes"), ...problems(404) },
    }),
    async (c) => {
      const other = c.req.valid("query").with ?? null;
      return c.json(await hotWash(node, officerOf(c.var.standing), c.req.valid("param").id, other), 200);
    },
  );
  routes.openapi(
    createRoute({
      ...{ method: "get", path: "/{id}/paper", request: { params: ofOne, query: beside } },
      responses: { 200: { description: "the same as PDF" }, ...problems(404) },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const other = c.req.valid("query").with ?? null;
      const who = officerOf(c.var.standing);
      return c.body(await paperOf(node, who, id, other, wordsIn(c.var.acting.language)), 200, {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="EXERCISE-hot-wash-${id.slice(-8)}.pdf"`,
        "cache-control": "private, no-store",
      });
    },
  );
  const Note = z.strictObject({ note: anId, role: name, text: clean(runLimits.note).trim().min(1) });
  routes.openapi(
    createRoute({
      ...{ method: "post", path: "/{id}/notes" },
      request: { params: ofOne, ...body(Note) },
      responses: { ...done, ...problems(404, 409, 422) },
    }),
    async (c) => {
      await writeNote(node, officerOf(c.var.standing), c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}
