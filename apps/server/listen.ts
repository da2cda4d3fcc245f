// Opens the port of a node's web side; a busy port moves up, so that several nodes start beside each other.
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import { SettingsError } from "./env.ts";

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/**
 * How long a line stays open that nothing goes over, in ms: longer than proxies keep theirs (60 s in nginx), so that the side
 * which sends is the one that closes. Else an act now and then meets a line that was just closed, and is lost.
 */
const idleMs = 75_000;

type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * Listens on loopback at `port` or the next free one of the ten above (0: any free one). `fetch` is made after the
 * port is known, because addresses and passkeys name it. Throws `BAD_SETTING` when none is free.
 */
export async function listen(host: string, port: number, make: (port: number) => Fetch): Promise<Listening> {
  for (let tried = port; tried <= port + (port === 0 ? 0 : 10); tried++) {
    const holder: { fetch: Fetch } = { fetch: () => new Response(null, { status: 503 }) };
    const server = createAdaptorServer({ fetch: (request) => holder.fetch(request) });
    if ("keepAliveTimeout" in server) server.keepAliveTimeout = idleMs;
    const busy = await opened(server, host, tried);
    if (busy) continue;
    const actual = (server.address() as AddressInfo).port;
    holder.fetch = make(actual);
    return { port: actual, close: () => closed(server) };
  }
  throw new SettingsError("BAD_SETTING", `SIMPUL_PORT: ${port} and the ten ports above it are in use`);
}

function opened(server: ServerType, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once("error", (fault: NodeJS.ErrnoException) =>
      fault.code === "EADDRINUSE" ? resolve(true) : reject(fault),
    );
    server.listen({ host, port }, () => resolve(false));
  });
}

function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Streams of live pages never end by themselves.
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
