// The doors of translations, below /api/requests/{id}/translations, and the guess at a text's language.
import { language as guess } from "@simpul/detect";
import { api, body, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { withNames } from "./names.ts";
import type { RequestsNode } from "./node.ts";
import { id, text } from "./shapes.ts";
import { sendLater } from "./translations-later.ts";
import { translate, translateByMachine, translationsOf } from "./translations.ts";

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const place = {
  about: id,
  field: z.string().regex(/^[a-zA-Z]{1,40}(\.[0-9]{1,3})?$/),
  language,
  into: language,
};
const translation = z.strictObject({ ...place, text: text.refine((said) => said.trim() !== "", "NEEDED") });
const at = z.object({ id });
const home: Readonly<Record<string, string>> = { id: "id", my: "ms", bn: "ms", sg: "ms" };

export function translationRoutes(node: RequestsNode): OpenAPIHono<Env> {
  const routes = api();
  routes.openapi(
    createRoute({
      method: "post",
      path: "/language",
      request: body(z.strictObject({ text })),
      responses: { 200: json("the language it seems to be in; null where nothing tells") },
    }),
    (c) => {
      const { code, confidence } = guess(c.req.valid("json").text);
      // Indonesian and Malay are near each other; who writes here writes the one of this state.
      const near = code === "id" || code === "ms" ? (home[node.code] ?? code) : code;
      return c.json({ language: near === "und" || confidence < 0.5 ? null : near }, 200);
    },
  );
  routes.openapi(
    createRoute({
      method: "get",
      path: "/{id}/translations",
      request: { params: at },
      responses: { 200: json("texts, translations, and whether a machine may be asked"), ...problems(404) },
    }),
    async (c) =>
      c.json(await withNames(node, await translationsOf(node, c.var.standing, c.req.valid("param").id)), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/translations",
      request: { params: at, ...body(translation) },
      responses: { 201: json("kept beside the original"), ...problems(404, 422) },
    }),
    async (c) =>
      c.json(await translate(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")), 201),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/translations/machine",
      request: { params: at, ...body(z.strictObject(place)) },
      responses: { 201: json("made by a machine, kept and marked so"), ...problems(403, 404, 409, 422, 502) },
    }),
    async (c) =>
      c.json(
        await translateByMachine(node, c.var.standing, c.req.valid("param").id, c.req.valid("json")),
        201,
      ),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/{id}/translations/{translation}/send",
      request: { params: z.object({ id, translation: id }) },
      responses: { 200: json("the states it went to"), ...problems(403, 404, 409, 422) },
    }),
    async (c) => {
      const { id: request, translation: which } = c.req.valid("param");
      return c.json(await sendLater(node, c.var.standing, request, which), 200);
    },
  );
  return routes;
}
