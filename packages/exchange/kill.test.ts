// A sender that is killed at random moments, many times over: nothing is lost, nothing doubled, no number is missing.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeNode, introduce, until } from "../../testing/exchange-pair.ts";
import { printNodeKeys } from "./keys.ts";
import { tables } from "./peers.ts";

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

test(
  "kill -9 of the sending process, 15 times while 80 envelopes are on their way",
  { timeout: 120_000 },
  async () => {
    const id = await makeNode("id");
    const kh = await makeNode("kh");
    await introduce(id, kh);
    await introduce(kh, id);
    // From here on only the child sends for Indonesia.
    await id.close();

    const home = await mkdtemp(path.join(os.tmpdir(), "simpul-k-"));
    const settings = path.join(home, "settings.json");
    await writeFile(settings, JSON.stringify({ url: id.url, keys: printNodeKeys(id.keys) }), { mode: 0o600 });
    const program = new URL("../../testing/exchange-sender.ts", import.meta.url).pathname;
    const start = (): ChildProcess => {
      const child = spawn(process.execPath, ["--import", "tsx", program, settings], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      running.add(child);
      child.on("exit", () => running.delete(child));
      return child;
    };
    /** Resolves when the child says that it sends. */
    const ready = (child: ChildProcess) =>
      new Promise<void>((resolve) => child.stdout!.once("data", () => resolve()));
    const gone = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));

    // The receiver dawdles a little, so that kills fall into every part of a sending.
    kh.onEnvelope = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
    const sent: string[] = [];
    const total = 80;
    let kills = 0;
    let feeding = true;
    const feed = (async () => {
      while (sent.length < total) {
        sent.push(await id.send(kh.code, "test.message", { i: sent.length }));
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      feeding = false;
    })();
    // Two processes of one node at a time, killed one after the other: they also race each other for the line.
    let children = [start(), start()];
    while (kills < 15) {
      const [oldest, other] = children as [ChildProcess, ChildProcess];
      await ready(oldest);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      const end = gone(oldest);
      oldest.kill("SIGKILL");
      await end;
      kills++;
      children = [other, start()];
    }
    await feed;
    expect(feeding).toBe(false);

    const open = () =>
      id.store.chore("test", async ({ rows }) => {
        const left = await tables(rows)
          .selectFrom("simpul.outbox")
          .select("id")
          .where("state", "=", "waiting")
          .execute();
        return left.length;
      });
    await until(async () => (await open()) === 0, 60_000);
    for (const child of running) child.kill("SIGKILL");

    const rows = await id.store.chore("test", (keeper) =>
      tables(keeper.rows)
        .selectFrom("simpul.outbox")
        .select(["id", "sequence", "state", "receipt"])
        .orderBy("sequence")
        .execute(),
    );
    expect(rows.every((row) => row.state === "receipted" && row.receipt !== null)).toBe(true);
    expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, i) => i + 1));
    expect(new Set(rows.map((row) => row.id))).toEqual(new Set(sent));
    // What Cambodia committed: each once, in the order of the numbers.
    const taken = await kh.store.chore("test", (keeper) =>
      tables(keeper.rows)
        .selectFrom("simpul.received")
        .select(["id", "sequence"])
        .orderBy("sequence")
        .execute(),
    );
    expect(taken.map((row) => row.id)).toEqual(rows.map((row) => row.id));
    const worked = kh.taken.map((envelope) => envelope.id);
    expect(new Set(worked)).toEqual(new Set(sent));
    await kh.close();
    await rm(home, { recursive: true, force: true });
  },
);
