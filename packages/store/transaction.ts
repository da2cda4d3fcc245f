// One transaction from begin to commit, and again where PostgreSQL asks for it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "@simpul/model";
import pg from "pg";
import { StoreError } from "./errors.ts";

// Serialisation failure, deadlock, and a row lock that was not to be had.
const again = new Set(["40001", "40P01", "55P03"]);
const tries = 8;

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code;

/** Did the connection die rather than the statement? Class 08, and what a stopping server says (57P01 to 57P05). */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined)
    return /^(08|57P0[1-5])/.test(code) || ["ECONNRESET", "EPIPE", "ECONNREFUSED"].includes(code);
  return (
    error instanceof Error && /Connection terminated|connection error|not queryable/i.test(error.message)
  );
}

/** Gets a connection; throws `UNREACHABLE` when there is no database, `BUSY` when no connection came free. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const busy = error instanceof Error && /timeout exceeded when trying to connect/.test(error.message);
    throw new StoreError(busy ? "BUSY" : "UNREACHABLE", (error as Error).message, error);
  }
}

/**
 * Runs `fn` between `begin` and commit. An error rolls back and is thrown on; a lost connection is thrown as
 * `TRANSACTION_LOST` (of a lost commit nobody knows the outcome, so it is not tried again).
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  let broken = false;
  // A connection that is cut while we hold it says so by an event as well, which nobody hearing would end the process.
  client.on("error", ignored);
  try {
    await client.query(begin);
    const result = await fn(client);
    const end = await client.query("commit");
    // A transaction that failed inside answers COMMIT with ROLLBACK, without an error.
    if (end.command !== "COMMIT") throw new StoreError("TRANSACTION_LOST", "an error inside was swallowed");
    return result;
  } catch (error) {
    if (isLost(error)) {
      broken = true;
      throw new StoreError("TRANSACTION_LOST", (error as Error).message, error);
    }
    await client.query("rollback").catch(() => (broken = true));
    // Oversight has ordered that this rests (the guard of frozen rows says so by a state of its own).
    if (codeOf(error) === "SF001") throw new StoreError("FROZEN", (error as Error).message, error);
    throw error;
  } finally {
    client.off("error", ignored);
    client.release(broken);
  }
}

/** The statement under way fails with the same error. */
const ignored = (): void => undefined;

/** Does PostgreSQL ask to try the transaction again? */
export const asksAgain = (error: unknown): boolean => again.has(codeOf(error) ?? "");

/** Tries again after a serialisation failure or a deadlock, with growing, uneven pauses; then throws `BUSY`. */
export async function retrying<T>(random: Random, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!asksAgain(error)) throw error;
      if (count === tries) throw new StoreError("BUSY", `given up after ${tries} tries`, error);
      await sleep((5 * 2 ** count * (128 + random.bytes(1)[0]!)) / 256);
    }
  }
}
