// One after the other: of two transactions that look and then write by what they saw, the second sees what the first wrote.
import { sql } from "kysely";
import type { Writer } from "./contract.ts";

/**
 * Call it before the look. Two that come at once under one key: the second waits, is begun anew by `store.write` once the
 * first has committed, and sees all of it. "select … for update" and an advisory lock wait too, but the view of a
 * REPEATABLE READ transaction is older than its wait.
 */
export async function inTurn(tx: Pick<Writer, "rows">, key: string): Promise<void> {
  // The lock makes them wait in order; the row makes PostgreSQL ask the later one to begin anew.
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 252))`.execute(tx.rows);
  await sql`insert into simpul.turns as t (key, count) values (hashtextextended(${key}, 252), 1)
    on conflict (key) do update set count = t.count + 1`.execute(tx.rows);
}
