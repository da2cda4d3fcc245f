// 500 screenings of a phone reach the node although the app and the node are killed at random: nothing is lost or doubled.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { DeskKey } from "@simpul/features/victims/contract.ts";
import { openNode, readSettings, serve } from "@simpul/server";
import { startServer } from "@simpul/store/launcher";
import { signIn } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import pino from "pino";
import { KilledNode } from "../testing/killed-node.ts";
import { freePort } from "../testing/ports.ts";
import type { Figure } from "./figure.ts";
import { alone } from "./victims-node.ts";
import { sendAll, withOutbox } from "./victims-phone.ts";

const screenings = 500;
const appKills = 8;
const nodeKills = 3;
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function victimsKilled(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  await chmod(home, 0o711);
  const server = await startServer({ home });
  const env = {
    ...{ PATH: process.env["PATH"], HOME: home, SIMPUL_HOME: home, SIMPUL_NODE: "id", SIMPUL_EXERCISE: "1" },
    ...{ SIMPUL_LOG: "silent", SIMPUL_DATABASE_URL: await server.database("bench_killed") },
    ...{ SIMPUL_PORT: String(await freePort()), SIMPUL_PEER_PORT: String(await freePort()) },
  };
  const killed = await KilledNode.make(env);
  const browser = await openBrowser();
  try {
    const { address } = await killed.start();
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(60_000);
    const officer = await signIn(address, "rina");
    await officer.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
    const to = await officer.must<DeskKey>("GET", "/api/victims/seal-to");
    const { page, sealed } = await withOutbox(context, address, { to, screenings });

    const over = new AbortController();
    let deaths = 0;
    const killing = async (): Promise<void> => {
      while (deaths < nodeKills) {
        await later(200 + Math.random() * 1500);
        if (over.signal.aborted) return;
        await killed.kill();
        deaths += 1;
        await killed.start();
      }
    };
    const began = performance.now();
    await context.setOffline(false);
    const dying = killing();
    const kills = await sendAll(context, page, address, appKills);
    const took = (performance.now() - began) / 1000;
    over.abort();
    await dying;
    await killed.end();

    const node = await openNode(readSettings(env), { log: pino({ level: "silent" }) });
    const web = await serve(node);
    try {
      const as = (key: string) => signIn(web.address, key);
      const desk = await (await openVictimDesk({ node, web, as }, "maya")).desk();
      const there = sealed.filter((one) => desk.person(one.person)?.entries.length === 1).length;
      if (there !== screenings) throw new Error(`${String(there)} of ${String(screenings)} are there once`);
    } finally {
      await web.close();
      await node.close();
    }
    const how = `the app killed ${String(kills)} times and the node ${String(deaths)} times, started again at once`;
    return [
      alone(
        `500 screenings of one phone at the node after the line's return, ${how}, none lost or doubled`,
        took,
        { unit: "s", bound: 20, runs: 1 },
      ),
    ];
  } finally {
    await browser.close();
    await killed.end();
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
