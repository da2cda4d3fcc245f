// Durable ledger entries a second beside a plain INSERT of the same rows, and what a proof costs as the log grows.
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { leafHash, verifyInclusion } from "@simpul/ledger";
import type { JobActor } from "@simpul/model";
import { noteTypes, verifierKey } from "@simpul/seal";
import { Ledger, openStore } from "@simpul/store";
import { newSigner, nodeVerifying as engine, systemClock, systemRandom } from "@simpul/store/keys";
import { startServer } from "@simpul/store/launcher";
import type { DatabaseServer } from "@simpul/store/launcher";
import pg from "pg";
import { median, type Figure } from "./figure.ts";

const job: JobActor = { kind: "job", name: "bench" };
/** Leaves of one transaction, as of an import; and how many in one run. */
const perWrite = 500;
const perRun = 10_000;
const runs = 5;
const proofs = 200;

async function openLedger(server: DatabaseServer) {
  const url = await server.database("bench_ledger");
  const store = await openStore({ url, migrations: [], clock: systemClock, random: systemRandom });
  const signer = newSigner();
  const named = (name: string, type: 1 | 4 = noteTypes.ed25519) =>
    verifierKey(`bench.simpul/${name}`, type, signer.publicKey, engine);
  const keys = {
    main: named("main"),
    reads: named("reads"),
    cosigner: named("cosigner", noteTypes.cosignature),
  };
  const ledger = new Ledger({ store, engine, signer, keys, headEvery: { seconds: 60, leaves: 500 } });
  return { url, store, ledger };
}
type Opened = Awaited<ReturnType<typeof openLedger>>;

const note = ({ store }: Opened, count: number): Promise<void> =>
  store.write({ actor: job, purpose: "administration" }, (tx) => {
    for (let i = 0; i < count; i++) tx.note("bench.noted", { nth: i });
    return Promise.resolve();
  });

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
};

/** Leaves noted by acts, given their places in the tree, under a signed head, on the disk. */
async function append(opened: Opened): Promise<void> {
  for (let done = 0; done < perRun; done += perWrite) await note(opened, perWrite);
  await opened.ledger.sequence(true);
}

/** The same rows in the same batches, into a table with the same columns and the same primary key, and nothing else. */
async function plainInsert(client: pg.Client): Promise<void> {
  const at = new Date();
  for (let done = 0; done < perRun; done += perWrite) {
    const ids = Array.from({ length: perWrite }, () => {
      const hex = randomBytes(16).toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    });
    await client.query(
      `insert into bench_plain select 'main', id, $2, 'job:bench', 'administration', 'bench.noted', record, salt, hash
       from unnest($1::uuid[], $3::text[], $4::bytea[], $5::bytea[]) as given (id, record, salt, hash)`,
      [
        ids,
        at,
        ids.map((id, nth) =>
          JSON.stringify({ v: 1, log: "main", id, at, kind: "bench.noted", about: { nth } }),
        ),
        ids.map(() => randomBytes(32)),
        ids.map(() => randomBytes(32)),
      ],
    );
  }
}

interface ProofCost {
  size: number;
  milliseconds: number;
  hashes: number;
  verified: number;
}

/** Median of reading one inclusion proof from the tiles on disk, and of verifying it, at the log's size. */
async function proofCost({ ledger, store }: Opened): Promise<ProofCost> {
  const head = (await ledger.head("main"))!;
  const read: number[] = [];
  const verified: number[] = [];
  let hashes = 0;
  for (let i = 0; i < proofs; i++) {
    const index = Math.floor((i * head.size) / proofs);
    const { rows } = await store.chore("bench", async (keeper) => ({
      rows: await keeper.rows
        .withTables<{ leaves: { log: string; index: string; hash: Buffer } }>()
        .selectFrom("leaves")
        .select("hash")
        .where("log", "=", "main")
        .where("index", "=", String(index))
        .execute(),
    }));
    const begun = performance.now();
    const proof = await ledger.inclusion("main", index, head.size);
    read.push(performance.now() - begun);
    const before = performance.now();
    const hash = leafHash(rows[0]!.hash, engine);
    verifyInclusion({ index, size: head.size, leafHash: hash, root: head.root, proof }, engine);
    verified.push(performance.now() - before);
    hashes = Math.max(hashes, proof.length);
  }
  return { size: head.size, milliseconds: median(read), hashes, verified: median(verified) };
}

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

export async function ledger(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  await chmod(home, 0o711);
  // Durable: every commit waits for the disk, as on a node.
  const server = await startServer({ home, settings: { max_wal_size: "4GB" } });
  try {
    const opened = await openLedger(server);
    const client = new pg.Client(opened.url);
    await client.connect();
    await client.query(
      `create table bench_plain (log text, id uuid, at timestamptz, actor text, purpose text, kind text, record text,
       salt bytea, hash bytea, primary key (log, id))`,
    );
    await append(opened);
    await plainInsert(client);
    const [ours, peer]: [number[], number[]] = [[], []];
    for (let i = 0; i < runs; i++) {
      ours.push(perRun / (await seconds(() => append(opened))));
      peer.push(perRun / (await seconds(() => plainInsert(client))));
    }
    await client.end();
    const small = await proofCost(opened);
    while ((await opened.ledger.head("main"))!.size < 10 * small.size) {
      for (let i = 0; i < 5; i++) await note(opened, 8_000);
      await opened.ledger.sequence(true);
    }
    const large = await proofCost(opened);
    await opened.store.close();

    const alone = { peer: null, peerName: null, ratio: null } as const;
    const proofFigures = [small, large].flatMap((cost): Figure[] => [
      {
        figure: `inclusion proof from tiles, ${cost.size} leaves`,
        ours: round(cost.milliseconds, 2),
        unit: "ms median",
        ...alone,
        bound: null,
        runs: proofs,
      },
      {
        figure: `hashes in a proof, ${cost.size} leaves`,
        ours: cost.hashes,
        unit: "hashes at most",
        ...alone,
        bound: Math.ceil(Math.log2(cost.size)),
        runs: proofs,
      },
    ]);
    return [
      {
        figure: `durable entries, ${perWrite} a transaction`,
        ours: round(median(ours)),
        unit: "entries/s",
        peer: round(median(peer)),
        peerName: "INSERT of the same rows, no tree, no row security",
        bound: null,
        ratio: round(median(ours) / median(peer), 2),
        runs,
      },
      ...proofFigures,
      {
        figure: "verifying a proof, ten times the log",
        ours: round(large.verified / small.verified, 2),
        unit: "times",
        ...alone,
        bound: round(large.hashes / small.hashes, 2),
        runs: proofs,
      },
    ];
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
