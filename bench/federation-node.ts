// One of the five nodes of the bench of a federation, in a process that is killed: writes letters, sends, takes in.
import { openExchange, readNodeKeys } from "../packages/exchange/index.ts";
import { NodeCode } from "@simpul/model";
import { openStore, type Standing } from "@simpul/store";
import { systemClock as clock, systemRandom as random } from "@simpul/store/keys";
import { sql } from "kysely";

export interface Asked {
  url: string;
  keys: string;
  port: number;
  others: string[];
  /** To each of the others, until the bench says that it is enough. */
  everyMs: number;
}

const asked = JSON.parse(process.argv[2]!) as Asked;
const desk: Standing = { actor: { kind: "job", name: "desk" }, purpose: "administration" };
const store = await openStore({ url: asked.url, migrations: [], clock, random, connections: 4 });

/** How many letters each of the others has been written by the processes before this one. */
const written = async (to: string): Promise<number> => {
  const { rows } = await store.chore("bench", (keeper) =>
    sql<{ n: number }>`select count(*) as n from simpul.outbox where peer = ${to}`.execute(keeper.rows),
  );
  return rows[0]!.n;
};
const nth = new Map<string, number>();
for (const to of asked.others) nth.set(to, await written(to));

await openExchange({
  store,
  keys: readNodeKeys(asked.keys),
  clock,
  random,
  port: asked.port,
  host: "127.0.0.1",
  mayLeave: () => Promise.resolve({ kind: "may" }),
  // What a feature would do: something that is kept with the envelope, or not at all.
  onEnvelope(tx, envelope) {
    tx.note("bench.taken", { id: envelope.id });
    return Promise.resolve();
  },
  failed: () => undefined,
  pace: {
    firstRetryMs: 100,
    longestRetryMs: 2_000,
    pollMs: 250,
    headsMs: 4_000,
    timeoutMs: 5_000,
    aheadMs: 300,
  },
});

const enough = new AbortController();
process.on("message", () => enough.abort());
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

while (!enough.signal.aborted)
  for (const to of asked.others) {
    const count = nth.get(to)!;
    const id = await store.write(desk, async (tx) => {
      const body = { nth: count, text: "EXERCISE: who owns this number? ".repeat(10) };
      const letter = tx.newId();
      await tx.send({ id: letter, to: NodeCode.parse(to), kind: "bench.letter", body });
      tx.note("bench.written", { id: letter });
      return letter;
    });
    nth.set(to, count + 1);
    // From here on it is promised.
    process.send?.({ to, id });
    await new Promise((resolve) => setTimeout(resolve, asked.everyMs));
  }
