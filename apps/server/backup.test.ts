// A node lost and brought back: everything in it again, nothing signed twice, and every way a backup can be bad.
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { tellStory } from "@simpul/demo";
import { AgeIdentity, ageOpen } from "@simpul/evidence";
import { nodeAge } from "@simpul/features/evidence/engine.ts";
import { circle, cosignAll } from "@simpul/features/oversight/testing.ts";
import { NodeCode } from "@simpul/model";
import { ledgerState } from "@simpul/store";
import type { LogState, Standing } from "@simpul/store";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backupNode, restoreNode } from "./backup.ts";
import type { Settings } from "./env.ts";
import { openNode } from "./node.ts";
import type { Node } from "./node.ts";

const log = pino({ level: "silent" });
const teller: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };
const passphrase = "seven grey herons at dawn";
const chat = new TextEncoder().encode("bytes of a sealed item");

let base: string;
let to: string;
let keysFile: string;
let kh: Nation;
let first: { settings: Settings; stamps: string[]; truth: Content };
const open = new Set<Node>();

const settingsAt = (name: string): Settings => ({
  node: NodeCode.parse("id"),
  name: "Indonesia",
  home: path.join(base, name, "nodes", "id"),
  databaseUrl: null,
  backupUrl: null,
  host: "localhost",
  port: 0,
  peerPort: 0,
  peerHost: "localhost",
  peerAddress: null,
  publicAddress: null,
  metricsPort: null,
  translate: null,
  exercise: true,
  log: "silent",
});
const opened = async (settings: Settings): Promise<Node> => {
  const node = await openNode(settings, { log, connections: 6 });
  open.add(node);
  return node;
};
const closed = async (node: Node): Promise<void> => {
  open.delete(node);
  await node.close();
};

interface Content {
  officers: number;
  cases: string[];
  leaves: number;
}
const contentOf = async (node: Node): Promise<Content> =>
  node.store.read(teller, async ({ rows }) => {
    const all = await sql<{ officers: number; cases: string[]; leaves: number }>`
      select (select count(*) from simpul.officers)::float8 as officers,
        (select coalesce(array_agg(number order by number), '{}') from simpul.cases) as cases,
        (select count(*) from simpul.leaves where kind like 'case.%' or kind like 'access.%')::float8 as leaves`.execute(
      rows,
    );
    return all.rows[0]!;
  });
const note = (node: Node, kind: string): Promise<void> =>
  node.store.write(teller, (tx) => {
    tx.note(kind, {});
    return Promise.resolve();
  });
/** Signs what there is and lets Cambodia cosign it. */
async function cosigned(node: Node): Promise<unknown[]> {
  await node.ledger.sequence(true).catch(() => undefined);
  return cosignAll({ id: circle({ id: node, kh: kh.node })["id"]! });
}
const backup = (settings: Settings): Promise<{ folder: string; blobs: { added: number; count: number } }> =>
  backupNode(settings, { to, keys: { file: keysFile, passphrase }, scryptWork: 10 });
const restore = (name: string, more: { stamp?: string; from?: string; passphrase?: string } = {}) =>
  restoreNode(settingsAt(name), {
    from: more.from ?? to,
    ...(more.stamp === undefined ? {} : { stamp: more.stamp }),
    keys: { file: keysFile, passphrase: more.passphrase ?? passphrase },
  });
const main = async (node: Node): Promise<LogState> => (await ledgerState(node.store))[0]!;

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), "simpul-b-"));
  await chmod(base, 0o711);
  to = path.join(base, "backups");
  keysFile = path.join(base, "keys-elsewhere.age");
  ({ kh } = await nations("kh"));
  const settings = settingsAt("lost");
  const node = await opened(settings);
  await tellStory(node);
  await node.evidence.blobs.put([chat], { most: 1000 });
  expect(await cosigned(node)).toEqual([]);
  const before = await backup(settings);
  expect(before.blobs).toMatchObject({ count: 1, added: 1 });
  await note(node, "session.started");
  await node.evidence.blobs.put([new Uint8Array([1, 2, 3])], { most: 1000 });
  expect(await cosigned(node)).toEqual([]);
  const after = await backup(settings);
  // The first item's bytes were there already.
  expect(after.blobs).toMatchObject({ count: 2, added: 1 });
  // A night's work, cosigned; and the last backup, after which nothing was.
  expect(await cosigned(node)).toEqual([]);
  const last = await backup(settings);
  first = {
    settings,
    stamps: [before, after, last].map((one) => path.basename(one.folder)),
    truth: await contentOf(node),
  };
  await closed(node);
}, 120_000);
afterAll(async () => {
  await Promise.all([...open].map((node) => node.close()));
  await rm(base, { recursive: true, force: true });
});

