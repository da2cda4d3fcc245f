// What the store promises to those who read and write through it.
import { createHash } from "node:crypto";
import { Id } from "@simpul/model";
import type { Officer } from "@simpul/model";
import { sql } from "kysely";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import type { TestStore } from "../../testing/database.ts";
import { inTurn, type OpenStore, type Standing, type Writer } from "./index.ts";
import { systemClock, systemRandom } from "./keys/index.ts";

const id = (): Id => Id.make({ clock: systemClock, random: systemRandom });
const sari: Officer = {
  kind: "officer",
  id: id(),
  node: "id" as never,
  agency: id(),
  agencyKind: "cyber-crime",
  desk: id(),
  roles: ["investigator"],
  provenAt: null,
};
const standing: Standing = { actor: sari, purpose: "crime-investigation" };
const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "administration" };

let made: TestStore;
let store: OpenStore;
beforeAll(async () => {
  made = await testStore({ migrations: [new URL("./faults/tables/", import.meta.url)] });
  ({ store } = made);
});

// A type, not an interface: Kysely asks for an index signature.
type Tables = { "simpul.notebook": { id: string; text: string; count: number } };

const owner = async <R extends pg.QueryResultRow>(text: string): Promise<R[]> => {
  const client = new pg.Client(made.url);
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
};

const logsAbout = async (record: Id): Promise<string[]> => {
  const found = await store.read(job, (db) =>
    sql<{ log: string }>`select log from simpul.leaves where about_id = ${record}`.execute(db.rows),
  );
  return found.rows.map((leaf) => leaf.log);
};

