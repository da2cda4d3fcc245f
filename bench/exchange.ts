// Messages a second between two nodes, durable and receipted at both ends, beside the bare line; and the urgent one on a bad line.
import { fork, type ChildProcess } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import { fileURLToPath } from "node:url";
import {
  confirmPeer,
  makeNodeKeys,
  openEnvelope,
  openExchange,
  printNodeKeys,
  proposePeer,
  publicKeys,
  readReceipt,
  sealEnvelope,
} from "../packages/exchange/index.ts";
import type { AttachmentSource, NodeKeys } from "../packages/exchange/index.ts";
import { digestOf } from "../packages/exchange/envelope.ts";
import { tables } from "../packages/exchange/rows.ts";
import { signReceipt } from "../packages/exchange/receipt.ts";
import { Digest, Id, NodeCode } from "@simpul/model";
import { openStore, type OpenStore, type Standing } from "@simpul/store";
import { systemClock as clock, systemRandom as random } from "@simpul/store/keys";
import { startServer, type DatabaseServer } from "@simpul/store/launcher";
import type { Asked } from "./exchange-node.ts";
import { median, type Figure } from "./figure.ts";
import { apart, throttled } from "./throttle.ts";

const runs = 3;
const sizes = [1_000, 10_000];
/** A line as two ministries have between them. */
const usual = { bits: 10_000_000, loss: 0, letters: 2_000 };
/** The bad line, and what stands in the queue before the urgent letter. */
const bad = { bits: 64_000, loss: 0.05, letters: 1_024, fileBytes: 2 * 1024 * 1024, afterMs: 20_000 };

const standing = (name: string): Standing => ({ actor: { kind: "job", name }, purpose: "administration" });

interface Side {
  code: NodeCode;
  url: string;
  keys: NodeKeys;
  store: OpenStore;
}

async function side(server: DatabaseServer, code: string, run: string): Promise<Side> {
  const url = await server.database(`bench_exchange_${code}_${run}`);
  const store = await openStore({ url, migrations: [], clock, random, connections: 6 });
  const node = NodeCode.parse(code);
  return {
    code: node,
    url,
    store,
    keys: makeNodeKeys(node, [Id.make({ clock, random })], { clock, random }),
  };
}

async function introduce(of: Side, peer: Side, port: number): Promise<void> {
  const card = { node: peer.code, address: `127.0.0.1:${port}`, ...publicKeys(peer.keys) };
  await of.store.write(standing("one"), (tx) => proposePeer(tx, card));
  await of.store.write(standing("two"), (tx) => confirmPeer(tx, peer.code, card.pin));
}

interface Receiving {
  child: ChildProcess;
  port: number;
  bare: number;
  taken: Map<string, number>;
  bytes(): number;
}

/** The receiving node comes up in its own process; `taken` tells when each envelope was acted on. */
function receiving(of: Side, fetches: boolean): Promise<Receiving> {
  const asked: Asked = { url: of.url, keys: printNodeKeys(of.keys), fetches };
  const program = fileURLToPath(new URL("./exchange-node.ts", import.meta.url));
  const child = fork(program, [JSON.stringify(asked)], { execArgv: ["--import", "tsx"] });
  const taken = new Map<string, number>();
  let bytes = 0;
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the receiving node ended")));
    child.on("message", (said: { port?: number; bare?: number; taken?: string; bytes?: number }) => {
      if (said.taken !== undefined) taken.set(said.taken, performance.now());
      if (said.bytes !== undefined) bytes += said.bytes;
      if (said.port !== undefined)
        resolve({ child, port: said.port, bare: said.bare!, taken, bytes: () => bytes });
    });
  });
}

async function write(of: Side, to: NodeCode, count: number, more: object = {}): Promise<Id[]> {
  const ids: Id[] = [];
  for (let done = 0; done < count; done += 500)
    await of.store.write(standing("desk"), async (tx) => {
      for (let i = done; i < Math.min(count, done + 500); i++) {
        const body = { nth: i, text: "Who owns this number? ".repeat(20) };
        ids.push(tx.newId());
        await tx.send({ id: ids.at(-1)!, to, kind: "bench.letter", body, ...more });
      }
      tx.note("bench.written", {});
    });
  return ids;
}

const sender = (of: Side, attachments?: AttachmentSource) =>
  openExchange({
    store: of.store,
    keys: of.keys,
    clock,
    random,
    port: 0,
    host: "127.0.0.1",
    mayLeave: () => Promise.resolve({ kind: "may" }),
    onEnvelope: () => Promise.resolve(),
    ...(attachments === undefined ? {} : { attachments }),
    pace: { headsMs: 3_600_000 },
  });

