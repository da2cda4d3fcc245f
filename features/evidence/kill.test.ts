// A node that is killed at random moments while officers take files in: what was acknowledged is there, whole, and once.
import { createHash, randomBytes } from "node:crypto";
import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clientFor, readProfile } from "@simpul/doors/cli";
import { runCommand } from "citty";
import { migrations } from "@simpul/server";
import { afterAll, expect, test, vi } from "vitest";
import { dropDatabase, testDatabase } from "../../testing/database.ts";
import { freePort } from "../../testing/ports.ts";
import { signInCommand } from "../access/command.ts";
import { takeInCommand } from "./command.ts";
import type { Item } from "./contract.ts";

const kills = 6;
const program = fileURLToPath(new URL("../../apps/demo/node.ts", import.meta.url));
let child: ChildProcess | null = null;
afterAll(() => child?.kill("SIGKILL"));

/** Starts the node, and gives its address when it answers. */
function start(env: NodeJS.ProcessEnv): Promise<string> {
  const started = fork(program, [], { env, execArgv: ["--import", "tsx"], stdio: "ignore" });
  child = started;
  return new Promise((resolve, reject) => {
    started.once("message", (ready) => resolve((ready as { address: string }).address));
    started.once("exit", () => reject(new Error("the node ended before it was ready")));
  });
}

function kill(): Promise<void> {
  const dying = child!;
  return new Promise((resolve) => {
    dying.removeAllListeners("exit");
    dying.once("exit", () => resolve());
    dying.kill("SIGKILL");
  });
}

const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test(
  `kill -9 of a node, ${kills} times while files are announced, sent, sealed and read`,
  { timeout: 400_000 },
  async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), "simpul-intake-"));
    const { url } = await testDatabase(migrations);
    const env = {
      PATH: process.env["PATH"],
      HOME: home,
      SIMPUL_NODE: "id",
      SIMPUL_HOME: home,
      SIMPUL_DATABASE_URL: url,
      SIMPUL_EXERCISE: "1",
      SIMPUL_LOG: "silent",
      SIMPUL_PORT: String(await freePort()),
      SIMPUL_PEER_PORT: String(await freePort()),
    };
    const address = await start(env);
    process.env["SIMPUL_CLI_HOME"] = home;
    const quiet = [
      vi.spyOn(process.stdout, "write").mockImplementation(() => true),
      vi.spyOn(process.stderr, "write").mockImplementation(() => true),
    ];
    await runCommand(signInCommand, { rawArgs: ["--node", address, "--as", "sari"] });

    // Small and large: kills fall into announcing, sending, sealing and reading.
    const files = new Map<string, string>();
    for (let nth = 0; nth < 15; nth++) {
      const text = `LATIHAN ${nth}: hubungi +62 854-0000-${String(1000 + nth)}\n`;
      const noise = nth % 3 === 0 ? randomBytes(600_000).toString("base64") : "";
      const file = path.join(home, `file-${nth}.txt`);
      await writeFile(file, text + noise);
      files.set(`file-${nth}.txt`, sha256(Buffer.from(text + noise)));
    }
    const waiting = [...files.keys()];
    let feeding = true;
    const feed = Promise.all(
      [1, 2, 3].map(async () => {
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
          await runCommand(takeInCommand, { rawArgs: [path.join(home, name), "--no-read", "--json"] });
      }),
    ).finally(() => (feeding = false));
    for (let nth = 0; nth < kills; nth++) {
      await later(200 + Math.random() * 1500);
      await kill();
      await start(env);
    }
    // A refusal of any file would throw here.
    await feed;
    expect(feeding).toBe(false);
    for (const one of quiet) one.mockRestore();

    const door = clientFor((await readProfile(process.env))!);
    const all = async (): Promise<Item[]> =>
      (await door.call<{ items: Item[] }>("GET", "/api/evidence/items?limit=100")).items;
    // Every file that the command was told is sealed is there once, and its bytes are those that were signed.
    const items = await all();
    expect(items.map((item) => item.fileName).sort()).toEqual([...files.keys()].sort());
    for (const item of items) {
      expect(item.digest).toBe(files.get(item.fileName));
      const original = await door.fetch(`/api/evidence/items/${item.id}/original`);
      expect(sha256(new Uint8Array(await original.arrayBuffer()))).toBe(item.digest);
    }
    // Reading goes on by itself: a job whose worker was killed is taken again.
    await vi.waitFor(
      async () => expect((await all()).every((item) => item.reading.detection === "done")).toBe(true),
      { timeout: 150_000, interval: 500 },
    );
    const staged = await readdir(path.join(home, "nodes", "id", "staging"));
    expect(staged.filter((name) => !items.some((item) => name.startsWith(item.id)))).toEqual([]);

    await kill();
    child = null;
    process.exitCode = 0;
    await dropDatabase(url);
    await rm(home, { recursive: true, force: true });
  },
);
