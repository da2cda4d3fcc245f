// Nodes of the exercise with their story told, on a database server and in a folder that are gone after the measuring.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { people, tellStory } from "@simpul/demo";
import { NodeCode } from "@simpul/model";
import { openNode, serve, type Node, type Serving, type Settings } from "@simpul/server";
import { startServer, type DatabaseServer } from "@simpul/store/launcher";
import pino from "pino";

export interface StoryNode {
  node: Node;
  settings: Settings;
  /** The name of its database at the server. */
  database: string;
}

export interface Exercise {
  server: DatabaseServer;
  /** A node of this state, its story told; it is not served yet. */
  open(code: "id" | "kh" | "ph"): Promise<StoryNode>;
  /** Serves it until the measuring is over, unless it is closed before. */
  serve(node: Node): Promise<Serving>;
}

/** What `measure` gives; whatever it opened is closed, also when it throws. */
export async function atExercise<T>(measure: (at: Exercise) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  // The server may run as an account of its own, which has to come through.
  await chmod(home, 0o711);
  const server = await startServer({ home });
  const closing: (() => Promise<void>)[] = [
    () => rm(home, { recursive: true, force: true }),
    () => server.close(),
  ];
  try {
    return await measure({
      server,
      async open(code) {
        const database = `bench_${code}`;
        const settings: Settings = {
          ...{ node: NodeCode.parse(code), name: people.find((one) => one.code === code)?.name ?? code },
          ...{ home: path.join(home, "nodes", code), databaseUrl: await server.database(database) },
          ...{ backupUrl: null, host: "localhost", port: 0, peerPort: 0, peerHost: "localhost" },
          ...{ peerAddress: null, publicAddress: null, metricsPort: null, translate: null },
          ...{ openPage: { exit: "https://exit.example/" }, exercise: true, log: "warn" },
        };
        const node = await openNode(settings, { log: pino({ level: "silent" }) });
        closing.push(() => node.close());
        await tellStory(node);
        return { node, settings, database };
      },
      async serve(node) {
        const web = await serve(node);
        closing.push(() => web.close());
        return web;
      },
    });
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
