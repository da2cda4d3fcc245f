// The door of the page for a held person: before sign-in, without cookies, kept by no cache, told to no log.
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { localeFacts } from "@simpul/doors/i18n";
import type { PageLanguage } from "./contract.ts";
import { keepSaid, repliesBehind } from "./keep.ts";
import type { DistressNode } from "./node.ts";
import { chineseRules, openFont, openFontRules } from "./open-fonts.ts";
import { mostBytes, readPosted, type Posted } from "./open-form.ts";
import {
  arrivedPage,
  languagesPage,
  lookPage,
  nothingTyped,
  openPath,
  questionsPage,
  repliesPage,
  sayIn,
  sentencePage,
} from "./open-page.ts";
import { isPageLanguage, pageWords } from "./page-words.ts";
import { numberIn } from "./rules.ts";
import { looking, sending, WaitingLine } from "./waiting-line.ts";

const fonts = `${openPath}/f`;
const css = [
  readFileSync(new URL("open-page.css", import.meta.url), "utf8"),
  openFontRules(fonts),
  chineseRules(fonts, localeFacts.zh.name, { only: true }),
].join("\n");
/** For pages in Chinese alone: nobody else waits for it. */
const chineseCss = chineseRules(fonts, Object.values(pageWords("zh")).join(""));

/**
 * What every answer says. Only the cache is cleared on leaving: the officers' own pages may live at the same name, and
 * a request from any other site could wipe what their devices keep.
 */
const headers = {
  "cache-control": "no-store, max-age=0",
  pragma: "no-cache",
  expires: "0",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow, noarchive",
  "x-dns-prefetch-control": "off",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** The first language of the page that a browser asks for. */
const asked = (header: string | undefined): PageLanguage | null =>
  (header ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase().split(/[-;]/)[0] ?? "")
    .find(isPageLanguage) ?? null;

export interface OpenPage {
  /** Where the button leads that leaves in a hurry: something that everybody reads. */
  exit: string;
  /** True where pages come by https. */
  secure: boolean;
  from(c: { env: unknown }): string;
  /** Told of a fault by its kind alone. */
  fault(kind: string): void;
}

export function openDoor(node: DistressNode, door: OpenPage): Hono {
  const { clock, random } = node;
  const lines = {
    send: new WaitingLine({ clock, random }, sending),
    look: new WaitingLine({ clock, random }, looking),
  };
  const once = (): string => Buffer.from(random.bytes(16)).toString("base64url");
  const app = new Hono();

  async function give(c: Context, html: string, status: 200 | 413 | 503 = 200): Promise<Response> {
    const accepts = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
    const bytes = accepts ? await promisify(gzip)(html) : Buffer.from(html);
    return c.body(new Uint8Array(bytes), status, {
      "content-type": "text/html; charset=utf-8",
      vary: "accept-encoding",
      ...(accepts ? { "content-encoding": "gzip" } : {}),
    });
  }
  const about = (language: Posted["language"]) => ({
    language: language ?? ("en" as const),
    state: node.code,
    exercise: node.exercise,
  });

  // At its own addresses alone: the officers' pages have headers of their own.
  const ownHeaders: MiddlewareHandler = async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    if (door.secure) c.res.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  };
  app.use(openPath, ownHeaders);
  app.use(`${openPath}/*`, ownHeaders);
  app.onError((fault, c) => {
    // Not its message: a database may quote in it what was written.
    door.fault((fault as { code?: string }).code ?? fault.name);
    return give(c, sentencePage(about(null), "closed"), 503);
  });

  // `all`, so that the log of answers knows these addresses by no name of their own.
  app.all(`${openPath}/s`, (c) => c.body(css, 200, { "content-type": "text/css; charset=utf-8" }));
  app.all(`${openPath}/z`, (c) => c.body(chineseCss, 200, { "content-type": "text/css; charset=utf-8" }));
  app.all(`${openPath}/f/:script`, (c) => {
    const script = c.req.param("script");
    const font = openFont(script);
    if (font === null) return c.body(null, 404);
    return c.body(font, 200, { "content-type": "font/woff2" });
  });
  app.all(`${openPath}/x`, (c) => {
    c.header("clear-site-data", '"cache"');
    return c.redirect(door.exit, 303);
  });
  app.all(
    openPath,
    bodyLimit({ maxSize: mostBytes, onError: (c) => give(c, sentencePage(about(null), "tooLong"), 413) }),
    async (c) => {
      const posted = c.req.method === "POST" ? readPosted(await c.req.text()) : null;
      if (posted === null || posted.language === null)
        return give(c, languagesPage(about(asked(c.req.header("accept-language")))));
      const of = about(posted.language);
      const say = sayIn(of.language);
      const questions = (
        notice: string | null,
        carried: { once: string; ticket: string },
        typed = nothingTyped,
      ) => give(c, questionsPage(of, { ...carried, typed, notice }));
      const fresh = { once: posted.once === "" ? once() : posted.once, ticket: "" };

      if (posted.step === "open") {
        if ((await node.sealTo()) === null) return give(c, sentencePage(of, "closed"), 503);
        return questions(null, { once: once(), ticket: "" });
      }
      if (posted.step === "look") return give(c, lookPage(of, { notice: null, once: once(), ticket: "" }));

      if (posted.step === "send") {
        if (posted.said.where === "") return questions(say("needWhere"), fresh, posted.said);
        const wait = lines.send.ask(door.from(c), fresh.once, posted.ticket);
        if (wait !== null)
          return questions(
            say("slow", { seconds: String(wait.seconds) }),
            { once: fresh.once, ticket: wait.ticket },
            posted.said,
          );
        const slowed = posted.ticket !== "";
        const kept = await keepSaid(node, { said: posted.said, cut: posted.cut, slowed, once: fresh.once });
        return kept === null
          ? give(c, sentencePage(of, "closed"), 503)
          : give(c, arrivedPage(of, kept.number));
      }

      // With a number: looking, or writing again. What was written goes along until it is kept.
      const stay = { number: posted.number, more: posted.step === "more" ? posted.said.more : "" };
      const wait = lines.look.ask(door.from(c), fresh.once, posted.ticket);
      const number = numberIn(posted.number);
      const keys = wait !== null || number === null ? null : node.replyKeys(number);
      if (wait !== null || (number !== null && keys === null)) {
        const seconds = String(wait?.seconds ?? 20);
        const notice = say("slowLook", { seconds });
        return give(c, lookPage(of, { ...stay, notice, once: fresh.once, ticket: wait?.ticket ?? "" }));
      }
      const behind = keys === null ? null : await repliesBehind(node, await keys);
      if (number === null || behind === null)
        return give(c, lookPage(of, { ...stay, notice: say("none"), once: once(), ticket: "" }));
      if (posted.step === "more" && posted.said.more !== "") {
        const { said, cut } = posted;
        const kept = await keepSaid(node, { said, cut, slowed: false, once: fresh.once, number });
        return kept === null ? give(c, sentencePage(of, "closed"), 503) : give(c, arrivedPage(of, number));
      }
      return give(c, repliesPage(of, { number, once: once(), replies: behind }));
    },
  );
  return app;
}
