// What stands before every route: reference, headers, same origin, size, session.
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import type { Acting, Env } from "./env.ts";
import { problem } from "./problem.ts";

/** Gives each request a reference to quote and a nonce for its page. */
export const withReference =
  (random: (bytes: number) => Uint8Array): MiddlewareHandler<Env> =>
  async (c, next) => {
    const bytes = random(24);
    const text = btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_");
    // Ten characters are enough to find a log line and short enough to read over the phone.
    c.set("reference", text.slice(0, 10));
    c.set("nonce", text.slice(10));
    await next();
    c.res.headers.set("x-reference", c.var.reference);
  };

/** The policy of a page: nothing from elsewhere, nothing inline but styles that carry the nonce. */
export const contentSecurity = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** The policy of a worker that only computes: it may compile WebAssembly, and can reach nothing at all. */
export const computingSecurity = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** Headers on every answer; one that set a policy of its own keeps it. `secure` where pages come by https. */
export const withHeaders =
  (secure: boolean): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has("content-security-policy"))
      headers.set("content-security-policy", contentSecurity(c.var.nonce));
    headers.set("x-content-type-options", "nosniff");
    // ASVS 3.4.1: from then on a browser reaches this name by https only.
    if (secure) headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("permissions-policy", "camera=(self), microphone=(), geolocation=(self), payment=()");
    // An answer of the interface is one officer's; nothing between may keep it.
    if (c.req.path.startsWith("/api/") && !headers.has("cache-control"))
      headers.set("cache-control", "no-store");
  };

/**
 * A request that changes something must come from our own pages, or carry a bearer token (the CLI has no
 * cookie that a foreign page could borrow).
 */
export const sameOrigin =
  (allowed: (origin: string) => boolean): MiddlewareHandler<Env> =>
  async (c, next) => {
    const safe = ["GET", "HEAD", "OPTIONS"].includes(c.req.method);
    if (safe || c.req.header("authorization")?.startsWith("Bearer ")) return next();
    const origin = c.req.header("origin");
    if (origin === undefined || !allowed(origin)) return problem(c, 403, "FOREIGN_ORIGIN");
    return next();
  };

export interface Credential {
  cookie: string | null;
  bearer: string | null;
}

/** Finds the session behind a request, or answers 401. */
export const requireSession =
  (cookieName: string, resolve: (credential: Credential) => Promise<Acting | null>): MiddlewareHandler<Env> =>
  async (c, next) => {
    const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
    const acting = await resolve({ cookie: getCookie(c, cookieName) ?? null, bearer });
    if (acting === null) return problem(c, 401, "NO_SESSION");
    c.set("acting", acting);
    c.set("officer", acting.officer);
    c.set("standing", { actor: acting.officer, purpose: acting.purpose });
    return next();
  };
