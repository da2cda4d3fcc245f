// The doctor finds what is broken in a node, and says what to do; a sound one is told sound.
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { examine } from "./doctor.ts";
import type { Finding } from "./finding.ts";

let id: Nation;
beforeAll(async () => {
  ({ id } = await nations("id"));
  await id.node.ledger.sequence(true);
}, 60_000);

const look = (): Promise<Finding[]> => examine(id.node.settings);
const broken = (found: readonly Finding[]): string[] =>
  found.filter((one) => one.level === "bad").map((one) => one.check);

/** What only somebody with the database in hand can do. */
async function asOwner(table: string, statements: string[]): Promise<void> {
  const client = new pg.Client(id.node.settings.databaseUrl!);
  await client.connect();
  try {
    await client.query(`alter table simpul.${table} no force row level security`);
    for (const text of statements) await client.query(text);
    await client.query(`alter table simpul.${table} force row level security`);
  } finally {
    await client.end();
  }
}

test("a sound node is told sound, part by part", async () => {
  const found = await look();
  expect(broken(found)).toEqual([]);
  expect(found.map((one) => one.check)).toEqual(
    expect.arrayContaining([
      "node",
      "settings",
      "keys",
      "database",
      "database.migrations",
      "ledger.main",
      "ledger.main.entries",
      "ledger.reads.entries",
      "jobs",
      "items",
      "peers",
      "evidence.room",
      "door.web",
    ]),
  );
});

test("a key that others may read, and one that is gone", async () => {
  const file = path.join(id.node.settings.home, "keys", "wrap.key");
  await chmod(file, 0o644);
  expect((await look()).find((one) => one.check === "keys.mode")).toMatchObject({
    level: "bad",
    todo: expect.stringContaining("chmod 600") as string,
  });
  await chmod(file, 0o600);
  await rename(file, `${file}.away`);
  expect(broken(await look())).toContain("keys");
  await rename(`${file}.away`, file);
});

test("an entry that was altered in the database is found by its place", async () => {
  const change = (from: string, to: string): string =>
    `update simpul.leaves set record = replace(record, '${from}', '${to}') where log = 'main' and index = 3`;
  await asOwner("leaves", [change('"v":1', '"v":2')]);
  const found = (await look()).find((one) => one.check === "ledger.main.entries");
  expect(found).toMatchObject({ level: "bad", says: expect.stringContaining("at places 3") as string });
  await asOwner("leaves", [change('"v":2', '"v":1')]);
});

test("entries in another order than they were signed, though each is whole", async () => {
  const swap = [
    "update simpul.leaves set index = null where log = 'main' and index = 1",
    "update simpul.leaves set index = 1 where log = 'main' and index = 2",
    "update simpul.leaves set index = 2 where log = 'main' and index is null",
  ];
  await asOwner("leaves", swap);
  expect(broken(await look())).toContain("ledger.main.entries");
  await asOwner("leaves", swap);
  expect(broken(await look())).toEqual([]);
});

test("work that was given up or is stuck, and an item without its bytes", async () => {
  await asOwner("jobs", [
    `insert into simpul.jobs (id, kind, payload, state, created_at, run_after, ended_at) values
     (gen_random_uuid(), 'test', '{}', 'dead', now(), now(), now())`,
    `insert into simpul.jobs (id, kind, payload, state, created_at, run_after) values
     (gen_random_uuid(), 'nobody-works-on-this', '{}', 'waiting', now() - interval '2 hours', now() - interval '2 hours')`,
  ]);
  await asOwner("outbox", [
    `insert into simpul.outbox (peer, id, kind, body, state, created_at, next_try, ended_at) values
     ('kh', gen_random_uuid(), 'test', '{}', 'dead', now(), now(), now())`,
  ]);
  await asOwner("evidence_items", [
    `insert into simpul.evidence_items (id, agency_id, desk_id, origin, state, file_name, media_type, method, size,
       digest, sealed_digest, disclosures, taken_at, sealed_at, handling, evaluation, chain, chain_head) values
     (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'here', 'sealed', 'chat.txt', 'text/plain', 'file', 1,
       sha256('a'), sha256('b'), '[]', now(), now(), '{"codes":["H0"]}', 'X4', 1, sha256('c'))`,
  ]);
  const found = await look();
  const levels = Object.fromEntries(found.map((one) => [one.check, one.level]));
  expect(levels).toMatchObject({ "jobs.dead": "warn", jobs: "bad", "outbox.kh.dead": "warn", items: "bad" });
  await asOwner("jobs", ["delete from simpul.jobs"]);
  await asOwner("outbox", ["delete from simpul.outbox"]);
  await asOwner("evidence_items", ["delete from simpul.evidence_items"]);
});

test("a database that does not answer is told without its password", async () => {
  const databaseUrl = "postgresql://simpul:hunter2secret@127.0.0.1:1/simpul";
  const found = await examine({ ...id.node.settings, databaseUrl });
  expect(broken(found)).toContain("database");
  expect(JSON.stringify(found)).not.toContain("hunter2secret");
});

test("where no node was ever started, nothing is made by looking", async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-none-"));
  try {
    const settings = { ...id.node.settings, home: path.join(home, "nodes", "id"), databaseUrl: null };
    expect(broken(await examine(settings))).toEqual(expect.arrayContaining(["keys", "database", "evidence"]));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

test("a node behind its cosigners is told so, with the way out", async () => {
  await id.node.ledger.learnSize("main", 1_000_000);
  const found = (await look()).find((one) => one.check === "ledger.main");
  expect(found).toMatchObject({
    level: "bad",
    says: expect.stringContaining("cosigners have signed 1000000") as string,
    todo: expect.stringContaining("restore a newer backup") as string,
  });
});