test("a lost node comes back with its people, cases, evidence and keys", async () => {
  const restored = await restore("again");
  expect(restored.stamp).toBe(first.stamps[2]);
  const node = await opened(settingsAt("again"));
  expect(await contentOf(node)).toEqual(first.truth);
  const digests = [];
  for await (const { digest } of node.evidence.blobs.list())
    digests.push(await node.evidence.blobs.verify(digest));
  expect(digests).toEqual([true, true]);
  const lost = await readFile(path.join(first.settings.home, "keys", "wrap.key"), "utf8");
  expect(await readFile(path.join(node.settings.home, "keys", "wrap.key"), "utf8")).toBe(lost);
  const keys = await stat(path.join(node.settings.home, "keys", "wrap.key"));
  expect(keys.mode & 0o777).toBe(0o600);
  await closed(node);
}, 60_000);

test("a node restored from too old a copy signs nothing, and goes on after the newer copy is brought in", async () => {
  await restore("old", { stamp: first.stamps[0]! });
  const old = await opened(settingsAt("old"));
  // It has not heard from anybody: it waits.
  await note(old, "session.started");
  await old.ledger.sequence(true);
  expect(await main(old)).toMatchObject({ behind: false, restoredAt: expect.any(Date) as Date });
  const signed = (await main(old)).signed;
  // It hears that Cambodia has signed more: it is behind, and says so at every try.
  await cosigned(old);
  expect(await main(old)).toMatchObject({ behind: true, signed });
  await expect(old.ledger.sequence(true)).rejects.toMatchObject({ code: "BEHIND_COSIGNERS" });
  expect((await main(old)).signed).toBe(signed);
  await closed(old);

  await restore("new");
  const node = await opened(settingsAt("new"));
  expect(await cosigned(node)).toEqual([]);
  expect(await main(node)).toMatchObject({ behind: false, restoredAt: null });
  const before = (await main(node)).signed;
  await note(node, "session.started");
  expect(await cosigned(node)).toEqual([]);
  const after = await main(node);
  expect(after.signed).toBeGreaterThan(before);
  expect(after.cosigned).toMatchObject([{ cosigner: "kh.simpul/cosigner", size: after.signed }]);
  await closed(node);
}, 90_000);

test("a restored node that has no peers has nobody to ask, and signs on", async () => {
  const settings = settingsAt("calm");
  const node = await opened(settings);
  await tellStory(node);
  const away = path.join(base, "calm-backups");
  await node.ledger.sequence(true);
  await closed(node);
  await backupNode(settings, { to: away, keys: { file: `${keysFile}.calm`, passphrase }, scryptWork: 10 });
  await restoreNode(settingsAt("calm-again"), {
    from: away,
    keys: { file: `${keysFile}.calm`, passphrase },
  });
  const again = await opened(settingsAt("calm-again"));
  expect((await main(again)).restoredAt).not.toBeNull();
  expect(await cosignAll(circle({ id: again }))).toEqual([]);
  expect((await main(again)).restoredAt).toBeNull();
  const { signed } = await main(again);
  await note(again, "session.started");
  await again.ledger.sequence(true);
  expect((await main(again)).signed).toBeGreaterThan(signed);
  await closed(again);
}, 90_000);

