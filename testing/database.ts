// Gives a test a store of its own on a real PostgreSQL: an empty node, all migrations applied.
import { request } from "node:http";
import { openStore, storeMigrations } from "@simpul/store";
import type { OpenStore } from "@simpul/store";
import { systemClock, systemRandom } from "@simpul/store/keys";
import type { Clock, Random } from "@simpul/model";
import { inject } from "vitest";
import { closeAfter } from "./closing.ts";
import { allMigrations } from "./databases.ts";
import type { Ask } from "./databases.ts";

export interface TestStoreSettings {
  /** Folders of migrations beside the store's own; by default every feature's. */
  migrations?: readonly URL[];
  clock?: Clock;
  random?: Random;
  connections?: number;
}

export interface TestStore {
  store: OpenStore;
  /** The database's address, for the role that owns it (row security binds it, it is no superuser). */
  url: string;
  /** Closes the store and drops the database; happens by itself after the test file. */
  close(): Promise<void>;
}

/** A fresh, migrated database and a store on it; about 0.1 s each after the first. */
export async function testStore(given: TestStoreSettings = {}): Promise<TestStore> {
  const migrations = given.migrations ?? (await allMigrations());
  const { url } = await testDatabase(migrations);
  const store = await openStore({
    url,
    migrations: others(migrations),
    clock: given.clock ?? systemClock,
    random: given.random ?? systemRandom,
    connections: given.connections ?? 8,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await store.close();
      await dropDatabase(url);
    })());
  closeAfter(close);
  return { store, url, close };
}

const others = (folders: readonly URL[]): URL[] =>
  folders.filter((folder) => folder.href !== storeMigrations.href);

/** A database without a store, for tests of the store itself: migrated (or empty when `folders` is empty). */
export function testDatabase(folders: readonly URL[]): Promise<{ url: string }> {
  const all = folders.length === 0 ? [] : [storeMigrations, ...others(folders)];
  return ask({ make: all.map((folder) => folder.href).sort() });
}

/** A copy of a test's database to which nobody is connected any more. */
export function copyDatabase(url: string): Promise<{ url: string }> {
  return ask({ copy: nameIn(url) });
}

export async function dropDatabase(url: string): Promise<void> {
  await ask({ drop: nameIn(url) });
}

const nameIn = (url: string): string => /\/([a-z0-9_]+)(\?|$)/.exec(url)![1]!;

function ask(what: Ask): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: inject("databases"), method: "POST", agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (answer.statusCode === 200) resolve(JSON.parse(text) as { url: string });
        else reject(new Error(`no test database: ${text}`));
      });
    });
    call.on("error", reject);
    call.end(JSON.stringify(what));
  });
}
