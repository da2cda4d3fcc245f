// What waits, runs and died in the queue and in the outbox, as numbers: for health, figures and `doctor`.
import { sql } from "kysely";
import type { OpenStore } from "./open.ts";

export interface WorkState {
  jobs: {
    waiting: number;
    running: number;
    dead: number;
    /** Jobs whose worker is gone: the lease ran out and nobody took them. */
    abandoned: number;
    /** Seconds for which the oldest job that may run has waited; 0 when none does. */
    oldest: number;
  };
  /** One per state that something waits for or that something was given up for. */
  outbox: { peer: string; waiting: number; dead: number; refused: number; oldest: number }[];
}

const numbers = (row: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));

export function workState(store: Pick<OpenStore, "chore">): Promise<WorkState> {
  return store.chore("health", async ({ rows, at }) => {
    const jobs = await sql<Record<string, string>>`
      select count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'running') as running,
        count(*) filter (where state = 'dead') as dead,
        count(*) filter (where state = 'running' and leased_until < ${at}) as abandoned,
        coalesce(extract(epoch from ${at}::timestamptz
          - min(run_after) filter (where state = 'waiting' and run_after <= ${at})), 0) as oldest
      from simpul.jobs where state in ('waiting', 'running', 'dead')`.execute(rows);
    const outbox = await sql<Record<string, string> & { peer: string }>`
      select peer, count(*) filter (where state in ('waiting', 'sending')) as waiting,
        count(*) filter (where state = 'dead') as dead, count(*) filter (where state = 'refused') as refused,
        coalesce(extract(epoch from ${at}::timestamptz
          - min(created_at) filter (where state in ('waiting', 'sending'))), 0) as oldest
      from simpul.outbox where state in ('waiting', 'sending', 'dead', 'refused')
      group by peer order by peer`.execute(rows);
    return {
      jobs: numbers(jobs.rows[0]!) as unknown as WorkState["jobs"],
      outbox: outbox.rows.map(({ peer, ...row }) => ({ peer, ...numbers(row) })) as WorkState["outbox"],
    };
  });
}
