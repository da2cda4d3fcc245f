// Opens the store: reading and writing in somebody's name, over one PostgreSQL database.
import { Id } from "@simpul/model";
import type { Clock, Random } from "@simpul/model";
import pg from "pg";
import { handleOver } from "./connection.ts";
import type { About, Reader, Standing, Store, Writer } from "./contract.ts";
import { StoreError } from "./errors.ts";
import { insertLeaves, newLeaf, withReasons } from "./leaves.ts";
import type { Leaf } from "./leaves.ts";
import { migrate, readMigrations, storeMigrations } from "./migrate.ts";
import { begin } from "./settings.ts";
import { asksAgain, inTransaction, retrying } from "./transaction.ts";
import { PostgresWakes } from "./wakes.ts";
import type { Wakes } from "./wakes.ts";
import { enqueueRow } from "./jobs/queue.ts";
import { outgoingRow } from "./outbox/outbox.ts";

export interface StoreSettings {
  /** The database; the role in it owns the schema and takes on `simpul_app` for all work. */
  url: string;
  /** The same database without a pooler between, for migrations and LISTEN; `url` when it has none. */
  directUrl?: string;
  /** Folders of migrations beside the store's own. */
  migrations: readonly URL[];
  clock: Clock;
  random: Random;
  /** Connections at most. */
  connections?: number;
}

/** The node's own bookkeeping: queue, outbox, ledger places, sessions. Not an act, so it leaves no leaf. */
export interface Keeper {
  readonly rows: Writer["rows"];
  readonly at: Date;
  newId(): Id;
  enqueue: Writer["enqueue"];
}

export interface OpenStore extends Store {
  readonly clock: Clock;
  readonly random: Random;
  readonly wakes: Wakes;
  /**
   * Runs `fn` as `simpul_chores`, which reaches only the tables that their migrations granted to it: the node's own
   * books, never a record of the work.
   */
  chore<T>(name: string, fn: (keeper: Keeper) => Promise<T>): Promise<T>;
  /**
   * A short look at the same books, allowed while a transaction is held: it has connections of its own, and who holds one
   * of those waits for nobody. Any other look inside a look waits for a connection while it holds one, and many of them
   * wait for each other for ever.
   */
  aside<T>(name: string, fn: (rows: Reader["rows"]) => Promise<T>): Promise<T>;
  /**
   * The name that leases of this process bear: `simpul.process_gone` tells other processes when it ended. Null while
   * it cannot show that it lives; then a lease ends by its time alone.
   */
  alive(): Promise<Id | null>;
  /** Resolves when a row can be read; throws `UNREACHABLE`. */
  ping(): Promise<void>;
  /** Connections of the pool now, those of them that rest, and how many callers wait for one. */
  load(): { connections: number; resting: number; callers: number };
  close(): Promise<void>;
}

/** Migrates the database where needed and opens it. Throws `StoreError`. */
export async function openStore(given: StoreSettings): Promise<OpenStore> {
  await prepare(given);
  return new PostgresStore(given);
}

/** PostgreSQL 15 is the oldest whose SQL we use. */
const oldest = 150_000;