/** How many of the outbox are in a state, and how many were taken in. */
const outbox = (of: Side, state: "waiting" | "receipted"): Promise<number> =>
  of.store.chore("bench", async ({ rows }) => {
    const found = await tables(rows)
      .selectFrom("simpul.outbox")
      .select((count) => count.fn.countAll<string>().as("n"))
      .where("state", "=", state)
      .executeTakeFirstOrThrow();
    return Number(found.n);
  });
const takenIn = (of: Side): Promise<number> =>
  of.store.chore("bench", async ({ rows }) => {
    const found = await tables(rows)
      .selectFrom("simpul.received")
      .select((count) => count.fn.countAll<string>().as("n"))
      .where("outcome", "=", "accepted")
      .executeTakeFirstOrThrow();
    return Number(found.n);
  });

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/**
 * Seconds from the opening of the sender until the last receipt is kept, and of the bare transfer of those bytes; both
 * on this machine, or over the same line.
 */
async function once(
  server: DatabaseServer,
  count: number,
  run: string,
  line: { bits: number; loss: number } | null = null,
): Promise<[number, number]> {
  const [id, kh] = [await side(server, "id", run), await side(server, "kh", run)];
  const other = await receiving(kh, false);
  const lines = line === null ? [] : [await apart(other.port, line), await apart(other.bare, line)];
  await introduce(id, kh, lines[0]?.port ?? other.port);
  await introduce(kh, id, 1);
  await write(id, kh.code, count);
  const began = performance.now();
  const exchange = await sender(id);
  await until(async () => (await outbox(id, "receipted")) === count);
  const ours = (performance.now() - began) / 1000;
  if ((await takenIn(kh)) !== count) throw new Error("not every letter is kept at the other end");
  await exchange.close();
  const bare = await transfer(id, lines[1]?.port ?? other.bare);
  await Promise.all(lines.map((one) => one.close()));
  other.child.removeAllListeners("exit").kill();
  await Promise.all([id.store.close(), kh.store.close()]);
  return [ours, bare];
}

async function transfer(id: Side, port: number): Promise<number> {
  const rows = await id.store.chore("bench", (keeper) =>
    tables(keeper.rows).selectFrom("simpul.outbox").select("sealed").orderBy("sequence").execute(),
  );
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const { certificate: cert, privateKey: key } = id.keys.tls;
    const given = { port, host: "127.0.0.1", cert, key, rejectUnauthorized: false };
    const socket = connect({ ...given, minVersion: "TLSv1.3" }, () => {
      for (const { sealed } of rows) socket.write(Buffer.concat([sealed!, Buffer.from("\n")]));
      socket.end();
    });
    socket
      .on("error", reject)
      .on("data", () => undefined)
      .on("end", resolve);
  });
  return (performance.now() - began) / 1000;
}

/** Seconds until an urgent letter is acted on at the other end of a bad line whose queue holds 2 GB. */
async function urgent(server: DatabaseServer): Promise<number> {
  const [id, kh] = [await side(server, "id", "urgent"), await side(server, "kh", "urgent")];
  const other = await receiving(kh, true);
  const files = new Map<string, number>();
  const digests = Array.from({ length: bad.letters }, (_, i) => {
    const digest = Digest.parse(i.toString(16).padStart(64, "0"));
    files.set(digest, bad.fileBytes);
    return digest;
  });
  const source: AttachmentSource = {
    open: (digest) =>
      Promise.resolve(
        files.has(digest)
          ? { size: bad.fileBytes, read: (from, to) => Promise.resolve(Buffer.alloc(to - from, 7)) }
          : null,
      ),
  };
  for (const digest of digests) await write(id, kh.code, 1, { attachments: [digest] });
  const exchange = await sender(id, source);
  const there = await throttled(other.port, bad);
  const back = await throttled(exchange.port, bad);
  await introduce(id, kh, there.port);
  await introduce(kh, id, back.port);
  exchange.wake();
  await new Promise((resolve) => setTimeout(resolve, bad.afterMs));
  if (other.taken.size === 0) throw new Error("nothing moves on the line");
  const began = performance.now();
  const [letter] = await write(id, kh.code, 1, { urgent: true });
  exchange.wake();
  await until(() => other.taken.has(letter!));
  const took = (other.taken.get(letter!)! - began) / 1000;
  if ((await outbox(id, "waiting")) === 0) throw new Error("nothing waited");
  other.child.removeAllListeners("exit").kill();
  await there.close();
  await back.close();
  await exchange.close();
  await Promise.all([id.store.close(), kh.store.close()]);
  return took;
}

