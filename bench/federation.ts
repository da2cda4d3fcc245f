// Five nodes that all write to all, over lines that delay, lose and break, cut from each other and killed: what is lost, doubled or reordered.
import { fork, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Id, NodeCode } from "@simpul/model";
import { openStore, type OpenStore, type Standing } from "@simpul/store";
import { systemClock as clock, systemRandom as random } from "@simpul/store/keys";
import { startServer, type DatabaseServer } from "@simpul/store/launcher";
import { sql } from "kysely";
import {
  confirmPeer,
  makeNodeKeys,
  printNodeKeys,
  proposePeer,
  publicKeys,
} from "../packages/exchange/index.ts";
import { moments } from "../testing/killed-node.ts";
import { oneFile } from "../testing/one-file.ts";
import { freePort } from "../testing/ports.ts";
import { faultyLine, type FaultyLine } from "./faulty-line.ts";
import type { Asked } from "./federation-node.ts";
import type { Figure } from "./figure.ts";

const codes = ["id", "kh", "ph", "th", "vn"];
const faults = { delay: [5, 60], loss: 0.02, breaks: 0.002 } as const;
const seconds = Number(process.env["SIMPUL_BENCH_SECONDS"] ?? 60);
/** Of the moments of kills and cuts. */
const seed = 20_310_704;

const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const as = (name: string): Standing => ({ actor: { kind: "job", name }, purpose: "administration" });

class Member {
  readonly code: NodeCode;
  readonly store: OpenStore;
  readonly #program: string;
  readonly #asked: Asked;
  readonly keys: ReturnType<typeof makeNodeKeys>;
  #child: ChildProcess | null = null;
  /** What its process said that it had written, by recipient. */
  readonly promised = new Map<string, Set<string>>();

  constructor(program: string, code: NodeCode, store: OpenStore, given: Omit<Asked, "keys">) {
    this.#program = program;
    this.code = code;
    this.store = store;
    this.keys = makeNodeKeys(code, [Id.make({ clock, random })], { clock, random });
    this.#asked = { ...given, keys: printNodeKeys(this.keys) };
    for (const to of given.others) this.promised.set(to, new Set());
  }

  get port(): number {
    return this.#asked.port;
  }

  start(): Promise<void> {
    const child = fork(this.#program, [JSON.stringify(this.#asked)], { execArgv: [] });
    this.#child = child;
    return new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error(`${this.code} ended by itself`)));
      child.on("message", (said: { ready?: true; to?: string; id?: string }) => {
        if (said.ready) resolve();
        if (said.to !== undefined) this.promised.get(said.to)!.add(said.id!);
      });
    });
  }

  stopWriting(): void {
    this.#child?.send({ enough: true });
  }

  kill(): Promise<void> {
    const child = this.#child!.removeAllListeners("exit");
    return new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  }
}

async function introduce(of: Member, peer: Member, line: FaultyLine): Promise<void> {
  const card = { node: peer.code, address: `127.0.0.1:${line.port}`, ...publicKeys(peer.keys) };
  await of.store.write(as("one"), (tx) => proposePeer(tx, card));
  await of.store.write(as("two"), (tx) => confirmPeer(tx, peer.code, card.pin));
}

const waiting = async ({ store }: Member): Promise<number> => {
  const { rows } = await store.chore("bench", (keeper) =>
    sql<{ n: number }>`select count(*) as n from simpul.outbox where state = 'waiting'`.execute(keeper.rows),
  );
  return rows[0]!.n;
};

interface Counts {
  letters: number;
  lost: number;
  doubled: number;
  reordered: number;
}

/** Holds the books of both sides of one line against each other and against what was promised. */
async function count(from: Member, to: Member): Promise<Counts> {
  const { rows: out } = await from.store.chore("bench", (keeper) =>
    sql<{ id: string; sequence: number | null; state: string; nth: number }>`
      select id, sequence, state, (body ->> 'nth')::int as nth from simpul.outbox
      where peer = ${to.code} order by sequence`.execute(keeper.rows),
  );
  const taken = await to.store.read(as("bench"), async (db) => {
    const { rows } = await sql<{ id: string; sequence: number; times: number }>`
      select r.id, r.sequence,
        (select count(*)::int from simpul.leaves l where l.kind = 'bench.taken' and l.about_id = r.id) as times
      from simpul.received r where r.peer = ${from.code} and r.outcome = 'accepted' order by r.sequence`.execute(
      db.rows,
    );
    return rows;
  });
  const there = new Map(taken.map((one) => [one.id, one]));
  const all = new Set([...out.map(({ id }) => id), ...from.promised.get(to.code)!]);
  const lost = [...all].filter((id) => there.get(id) === undefined || there.get(id)!.times === 0).length;
  const doubled =
    taken.filter(({ times }) => times > 1).length +
    (taken.length - there.size) +
    taken.filter(({ id }) => !all.has(id)).length;
  // In the order in which they were written, each under the number that its sender gave it, without a gap.
  const reordered = out.filter(
    ({ id, sequence, nth }, place) =>
      sequence !== place + 1 ||
      nth !== place ||
      taken[place]?.id !== id ||
      taken[place].sequence !== sequence,
  ).length;
  return { letters: all.size, lost, doubled, reordered };
}

