// Keeps the files of the open page "check the offer you got", so that it opens without a line. It keeps nothing of what
// was typed and asks for nothing but the page's own files.

/** Put in by the build (vite.config.ts); the service worker imports nothing. */
const { version, files } = JSON.parse("__KEPT_FILES__") as { version: string; files: string[] };
const prefix = "simpul-offer-";
const name = `${prefix}${version}`;

/** What of a service worker's own interface is used here; the pages' types know none of it. */
interface Waits extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waits {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: "install" | "activate", hear: (event: Waits) => void): void;
  addEventListener(kind: "fetch", hear: (event: Asked) => void): void;
};

worker.addEventListener("install", (event) => {
  const fill = async (): Promise<void> => {
    const cache = await caches.open(name);
    await cache.addAll(
      files.map((file) => new Request(file, { cache: file.startsWith("/assets/") ? "default" : "reload" })),
    );
    await worker.skipWaiting();
  };
  event.waitUntil(fill());
});

worker.addEventListener("activate", (event) => {
  const clear = async (): Promise<void> => {
    for (const key of await caches.keys())
      if (key.startsWith(prefix) && key !== name) await caches.delete(key);
    await worker.clients.claim();
  };
  event.waitUntil(clear());
});

/** A font is kept when a language first asked for it: all of them together are more than a bad line should carry. */
async function kept(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(name);
  const found = await cache.match(pathname);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok && pathname.endsWith(".woff2")) await cache.put(pathname, answer.clone());
  return answer;
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname !== "/offer" && !pathname.startsWith("/assets/") && !files.includes(pathname)) return;
  event.respondWith(kept(request, pathname));
});
