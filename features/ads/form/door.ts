// The door of the public form: before sign-in, without cookie or script; who sent what is written down nowhere.
import { sql } from "kysely";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Id } from "@simpul/model";
import type { OfferLanguage } from "../../prevention/contract.ts";
import { adLimits } from "../contract.ts";
import { drawDay } from "../draw.ts";
import { jobStanding, type AdsNode } from "../node.ts";
import { kept, openSource, takeIn } from "../take-in.ts";
import { Flood } from "./flood.ts";
import {
  formLimits,
  formPage,
  formPath,
  formStyle,
  isFormLanguage,
  type FormPage,
  type FormWord,
} from "./page.ts";

export interface FormDoor {
  exercise: boolean;
  /** True where pages come by https. */
  secure: boolean;
  from(c: { env: unknown }): string;
  /** Letters for phones that lack those of a script, as the other open page has them. */
  fonts: { rules(path: string): string; bytes(script: string): Uint8Array | null };
  /** Told of a fault by its kind alone. */
  fault(kind: string): void;
}

const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const languageOf = (c: Context): OfferLanguage => {
  const chosen = c.req.query("l") ?? "";
  if (isFormLanguage(chosen)) return chosen;
  const asked = (c.req.header("accept-language") ?? "").split(",").map((one) => one.trim().toLowerCase().split(/[-;]/)[0] ?? ""); // prettier-ignore
  return asked.find(isFormLanguage) ?? "en";
};

export function advertForm(node: AdsNode, door: FormDoor): Hono {
  const flood = new Flood(node);
  const app = new Hono();
  const own: MiddlewareHandler = async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    if (door.secure) c.res.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  };
  app.use(`${formPath}/*`, own);
  const page = (
    c: Context,
    of: Partial<FormPage> = {},
    status: 200 | 404 | 413 | 422 | 429 | 503 = 200,
  ): Response | Promise<Response> =>
    c.html(
      formPage({
        ...{ key: c.req.param("key") ?? "", language: languageOf(c), exercise: door.exercise },
        ...{ notice: null, done: false, text: "", where: "" },
        ...of,
      }),
      status,
    );
  const gone = (c: Context): Response | Promise<Response> => page(c, { notice: "closed", done: true }, 404);
  app.onError((fault, c) => {
    // Not its message: a database may quote in it what was written.
    door.fault((fault as { code?: string }).code ?? fault.name);
    return page(c, { notice: "later" }, 503);
  });
  const style = `${formStyle}\n${door.fonts.rules(`${formPath}/fonts`)}`;
  app.get(`${formPath}/style.css`, (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get(`${formPath}/fonts/:script`, (c) => {
    const bytes = door.fonts.bytes(c.req.param("script"));
    if (bytes === null) return c.body(null, 404);
    return c.body(new Uint8Array(bytes), 200, { "content-type": "font/woff2" });
  });
  app.get(`${formPath}/:key`, async (c) =>
    (await sourceBehind(node, c.req.param("key"))) === null ? gone(c) : page(c),
  );
  app.post(
    `${formPath}/:key`,
    bodyLimit({ maxSize: formLimits.bytes, onError: (c) => page(c, { notice: "long" }, 413) }),
    async (c) => {
      const source = await sourceBehind(node, c.req.param("key"));
      if (source === null) return gone(c);
      const typed = new URLSearchParams(await c.req.text());
      const text = (typed.get("text") ?? "").trim();
      const where = (typed.get("where") ?? "").trim().slice(0, formLimits.where);
      const again = (notice: FormWord, status: 413 | 422 | 429): Response | Promise<Response> =>
        page(c, { notice, text, where }, status);
      if (text === "") return again("empty", 422);
      if (text.length > formLimits.text) return again("long", 413);
      // A machine fills what nobody sees; it is told the same and nothing comes in.
      if ((typed.get("website") ?? "") !== "") return page(c, { notice: "thanks", done: true });
      if (!flood.admits(c.req.param("key"), door.from(c))) return again("wait", 429);
      return (await keepSent(node, source, text, where))
        ? page(c, { notice: "thanks", done: true })
        : again("wait", 429);
    },
  );
  return app;
}

/** Null where no such form is open, or its source was closed. */
async function sourceBehind(node: AdsNode, key: string): Promise<Id | null> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(key)) return null;
  return node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{
      id: Id;
    }>`select s.id from simpul.ad_forms f join simpul.ad_sources s on s.id = f.source_id
      where f.key = ${key} and f.closed_at is null and s.closed_at is null`.execute(db.rows);
    return rows[0]?.id ?? null;
  });
}

/** False when the source is full for today. */
async function keepSent(node: AdsNode, of: Id, text: string, where: string): Promise<boolean> {
  const { agency, full } = await node.store.write(jobStanding, async (tx) => {
    const source = await openSource(tx, of);
    const record = { text: text.slice(0, adLimits.text), ...(where !== "" && { origin: where }) };
    const took = await takeIn(node, tx, source, [record], { officer: null, import: null });
    tx.note("advert.form-sent", { id: source.id, taken: took.taken });
    if (took.taken > 0) await drawDay(node, tx, source.agency_id);
    return { agency: source.agency_id, full: took.full };
  });
  kept(node, agency);
  node.wake(`ads:${agency}`);
  return !full;
}
