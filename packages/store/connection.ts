// A Kysely handle over one open transaction: every statement passes here, and none may end or escape it.
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from "kysely";
import pg from "pg";
import { StoreError } from "./errors.ts";

/** What one transaction did so far, as far as its rules need it. */
export interface Watched {
  rows: Kysely<unknown>;
  statements: number;
  /** Set when the transaction is over: a handle that was kept is dead. */
  over: boolean;
}

// The transaction and its role belong to the store. Savepoints are free to use.
const reserved =
  /^\s*(begin|start|commit|end|abort|prepare|set|reset|discard|copy|listen|unlisten|do|call|rollback(?!\s+(work\s+|transaction\s+)?to\b))\b/i;

/** Gives a handle over `client`, in whose transaction everything runs. */
export function handleOver(client: pg.ClientBase): Watched {
  const watched: Watched = { statements: 0, over: false, rows: undefined as never };
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (watched.over) throw new StoreError("CLOSED", "the transaction of this handle is over");
      if (reserved.test(query.sql)) throw new StoreError("NOT_IN_HERE", query.sql.trim().slice(0, 40));
      watched.statements += 1;
      // The extended protocol takes one statement only, so nothing can be smuggled in behind the first.
      const config = {
        text: query.sql,
        values: [...query.parameters],
        types: readers,
        queryMode: "extended",
      };
      const answer = await client.query<R & pg.QueryResultRow>(config as pg.QueryConfig);
      const changed = ["INSERT", "UPDATE", "DELETE", "MERGE"].includes(answer.command);
      return {
        rows: answer.rows,
        ...(changed ? { numAffectedRows: BigInt(answer.rowCount ?? 0) } : {}),
      };
    },
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
  watched.rows = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return watched;
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
