// Migrations: plain SQL files, numbered over the whole repository, applied once each and never changed after.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type pg from "pg";
import { StoreError } from "./errors.ts";

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** SHA-256 of the file. */
  checksum: string;
}

/** Reads the folders; throws `BAD_MIGRATION` for a name that is no `NNNN-name.sql` or a number used twice. */
export async function readMigrations(folders: readonly URL[]): Promise<Migration[]> {
  const found: Migration[] = [];
  for (const folder of distinct(folders)) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".sql"))) {
      const parts = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file);
      if (parts === null) throw new StoreError("BAD_MIGRATION", `${file} is no NNNN-name.sql`);
      const sql = await readFile(new URL(file, folder), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      found.push({ number: Number(parts[1]), name: parts[2]!, sql, checksum });
    }
  }
  found.sort((a, b) => a.number - b.number);
  const twice = found.find((one, i) => found[i + 1]?.number === one.number);
  if (twice) throw new StoreError("BAD_MIGRATION", `two migrations have the number ${twice.number}`);
  return found;
}

/** The folders once each, whichever way they were written. */
const distinct = (folders: readonly URL[]): URL[] =>
  [...new Set(folders.map(({ href }) => (href.endsWith("/") ? href : `${href}/`)))].map(
    (href) => new URL(href),
  );

/** Only one process migrates at a time; the others wait here. */
const lock = 0x51_6d_70_75;

/**
 * Applies what is missing, one transaction each, and gives the numbers it applied. Throws `MIGRATION_CHANGED` when an
 * applied file reads differently now, `MIGRATION_MISSING` when an applied one is not in the list (an older program
 * on a newer database), `MIGRATION_FAILED` with the database's own words.
 */
export async function migrate(client: pg.ClientBase, list: readonly Migration[]): Promise<number[]> {
  await client.query("select pg_advisory_lock($1)", [lock]);
  try {
    await client.query(`
      create schema if not exists simpul;
      create table if not exists simpul.migrations (
        number integer primary key, name text not null, checksum text not null, at timestamptz not null default now()
      )`);
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
      "select number, name, checksum from simpul.migrations order by number",
    );
    for (const applied of rows) {
      const ours = list.find((one) => one.number === applied.number);
      const label = `${applied.number} ${applied.name}`;
      if (ours === undefined) throw new StoreError("MIGRATION_MISSING", label);
      if (ours.checksum !== applied.checksum) throw new StoreError("MIGRATION_CHANGED", label);
    }
    const done = new Set(rows.map((row) => row.number));
    const missing = list.filter((one) => !done.has(one.number));
    for (const one of missing) await apply(client, one);
    return missing.map((one) => one.number);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]).catch(() => undefined);
  }
}

async function apply(client: pg.ClientBase, one: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select set_config('search_path', 'simpul, public', true)");
    await client.query(one.sql);
    await client.query("insert into simpul.migrations (number, name, checksum) values ($1, $2, $3)", [
      one.number,
      one.name,
      one.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    const about = `${one.number} ${one.name}: ${(error as Error).message}`;
    throw new StoreError("MIGRATION_FAILED", about, error);
  }
}

/** The store's own tables. */
export const storeMigrations = new URL("./tables/", import.meta.url);
