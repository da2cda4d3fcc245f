// A job as a row: how one is left behind in the transaction of the change that needs it.
import { Id } from "@simpul/model";
import type { Clock, Random } from "@simpul/model";
import { CompiledQuery } from "kysely";
import type { NewJob } from "../contract.ts";

/** The statement that queues a job; a second waiting one of the same kind and key changes nothing. */
export function enqueueRow(job: NewJob, from: { clock: Clock; random: Random }, at: Date): CompiledQuery {
  // No conflict target: naming one would need the right to read the table.
  return CompiledQuery.raw(
    `insert into simpul.jobs (id, kind, key, payload, created_at, run_after)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [Id.make(from), job.kind, job.key ?? null, JSON.stringify(job.payload ?? null), at, job.runAfter ?? at],
  );
}
