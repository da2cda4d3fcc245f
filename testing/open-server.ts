// A server of the open net, on this machine: it answers over TLS whatever a test wants it to.
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { makeNodeKeys, type OutwardSettings } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import { random, systemClock } from "./exchange-pair.ts";

export type Answer = (asked: IncomingMessage, out: ServerResponse) => void;

export interface OpenServer {
  address: string;
  /** Reaches this server alone, trusting its certificate. */
  settings: OutwardSettings;
  asked: IncomingMessage[];
  answer(next: Answer): void;
  close(): void;
}

export async function openServer(): Promise<OpenServer> {
  const { certificate, privateKey } = makeNodeKeys("id" as NodeCode, [], { clock: systemClock, random }).tls;
  const asked: IncomingMessage[] = [];
  let answer: Answer = (_, out) => out.writeHead(404).end();
  const server = createServer({ key: privateKey, cert: certificate }, (one, out) => {
    asked.push(one);
    answer(one, out);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `https://127.0.0.1:${String((server.address() as { port: number }).port)}`,
    settings: {
      ...{ limit: 100_000, timeoutMs: 1500, reachable: (address) => address === "127.0.0.1" },
      trust: { ca: certificate, checkServerIdentity: () => undefined },
    },
    asked,
    answer: (next) => {
      answer = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
