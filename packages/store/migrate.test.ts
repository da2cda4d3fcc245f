// Migrations are applied once, in order, whole or not at all, and never change afterwards.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { afterAll, beforeEach, expect, test } from "vitest";
import { dropDatabase, testDatabase } from "../../testing/database.ts";
import { migrate, openStore, readMigrations, storeMigrations } from "./index.ts";
import { systemClock, systemRandom } from "./keys/index.ts";

const folders: string[] = [];
let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-m-"));
  folders.push(folder);
  ({ url } = await testDatabase([]));
  return () => dropDatabase(url);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

const write = (name: string, sql: string): Promise<void> => writeFile(path.join(folder, name), sql);
const ours = (): URL[] => [storeMigrations, pathToFileURL(folder)];
const list = () => readMigrations(ours());
async function withClient<T>(fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}
const run = async (): Promise<number[]> => withClient(async (client) => migrate(client, await list()));
const ask = (text: string) => withClient(async (client) => (await client.query(text)).rows as unknown[]);

test("what is missing is applied once, a later addition with a lower number too", async () => {
  await write("9010-later.sql", "CREATE TABLE simpul.later (id int)");
  expect((await run()).slice(-1)).toEqual([9010]);
  expect(await run()).toEqual([]);
  await write("9005-earlier.sql", "CREATE TABLE earlier (id int)");
  expect(await run()).toEqual([9005]);
  // What names no schema lands in ours.
  expect(await ask("select 1 as one from simpul.earlier right join (select 1) x on true")).toEqual([
    { one: 1 },
  ]);
});

test("ten nodes that start at once migrate once", async () => {
  await write("9010-slow.sql", "SELECT pg_sleep(0.1); CREATE TABLE simpul.slow (id int)");
  const done = await Promise.all(Array.from({ length: 10 }, run));
  expect(done.filter((numbers) => numbers.length > 0)).toHaveLength(1);
});

test("a migration that was changed, or is gone, stops the start and says which", async () => {
  await write("9010-one.sql", "CREATE TABLE simpul.one (id int)");
  await run();
  await write("9010-one.sql", "CREATE TABLE simpul.one (id bigint)");
  const opening = openStore({
    url,
    migrations: [pathToFileURL(folder)],
    clock: systemClock,
    random: systemRandom,
  });
  await expect(opening).rejects.toThrow(/MIGRATION_CHANGED: 9010 one/);
  await rm(path.join(folder, "9010-one.sql"));
  await expect(run()).rejects.toThrow(/MIGRATION_MISSING: 9010 one/);
});

test("a migration that fails half-way leaves nothing of itself and all before it", async () => {
  await write("9010-good.sql", "CREATE TABLE simpul.good (id int)");
  await write("9011-bad.sql", "CREATE TABLE simpul.half (id int); SELECT 1/0");
  await expect(run()).rejects.toThrow(/MIGRATION_FAILED: 9011 bad: division by zero/);
  expect(
    await ask("select to_regclass('simpul.good') is not null as good, to_regclass('simpul.half') as half"),
  ).toEqual([{ good: true, half: null }]);
  await write("9011-bad.sql", "CREATE TABLE simpul.half (id int)");
  expect(await run()).toEqual([9011]);
});

test("a file without a number and a number used twice are refused", async () => {
  await write("9010-one.sql", "");
  await write("9010-two.sql", "");
  await expect(list()).rejects.toMatchObject({ code: "BAD_MIGRATION" });
  await rm(path.join(folder, "9010-two.sql"));
  await write("new.sql", "");
  await expect(list()).rejects.toThrow(/new.sql/);
});

test("a database that is not there is unreachable, by name", async () => {
  const nowhere = "postgresql://nobody@127.0.0.1:1/none";
  const opening = openStore({ url: nowhere, migrations: [], clock: systemClock, random: systemRandom });
  await expect(opening).rejects.toMatchObject({ code: "UNREACHABLE" });
});
