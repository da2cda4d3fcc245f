// A Kysely handle over one open transaction: every statement passes here, and none may end or escape it.
import { createHash } from "node:crypto";
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from "kysely";
import pg from "pg";
import { StoreError } from "./errors.ts";

/** What one transaction did so far, as far as its rules need it. */
export interface Watched {
  rows: Kysely<unknown>;
  /** The same rows, for statements whose plan the connection keeps (`Reader.kept`). */
  kept: Kysely<unknown>;
  statements: number;
  /** Set when the transaction is over: a handle that was kept is dead. */
  over: boolean;
}

// The transaction and its role belong to the store. Savepoints are free to use.
const reserved =
  /^\s*(begin|start|commit|end|abort|prepare|set|reset|discard|copy|listen|unlisten|do|call|rollback(?!\s+(work\s+|transaction\s+)?to\b))\b/i;

/** Plans that one connection keeps at most; a large one takes about a megabyte at the server. */
const mostKept = 60;
const keptBy = new WeakMap<pg.ClientBase, Map<string, string>>();

/** The name under which this connection keeps the statement; null when it keeps as many as it may. */
function keptName(client: pg.ClientBase, text: string): string | null {
  const names = keptBy.get(client) ?? new Map<string, string>();
  keptBy.set(client, names);
  const had = names.get(text);
  if (had !== undefined || names.size >= mostKept) return had ?? null;
  const name = createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}

/** Gives a handle over `client`, in whose transaction everything runs; `keeps`: plans may be kept on this connection. */
export function handleOver(client: pg.ClientBase, keeps = false): Watched {
  let generic = false;
  async function run<R>(query: CompiledQuery, keep: boolean): Promise<QueryResult<R>> {
    if (watched.over) throw new StoreError("CLOSED", "the transaction of this handle is over");
    if (reserved.test(query.sql)) throw new StoreError("NOT_IN_HERE", query.sql.trim().slice(0, 40));
    watched.statements += 1;
    const name = keeps && keep ? keptName(client, query.sql) : null;
    if (name !== null && !generic) {
      // Left to itself, PostgreSQL plans it anew for the first five values of each connection.
      await client.query("set local plan_cache_mode = force_generic_plan");
      generic = true;
    }
    // The extended protocol takes one statement only, so nothing can be smuggled in behind the first.
    const config = {
      text: query.sql,
      values: [...query.parameters],
      types: readers,
      queryMode: "extended",
      ...(name === null ? {} : { name }),
    };
    const answer = await client.query<R & pg.QueryResultRow>(config as pg.QueryConfig);
    const changed = ["INSERT", "UPDATE", "DELETE", "MERGE"].includes(answer.command);
    return {
      rows: answer.rows,
      ...(changed ? { numAffectedRows: BigInt(answer.rowCount ?? 0) } : {}),
    };
  }
  let kept: Kysely<unknown> | undefined;
  const watched: Watched = {
    statements: 0,
    over: false,
    rows: kysely((query) => run(query, false)),
    get kept() {
      return (kept ??= kysely((query) => run(query, true)));
    },
  };
  return watched;
}

function kysely(run: DatabaseConnection["executeQuery"]): Kysely<unknown> {
  const connection: DatabaseConnection = {
    executeQuery: run,
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface asks for a generator
    async *streamQuery(): AsyncIterableIterator<QueryResult<never>> {
      throw new StoreError("NOT_IN_HERE", "streaming; read in pages");
    },
  };
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: () => Promise.resolve(),
    beginTransaction: () =>
      Promise.reject(new StoreError("NOT_IN_HERE", "a transaction within a transaction")),
    commitTransaction: () => Promise.reject(new StoreError("NOT_IN_HERE", "commit")),
    rollbackTransaction: () => Promise.reject(new StoreError("NOT_IN_HERE", "rollback")),
    destroy: () => Promise.resolve(),
  };
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

// pg's own parsers, typed by number as PostgreSQL tells them.
const usual = pg.types.getTypeParser as (type: number, format?: "text" | "binary") => unknown;
const int8 = 20;
const date = 1082;

/** How values come back: whole numbers as numbers, plain dates as text (a `Date` would shift them by time zone). */
export const readers: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary"): ((text: string) => unknown) => {
    if (type === int8) return wholeNumber;
    if (type === date) return (text) => text;
    return usual(type, format) as (text: string) => unknown;
  },
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new StoreError("NUMBER_TOO_LARGE", text);
  return value;
}
