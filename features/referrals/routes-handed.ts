// The door of one-time links, open to whoever has one: a plain page, and two questions that prove the key in the address.
import { readFileSync } from "node:fs";
import { anId, api, createRoute, json, problems, z } from "@simpul/doors/http";
import type { Env, OpenAPIHono } from "@simpul/doors/http";
import { locales } from "@simpul/doors/i18n";
import { answerLink, openLink } from "./links.ts";
import type { ReferralsNode } from "./node.ts";

const file = (name: string): string => readFileSync(new URL(`handed/${name}`, import.meta.url), "utf8");
/** Words that the page says; the rest of the room is nobody's business. */
const shown = /^referrals\.(handed\.|data\.|kind\.|rejection\.|urgent$)/;
const proof = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const sealed = z
  .string()
  .max(60_000)
  .regex(/^[A-Za-z0-9_-]+$/);
const byId = z.object({ id: anId });

/** Letters of the region's scripts for a phone that has none of its own: what she said is shown as she said it. */
export interface ScriptFonts {
  /** The style rules, with the files below `path`. */
  rules(path: string): string;
  /** WOFF2 by its name in the rules; null for any other. */
  file(name: string): Uint8Array<ArrayBuffer> | null;
}

/** Words of the page in the four languages of officers; a service chooses. */
function pageWords(): Record<string, Record<string, string>> {
  return Object.fromEntries(
    locales.map((locale) => {
      const all = JSON.parse(
        readFileSync(new URL(`words/${locale}.json`, import.meta.url), "utf8"),
      ) as Record<string, string>;
      return [locale, Object.fromEntries(Object.entries(all).filter(([key]) => shown.test(key)))];
    }),
  );
}

export function handedRoutes(node: ReferralsNode, fonts: ScriptFonts): OpenAPIHono<Env> {
  const routes = api();
  const page = file("page.html");
  const parts = {
    "page.js": [file("page.js"), "text/javascript; charset=utf-8"],
    "page.css": [`${file("page.css")}${fonts.rules("/handed/f")}`, "text/css; charset=utf-8"],
    "words.json": [JSON.stringify(pageWords()), "application/json; charset=utf-8"],
  } as const;
  // Nobody keeps it: not the browser, not a proxy on the way.
  const headers = { "cache-control": "no-store" };
  for (const [name, [text, type]] of Object.entries(parts))
    routes.get(`/handed/${name}`, (c) => c.body(text, 200, { ...headers, "content-type": type }));
  // `all`, as at the open page: a file of letters is no door of its own.
  routes.all("/handed/f/:script", (c) => {
    const bytes = fonts.file(c.req.param("script"));
    return bytes === null
      ? c.body(null, 404)
      : c.body(bytes, 200, { ...headers, "content-type": "font/woff2" });
  });
  routes.get("/handed/:id", (c) => c.html(page.replaceAll("__NODE__", node.name), 200, headers));

  routes.openapi(
    createRoute({
      method: "post",
      path: "/api/handed/{id}/open",
      request: {
        params: byId,
        body: { required: true, content: { "application/json": { schema: z.strictObject({ proof }) } } },
      },
      responses: { 200: json("what it says, sealed under the key in the address"), ...problems(410, 422) },
    }),
    async (c) => c.json(await openLink(node, c.req.valid("param").id, c.req.valid("json").proof), 200),
  );
  routes.openapi(
    createRoute({
      method: "post",
      path: "/api/handed/{id}/answer",
      request: {
        params: byId,
        body: {
          required: true,
          content: {
            "application/json": {
              schema: z.strictObject({ proof, step: z.enum(["accepted", "rejected"]), answer: sealed }),
            },
          },
        },
      },
      responses: { 204: { description: "answered; the link is dead" }, ...problems(410, 422) },
    }),
    async (c) => {
      await answerLink(node, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  return routes;
}
