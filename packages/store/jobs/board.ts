// What waits, runs and died in the queue, for the screens of administrators and for `doctor`.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { Keeper, OpenStore } from "../open.ts";
import { StoreError } from "../errors.ts";

export interface JobLine {
  id: Id;
  kind: string;
  state: "waiting" | "running" | "done" | "dead";
  attempts: number;
  createdAt: Date;
  runAfter: Date;
  progress: unknown;
  lastError: string | null;
}

const line = sql`id, kind, state, attempts, created_at as "createdAt", run_after as "runAfter", progress,
  last_error as "lastError"`;

/** One job, null when it is not there (any more). */
export async function findJob(db: { rows: Keeper["rows"] }, id: Id): Promise<JobLine | null> {
  const found = await sql<JobLine>`select ${line} from simpul.jobs where id = ${id}`.execute(db.rows);
  return found.rows[0] ?? null;
}

/** Jobs in a state, newest first, at most 200. */
export async function listJobs(
  db: { rows: Keeper["rows"] },
  state: JobLine["state"],
  limit = 50,
): Promise<JobLine[]> {
  const found = await sql<JobLine>`select ${line} from simpul.jobs where state = ${state}
    order by created_at desc, id desc limit ${Math.min(limit, 200)}`.execute(db.rows);
  return found.rows;
}

/** Lets a dead job try again from the start; throws `NO_JOB` when there is no such dead one. */
export async function reviveJob(store: OpenStore, id: Id): Promise<void> {
  const changed = await store.chore("revive", async ({ rows, at }) => {
    const done =
      await sql`update simpul.jobs set state = 'waiting', attempts = 0, run_after = ${at}, ended_at = null
      where id = ${id} and state = 'dead'`.execute(rows);
    return done.numAffectedRows;
  });
  if (changed !== 1n) throw new StoreError("NO_JOB", id);
  store.wakes.wake("jobs");
}

/** Forgets jobs that ended well before `until`; dead ones stay for people to see. */
export async function forgetDone(store: OpenStore, until: Date): Promise<number> {
  return store.chore("forget", async ({ rows }) => {
    const done = await sql`delete from simpul.jobs where state = 'done' and ended_at < ${until}`.execute(
      rows,
    );
    return Number(done.numAffectedRows ?? 0n);
  });
}