export async function federation(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-f-"));
  await chmod(home, 0o711);
  const server = await startServer({ home });
  const program = await oneFile(fileURLToPath(new URL("./federation-node.ts", import.meta.url)));
  try {
    return await run(server, program);
  } finally {
    await server.close();
    await rm(program, { force: true });
    await rm(home, { recursive: true, force: true });
  }
}

async function run(server: DatabaseServer, program: string): Promise<Figure[]> {
  const chance = moments(seed);
  const members: Member[] = [];
  for (const code of codes) {
    const url = await server.database(`bench_federation_${code}`);
    const store = await openStore({ url, migrations: [], clock, random, connections: 3 });
    const others = codes.filter((one) => one !== code);
    const given = { url, port: await freePort(), others, everyMs: 40 };
    members.push(new Member(program, NodeCode.parse(code), store, given));
  }
  const lines: { between: [Member, Member]; line: FaultyLine }[] = [];
  for (const of of members)
    for (const peer of members)
      if (of !== peer) {
        const line = await faultyLine(peer.port, faults, chance);
        lines.push({ between: [of, peer], line });
        await introduce(of, peer, line);
      }
  await Promise.all(members.map((one) => one.start()));

  let kills = 0;
  let cuts = 0;
  const end = Date.now() + seconds * 1000;
  const killing = async (): Promise<void> => {
    while (Date.now() < end) {
      await later(500 + chance() * 3_000);
      const victim = members[Math.floor(chance() * members.length)]!;
      await victim.kill();
      kills++;
      await later(chance() * 1_500);
      await victim.start();
    }
  };
  // One to three of the nodes on one side, the rest on the other; in one direction only, or in both.
  const cutting = async (): Promise<void> => {
    while (Date.now() < end) {
      await later(chance() * 4_000);
      const side = new Set(members.filter(() => chance() < 0.4));
      const apart = lines.filter(({ between: [a, b] }) => side.has(a) !== side.has(b));
      const both = chance() < 0.7;
      for (const { between, line } of apart) if (both || side.has(between[0])) line.cut();
      cuts++;
      await later(500 + chance() * 5_000);
      for (const { line } of apart) line.mend();
    }
  };
  await Promise.all([killing(), cutting()]);
  for (const member of members) member.stopWriting();
  const healed = performance.now();
  const deadline = Date.now() + 300_000;
  while ((await Promise.all(members.map(waiting))).some((one) => one > 0)) {
    if (Date.now() > deadline) throw new Error("letters wait although every line is whole");
    await later(100);
  }
  const settled = (performance.now() - healed) / 1000;
  await Promise.all(members.map((one) => one.kill()));

  const sum: Counts = { letters: 0, lost: 0, doubled: 0, reordered: 0 };
  for (const { between } of lines) {
    const one = await count(...between);
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += one[name];
  }
  const wire = { segments: 0, lost: 0, broken: 0 };
  for (const { line } of lines) {
    for (const name of Object.keys(wire) as (keyof typeof wire)[]) wire[name] += line.counts[name];
    await line.close();
  }
  await Promise.all(members.map(({ store }) => store.close()));

  const figure = (name: string, ours: number, unit: string, bound: number | null): Figure => ({
    ...{ figure: name, ours, unit, bound, peer: null, peerName: null, ratio: null, runs: 1 },
  });
  const [low, high] = faults.delay;
  const under = `${seconds} s under ${kills} kills, ${cuts} partitions, ${wire.lost} lost segments of ${wire.segments}, ${wire.broken} broken connections, ${low} to ${high} ms delay`;
  return [
    figure(`five nodes, all to all, ${under}`, sum.letters, "letters", null),
    figure("of them lost", sum.lost, "letters", 0),
    figure("of them doubled", sum.doubled, "letters", 0),
    figure("of them reordered", sum.reordered, "letters", 0),
    figure("until the last receipt, once every line is whole", Number(settled.toFixed(1)), "s", null),
  ];
}
