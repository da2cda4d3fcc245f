// What may come in at all, before any route reads it: sizes, depth, and letters that no record can hold.
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

/** Limits of a JSON body; the largest that a page sends (an answer with its paragraphs) stays well below. */
export const inputLimits = { bytes: 2 * 1024 * 1024, depth: 32, url: 8192 } as const;

/** What is wrong with a JSON text, from its letters alone; null when it may be parsed. */
export function faultIn(text: string, depth: number = inputLimits.depth): "TOO_DEEP" | "NOT_TEXT" | null {
  let open = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    // PostgreSQL keeps no NUL in a text, whichever way it is written.
    if (letter === 0) return "NOT_TEXT";
    if (inString) {
      if (letter === 0x5c) {
        if (text.startsWith("u0000", i + 1)) return "NOT_TEXT";
        i++;
      } else if (letter === 0x22) inString = false;
    } else if (letter === 0x22) inString = true;
    else if (letter === 0x5b || letter === 0x7b) {
      if (++open > depth) return "TOO_DEEP";
    } else if (letter === 0x5d || letter === 0x7d) open--;
  }
  return null;
}

/** Refuses an address that is too long or holds a NUL: `URI_TOO_LONG`, `BAD_INPUT`. */
export const soundAddress = (): MiddlewareHandler<Env> => (c, next) => {
  const { url } = c.req;
  if (url.length > inputLimits.url) return Promise.resolve(problem(c, 414, "URI_TOO_LONG"));
  return /%00|\0/.test(url) ? Promise.resolve(problem(c, 422, "BAD_INPUT")) : next();
};

/** Refuses a body that is too large, too deep or no text, before it is parsed; bytes of uploads pass by. */
export function soundBody(passes: (path: string) => boolean): MiddlewareHandler<Env> {
  const small = bodyLimit({ maxSize: inputLimits.bytes, onError: (c) => problem(c, 413, "TOO_LARGE") });
  return async (c, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(c.req.method) || passes(c.req.path)) return next();
    return small(c, async () => {
      const fault = faultIn(await c.req.text());
      if (fault === null) return next();
      c.res = problem(c, 422, "BAD_INPUT", { fields: [{ path: "", code: fault }] });
    });
  };
}
