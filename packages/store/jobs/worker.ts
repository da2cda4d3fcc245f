// Works through the queue: takes a job under a lease, renews it while it runs, tries again, gives up in the open.
import { Id } from "@simpul/model";
import { sql } from "kysely";
import type { OpenStore } from "../open.ts";
import { StoreError } from "../errors.ts";

export interface RunningJob {
  id: Id;
  kind: string;
  payload: unknown;
  /** 1 at the first try. */
  attempt: number;
  /** Says how far it is; whoever watches `job:<id>` is woken. */
  progress: (value: unknown) => Promise<void>;
  /** Aborted when the worker stops or the lease went to somebody else. */
  signal: AbortSignal;
}

/**
 * What a kind of job does. It may run twice (a worker died after its last change), so it first looks whether its
 * work is done already.
 */
export interface JobHandler {
  run(job: RunningJob): Promise<void>;
  /** Tries before it is dead, 10 unless told otherwise. */
  tries?: number;
}

export interface WorkerSettings {
  store: OpenStore;
  handlers: Readonly<Record<string, JobHandler>>;
  /** Jobs at once in this process. */
  parallel?: number;
  /** A worker that says nothing for so long has died; what a process held that is known to be gone is taken at once. */
  leaseSeconds?: number;
  /** How often it looks without being woken. */
  pollMs?: number;
  /** Hears of every failed try. */
  failed?: (job: { id: Id; kind: string; attempt: number; dead: boolean }, error: unknown) => void;
}

export interface Worker {
  /** Takes no further job, aborts the running ones and waits for them. */
  stop(): Promise<void>;
  /** Resolves when no job is waiting that could run now; for tests and for commands that wait. */
  idle(): Promise<void>;
}

interface Taken {
  id: Id;
  kind: string;
  payload: unknown;
  attempts: number;
}

/** Starts working. Several processes may do so on one database. */
export function startWorker(given: WorkerSettings): Worker {
  return new QueueWorker(given);
}

