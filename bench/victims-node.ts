// Indonesia's node of the exercise with its victim desk open, for the benches of that desk.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { tellStory } from "@simpul/demo";
import { NodeCode } from "@simpul/model";
import { openNode, serve } from "@simpul/server";
import { startServer } from "@simpul/store/launcher";
import { signIn, type Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import type { Figure } from "./figure.ts";

export interface Measured {
  address: string;
  as(key: string): Promise<Person>;
  maya: VictimDesk;
}

/** Runs what is measured on a node of its own, which is gone afterwards. */
export async function atVictimDesk(measure: (at: Measured) => Promise<Figure[]>): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  await chmod(home, 0o711);
  const server = await startServer({ home });
  const node = await openNode({
    node: NodeCode.parse("id"),
    name: "Indonesia",
    home: path.join(home, "nodes", "id"),
    backupUrl: null,
    metricsPort: null,
    translate: null,
    openPage: { exit: "https://exit.example/" },
    databaseUrl: await server.database("bench_victims"),
    host: "localhost",
    port: 0,
    peerPort: 0,
    peerHost: "localhost",
    peerAddress: null,
    publicAddress: null,
    exercise: true,
    log: "error",
  });
  await tellStory(node);
  const web = await serve(node);
  try {
    const as = (key: string) => signIn(web.address, key);
    const maya = await openVictimDesk({ node, web, as }, "maya");
    return await measure({ address: web.address, as, maya });
  } finally {
    await web.close();
    await node.close();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** One figure without a peer, since nobody else publishes the same. */
export const alone = (
  figure: string,
  ours: number,
  { unit, bound, runs }: Pick<Figure, "unit" | "bound" | "runs">,
): Figure => ({
  ...{ figure, ours: Number(ours.toFixed(2)), unit, bound, runs },
  ...{ peer: null, peerName: null, ratio: null },
});
