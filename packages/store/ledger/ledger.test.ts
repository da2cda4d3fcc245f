// The durable ledger on a real database: places, heads, proofs, cosigners, and what a restored node must not do.
import { setTimeout as pause } from "node:timers/promises";
import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from "node:crypto";
import {
  parseAddCheckpoint,
  parsePolicy,
  parseProofFile,
  proveLeaf,
  verifyConsistency,
} from "@simpul/ledger";
import type { Clock, JobActor } from "@simpul/model";
import { fromSpki, noteTypes, printVerifierKey, toSpki, utf8, verifierKey } from "@simpul/seal";
import type { Signer, Verifying } from "@simpul/seal";
import { testStore } from "@simpul/testing/database";
import { sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { systemClock, systemRandom } from "../keys/index.ts";
import { openStore } from "../open.ts";
import type { OpenStore } from "../open.ts";
import { Ledger } from "./ledger.ts";
import type { LedgerTables } from "./tables.ts";

const engine: Verifying = {
  hash: (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  verify(key, message, signature) {
    const spki = createPublicKey({ key: Buffer.from(toSpki(key)), format: "der", type: "spki" });
    return verify(null, message, spki, signature);
  },
};
const job: JobActor = { kind: "job", name: "exercise" };

async function ledgerOf(
  code: string,
  seconds = 60,
  clock: Clock = systemClock,
): Promise<{
  store: OpenStore;
  url: string;
  ledger: Ledger;
  signer: Signer;
  keys: ReturnType<typeof keysOf>;
}> {
  const { store, url } = await testStore({ migrations: [], clock });
  const pair = generateKeyPairSync("ed25519");
  const publicKey = fromSpki(new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" })));
  const signer: Signer = {
    publicKey,
    sign: (message) => new Uint8Array(sign(null, message, pair.privateKey)),
  };
  const keys = keysOf(code, publicKey);
  return {
    store,
    url,
    signer,
    keys,
    ledger: new Ledger({ store, engine, signer, keys, headEvery: { seconds, leaves: 500 } }),
  };
}
const keysOf = (code: string, publicKey: Uint8Array) => ({
  main: verifierKey(`${code}.simpul/main`, noteTypes.ed25519, publicKey, engine),
  reads: verifierKey(`${code}.simpul/reads`, noteTypes.ed25519, publicKey, engine),
  cosigner: verifierKey(`${code}.simpul/cosigner`, noteTypes.cosignature, publicKey, engine),
});

const note = (store: OpenStore, times: number): Promise<void> =>
  store.write({ actor: job, purpose: "administration" }, async (tx) => {
    for (let i = 0; i < times; i++) tx.note("exercise.noted", { nth: i });
    return Promise.resolve();
  });

const leavesOf = (store: OpenStore) =>
  store.chore("test", async (keeper) =>
    keeper.rows
      .withTables<LedgerTables>()
      .selectFrom("leaves")
      .selectAll()
      .where("log", "=", "main")
      .orderBy("index")
      .execute(),
  );

test("every act gets its place, and a proof of it holds under a head that another state cosigned", async () => {
  const id = await ledgerOf("id");
  const kh = await ledgerOf("kh");
  for (const times of [1, 300, 7]) {
    await note(id.store, times);
    await id.ledger.sequence(true);
  }
  const head = (await id.ledger.head("main"))!;
  expect(head.size).toBe(308);

  const asked = (await id.ledger.asksCosigner("main", 0))!;
  const answer = await kh.ledger.cosignFor(parseAddCheckpoint(utf8(asked.body))!, [id.keys.main]);
  expect(answer.kind).toBe("sign");
  await id.ledger.keepCosignature("main", asked.size, answer.line!, kh.keys.cosigner);

  const policy = parsePolicy(
    `log ${printVerifierKey(id.keys.main)}\nwitness kh ${printVerifierKey(kh.keys.cosigner)}\nquorum kh\n`,
    engine,
  );
  for (const leaf of [
    (await leavesOf(id.store))[0]!,
    (await leavesOf(id.store))[299]!,
    (await leavesOf(id.store))[307]!,
  ]) {
    const file = parseProofFile((await id.ledger.proofFile("main", leaf.id as never))!);
    const proven = await proveLeaf(leaf.hash, file, policy, engine);
    expect(proven.cosigned.map(({ key }) => key.name)).toEqual(["kh.simpul/cosigner"]);
    await expect(proveLeaf(engine.hash(leaf.hash), file, policy, engine)).rejects.toThrow("BAD_PROOF");
  }
});

test("each head continues the one before it", async () => {
  const { store, ledger } = await ledgerOf("id");
  const heads = [];
  for (const times of [3, 254, 1, 600]) {
    await note(store, times);
    await ledger.sequence(true);
    heads.push((await ledger.head("main"))!);
  }
  for (const [i, later] of heads.entries()) {
    for (const earlier of heads.slice(0, i)) {
      const proof = await ledger.consistency("main", earlier.size, later.size);
      verifyConsistency(
        { old: earlier.size, size: later.size, oldRoot: earlier.root, root: later.root, proof },
        engine,
      );
    }
  }
  expect((await ledger.tile("main", "tile/0/000"))!.length).toBe(8192);
  expect((await ledger.tile("main", "tile/entries/001.p/3"))!.length).toBe(3 * 34);
  expect(await ledger.tile("main", "tile/0/004")).toBeNull();
});

test("a cosigner signs no second history of the same length, and keeps the proof of the attempt", async () => {
  const kh = await ledgerOf("kh");
  const id = await ledgerOf("id");
  await note(id.store, 2);
  await id.ledger.sequence(true);
  const first = parseAddCheckpoint(utf8((await id.ledger.asksCosigner("main", 0))!.body))!;
  expect((await kh.ledger.cosignFor(first, [id.keys.main])).kind).toBe("sign");
  // Asked again with an old idea of our size: told the right one.
  expect(await kh.ledger.cosignFor(first, [id.keys.main])).toEqual({ kind: "conflict", size: 2 });

  const { store } = await testStore({ migrations: [] });
  const other = new Ledger({
    store,
    engine,
    signer: id.signer,
    keys: id.keys,
    headEvery: { seconds: 60, leaves: 500 },
  });
  await note(store, 2);
  await other.sequence(true);
  const second = parseAddCheckpoint(utf8((await other.asksCosigner("main", 2))!.body))!;
  expect(await kh.ledger.cosignFor(second, [id.keys.main])).toMatchObject({ kind: "refuse", status: 422 });
  const { rows } = await kh.store.chore("test", (keeper) =>
    sql`select * from simpul.split_views`.execute(keeper.rows),
  );
  expect(rows).toHaveLength(1);
});

test("a node restored from an old backup signs nothing below what its cosigners know", async () => {
  const { store, ledger } = await ledgerOf("id");
  await note(store, 5);
  await ledger.sequence(true);
  expect(await ledger.learnSize("main", 9)).toBe(true);
  await note(store, 1);
  await expect(ledger.sequence(true)).rejects.toThrow("BEHIND_COSIGNERS");
  expect((await ledger.head("main"))!.size).toBe(5);
});

test("heads are signed while leaves never stop coming", async () => {
  const { store, ledger } = await ledgerOf("id");
  const done = new AbortController();
  const noting = (async () => {
    while (!done.signal.aborted) await note(store, 20);
  })();
  const sequencing = (async () => {
    while (!done.signal.aborted) await ledger.sequence(true);
  })();
  await expect
    .poll(async () => (await ledger.head("main"))?.size ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(100);
  done.abort();
  await Promise.all([noting, sequencing]);
});

test("a clock that was a day ahead and is set right keeps no head back", async () => {
  let offMs = 86_400_000;
  const { store, ledger } = await ledgerOf("la", 0.01, { now: () => new Date(Date.now() + offMs) });
  await note(store, 1);
  await ledger.sequence();
  offMs = 0;
  await note(store, 1);
  await pause(20);
  await ledger.sequence();
  expect(await ledger.head("main")).toMatchObject({ size: 2 });
});

test("while people read without a pause, an act still comes under a head in time", async () => {
  const { store, ledger } = await ledgerOf("id", 1);
  ledger.run(() => undefined);
  const done = new AbortController();
  const reading = (async () => {
    while (!done.signal.aborted) {
      await store.read({ actor: job, purpose: "administration" }, (db) => {
        db.noteRead("exercise.read", {});
        return Promise.resolve();
      });
      await pause(20);
    }
  })();
  // The second act comes when the head over the first was just signed, so that its own is not due yet.
  for (const acts of [1, 2]) {
    await note(store, 1);
    await expect.poll(async () => (await ledger.head("main"))?.size, { timeout: 10_000 }).toBe(acts);
  }
  done.abort();
  await reading;
  await ledger.stop();
});

test("acts of the moments in which the listener was cut off get their places when it is back", async () => {
  const { store, ledger, url } = await ledgerOf("id");
  const other = await openStore({
    url,
    migrations: [],
    clock: systemClock,
    random: systemRandom,
    connections: 2,
  });
  ledger.run(() => undefined);
  await note(other, 1);
  const placed = async () => (await leavesOf(store)).filter((leaf) => leaf.index !== null).length;
  await expect.poll(placed, { timeout: 10_000 }).toBe(1);
  const cutting = new pg.Client({ connectionString: url });
  await cutting.connect();
  const cut = await cutting.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'simpul wakes' and datname = current_database()`,
  );
  expect(cut.rows.length).toBeGreaterThan(0);
  await cutting.end();
  // From another process of the node, whose wake does not reach this one now; the next look would be in a minute.
  await note(other, 1);
  await expect.poll(placed, { timeout: 10_000 }).toBe(2);
  await ledger.stop();
  await other.close();
});

test("a restored node that grows past what its cosigners know still signs nothing", async () => {
  const { store, ledger } = await ledgerOf("id");
  await note(store, 5);
  await ledger.sequence(true);
  await ledger.learnSize("main", 9);
  await note(store, 20);
  await expect(ledger.sequence(true)).rejects.toThrow("BEHIND_COSIGNERS");
  expect((await ledger.head("main"))!.size).toBe(5);
});
