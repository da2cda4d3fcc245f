// Keeps the files of the field app on the phone, so that it opens without a line for days. It never touches the node's
// interface, and keeps nothing that was typed: what is in its cache is the same on every phone.

/** Put in by the build (vite.config.ts); the service worker imports nothing. */
const { version, files } = JSON.parse("__FIELD_FILES__") as { version: string; files: string[] };
const name = `simpul-field-${version}`;

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
      if (key.startsWith("simpul-field-") && key !== name) await caches.delete(key);
    await worker.clients.claim();
  };
  event.waitUntil(clear());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  const kept = pathname === "/field" || pathname.startsWith("/assets/") || files.includes(pathname);
  if (!kept) return;
  event.respondWith(
    caches
      .open(name)
      .then((cache) => cache.match(pathname))
      .then((found) => found ?? fetch(request)),
  );
});
