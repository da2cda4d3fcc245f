// Puts a node on its addresses: the pages, the door for other nodes, and the work that waits in its queue.
import { startWorker } from "@simpul/store";
import {
  isLoopback,
  tryTranslator,
  type TranslatorSettings,
} from "@simpul/features/requests/libre-translate.ts";
import { webApp } from "./app.ts";
import { features } from "./features.ts";
import type { Features } from "./features.ts";
import { listen } from "./listen.ts";
import { metricsOf, serveMetrics } from "./metrics.ts";
import type { Node } from "./node.ts";

export interface Serving {
  /** What people type. */
  address: string;
  port: number;
  /** The loopback port of the figures; null when none is set. */
  metricsPort: number | null;
  close(): Promise<void>;
}

/** Listens; passkeys refuse 127.0.0.1, so the address names localhost (or the public name behind a proxy). */
export async function serve(node: Node): Promise<Serving> {
  const { host, port, publicAddress, metricsPort } = node.settings;
  const metrics = metricsPort === null ? null : metricsOf(node);
  const addressAt = (actual: number): string => publicAddress ?? `http://localhost:${actual}`;
  let parts: Features | undefined;
  // Nobody is shown anything before the node knows what was called back while it was away.
  let ready: () => void = () => undefined;
  const caughtUp = new Promise<void>((resolve) => (ready = resolve));
  const listening = await listen(host, port, (actual) => {
    parts = features(node, addressAt(actual));
    const app = webApp(node, addressAt(actual), parts, metrics);
    return async (...asked: Parameters<typeof app.fetch>) => {
      await caughtUp;
      return app.fetch(...asked);
    };
  });
  try {
    await node.peering.open(parts!.peer);
    await node.peering.caughtUp();
  } catch (fault) {
    ready();
    await listening.close();
    throw fault;
  }
  ready();
  const figures = metrics === null ? null : await serveMetrics(metrics, metricsPort ?? 0);
  const stopWork = work(node, parts!);
  if (node.settings.translate !== null) void lookAtTranslator(node, node.settings.translate);
  return {
    address: addressAt(listening.port),
    port: listening.port,
    metricsPort: figures?.port ?? null,
    async close() {
      await figures?.close();
      await listening.close();
      await stopWork();
      await node.peering.close();
    },
  };
}

/** A service that is silent stops no node: its operator is told, and officers are when they ask for it. */
async function lookAtTranslator(node: Node, { url, own }: TranslatorSettings): Promise<void> {
  const found = await tryTranslator(url);
  const facts = { host: new URL(url).host, own: own || isLoopback(url), ...found };
  if ("fault" in found) node.log.warn(facts, "the service for machine translation gives no answer");
  else node.log.info(facts, "machine translation can be asked for");
}

/** Works through the queue, and does what is due by the clock; gives how to stop. */
function work(node: Node, { jobs, chores, watches }: Features): () => Promise<void> {
  const worker = startWorker({
    store: node.store,
    handlers: jobs,
    failed: (job, err) => node.log.warn({ err, job }, "a job failed"),
  });
  const timers = chores.map(({ name, everySeconds, run }) => {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      run()
        .catch((err: unknown) => node.log.warn({ err, chore: name }, "a chore failed"))
        .finally(() => (running = false));
    }, everySeconds * 1000);
    timer.unref();
    return timer;
  });
  const stops = watches.map((begin) => begin());
  return async () => {
    for (const stop of stops) stop();
    for (const timer of timers) clearInterval(timer);
    await worker.stop();
  };
}
