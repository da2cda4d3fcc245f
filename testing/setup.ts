// One PostgreSQL for a whole test run, started when the first test asks, gone with its folder at the end.
import { createServer } from "node:http";
import type { Server } from "node:http";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { TestDatabases } from "./databases.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The socket where a test file asks for a database. */
    databases: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A short path: a socket's name holds about a hundred bytes.
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-t-"));
  // Root's server runs as somebody else, who must be able to walk through.
  await chmod(home, 0o711);
  const databases = new TestDatabases(home);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      databases.answer(JSON.parse(Buffer.concat(chunks).toString("utf8")) as never).then(
        (answer) => response.end(JSON.stringify(answer)),
        (error: unknown) => response.writeHead(500).end(String((error as Error).stack)),
      );
    });
  });
  const socket = path.join(home, "ask");
  await listen(server, socket);
  project.provide("databases", socket);
  return async () => {
    server.closeAllConnections();
    server.close();
    await databases.close();
    await rm(home, { recursive: true, force: true });
  };
}

async function listen(server: Server, socket: string): Promise<void> {
  server.listen(socket);
  await once(server, "listening");
}