class QueueWorker implements Worker {
  readonly #given: Required<Omit<WorkerSettings, "failed">> & Pick<WorkerSettings, "failed">;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #unlisten: () => void;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(given: WorkerSettings) {
    this.#given = { parallel: 2, leaseSeconds: 30, pollMs: 2_000, ...given };
    this.#unlisten = given.store.wakes.on("jobs", () => void this.#look());
    this.#timer = setInterval(() => void this.#look(), this.#given.pollMs).unref();
    void this.#look();
  }

  /** Fills the free places; one look at a time, and one more when somebody woke us meanwhile. */
  #look(): Promise<void> {
    this.#again = true;
    this.#looking ??= (async () => {
      while (this.#again && !this.#stop.signal.aborted) {
        this.#again = false;
        // Without a database there is nothing to do but to look again at the next turn.
        await this.#fill().catch(() => undefined);
      }
      this.#looking = null;
    })();
    return this.#looking;
  }

  async #fill(): Promise<void> {
    while (this.#running.size < this.#given.parallel && !this.#stop.signal.aborted) {
      const lease = Id.make(this.#given.store);
      const job = await this.#take(lease);
      if (job === null) return;
      const work = this.#work(job, lease).finally(() => {
        this.#running.delete(work);
        void this.#look();
      });
      this.#running.add(work);
    }
  }

  async #take(lease: Id): Promise<Taken | null> {
    const { store, handlers, leaseSeconds } = this.#given;
    const by = await store.alive();
    const kinds = Object.keys(handlers);
    return store.chore("work", async ({ rows, at }) => {
      // Leases run by the database's clock, which all processes share; the waiting time by the clock that set it.
      const take = (condition: ReturnType<typeof sql>) =>
        sql<Taken>`update simpul.jobs set state = 'running', lease = ${lease}, leased_by = ${by}, attempts = attempts + 1,
            leased_until = now() + make_interval(secs => ${leaseSeconds})
          where id = (select id from simpul.jobs where kind = any(${kinds}) and ${condition} limit 1 for update skip locked)
          returning id, kind, payload, attempts`.execute(rows);
      const fresh = await take(sql`state = 'waiting' and run_after <= ${at} order by run_after, id`);
      if (fresh.rows[0]) return fresh.rows[0];
      const left = await take(
        sql`state = 'running' and (leased_until < now() or simpul.process_gone(leased_by)) order by leased_until`,
      );
      return left.rows[0] ?? null;
    });
  }

  async #work(job: Taken, lease: Id): Promise<void> {
    const { store, handlers, leaseSeconds } = this.#given;
    // One signal per job, aborted by hand: what AbortSignal.any gives may be collected in Node 20 while a job still listens to it.
    const ended = new AbortController();
    const { signal } = ended;
    const stop = (): void => {
      ended.abort(this.#stop.signal.reason);
    };
    this.#stop.signal.addEventListener("abort", stop, { once: true });
    const renew = setInterval(
      () => {
        this.#renew(job.id, lease).then(
          (ours) => {
            if (!ours) ended.abort(new StoreError("NO_JOB", "the lease went to another worker"));
          },
          () => undefined,
        );
      },
      (leaseSeconds * 1_000) / 3,
    );
    const progress = async (value: unknown): Promise<void> => {
      await store.chore("work", ({ rows }) =>
        sql`update simpul.jobs set progress = ${JSON.stringify(value)}::jsonb where id = ${job.id} and lease = ${lease}`.execute(
          rows,
        ),
      );
      store.wakes.wake(`job:${job.id}`);
    };
    try {
      // Stopped between taking and running: whoever listens only now would wait forever.
      this.#stop.signal.throwIfAborted();
      await handlers[job.kind]!.run({ ...job, attempt: job.attempts, progress, signal });
      await this.#end(job, lease, null);
    } catch (error) {
      await this.#end(job, lease, error).catch(() => undefined);
    } finally {
      clearInterval(renew);
      this.#stop.signal.removeEventListener("abort", stop);
    }
  }

  #renew(id: Id, lease: Id): Promise<boolean> {
    return this.#given.store.chore("work", async ({ rows }) => {
      const kept =
        await sql`update simpul.jobs set leased_until = now() + make_interval(secs => ${this.#given.leaseSeconds})
        where id = ${id} and lease = ${lease}`.execute(rows);
      return kept.numAffectedRows === 1n;
    });
  }

  async #end(job: Taken, lease: Id, error: unknown): Promise<void> {
    const { store, handlers, failed } = this.#given;
    // A stop is no failure: the job waits for the next start and keeps its tries.
    const stopped = error !== null && this.#stop.signal.aborted;
    const dead = error !== null && !stopped && job.attempts >= (handlers[job.kind]!.tries ?? 10);
    const pause = stopped ? 0 : pauseBefore(job.attempts + 1, store.random.bytes(1)[0]! / 255);
    const text = error === null ? null : says(error).slice(0, 2_000);
    if (error !== null && !stopped)
      failed?.({ id: job.id, kind: job.kind, attempt: job.attempts, dead }, error);
    const close = (state: "done" | "dead") =>
      store.chore("work", ({ rows, at }) =>
        sql`update simpul.jobs set state = ${state}, lease = null, leased_until = null, ended_at = ${at}, last_error = ${text}
        where id = ${job.id} and lease = ${lease}`.execute(rows),
      );
    if (error === null || dead) {
      await close(dead ? "dead" : "done");
    } else {
      const back = store.chore("work", ({ rows, at }) =>
        sql`update simpul.jobs set state = 'waiting', lease = null, leased_until = null, last_error = ${text},
            attempts = attempts - ${stopped ? 1 : 0}, run_after = ${new Date(at.getTime() + pause)}
          where id = ${job.id} and lease = ${lease}`.execute(rows),
      );
      // A newer one with the same key waits already and does this one's work.
      await back.catch((refused: unknown) => {
        if ((refused as { code?: string }).code !== "23505") throw refused;
        return close("done");
      });
    }
    store.wakes.wake(`job:${job.id}`);
  }

  async idle(): Promise<void> {
    for (;;) {
      await this.#look();
      if (this.#running.size === 0) return;
      await Promise.race(this.#running);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unlisten();
    this.#stop.abort(new StoreError("CLOSED", "the worker stops"));
    await this.#looking;
    await Promise.all(this.#running);
  }
}

/** Two seconds, then twice as long each time up to ten minutes, spread by half so that many do not come at once. */
export function pauseBefore(attempt: number, chance: number): number {
  const full = Math.min(2_000 * 2 ** Math.max(0, attempt - 2), 600_000);
  return Math.round(full * (0.5 + chance / 2));
}

const says = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
