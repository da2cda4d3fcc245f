// A look at a database that changes nothing: does it answer, how old is it, and do its migrations fit this program.
import pg from "pg";
import { StoreError } from "./errors.ts";
import type { Migration } from "./migrate.ts";

export interface DatabaseLook {
  /** As in `180004`. */
  version: number;
  /** Migrations that would run at the next start. */
  pending: string[];
  /** Applied ones that read differently in this program, or are not in it: another program's database. */
  foreign: string[];
  /** False before a node was ever started on it. */
  founded: boolean;
}

/** Throws `UNREACHABLE`. */
export async function inspectDatabase(url: string, list: readonly Migration[]): Promise<DatabaseLook> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (fault) {
    throw new StoreError("UNREACHABLE", (fault as Error).message, fault);
  }
  try {
    const { rows } = await client.query<{ version: number; founded: boolean }>(
      `select current_setting('server_version_num')::int as version,
        to_regclass('simpul.migrations') is not null as founded`,
    );
    const { version, founded } = rows[0]!;
    const applied = founded
      ? (
          await client.query<{ number: number; name: string; checksum: string }>(
            "select number, name, checksum from simpul.migrations order by number",
          )
        ).rows
      : [];
    const label = (one: { number: number; name: string }): string => `${one.number} ${one.name}`;
    const foreign = applied.filter(
      (one) => list.find((ours) => ours.number === one.number)?.checksum !== one.checksum,
    );
    const pending = list.filter((one) => !applied.some((done) => done.number === one.number));
    return { version, founded, pending: pending.map(label), foreign: foreign.map(label) };
  } finally {
    await client.end().catch(() => undefined);
  }
}
