// Counts tries in the database, so that guessing is slow on however many processes a node runs.
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { AccessError } from "./contract.ts";
import { allowances, windowOf, type Guarded } from "./rules.ts";

/**
 * Counts one try; throws `TOO_MANY` with the seconds to wait when there were more than allowed. It is counted before
 * anything is looked at, in a transaction of its own, so that a failing try counts like any other.
 */
export async function countTry(store: OpenStore, guarded: Guarded, key: string): Promise<void> {
  const now = store.clock.now();
  const since = windowOf(guarded, now);
  const { most, within } = allowances[guarded];
  const count = await store.chore("attempts", async ({ rows }) => {
    const { rows: counted } = await sql<{ count: number }>`
      insert into simpul.attempts (bucket, since, count) values (${`${guarded} ${key}`.slice(0, 200)}, ${since}, 1)
      on conflict (bucket, since) do update set count = least(attempts.count + 1, 1000000)
      returning count`.execute(rows);
    return counted[0]!.count;
  });
  if (count <= most) return;
  const wait = Math.ceil((since.getTime() + within - now.getTime()) / 1000);
  throw new AccessError("TOO_MANY", `${guarded} ${count}`, { seconds: wait });
}

/** Throws away what is over: counted tries, challenges, codes, unspent proofs. The server runs it now and then. */
export async function tidy(store: OpenStore): Promise<void> {
  await store.chore("tidy access", async ({ rows, at }) => {
    const hourAgo = new Date(at.getTime() - 3_600_000);
    await sql`delete from simpul.attempts where since < ${hourAgo}`.execute(rows);
    await sql`delete from simpul.challenges where expires_at < ${at}`.execute(rows);
    await sql`delete from simpul.device_sign_ins where expires_at < ${hourAgo}`.execute(rows);
    await sql`delete from simpul.proofs where spent_at is null and expires_at < ${hourAgo}`.execute(rows);
  });
}