describe("what is refused, before anything is written", () => {
  /** A copy of the backups that may be spoiled. */
  const spoiled = async (name: string, spoil: (folder: string) => Promise<void>): Promise<string> => {
    const copy = path.join(base, `spoiled-${name}`);
    await cp(to, copy, { recursive: true });
    await spoil(path.join(copy, "id", first.stamps.at(-1)!));
    return copy;
  };
  const untouched = async (name: string): Promise<void> => {
    const there = await readdir(path.join(base, name, "nodes")).catch(() => []);
    expect(there).toEqual([]);
  };

  test("another passphrase", async () => {
    await expect(restore("w1", { passphrase: "seven grey herons at dusk" })).rejects.toMatchObject({
      code: "WRONG_PASSPHRASE",
    });
    await untouched("w1");
  });

  test("a home that holds a node already", async () => {
    await expect(restore("lost")).rejects.toMatchObject({ code: "NOT_EMPTY" });
  });

  test("a backup that was not finished", async () => {
    const from = await spoiled("torn", (folder) => rm(path.join(folder, "manifest.json")));
    await expect(restore("w2", { from })).rejects.toMatchObject({ code: "NOT_A_BACKUP" });
    await untouched("w2");
  });

  test.each([
    ["rows cut off", "tables/officers.copy.gz.age"],
    ["a list of evidence with a line less", "blobs.txt"],
  ])("%s", async (name, file) => {
    const from = await spoiled(name.replaceAll(" ", "-"), async (folder) => {
      const bytes = await readFile(path.join(folder, file));
      await writeFile(path.join(folder, file), bytes.subarray(0, bytes.length - 70));
    });
    await expect(restore("w3", { from })).rejects.toMatchObject({ code: "DAMAGED_BACKUP" });
    await untouched("w3");
  });

  test("one changed letter in the manifest", async () => {
    const from = await spoiled("manifest", async (folder) => {
      const text = await readFile(path.join(folder, "manifest.json"), "utf8");
      await writeFile(path.join(folder, "manifest.json"), text.replace('"node": "id"', '"node": "kh"'));
    });
    await expect(restore("w4", { from })).rejects.toMatchObject({ code: "NOT_SIGNED" });
  });

  test("evidence that was altered: nothing of the home is left", async () => {
    const from = await spoiled("evidence", async (folder) => {
      const blobs = path.join(folder, "..", "blobs");
      const [file] = (await readdir(blobs, { recursive: true })).filter((one) => /[0-9a-f]{64}$/.test(one));
      const bytes = await readFile(path.join(blobs, file!));
      bytes[0]! ^= 1;
      await chmod(path.join(blobs, file!), 0o600);
      await writeFile(path.join(blobs, file!), bytes);
    });
    await expect(restore("w5", { from })).rejects.toMatchObject({ code: "DAMAGED_BACKUP" });
    await untouched("w5");
  });

  test("a backup of another state, and a folder without any", async () => {
    const settings = { ...settingsAt("w6"), node: NodeCode.parse("ph") };
    const keys = { file: keysFile, passphrase };
    const one = path.join(to, "id", first.stamps[1]!);
    await expect(restoreNode(settings, { from: one, keys })).rejects.toMatchObject({ code: "OTHER_NODE" });
    await expect(restoreNode(settings, { from: to, keys })).rejects.toMatchObject({ code: "NOT_A_BACKUP" });
  });

  test("a role that row security binds: it would show a part and call it the whole", async () => {
    const keys = { file: keysFile, passphrase };
    await expect(backupNode(kh.node.settings, { to: path.join(base, "part"), keys })).rejects.toMatchObject({
      code: "NOT_ENOUGH_RIGHTS",
    });
    expect((await readdir(path.join(base, "part", "kh"))).filter((name) => name !== "blobs")).toEqual([]);
  });

  test("a passphrase that is guessed in an hour", async () => {
    const weak = { file: keysFile, passphrase: "simpul" };
    await expect(backupNode(settingsAt("again"), { to, keys: weak })).rejects.toMatchObject({
      code: "WEAK_PASSPHRASE",
    });
  });
});

test("no name lies open in a backup; whoever has the kept identity opens a table with any age", async () => {
  const folder = path.join(to, "id", first.stamps[1]!);
  for (const file of await readdir(folder, { recursive: true })) {
    if ((await stat(path.join(folder, file))).isDirectory()) continue;
    expect((await readFile(path.join(folder, file))).includes("Sari Wulandari")).toBe(false);
  }
  // Another writer's age than the one that sealed it: our own, which evidence is sealed with.
  const kept = await readFile(path.join(first.settings.home, "keys", "backup.agekey"), "utf8");
  const table = await readFile(path.join(folder, "tables", "officers.copy.gz.age"));
  const rows = gunzipSync(ageOpen(nodeAge, AgeIdentity.parse(nodeAge, kept), table)).toString("utf8");
  expect(rows).toContain("Sari Wulandari");
});

test("a full disk stops a backup, says so, and leaves nothing that looks like one", async () => {
  const small = path.join(base, "small");
  await mkdir(small);
  const node = await opened(first.settings);
  const cli = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
  // A limit on the size of files is the same refusal to write as a full disk, and needs no root.
  const script = 'ulimit -f 4; exec "$0" --import tsx "$1" backup "$2"';
  const env = { ...process.env, SIMPUL_NODE: "id", SIMPUL_HOME: path.join(base, "lost") };
  const ran = await promisify(execFile)("sh", ["-c", script, process.execPath, cli, small], { env }).catch(
    (fault: unknown) => fault as { code: number; stderr: string },
  );
  expect((ran as { code: number }).code).toBe(2);
  expect(ran.stderr).toContain("DISK_FULL");
  expect((await readdir(path.join(small, "id"))).filter((name) => name !== "blobs")).toEqual([]);
  await closed(node);
}, 60_000);
