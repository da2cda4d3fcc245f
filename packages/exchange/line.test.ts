// Whose a line is while two processes of one node are up, and after one of them was killed in the middle of sending.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openStore } from "@simpul/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { introduce, makeNode, quick, random, systemClock, until } from "../../testing/exchange-pair.ts";
import type { TestNode } from "../../testing/exchange-pair.ts";
import { openExchange, type Exchange } from "./exchange.ts";
import { printNodeKeys } from "./keys.ts";
import { takeLine } from "./line.ts";
import { tables } from "./rows.ts";
import type { Sending } from "./sender.ts";

let id: TestNode;
let kh: TestNode;
let home: string;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  [id, kh] = await Promise.all([makeNode("id"), makeNode("kh")]);
  await introduce(id, kh);
  await introduce(kh, id);
  await id.close();
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-line-"));
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await kh.close();
  await rm(home, { recursive: true, force: true });
});

const line = () =>
  id.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.peer_lines")
      .select(["lease", "leased_by"])
      .where("peer", "=", kh.code)
      .executeTakeFirstOrThrow(),
  );

/** Indonesia's sender in a process of its own, with a lease that outlives this test. */
async function otherProcess(): Promise<ChildProcess> {
  const settings = path.join(home, "settings.json");
  const given = { url: id.url, keys: printNodeKeys(id.keys), leaseMs: 600_000 };
  await writeFile(settings, JSON.stringify(given), { mode: 0o600 });
  const program = new URL("../../testing/exchange-sender.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", program, settings], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  await new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
  return child;
}

/** Indonesia's sender here. */
const here = (): Promise<Exchange> =>
  openExchange({
    ...{ store: id.store, keys: id.keys, clock: systemClock, random, port: 0, host: "127.0.0.1" },
    mayLeave: () => Promise.resolve({ kind: "may" }),
    onEnvelope: () => Promise.reject(new Error("this one only sends")),
    pace: { ...quick, leaseMs: 600_000 },
  });

test("a line that a killed process held is taken back at once, one that a living one holds is left to it", async () => {
  let taking = 0;
  let slow = true;
  kh.onEnvelope = async () => {
    taking++;
    while (slow) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const child = await otherProcess();
  const first = await id.send(kh.code, "test.message", { nth: 1 });
  await until(() => taking === 1);
  const held = await line();
  expect(held.leased_by).not.toBeNull();

  // Two live processes: the second leaves the line alone.
  const exchange = await here();
  const second = await id.send(kh.code, "test.message", { nth: 2 });
  exchange.wake();
  await new Promise((resolve) => setTimeout(resolve, 20 * quick.pollMs));
  expect(await line()).toEqual(held);

  child.kill("SIGKILL");
  slow = false;
  await until(async () => (await id.outbox(second)).state === "receipted", 20_000);
  expect(kh.taken.map((envelope) => [envelope.id, envelope.seq])).toEqual([
    [first, 1],
    [second, 2],
  ]);
  await exchange.close();
  expect(await line()).toEqual({ lease: null, leased_by: null });
});

test("a process that cannot show that it lives keeps its line for its time", async () => {
  // Nobody listens on this store, so it holds no lock.
  const mute = await openStore({ url: id.url, migrations: [], clock: systemClock, random, connections: 2 });
  const taken = async (store: typeof mute) =>
    takeLine({ store, clock: systemClock, random, pace: quick } as unknown as Sending, kh.code);
  expect(await mute.alive()).toBeNull();
  const lease = await taken(mute);
  expect(lease).not.toBeNull();
  expect(await taken(id.store)).toBeNull();
  await lease!.release();
  const again = await taken(id.store);
  expect(again).not.toBeNull();
  await again!.release();
  await mute.close();
});