async function prepare(given: StoreSettings): Promise<void> {
  const list = await readMigrations([storeMigrations, ...given.migrations]);
  const client = new pg.Client({
    connectionString: given.directUrl ?? given.url,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StoreError("UNREACHABLE", (error as Error).message, error);
  }
  try {
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    if (rows[0]!.version < oldest) throw new StoreError("TOO_OLD_DATABASE", `PostgreSQL ${rows[0]!.version}`);
    await migrate(client, list);
  } finally {
    await client.end();
  }
}

/** What a look gave, or why it failed, and what it noted either way. */
interface Looked<T> {
  outcome: { result: T } | { error: unknown };
  notes: Leaf[];
}

/** Connections for looks aside: each is held for a statement or two. */
const beside = 4;

class PostgresStore implements OpenStore {
  readonly clock: Clock;
  readonly random: Random;
  readonly #wakes: PostgresWakes;
  readonly #pool: pg.Pool;
  readonly #beside: pg.Pool;
  /** A pooler between gives each transaction another connection, so nothing can be kept on one. */
  readonly #keepsPlans: boolean;
  #closing: Promise<void> | null = null;

  constructor(given: StoreSettings) {
    this.clock = given.clock;
    this.random = given.random;
    this.#pool = poolOf(given.url, given.connections ?? 20);
    this.#beside = poolOf(given.url, beside);
    this.#keepsPlans = given.directUrl === undefined || given.directUrl === given.url;
    this.#wakes = new PostgresWakes(this.#pool, given.directUrl ?? given.url, Id.make(given));
  }

  get wakes(): Wakes {
    return this.#wakes;
  }

  async read<T>(standing: Standing, fn: (db: Reader) => Promise<T>): Promise<T> {
    const { outcome, notes } = await retrying(this.random, () => this.#look(standing, fn));
    // AUD-1: what was read is known before anybody sees it; a look that found nothing, or failed, was a look too.
    if (notes.length > 0) await this.#keepNotes(standing, notes);
    if ("error" in outcome) throw outcome.error;
    return outcome.result;
  }

  async #look<T>(standing: Standing, fn: (db: Reader) => Promise<T>): Promise<Looked<T>> {
    const notes: Leaf[] = [];
    const why = new Set<string>();
    try {
      return await inTransaction(
        this.#pool,
        begin("isolation level repeatable read, read only", "simpul_app", standing),
        async (client) => {
          const handle = handleOver(client, this.#keepsPlans);
          const noteRead = (kind: string, about: About): void => {
            notes.push(newLeaf(this, { log: "reads", kind, standing, about }));
          };
          try {
            const allowed = (because: readonly string[]): void => because.forEach((one) => why.add(one));
            const reader: Reader = {
              rows: handle.rows,
              get kept() {
                return handle.kept;
              },
              standing,
              allowed,
              noteRead,
            };
            const result = await refusingChange(() => fn(reader));
            if (notes.length === 0 && handle.statements > 0 && standing.actor.kind !== "job")
              throw new StoreError("NO_READ_NOTE", "rows were read and nothing says what");
            return { outcome: { result }, notes: withReasons(notes, why) };
          } finally {
            handle.over = true;
          }
        },
      );
    } catch (error) {
      if (notes.length === 0 || asksAgain(error)) throw error;
      return { outcome: { error }, notes: withReasons(notes, why) };
    }
  }

  #keepNotes(standing: Standing, notes: readonly Leaf[]): Promise<void> {
    return retrying(this.random, async () => {
      await inTransaction(this.#pool, begin("", "simpul_app", standing), async (client) => {
        await client.query(insertLeaves(notes, this.random));
      });
      this.#wakes.wake("leaves:reads");
    });
  }

  async write<T>(standing: Standing, fn: (tx: Writer) => Promise<T>): Promise<T> {
    const { result, woken } = await retrying(this.random, () =>
      inTransaction(
        this.#pool,
        begin("isolation level repeatable read", "simpul_app", standing),
        async (client) => {
          const handle = handleOver(client);
          const at = this.clock.now();
          const leaves: Leaf[] = [];
          const woken = new Set<string>();
          const why = new Set<string>();
          const tx: Writer = {
            rows: handle.rows,
            standing,
            at,
            newId: () => Id.make(this),
            allowed: (because) => because.forEach((one) => why.add(one)),
            note: (kind, about) => {
              leaves.push(newLeaf(this, { log: "main", at, kind, standing, about }));
            },
            enqueue: async (job) => {
              await handle.rows.executeQuery(enqueueRow(job, this, at));
              woken.add("jobs");
            },
            send: async (out) => {
              await handle.rows.executeQuery(outgoingRow(out, at));
              woken.add("outbox");
            },
          };
          try {
            const result = await fn(tx);
            if (leaves.length > 0) await client.query(insertLeaves(withReasons(leaves, why), this.random));
            else await refuseUnnoted(client);
            return { result, woken: leaves.length > 0 ? [...woken, "leaves:main"] : [] };
          } finally {
            handle.over = true;
          }
        },
      ),
    );
    for (const topic of woken) this.#wakes.wake(topic);
    return result;
  }

  async chore<T>(name: string, fn: (keeper: Keeper) => Promise<T>): Promise<T> {
    const standing: Standing = { actor: { kind: "job", name }, purpose: "administration" };
    const { result, woken } = await retrying(this.random, () =>
      inTransaction(this.#pool, begin("", "simpul_chores", standing), async (client) => {
        const handle = handleOver(client);
        const at = this.clock.now();
        let woken = false;
        const enqueue: Writer["enqueue"] = async (job) => {
          await handle.rows.executeQuery(enqueueRow(job, this, at));
          woken = true;
        };
        try {
          const result = await fn({ rows: handle.rows, at, newId: () => Id.make(this), enqueue });
          return { result, woken };
        } finally {
          handle.over = true;
        }
      }),
    );
    if (woken) this.#wakes.wake("jobs");
    return result;
  }

  aside<T>(name: string, fn: (rows: Reader["rows"]) => Promise<T>): Promise<T> {
    const standing: Standing = { actor: { kind: "job", name }, purpose: "administration" };
    return retrying(this.random, () =>
      inTransaction(this.#beside, begin("read only", "simpul_chores", standing), async (client) => {
        const handle = handleOver(client);
        try {
          return await fn(handle.rows);
        } finally {
          handle.over = true;
        }
      }),
    );
  }

  alive(): Promise<Id | null> {
    return this.#wakes.alive() as Promise<Id | null>;
  }

  load(): { connections: number; resting: number; callers: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { connections: totalCount, resting: idleCount, callers: waitingCount };
  }

  async ping(): Promise<void> {
    await inTransaction(this.#pool, "begin read only", (client) => client.query("select 1"));
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#wakes.close();
      await Promise.all([this.#pool.end(), this.#beside.end()]);
    })();
    return this.#closing;
  }
}

function poolOf(url: string, most: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: 15_000,
    // Each holds some 10 MB at the server; a new one first learns the tables and their rules anew, 100 ms for an inbox.
    idleTimeoutMillis: 120_000,
    application_name: "simpul",
  });
  // A connection that dies while idle is replaced by the next one; whoever used it learns from its own query.
  pool.on("error", () => undefined);
  return pool;
}

/** PostgreSQL's own refusal to write in a read-only transaction, by our name for it. */
async function refusingChange<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    if ((error as { code?: string }).code === "25006")
      throw new StoreError("READ_ONLY", "a reader cannot write", error);
    throw error;
  }
}

/** Nothing noted is fine only where nothing changed: PostgreSQL numbers a transaction at its first change. */
async function refuseUnnoted(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ changed: boolean }>(
    "select pg_current_xact_id_if_assigned() is not null as changed",
  );
  if (rows[0]!.changed) throw new StoreError("NO_LEAF", "rows changed and nothing says why");
}