describe("a change", () => {
  test("of two that look and then write by what they saw, the second sees what the first wrote", async () => {
    const ours = `turn ${id()}`;
    const unlessThere = (key: string): Promise<boolean> =>
      store.write(job, async (tx) => {
        await inTurn(tx, key);
        const { rows } = await sql`select 1 from simpul.notebook where text = ${ours}`.execute(tx.rows);
        await new Promise((resolve) => setTimeout(resolve, 30));
        tx.note("notebook.looked", {});
        if (rows.length > 0) return false;
        const page = { id: tx.newId(), text: ours, count: 0 };
        await tx.rows.withTables<Tables>().insertInto("simpul.notebook").values(page).execute();
        return true;
      });
    const wrote = await Promise.all([1, 2, 3].map(() => unlessThere(ours)));
    expect(wrote.filter((one) => one)).toHaveLength(1);
  });

  test("is kept together with its leaf, whose hash is that of its salted record", async () => {
    const page = await store.write(standing, async (tx) => {
      const page = tx.newId();
      const rows = tx.rows.withTables<Tables>();
      await rows.insertInto("simpul.notebook").values({ id: page, text: "first", count: 0 }).execute();
      tx.note("notebook.written", { id: page });
      return page;
    });
    const [leaf] = await store.read(job, (db) =>
      sql<{
        record: string;
        salt: Buffer;
        hash: Buffer;
        actor: string;
        about_id: string;
        index: number | null;
      }>`
        select * from simpul.leaves where about_id = ${page}`
        .execute(db.rows)
        .then((found) => found.rows),
    );
    const inner = createHash("sha256").update(leaf!.record).digest();
    expect(createHash("sha256").update(leaf!.salt).update(inner).digest()).toEqual(leaf!.hash);
    expect(leaf).toMatchObject({ actor: `officer:${sari.id}`, about_id: page, index: null });
    expect(JSON.parse(leaf!.record)).toMatchObject({
      v: 1,
      log: "main",
      kind: "notebook.written",
      purpose: "crime-investigation",
      desk: sari.desk,
      about: { id: page },
    });
  });

  test("that leaves no leaf is refused, and nothing of it stays", async () => {
    const page = id();
    const act = store.write(standing, (tx) =>
      tx.rows
        .withTables<Tables>()
        .insertInto("simpul.notebook")
        .values({ id: page, text: "x", count: 0 })
        .execute(),
    );
    await expect(act).rejects.toMatchObject({ code: "NO_LEAF" });
    expect(await owner(`select 1 from simpul.notebook where id = '${page}'`)).toEqual([]);
  });

  test("that changed nothing after all needs no leaf", async () => {
    await expect(store.write(standing, () => Promise.resolve("nothing to do"))).resolves.toBe(
      "nothing to do",
    );
  });

  test("that fails half-way leaves neither rows nor leaf", async () => {
    const page = id();
    const act = store.write(standing, async (tx) => {
      await tx.rows
        .withTables<Tables>()
        .insertInto("simpul.notebook")
        .values({ id: page, text: "x", count: 0 })
        .execute();
      tx.note("notebook.written", { id: page });
      throw new Error("the light went out");
    });
    await expect(act).rejects.toThrow("the light went out");
    expect(await owner(`select 1 from simpul.notebook where id = '${page}'`)).toEqual([]);
    expect(await logsAbout(page)).toEqual([]);
  });

  test("of one row by many at once is tried again until none is lost", async () => {
    const page = id();
    const rowsOf = (tx: Writer) => tx.rows.withTables<Tables>();
    await store.write(standing, async (tx) => {
      await rowsOf(tx).insertInto("simpul.notebook").values({ id: page, text: "count", count: 0 }).execute();
      tx.note("notebook.written", { id: page });
    });
    const bump = () =>
      store.write(standing, async (tx) => {
        const rows = rowsOf(tx);
        const now = await rows
          .selectFrom("simpul.notebook")
          .select("count")
          .where("id", "=", page)
          .executeTakeFirstOrThrow();
        await rows
          .updateTable("simpul.notebook")
          .set({ count: now.count + 1 })
          .where("id", "=", page)
          .execute();
        tx.note("notebook.counted", { id: page });
      });
    await Promise.all(Array.from({ length: 6 }, bump));
    expect(await owner(`select count from simpul.notebook where id = '${page}'`)).toEqual([{ count: 6 }]);
  });

  test("cannot end its transaction, change its role or outlive it", async () => {
    for (const text of [
      "commit",
      "reset role",
      "rollback",
      "SET ROLE none",
      "begin",
      "copy simpul.leaves to stdout",
    ]) {
      const act = store.write(standing, (tx) => sql.raw(text).execute(tx.rows));
      await expect(act, text).rejects.toMatchObject({ code: "NOT_IN_HERE" });
    }
    const two = store.write(standing, (tx) => sql.raw("select 1; commit").execute(tx.rows));
    await expect(two).rejects.toThrow(/multiple commands/);
    let kept: unknown;
    await store.read(job, (db) => {
      kept = db.rows;
      return Promise.resolve();
    });
    await expect(sql`select 1`.execute(kept as never)).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("a reader", () => {
  test("cannot write", async () => {
    const act = store.read(standing, (db) => {
      db.noteRead("notebook.viewed", {});
      return db.rows.withTables<Tables>().deleteFrom("simpul.notebook").execute();
    });
    await expect(act).rejects.toMatchObject({ code: "READ_ONLY" });
  });

  test("who does not say what was read gets nothing", async () => {
    const act = store.read(standing, (db) =>
      db.rows.withTables<Tables>().selectFrom("simpul.notebook").selectAll().execute(),
    );
    await expect(act).rejects.toMatchObject({ code: "NO_READ_NOTE" });
  });

  test("has it in the read log before the rows are handed out", async () => {
    const page = id();
    const seen = await store.read(standing, async (db) => {
      await db.rows.withTables<Tables>().selectFrom("simpul.notebook").selectAll().execute();
      db.noteRead("notebook.viewed", { id: page });
      return "rows";
    });
    expect(seen).toBe("rows");
    expect(await logsAbout(page)).toEqual(["reads"]);
  });
});

test("a look that finds nothing and fails is kept in the read log too", async () => {
  const page = id();
  const look = store.read(standing, (db) => {
    db.noteRead("notebook.viewed", { id: page, found: false });
    return Promise.reject(new Error("NOT_FOUND"));
  });
  await expect(look).rejects.toThrow("NOT_FOUND");
  expect(await logsAbout(page)).toEqual(["reads"]);
});

describe("row security", () => {
  test("knows who acts, and forgets it with the transaction", async () => {
    const ask = sql<Record<string, unknown>>`select simpul.actor_kind() as kind, simpul.officer() as officer,
      simpul.agency() as agency, simpul.desk() as desk, simpul.has_role('investigator') as yes,
      simpul.has_role('oversight') as no, simpul.purpose() as purpose, simpul.is_job() as job,
      simpul.peer() as peer, current_user::text as role`;
    const asSari = await store.read(standing, (db) => {
      db.noteRead("test.asked", {});
      return ask.execute(db.rows);
    });
    expect(asSari.rows[0]).toEqual({
      kind: "officer",
      officer: sari.id,
      agency: sari.agency,
      desk: sari.desk,
      yes: true,
      no: false,
      purpose: "crime-investigation",
      job: false,
      peer: null,
      role: "simpul_app",
    });
    const asPeer = await store.read(
      { actor: { kind: "peer", node: "kh" as never }, purpose: "mutual-assistance" },
      (db) => {
        db.noteRead("test.asked", {});
        return ask.execute(db.rows);
      },
    );
    expect(asPeer.rows[0]).toMatchObject({ kind: "peer", officer: null, yes: false, job: false, peer: "kh" });
    const [bare] = await owner<{ officer: string | null; job: boolean }>(
      "select simpul.officer() officer, simpul.is_job() job",
    );
    expect(bare).toEqual({ officer: null, job: false });
  });

  test("holds for a statement whose plan is kept: whoever asks it on the same connection sees her own", async () => {
    const one = await testStore({
      migrations: [new URL("./faults/tables/", import.meta.url)],
      connections: 1,
    });
    const putri: Officer = { ...sari, id: id() };
    const hers = async (officer: Officer, named: string) => {
      const { rows } = await one.store.read(
        { actor: officer, purpose: "crime-investigation" },
        async (db) => {
          db.noteRead("test.asked", {});
          await sql`select id from simpul.seen_cases where id <> ${id()} order by id limit ${1}`.execute(
            db.rows,
          );
          return sql<{
            id: string;
          }>`select id from simpul.seen_cases where id = ${named} order by id`.execute(db.kept);
        },
      );
      return rows.map((row) => row.id);
    };
    const cases = [sari, putri].map((officer) => ({ officer, id: id() }));
    for (const { officer, id: its } of cases)
      await one.store.write({ actor: officer, purpose: "crime-investigation" }, async (tx) => {
        tx.note("test.made", {});
        await sql`insert into simpul.test_cases (id, officer_id) values (${its}, ${officer.id})`.execute(
          tx.rows,
        );
      });
    for (let round = 0; round < 4; round++)
      for (const { officer } of cases)
        for (const other of cases)
          expect(await hers(officer, other.id)).toEqual(officer === other.officer ? [other.id] : []);
    const kept = await one.store.read(job, (db) =>
      sql<{ generic: number; custom: number }>`select generic_plans as generic, custom_plans as custom
        from pg_prepared_statements where statement like '%seen_cases%'`.execute(db.rows),
    );
    expect(kept.rows).toEqual([{ generic: 16, custom: 0 }]);
  });

  test("lets nobody note in another's name, and chores touch only the node's own books", async () => {
    const forged = store.write(standing, (tx) =>
      sql`insert into simpul.leaves (log, id, at, actor, officer_id, purpose, kind, hash)
          values ('main', ${id()}, now(), 'officer:x', ${id()}, 'oversight', 'a.b', ${Buffer.alloc(32)})`.execute(
        tx.rows,
      ),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
    const reach = store.chore("test", (keeper) =>
      keeper.rows.withTables<Tables>().selectFrom("simpul.notebook").selectAll().execute(),
    );
    await expect(reach).rejects.toThrow(/permission denied/);
    const rewrite = store.chore("test", (keeper) =>
      sql`update simpul.leaves set record = '{}'`.execute(keeper.rows),
    );
    await expect(rewrite).rejects.toThrow(/permission denied/);
  });
});

test("who looks aside holds no connection of those that acts hold, so nobody waits for ever", async () => {
  const one = await testStore({ connections: 1, migrations: [] });
  const aside = (): Promise<unknown> => one.store.aside("test", (rows) => sql`select 1`.execute(rows));
  // More acts than connections, each of which looks aside while it holds one.
  await Promise.all([
    ...Array.from({ length: 6 }, () =>
      one.store.write(job, async (tx) => {
        await aside();
        tx.note("test.looked", {});
      }),
    ),
    one.store.read(job, aside),
    one.store.chore("test", aside),
  ]);
  await expect(
    one.store.aside("test", (rows) => sql`update simpul.jobs set priority = 0`.execute(rows)),
  ).rejects.toThrow(/read-only|permission|column/);
});

test("listeners hear a wake in this process at once and in another one soon", async () => {
  const heard: string[] = [];
  const stop = store.wakes.on("case:", (topic) => heard.push(topic));
  store.wakes.wake("case:1");
  store.wakes.wake("jobs");
  expect(heard).toEqual(["case:1"]);
  const far = new Promise<string>((resolve) =>
    store.wakes.on("far:", (topic) => topic !== "far:" && resolve(topic)),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  await owner("select pg_notify('simpul', 'another far:news')");
  expect(await far).toBe("far:news");
  stop();
});
