// The queue: what is left behind gets done, once waiting per key, again after a failure, and dies in the open.
import { Id } from "@simpul/model";
import { sql } from "kysely";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { testStore } from "../../../testing/database.ts";
import { findJob, listJobs, pauseBefore, reviveJob, startWorker } from "../index.ts";
import type { JobHandler, OpenStore, RunningJob, Standing, Worker } from "../index.ts";
import { systemRandom } from "../keys/index.ts";

const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };
let offset = 0;
const clock = { now: () => new Date(Date.now() + offset) };
let store: OpenStore;
const workers: Worker[] = [];

beforeAll(async () => {
  ({ store } = await testStore({ migrations: [], clock }));
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

const work = (handlers: Record<string, JobHandler>, more: { leaseSeconds?: number } = {}): Worker => {
  const worker = startWorker({ store, handlers, pollMs: 60_000, ...more });
  workers.push(worker);
  return worker;
};
const leave = (kind: string, payload: unknown, key?: string): Promise<void> =>
  store.write(job, async (tx) => {
    await tx.enqueue({ kind, payload, ...(key === undefined ? {} : { key }) });
    tx.note("job.left", {});
  });
const all = () =>
  store.read(job, (db) =>
    sql<{ id: Id; kind: string; state: string }>`select id, kind, state from simpul.jobs`.execute(db.rows),
  );

test("a job left behind wakes the worker, and its progress can be watched", async () => {
  const seen: unknown[] = [];
  work({
    greet: {
      run: async ({ payload, progress }) => {
        await progress({ done: 1, of: 2 });
        seen.push(payload);
      },
    },
  });
  const watched = new Promise<void>((resolve) => {
    store.wakes.on("job:", () => {
      resolve();
    });
  });
  await leave("greet", { to: "Dara" });
  await watched;
  await workers[0]!.idle();
  expect(seen).toEqual([{ to: "Dara" }]);
  const [line] = await store.read(job, (db) => listJobs(db, "done"));
  expect(line).toMatchObject({ kind: "greet", attempts: 1, progress: { done: 1, of: 2 }, lastError: null });
});

test("one job per key waits, whoever leaves it", async () => {
  await Promise.all([leave("index", 1, "case:7"), leave("index", 2, "case:7"), leave("index", 3, "case:8")]);
  const seen: unknown[] = [];
  await work({ index: { run: ({ payload }) => Promise.resolve(void seen.push(payload)) } }).idle();
  expect(seen).toHaveLength(2);
});

test("a job of a change that failed is not left behind", async () => {
  const act = store.write(job, async (tx) => {
    await tx.enqueue({ kind: "ghost", payload: null });
    throw new Error("no");
  });
  await expect(act).rejects.toThrow("no");
  expect((await all()).rows.filter((row) => row.kind === "ghost")).toEqual([]);
});

test("two workers share a queue without doing anything twice", async () => {
  const seen: number[] = [];
  const run = async ({ payload }: RunningJob): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    seen.push(payload as number);
  };
  await Promise.all(Array.from({ length: 30 }, (_, i) => leave("share", i)));
  await Promise.all([work({ share: { run } }).idle(), work({ share: { run } }).idle()]);
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
});

test("a failing job is tried again later, then dies where people see it, and can be revived", async () => {
  let fail = true;
  const failed: boolean[] = [];
  const worker = startWorker({
    store,
    handlers: {
      hard: {
        tries: 3,
        run: () => (fail ? Promise.reject(new Error("the peer is down")) : Promise.resolve()),
      },
    },
    failed: (about) => failed.push(about.dead),
  });
  workers.push(worker);
  await leave("hard", null);
  for (let i = 0; i < 3; i++) {
    await worker.idle();
    offset += 3_600_000;
  }
  expect(failed).toEqual([false, false, true]);
  const [dead] = await store.read(job, (db) => listJobs(db, "dead"));
  expect(dead).toMatchObject({ kind: "hard", attempts: 3, lastError: "Error: the peer is down" });
  fail = false;
  await reviveJob(store, dead!.id);
  await worker.idle();
  expect(await store.read(job, (db) => findJob(db, dead!.id))).toMatchObject({ state: "done" });
  await expect(reviveJob(store, dead!.id)).rejects.toMatchObject({ code: "NO_JOB" });
  offset = 0;
});

test("a job whose worker fell silent is taken again when its lease runs out, and the silent one is told", async () => {
  let told = false;
  const seen: number[] = [];
  const silent = work(
    {
      slow: {
        run: ({ signal, attempt }) =>
          new Promise((resolve, reject) => {
            seen.push(attempt);
            if (attempt === 2) {
              resolve();
              return;
            }
            signal.addEventListener("abort", () => {
              told = true;
              reject(new Error("aborted"));
            });
          }),
      },
    },
    { leaseSeconds: 1 },
  );
  await leave("slow", null);
  await expect.poll(() => seen).toEqual([1]);
  // What the silent worker's machine would do: nothing. Its lease is ended by hand.
  await store.chore("test", ({ rows }) =>
    sql`update simpul.jobs set leased_until = now() - interval '1 second' where kind = 'slow'`.execute(rows),
  );
  await work({ slow: { run: ({ attempt }) => Promise.resolve(void seen.push(attempt)) } }).idle();
  expect(seen).toEqual([1, 2]);
  await expect.poll(() => told).toBe(true);
  await silent.stop();
  expect((await all()).rows.filter((row) => row.kind === "slow")).toMatchObject([{ state: "done" }]);
});

test("a stopped worker gives its job back untouched", async () => {
  const worker = work({
    long: {
      run: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stop")))),
    },
  });
  await leave("long", null);
  await expect.poll(async () => (await all()).rows.find((row) => row.kind === "long")?.state).toBe("running");
  await worker.stop();
  const line = (await all()).rows.find((row) => row.kind === "long")!;
  expect(await store.read(job, (db) => findJob(db, line.id))).toMatchObject({
    state: "waiting",
    attempts: 0,
  });
});

test("a worker stopped just when it has taken a job does not begin it", async () => {
  const begun: number[] = [];
  const alive = store.alive.bind(store);
  let stopping = null as Promise<void> | null;
  // The stop comes while the job is being taken.
  const taking = vi.spyOn(store, "alive").mockImplementation(async () => {
    const by = await alive();
    stopping ??= worker.stop();
    return by;
  });
  await leave("never", null);
  const worker: Worker = work({
    never: {
      run: ({ signal, attempt }) =>
        new Promise((_, reject) => {
          begun.push(attempt);
          signal.addEventListener("abort", () => {
            reject(new Error("stop"));
          });
        }),
    },
  });
  await expect.poll(() => stopping).not.toBeNull();
  await stopping;
  taking.mockRestore();
  expect(begun).toEqual([]);
  expect((await all()).rows.filter((row) => row.kind === "never")).toMatchObject([{ state: "waiting" }]);
});

test("pauses grow, never past ten minutes, and are spread", () => {
  for (let attempt = 2; attempt < 80; attempt++) {
    const [low, high] = [pauseBefore(attempt, 0), pauseBefore(attempt, 1)];
    expect(low).toBeGreaterThanOrEqual(1_000);
    expect(high).toBeLessThanOrEqual(600_000);
    expect(high).toBe(2 * low);
    expect(pauseBefore(attempt + 1, 0)).toBeGreaterThanOrEqual(low);
  }
  expect(systemRandom.bytes(4)).toHaveLength(4);
});
