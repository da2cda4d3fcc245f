// The rows of a database out and in again, as PostgreSQL's own COPY text: every table of the schema, parents first.
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { BackupError } from "./errors.ts";

export interface TableShape {
  name: string;
  /** In the order in which the rows hold them. */
  columns: string[];
}

/** Which migrations ran is made anew by running them. */
const notCopied = ["migrations"];

/** All tables, each after those that it refers to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape & { parents: string[] }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns,
       array(select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'simpul' and c.relkind = 'r' and c.relname <> all($1) order by c.relname`,
    [notCopied],
  );
  const ordered: TableShape[] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const free = [...left.values()].filter((one) => !one.parents.some((parent) => left.has(parent)));
    if (free.length === 0)
      throw new BackupError(
        "OTHER_VERSION",
        `tables refer to each other in a circle: ${[...left.keys()].join(", ")}`,
      );
    for (const { name, columns } of free) {
      ordered.push({ name, columns });
      left.delete(name);
    }
  }
  return ordered;
}

const quoted = (table: TableShape): string =>
  `simpul.${pg.escapeIdentifier(table.name)} (${table.columns.map((one) => pg.escapeIdentifier(one)).join(", ")})`;

/**
 * Opens one snapshot of the whole database: whatever is read on this client until `end` is of one moment. Row
 * security is off, so a role that it binds is refused by PostgreSQL instead of being shown a part.
 */
export async function beginSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query("begin isolation level repeatable read, read only");
  await client.query("set local row_security = off");
  // A dump of a large table may take long; the settings of a busy server are not for it.
  await client.query("set local statement_timeout = 0");
}

/** The rows of a table as COPY text. */
export const rowsOut = (client: pg.ClientBase, table: TableShape): Readable =>
  client.query(copyTo(`copy ${quoted(table)} to stdout`));

/** PostgreSQL's refusal to a role that does not see every row, by our name for it. */
export function tellRights(fault: unknown): never {
  if ((fault as { code?: string }).code === "42501")
    throw new BackupError(
      "NOT_ENOUGH_RIGHTS",
      "the role does not see every row; set SIMPUL_BACKUP_URL to one with BYPASSRLS and pg_read_all_data",
      fault,
    );
  throw fault;
}

/**
 * Fills the tables in one transaction, or leaves them as they were. Row security is lifted from the owner within
 * that transaction, so no other role is needed. `after` runs before the commit.
 */
export async function fillTables(
  client: pg.ClientBase,
  tables: readonly TableShape[],
  rowsOf: (table: TableShape) => Promise<Readable>,
  after: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  await client.query("begin");
  try {
    await client.query("set local statement_timeout = 0");
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'simpul' and c.relforcerowsecurity`,
    );
    const force = async (how: "force" | "no force"): Promise<void> => {
      for (const { name } of rows)
        await client.query(`alter table simpul.${pg.escapeIdentifier(name)} ${how} row level security`);
    };
    await force("no force");
    const names = tables.map((one) => `simpul.${pg.escapeIdentifier(one.name)}`);
    // Some migrations put rows in; those of the backup take their place.
    if (names.length > 0) await client.query(`truncate ${names.join(", ")}`);
    for (const table of tables)
      await pipeline(await rowsOf(table), client.query(copyFrom(`copy ${quoted(table)} from stdin`)));
    await after(client);
    await force("force");
    await client.query("commit");
  } catch (fault) {
    await client.query("rollback").catch(() => undefined);
    throw fault;
  }
  await client.query("analyze").catch(() => undefined);
}
