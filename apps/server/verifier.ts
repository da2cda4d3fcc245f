// The offline verifier as it was built with this node: handed out to keep, and packed into every bundle.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Env } from "@simpul/doors/http";
import { problem } from "@simpul/doors/http";
import { Hono } from "hono";

/** Where the build puts them (apps/web/verifier.config.ts). */
export const builtVerifier = fileURLToPath(new URL("../verifier/dist/", import.meta.url));

/**
 * `/verify/verify.html` and `/verify/verify.mjs`, open to everybody: a prosecutor abroad has no account here. They are
 * saved, not opened, because a page from this server could not vouch against it.
 */
export function verifierFiles(folder: string): Hono<Env> {
  const app = new Hono<Env>();
  for (const [name, type] of [
    ["verify.html", "text/html; charset=utf-8"],
    ["verify.mjs", "text/javascript; charset=utf-8"],
  ] as const) {
    app.get(`/verify/${name}`, async (c) => {
      const file = await readFile(path.join(folder, name)).catch(() => null);
      if (file === null) return problem(c, 503, "PAGES_NOT_BUILT");
      return c.body(new Uint8Array(file), 200, {
        "content-type": type,
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-cache",
      });
    });
  }
  return app;
}
