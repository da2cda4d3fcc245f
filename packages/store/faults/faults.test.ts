// The store under faults: killed processes, cut connections, a server that goes away, a clock that is wrong.
import { Id } from "@simpul/model";
import { sql } from "kysely";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../../testing/database.ts";
import type { TestStore } from "../../../testing/database.ts";
import { rounds } from "../../../testing/whole.ts";
import { startWorker } from "../index.ts";
import type { OpenStore, Standing } from "../index.ts";
import { fileURLToPath } from "node:url";
import { killed } from "./kill.ts";

const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };
const tables = [new URL("./tables/", import.meta.url)];
const child = fileURLToPath(new URL("./write-child.ts", import.meta.url));
let offset = 0;
let made: TestStore;
let store: OpenStore;
beforeAll(async () => {
  made = await testStore({ migrations: tables, clock: { now: () => new Date(Date.now() + offset) } });
  ({ store } = made);
});

const ask = async <R>(text: string): Promise<R[]> =>
  store.read(job, async (db) => (await sql.raw<R>(text).execute(db.rows)).rows);

test(
  "writers killed again and again at random moments leave each change with its leaf, job and envelope, or nothing",
  { timeout: 120_000 },
  async () => {
    const promised: string[] = [];
    for (let round = 0; round < rounds(5, 10); round++)
      promised.push(...(await killed(child, [made.url, "write"], 80)));
    const [odd] = await ask<Record<string, number>>(`select
    (select count(*) from simpul.notebook n where not exists (
      select from simpul.leaves l where l.about_id = n.id and l.kind = 'notebook.written')) as without_leaf,
    (select count(*) from simpul.leaves l where kind = 'notebook.written' and not exists (
      select from simpul.notebook n where n.id = l.about_id)) as without_page,
    (select count(*) from simpul.notebook n where not exists (
      select from simpul.jobs j where j.payload->>'id' = n.id::text)) as without_job,
    (select count(*) from simpul.notebook n where not exists (select from simpul.outbox o where o.id = n.id)) as without_letter`);
    expect(odd).toEqual({ without_leaf: 0, without_page: 0, without_job: 0, without_letter: 0 });
    // What a writer was told is kept, is kept.
    const kept = new Set((await ask<{ id: string }>("select id from simpul.notebook")).map((row) => row.id));
    expect(promised.length).toBeGreaterThan(10);
    for (const id of promised) expect(kept.has(id), id).toBe(true);
  },
);

test(
  "workers killed again and again finish every job in the end, each effect once",
  { timeout: 120_000 },
  async () => {
    const waiting = await ask("select 1 from simpul.jobs");
    expect(waiting.length).toBeGreaterThan(20);
    for (let round = 0; round < rounds(3, 6); round++) {
      const left = await ask("select 1 from simpul.jobs where state <> 'done' limit 1");
      if (left.length === 0) break;
      // Few enough per life that work is left for the next one.
      await killed(child, [made.url, "work"], 15);
    }
    const worker = startWorker({
      store,
      pollMs: 100,
      handlers: {
        count: {
          async run({ payload }) {
            const { id } = payload as { id: Id };
            await store.write(job, async (tx) => {
              const changed =
                await sql`update simpul.notebook set count = count + 1 where id = ${id} and count = 0`.execute(
                  tx.rows,
                );
              if (changed.numAffectedRows === 1n) tx.note("notebook.counted", { id });
            });
          },
        },
      },
    });
    await expect
      .poll(() => ask("select state, count(*) from simpul.jobs group by state"), { timeout: 60_000 })
      .toEqual([{ state: "done", count: waiting.length }]);
    await worker.stop();
    expect(await ask("select distinct count from simpul.notebook")).toEqual([{ count: 1 }]);
    const [leaves] = await ask<{ leaves: number }>(
      "select count(*) as leaves from simpul.leaves where kind = 'notebook.counted'",
    );
    expect(leaves).toEqual({ leaves: waiting.length });
  },
);

test("a connection cut in the middle of a change keeps nothing of it, and the next change works", async () => {
  const id = Id.make(store);
  const act = store.write(job, async (tx) => {
    await sql`insert into simpul.notebook values (${id}, 'cut', 0)`.execute(tx.rows);
    tx.note("notebook.written", { id });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.rows);
    const other = new pg.Client(made.url);
    await other.connect();
    await other.query("select pg_terminate_backend($1)", [rows[0]!.pid]);
    await other.end();
    await sql`select 1`.execute(tx.rows);
  });
  await expect(act).rejects.toMatchObject({ code: "TRANSACTION_LOST" });
  expect(await ask(`select 1 from simpul.notebook where id = '${id}'`)).toEqual([]);
  await store.write(job, async (tx) => {
    await sql`insert into simpul.notebook values (${id}, 'whole', 0)`.execute(tx.rows);
    tx.note("notebook.written", { id });
  });
  expect(await ask(`select text from simpul.notebook where id = '${id}'`)).toEqual([{ text: "whole" }]);
});

test("all idle connections cut at once are replaced without anybody noticing", async () => {
  await Promise.all(Array.from({ length: 6 }, () => store.ping()));
  const other = new pg.Client(made.url);
  await other.connect();
  await other.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await other.end();
  await expect
    .poll(() =>
      store.ping().then(
        () => "up",
        () => "down",
      ),
    )
    .toBe("up");
  await Promise.all(Array.from({ length: 6 }, () => store.ping()));
  // The listener comes back as well.
  const heard = new Promise<string>((resolve) =>
    store.wakes.on("back:", (topic) => topic !== "back:" && resolve(topic)),
  );
  const late = setInterval(
    () =>
      void ask("select 1").then(async () => {
        const client = new pg.Client(made.url);
        await client.connect();
        await client.query("select pg_notify('simpul', 'x back:again')");
        await client.end();
      }),
    300,
  );
  expect(await heard).toBe("back:again");
  clearInterval(late);
});

test("an error swallowed inside a change does not commit half of it", async () => {
  const id = Id.make(store);
  const act = store.write(job, async (tx) => {
    await sql`insert into simpul.notebook values (${id}, 'half', 0)`.execute(tx.rows);
    await sql`select 1/0`.execute(tx.rows).catch(() => undefined);
    tx.note("notebook.written", { id });
  });
  await expect(act).rejects.toThrow();
  expect(await ask(`select 1 from simpul.notebook where id = '${id}'`)).toEqual([]);
});

test("with the clock an hour back, jobs run and leases hold; leaves keep the time the node believed", async () => {
  offset = -3_600_000;
  try {
    const ran: string[] = [];
    const worker = startWorker({
      store,
      handlers: { late: { run: () => Promise.resolve(void ran.push("late")) } },
    });
    const before = Id.make(store);
    await store.write(job, async (tx) => {
      await tx.enqueue({ kind: "late", payload: null });
      tx.note("notebook.late", { id: before });
    });
    await expect.poll(() => ran).toEqual(["late"]);
    await worker.stop();
    const [leaf] = await ask<{ at: Date }>(`select at from simpul.leaves where about_id = '${before}'`);
    expect(Math.abs(leaf!.at.getTime() - (Date.now() - 3_600_000))).toBeLessThan(60_000);
  } finally {
    offset = 0;
  }
});
