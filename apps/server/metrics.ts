// Figures for machines (Prometheus text), on a loopback port of their own when one is set. Labels name routes, states of
// work, logs and peers' codes; never a person, a case or an address that somebody typed.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ledgerState, workState } from "@simpul/store";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Node } from "./node.ts";

export interface Metrics {
  /** Counts one answer; `route` is the pattern, as in `/api/cases/{ref}`. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** All figures, as Prometheus reads them. */
  text(): Promise<string>;
}

/** Makes the figures of a node; those of its tables are read when somebody asks. */
export function metricsOf(node: Pick<Node, "store" | "clock">): Metrics {
  const registry = new Registry();
  // Event-loop lag, memory, file handles of this process.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: "simpul_http_requests_total",
    help: "Answers by route pattern and status",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "simpul_http_request_seconds",
    help: "Time to answer by route pattern",
    labelNames: ["route"],
    buckets: [0.005, 0.02, 0.06, 0.2, 0.5, 1, 5],
    registers,
  });
  tableGauges(node, registers);
  return {
    answered(method, route, status, took) {
      requests.inc({ method, route, status });
      seconds.observe({ route }, took);
    },
    text: () => registry.metrics(),
  };
}

function tableGauges({ store, clock }: Pick<Node, "store" | "clock">, registers: Registry[]): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect?: () => Promise<void>,
  ) =>
    new Gauge<Label>({
      name: `simpul_${name}`,
      help,
      labelNames,
      registers,
      ...(collect === undefined ? {} : { collect }),
    });

  const jobAge = gauge("job_oldest_seconds", "How long the oldest job that may run has waited", []);
  const outbox = gauge("outbox", "Messages to other states by state of sending", ["peer", "state"]);
  const outboxAge = gauge("outbox_oldest_seconds", "How long the oldest message has waited", ["peer"]);
  const jobs = gauge("jobs", "Jobs by state", ["state"], async () => {
    const work = await workState(store);
    for (const state of ["waiting", "running", "dead", "abandoned"] as const)
      jobs.set({ state }, work.jobs[state]);
    jobAge.set(work.jobs.oldest);
    outbox.reset();
    outboxAge.reset();
    for (const { peer, oldest, ...counts } of work.outbox) {
      for (const [state, count] of Object.entries(counts)) outbox.set({ peer, state }, count);
      outboxAge.set({ peer }, oldest);
    }
  });

  const behind = gauge("ledger_behind", "1 when cosigners know more of a log than this database", ["log"]);
  const cosignAge = gauge("ledger_cosigned_seconds_ago", "Age of each cosigner's newest signature", [
    "log",
    "peer",
  ]);
  const ledger = gauge(
    "ledger_entries",
    "Entries of a log: placed, signed, waiting",
    ["log", "state"],
    async () => {
      const now = clock.now().getTime();
      for (const one of await ledgerState(store)) {
        const { log, size, signed, waiting } = one;
        ledger.set({ log, state: "placed" }, size);
        ledger.set({ log, state: "signed" }, signed);
        ledger.set({ log, state: "waiting" }, waiting);
        behind.set({ log }, one.behind ? 1 : 0);
        for (const { cosigner, at } of one.cosigned)
          cosignAge.set({ log, peer: cosigner.slice(0, 2) }, Math.max(0, (now - at.getTime()) / 1000));
      }
    },
  );

  const pool = gauge(
    "database_connections",
    "Connections of the pool, and callers that wait",
    ["state"],
    () => {
      const load = store.load();
      pool.set({ state: "open" }, load.connections);
      pool.set({ state: "resting" }, load.resting);
      pool.set({ state: "awaited" }, load.callers);
      return Promise.resolve();
    },
  );
}

/** Serves the figures on loopback only; gives its port and how to stop. Throws when the port is taken. */
export async function serveMetrics(
  metrics: Metrics,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) =>
        response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
