// The web app as built: files with long lives by their hashed names, and one page that carries the nonce.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Env } from "@simpul/doors/http";
import { computingSecurity, problem } from "@simpul/doors/http";
import { offerPath, offerSecurity } from "@simpul/features/prevention/contract.ts";
import { Hono } from "hono";
import type { Context } from "hono";

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};
const packed = new Set([".js", ".css", ".json", ".svg", ".webmanifest", ".txt"]);

interface Asset {
  plain: Buffer;
  type: string;
  /** Packed forms, made when first asked for and kept: on a bad line they are what makes the page usable. */
  br?: Buffer;
  gzip?: Buffer;
}

/** Where `vite build` puts the web app. */
export const builtPages = fileURLToPath(new URL("../web/dist/", import.meta.url));

/** By file; the nodes of one process serve the same files. */
const kept = new Map<string, Promise<Asset | null>>();

/** Serves the built web app; every path that is no file is the app's own address (deep links). */
export function assets(folder: string): Hono<Env> {
  async function load(file: string): Promise<Asset | null> {
    const extension = path.extname(file);
    const type = kinds[extension];
    if (type === undefined || !(await stat(file).catch(() => null))?.isFile()) return null;
    const plain = await readFile(file);
    if (!packed.has(extension) || plain.length < 1024) return { plain, type };
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      promisify(gzip)(plain, { level: 9 }),
    ]);
    return { plain, type, br, gzip: gz };
  }

  async function page(c: Context<Env>, file = "index.html"): Promise<Response> {
    const html = await readFile(path.join(folder, file), "utf8").catch(() => null);
    if (html === null) return problem(c, 503, "PAGES_NOT_BUILT");
    return c.html(html.replaceAll("__CSP_NONCE__", c.var.nonce), 200, { "cache-control": "no-cache" });
  }

  const app = new Hono<Env>();
  app.get("*", async (c) => {
    const asked = path.normalize(decodeURI(c.req.path));
    // The app of a phone in the field is a page of its own, small and without addresses below it.
    if (asked === "/field") return page(c, "field.html");
    // Open to the world: it reads what is pasted by itself, and its policy lets it reach nothing.
    if (asked === offerPath) {
      c.header("content-security-policy", offerSecurity(c.var.nonce));
      return page(c, "offer.html");
    }
    const file = path.join(folder, asked);
    if (!file.startsWith(folder) || asked.endsWith("/") || /^\/(index|field|offer)\.html$/.test(asked))
      return page(c);
    let asset = kept.get(file);
    if (asset === undefined) {
      asset = load(file);
      // Only files that exist are kept, so that made-up addresses cannot fill the memory.
      if ((await asset) !== null) kept.set(file, asset);
    }
    const found = await asset;
    if (found === null) return path.extname(asked) === "" ? page(c) : problem(c, 404, "NOT_FOUND");
    const accepts = c.req.header("accept-encoding") ?? "";
    const encoding =
      found.br && /\bbr\b/.test(accepts) ? "br" : found.gzip && /\bgzip\b/.test(accepts) ? "gzip" : null;
    const body = encoding === null ? found.plain : found[encoding]!;
    return c.body(new Uint8Array(body), 200, {
      "content-type": found.type,
      // Vite puts the content's hash into the names below assets/.
      "cache-control": asked.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      vary: "accept-encoding",
      ...(/\/(hash|pin)\.worker-[\w-]+\.js$/.test(asked)
        ? { "content-security-policy": computingSecurity }
        : {}),
      ...(encoding === null ? {} : { "content-encoding": encoding }),
    });
  });
  return app;
}
