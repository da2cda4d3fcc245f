// A child process for fault tests: writes pages with their leaves, and works the queue, until it is killed.
import { sql } from "kysely";
import { openStore, startWorker } from "../index.ts";
import type { Standing } from "../index.ts";
import { systemClock, systemRandom } from "../keys/index.ts";

const [url, act] = process.argv.slice(2) as [string, string];
const store = await openStore({
  url,
  migrations: [new URL("./tables/", import.meta.url)],
  clock: systemClock,
  random: systemRandom,
  connections: 6,
});
const job: Standing = { actor: { kind: "job", name: "child" }, purpose: "administration" };

/** Each page goes with one leaf, one job and one envelope. */
async function writeOn(): Promise<never> {
  for (;;) {
    const id = await store.write(job, async (tx) => {
      const id = tx.newId();
      await sql`insert into simpul.notebook values (${id}, 'page', 0)`.execute(tx.rows);
      await tx.enqueue({ kind: "count", payload: { id } });
      await tx.send({ id, to: "kh" as never, kind: "page", body: { id } });
      tx.note("notebook.written", { id });
      return id;
    });
    process.stdout.write(`${id}\n`);
  }
}

if (act === "write") await Promise.all([writeOn(), writeOn(), writeOn()]);
else {
  startWorker({
    store,
    leaseSeconds: 1,
    parallel: 3,
    handlers: {
      count: {
        tries: 1_000,
        async run({ payload }) {
          const { id } = payload as { id: string };
          await store.write(job, async (tx) => {
            // The job may run again after its change was kept: it looks first.
            const changed =
              await sql`update simpul.notebook set count = count + 1 where id = ${id} and count = 0`.execute(
                tx.rows,
              );
            if (changed.numAffectedRows === 1n) tx.note("notebook.counted", { id: id as never });
          });
          process.stdout.write(`${id}\n`);
        },
      },
    },
  });
  // The pool of an idle worker would let the process end.
  setInterval(() => undefined, 1_000);
}
