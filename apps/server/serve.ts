// Puts a node on its web address.
import { webApp } from "./app.ts";
import { listen } from "./listen.ts";
import type { Node } from "./node.ts";

export interface Serving {
  /** What people type. */
  address: string;
  port: number;
  close(): Promise<void>;
}

/** Listens; passkeys refuse 127.0.0.1, so the address names localhost (or the public name behind a proxy). */
export async function serve(node: Node): Promise<Serving> {
  const { host, port, publicAddress } = node.settings;
  const addressAt = (actual: number): string => publicAddress ?? `http://localhost:${actual}`;
  const listening = await listen(host, port, (actual) => webApp(node, addressAt(actual)).fetch);
  return { address: addressAt(listening.port), port: listening.port, close: () => listening.close() };
}
