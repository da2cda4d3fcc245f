// The service worker of the open page "check the offer you got" and of the field app: it keeps the app's own files, so that it
// opens without a line for days. It never touches the node's interface, and keeps nothing that was typed.

/** Put in by the build, once for each app (vite.config.ts); the service worker imports nothing. */
const { app, version, files, fonts } = JSON.parse("__KEPT_FILES__") as {
  app: string;
  version: string;
  files: string[];
  /** Fonts are among its files. */
  fonts: boolean;
};
const prefix = `simpul-${app}-`;
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
    // Files with a hash in their name may come from the browser's own store; the page and its like may not.
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

/** A font that is not among the files is kept when a language first asked for it: all together are more than a bad line should carry. */
async function kept(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(name);
  const found = await cache.match(pathname);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (!fonts && answer.ok && pathname.endsWith(".woff2")) await cache.put(pathname, answer.clone());
  return answer;
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname !== `/${app}` && !pathname.startsWith("/assets/") && !files.includes(pathname)) return;
  event.respondWith(kept(request, pathname));
});