/**
 * Seconds of the arithmetic alone for so many letters, with nothing kept and nothing sent: signed by the agency, sealed,
 * opened, believed, receipted, the receipt believed. Below it no exchange comes in which every letter bears its own
 * signature and every receipt convinces a third party.
 */
async function arithmetic(count: number): Promise<number> {
  const make = (code: string) => {
    const node = NodeCode.parse(code);
    return makeNodeKeys(node, [Id.make({ clock, random })], { clock, random });
  };
  const [id, kh] = [make("id"), make("kh")];
  const by = id.agencies[0]!;
  const [to, theirs] = [createPublicKey(kh.sealing), createPublicKey(kh.signing)];
  const agencies = new Map([[by.agency, createPublicKey(by.privateKey)]]);
  const opening = { node: kh.node, sealing: kh.sealing, from: id.node, agencies };
  const began = performance.now();
  for (let seq = 1; seq <= count; seq++) {
    const at = clock.now().toISOString();
    const letter = { v: 2, id: Id.make({ clock, random }), type: "bench.letter", from: id.node, to: kh.node };
    const body = { nth: seq, text: "Who owns this number? ".repeat(20) };
    const envelope = { ...letter, agency: by.agency, seq, at, urgent: false, body, attachments: [] };
    const sealed = await sealEnvelope(envelope, by, to);
    await openEnvelope(sealed, opening);
    const says = {
      v: 1,
      id: letter.id,
      seq,
      by: kh.node,
      from: id.node,
      sealed: digestOf(sealed),
      at,
    } as const;
    const receipt = await signReceipt({ ...says, outcome: "accepted" }, kh.signing);
    await readReceipt(receipt, { keys: [theirs], by: kh.node, from: id.node, id: letter.id, seq });
  }
  return (performance.now() - began) / 1000;
}

export async function exchange(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-x-"));
  await chmod(home, 0o711);
  const server = await startServer({ home });
  try {
    const figures: Figure[] = [];
    for (const count of sizes) {
      const took: [number, number][] = [];
      for (let run = 0; run < runs; run++) took.push(await once(server, count, `${count}_${run}`));
      const [ours, bare] = [median(took.map(([one]) => one)), median(took.map(([, one]) => one))];
      const of = `${count.toLocaleString("en")} letters`;
      figures.push(
        {
          figure: `${of}, durable and receipted at both ends`,
          ours: Math.round(count / ours),
          unit: "a second",
          peer: null,
          peerName: null,
          bound: 400,
          ratio: null,
          runs,
        },
        {
          figure: `${of}, time`,
          ours: Number(ours.toFixed(3)),
          unit: "s",
          peer: Number(bare.toFixed(3)),
          peerName: "the same sealed bytes over bare mutual TLS 1.3, neither kept, opened nor answered for",
          bound: 1.5,
          ratio: Number((ours / bare).toFixed(1)),
          runs,
        },
      );
    }
    const least = Math.max(...sizes);
    figures.push({
      figure: `${least.toLocaleString("en")} letters, the arithmetic of seals and receipts alone, one core`,
      ours: Number((await arithmetic(least)).toFixed(3)),
      unit: "s",
      peer: null,
      peerName: null,
      bound: null,
      ratio: null,
      runs: 1,
    });
    const slow: [number, number][] = [];
    for (let run = 0; run < runs; run++) slow.push(await once(server, usual.letters, `line_${run}`, usual));
    const [ours, bare] = [median(slow.map(([one]) => one)), median(slow.map(([, one]) => one))];
    figures.push({
      figure: `${usual.letters.toLocaleString("en")} letters over a line of ${usual.bits / 1e6} Mbit/s, time`,
      ours: Number(ours.toFixed(2)),
      unit: "s",
      peer: Number(bare.toFixed(2)),
      peerName: "the same sealed bytes over bare mutual TLS 1.3 and the same line",
      bound: 1.5,
      ratio: Number((ours / bare).toFixed(2)),
      runs,
    });
    figures.push({
      figure: "an urgent letter at 64 kbit/s with 5 % loss and 2 GB queued before it",
      ours: Number((await urgent(server)).toFixed(1)),
      unit: "s",
      peer: null,
      peerName: null,
      bound: 30,
      ratio: null,
      runs: 1,
    });
    return figures;
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
