// The node's ledger: places, signed heads, proofs, and the exchange with cosigners. Durable at every return.
import { setTimeout as pause } from "node:timers/promises";
import type { AddCheckpoint, Checkpoint, HashReader, Policy } from "@simpul/ledger";
import {
  consistencyProof,
  edgeReader,
  hashesFromTiles,
  inclusionProof,
  LedgerError,
  parseCheckpoint,
  parseTilePath,
  printCheckpoint,
  printProofFile,
  rootOf,
  writeEntries,
} from "@simpul/ledger";
import type { Id } from "@simpul/model";
import type { Note, Signer, VerifierKey, Verifying } from "@simpul/seal";
import {
  checkNote,
  parseNote,
  printNote,
  sameBytes,
  signatureLine,
  signNote,
  toBase64,
  utf8,
} from "@simpul/seal";
import type { Kysely } from "kysely";
import type { LogName } from "../leaves.ts";
import type { OpenStore } from "../open.ts";
import { answerCosign } from "./cosign.ts";
import { batch, lockLog, readEdge, sequenceBatch, tables } from "./sequence.ts";
import { settleLog } from "./standing.ts";
import { logNames } from "./tables.ts";
import type { LedgerTables } from "./tables.ts";

/** How long leaves gather before they are placed: a head over them takes seconds anyhow. */
const gatherMs = 100;

export interface LedgerSettings {
  store: OpenStore;
  engine: Verifying;
  /** Signs heads and cosigns others'. */
  signer: Signer;
  /** This node's names: one key per log, and the one under which it cosigns. */
  keys: Readonly<Record<LogName, VerifierKey>> & { cosigner: VerifierKey };
  /** A head is signed when this many seconds passed or this many leaves came since the last one. */
  headEvery: { seconds: number; leaves: number };
}

export interface Head extends Checkpoint {
  log: LogName;
  at: Date;
  /** The signed checkpoint with all cosignatures that came in. */
  note: string;
  cosigners: { name: string; at: Date }[];
}

export class Ledger {
  readonly #given: LedgerSettings;
  /** When this process last signed a head, and what it placed since: says without asking that none is due yet. */
  readonly #signed = new Map<LogName, { at: number; placed: number }>();
  readonly #settled = new Set<LogName>();
  #stop: (() => Promise<void>) | null = null;

  constructor(given: LedgerSettings) {
    this.#given = given;
  }

  /**
   * Places the leaves that wait in these logs and signs the heads that are due; `now` signs one in any case. Returns how
   * many were placed.
   */
  async sequence(now = false, logs: readonly LogName[] = logNames): Promise<number> {
    let placed = 0;
    // One log that may not be signed keeps the other one from nothing.
    const faults: unknown[] = [];
    for (const log of logs) {
      // A head after every batch: where leaves never stop coming, there is no moment when all have their places.
      for (let more = true; more;) {
        const got = await sequenceBatch(this.#given.store, log, this.#given.engine);
        placed += got;
        more = got === batch;
        if ((now && !more) || this.#mayBeDue(log, got))
          await this.signHead(log, now && !more).catch((fault: unknown) => faults.push(fault));
      }
    }
    if (faults.length > 0) throw faults[0];
    return placed;
  }

  #mayBeDue(log: LogName, placed: number): boolean {
    const signed = this.#signed.get(log);
    if (signed === undefined) return true;
    signed.placed += placed;
    const { seconds, leaves } = this.#given.headEvery;
    return performance.now() - signed.at >= seconds * 1000 || signed.placed >= leaves;
  }

  /**
   * Signs the head of a log when it grew and is due. Returns null when there is nothing to sign, and for a restored
   * node that has not heard from a cosigner yet. Throws `BEHIND_COSIGNERS` when others have signed a longer log of
   * ours: this database is older than the truth.
   */
  async signHead(log: LogName, now = false): Promise<Checkpoint | null> {
    const { store, engine, keys, signer, headEvery } = this.#given;
    const signed = await store.chore("head", async (keeper) => {
      const rows = tables(keeper);
      const { size, cosignersKnow, restored } = await lockLog(rows, log);
      const last = await lastHead(rows, log);
      // Where nothing was ever signed, nobody can know more.
      if (restored && last !== undefined && Number(last.size) >= cosignersKnow) return null;
      if (last !== undefined && Number(last.size) === size) return null;
      const waited = last === undefined ? Infinity : (keeper.at.getTime() - last.at.getTime()) / 1000;
      const grown = size - Number(last?.size ?? 0);
      // A last head of the future was signed by a clock that was ahead and has been set right: it keeps nothing back.
      if (!now && waited >= 0 && waited < headEvery.seconds && grown < headEvery.leaves) return null;
      // Compared with the last head, not with the size: a restored log that grew again past what others know has
      // other leaves there, and signing them would prove fraud against ourselves.
      const signedTo = Number(last?.size ?? 0);
      if (signedTo < cosignersKnow)
        throw new LedgerError(
          "BEHIND_COSIGNERS",
          `${log} signed ${signedTo}, cosigners know ${cosignersKnow}`,
        );
      const edge = await readEdge(rows, log, size);
      const head: Checkpoint = {
        origin: keys[log].name,
        size,
        root: await rootOf(size, edgeReader(edge, engine), engine),
      };
      const text = printCheckpoint(head);
      const note = printNote({ text, signatures: [await signNote(text, keys[log], signer)] });
      await rows
        .insertInto("heads")
        .values({ log, size: String(size), root: Buffer.from(head.root), note, at: keeper.at })
        .execute();
      return head;
    });
    if (signed !== null) this.#signed.set(log, { at: performance.now(), placed: 0 });
    return signed;
  }

  /** Places leaves as they come until `stop`; a fault is told and tried again. */
  run(onFault: (fault: unknown) => void): void {
    if (this.#stop !== null) return;
    const going = new AbortController();
    const every = this.#given.headEvery.seconds * 1000;
    const fresh = new Set<LogName>(logNames);
    const looked = new Map<LogName, number>();
    let wake: () => void = () => undefined;
    const deaf = this.#given.store.wakes.on("leaves:", (topic) => {
      // The listener that connects anew names none: any may have grown meanwhile.
      for (const log of logNames) if (topic === "leaves:" || topic === `leaves:${log}`) fresh.add(log);
      wake();
    });
    const loop = (async () => {
      while (!going.signal.aborted) {
        // A wake may have been lost, and a head was perhaps not due when its leaves came: however busy one log is, the
        // other is looked at too.
        const now = performance.now();
        const logs = logNames.filter(
          (log) => fresh.has(log) || now - (looked.get(log) ?? -Infinity) >= every,
        );
        fresh.clear();
        for (const log of logs) looked.set(log, now);
        const woken = new Promise<boolean>((resolve) => {
          const timer = setTimeout(resolve, every, false);
          wake = () => {
            clearTimeout(timer);
            resolve(true);
          };
        });
        await this.sequence(false, logs).catch(onFault);
        // What comes in a burst is placed at once.
        if (await woken) await pause(gatherMs, undefined, { signal: going.signal }).catch(() => undefined);
      }
    })();
    this.#stop = async () => {
      going.abort();
      deaf();
      wake();
      await loop;
    };
  }

  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = null;
  }

  /** The newest signed head, or that of a given size; null when there is none. */
  async head(log: LogName, size?: number): Promise<Head | null> {
    return this.#read(async (rows) => {
      const row = await lastHead(rows, log, size);
      if (row === undefined) return null;
      const lines = await rows
        .selectFrom("cosignatures")
        .select(["line", "cosigner", "at"])
        .where("log", "=", log)
        .where("size", "=", row.size)
        .orderBy("cosigner")
        .execute();
      return {
        ...parseCheckpoint(parseNote(utf8(row.note)).text),
        log,
        at: row.at,
        note: row.note + lines.map((one) => one.line).join(""),
        cosigners: lines.map((one) => ({ name: one.cosigner, at: one.at })),
      };
    });
  }

  /**
   * The newest head that satisfies the policy's quorum, by cosignatures of before `until` where it is given; null when no
   * head does yet.
   */
  async provenHead(log: LogName, policy: Policy, atLeast = 0, until?: Date): Promise<Head | null> {
    const sizes = await this.#read((rows) =>
      rows
        .selectFrom("heads")
        .select("size")
        .where("log", "=", log)
        .where("size", ">=", String(atLeast))
        .where((row) => (until === undefined ? row.val(true) : row("at", "<", until)))
        .orderBy("size", "desc")
        .limit(200)
        .execute(),
    );
    for (const { size } of sizes) {
      const head = await this.head(log, Number(size));
      const by = await checkNote(parseNote(utf8(head!.note)), policy.cosigners, this.#given.engine);
      const end = until === undefined ? Infinity : until.getTime() / 1000;
      const counted = by.filter(({ time }) => time !== null && time < end);
      if (policy.satisfied(counted.map(({ key }) => key)) && (until === undefined || counted.length > 0))
        return head;
    }
    return null;
  }

  async inclusion(log: LogName, index: number, size: number): Promise<Uint8Array[]> {
    return this.#read((rows) => inclusionProof(index, size, this.#hashes(rows, log), this.#given.engine));
  }

  async consistency(log: LogName, old: number, size: number): Promise<Uint8Array[]> {
    return this.#read((rows) => consistencyProof(old, size, this.#hashes(rows, log), this.#given.engine));
  }

  /**
   * The tlog-proof of a leaf under a head (the newest unless given); null while the leaf has no place under a signed
   * head yet, which takes seconds.
   */
  async proofFile(log: LogName, leaf: Id, head?: Head): Promise<string | null> {
    const under = head ?? (await this.head(log));
    const index = await this.#read((rows) =>
      rows
        .selectFrom("leaves")
        .select("index")
        .where("log", "=", log)
        .where("id", "=", leaf)
        .executeTakeFirst(),
    );
    if (under === null || index === undefined || index.index === null || Number(index.index) >= under.size)
      return null;
    const proof = await this.inclusion(log, Number(index.index), under.size);
    return printProofFile({ index: Number(index.index), proof, checkpoint: under.note, extra: null });
  }

  /** The bytes of a tile or an entry bundle by its C2SP path; null where there is none. Throws `NOT_A_TILE_PATH`. */
  async tile(log: LogName, path: string): Promise<Uint8Array | null> {
    const name = parseTilePath(path);
    return this.#read(async (rows) => {
      if ("entries" in name) {
        const first = name.index * 256;
        const leaves = await rows
          .selectFrom("leaves")
          .select("hash")
          .where("log", "=", log)
          .where("index", ">=", String(first))
          .where("index", "<", String(first + name.width))
          .orderBy("index")
          .execute();
        return leaves.length === name.width ? writeEntries(leaves.map((leaf) => leaf.hash)) : null;
      }
      const hashes = await readTile(rows, log, name.level, name.index);
      return hashes.length < name.width * 32 ? null : hashes.slice(0, name.width * 32);
    });
  }

  /** What to send to a cosigner that last signed `old` leaves of ours: the body of add-checkpoint; null without news. */
  async asksCosigner(log: LogName, old: number): Promise<{ body: string; size: number } | null> {
    return this.#read(async (rows) => {
      const head = await lastHead(rows, log);
      const size = Number(head?.size ?? 0);
      if (head === undefined || size < old) return null;
      const proof = await consistencyProof(old, size, this.#hashes(rows, log), this.#given.engine);
      return {
        body: `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${head.note}`,
        size,
      };
    });
  }

  /** Keeps a cosigner's answer (signature lines) after checking it. Throws `BAD_SIGNATURE`, `NOT_A_CHECKPOINT`. */
  async keepCosignature(
    log: LogName,
    size: number,
    lines: string,
    cosigner: VerifierKey | readonly VerifierKey[],
  ): Promise<void> {
    const { store, engine } = this.#given;
    const head = await this.head(log, size);
    if (head === null) throw new LedgerError("NOT_A_CHECKPOINT", `no head of ${size}`);
    const note: Note = parseNote(utf8(`${printCheckpoint(head)}\n${lines}`));
    const { key, time } = (await checkNote(note, [cosigner].flat(), engine))[0] ?? {};
    if (key === undefined || typeof time !== "number")
      throw new LedgerError("NOT_A_CHECKPOINT", `${[cosigner].flat()[0]?.name ?? "nobody"} did not sign`);
    const line = signatureLine(
      note.signatures.find((one) => one.name === key.name && sameBytes(one.id, key.id))!,
    );
    await store.chore("cosignature", async (keeper) => {
      await tables(keeper)
        .insertInto("cosignatures")
        .values({ log, size: String(size), cosigner: key.name, at: new Date(time * 1000), line })
        .onConflict((twice) => twice.doNothing())
        .execute();
    });
  }

  /** A cosigner said how much of our log it has signed. Returns true when that is more than we have: a restored node. */
  async learnSize(log: LogName, known: number): Promise<boolean> {
    return this.#given.store.chore("cosigner size", async (keeper) => {
      const rows = tables(keeper);
      const { size, cosignersKnow } = await lockLog(rows, log);
      if (known > cosignersKnow) {
        await rows
          .updateTable("logs")
          .set({ cosigners_know: String(known) })
          .where("log", "=", log)
          .execute();
      }
      return Math.max(known, cosignersKnow) > size;
    });
  }

  /** A cosigner knows no more of a restored log than we do: it may be signed again. */
  async settle(log: LogName): Promise<void> {
    // A database is put back only under a node that does not run.
    if (this.#settled.has(log)) return;
    await settleLog(this.#given.store, log);
    this.#settled.add(log);
  }

  /** Answers another log's request to cosign: see `answerCosign`. */
  cosignFor(ask: AddCheckpoint, logs: readonly VerifierKey[]): ReturnType<typeof answerCosign> {
    return answerCosign(this.#given, ask, logs);
  }

  #hashes(rows: Kysely<LedgerTables>, log: LogName): HashReader {
    const seen = new Map<string, Promise<Uint8Array>>();
    return hashesFromTiles((level, index) => {
      const name = `${level}/${index}`;
      const tile = seen.get(name) ?? readTile(rows, log, level, index);
      seen.set(name, tile);
      return tile;
    }, this.#given.engine);
  }

  #read<T>(fn: (rows: Kysely<LedgerTables>) => Promise<T>): Promise<T> {
    return this.#given.store.aside("ledger", (rows) => fn(tables({ rows })));
  }
}

const lastHead = (
  rows: Kysely<LedgerTables>,
  log: LogName,
  size?: number,
): Promise<LedgerTables["heads"] | undefined> => {
  const all = rows.selectFrom("heads").selectAll().where("log", "=", log);
  const wanted =
    size === undefined ? all.orderBy("size", "desc").limit(1) : all.where("size", "=", String(size));
  return wanted.executeTakeFirst();
};

async function readTile(
  rows: Kysely<LedgerTables>,
  log: LogName,
  level: number,
  index: number,
): Promise<Uint8Array> {
  const row = await rows
    .selectFrom("tiles")
    .select("hashes")
    .where("log", "=", log)
    .where("level", "=", level)
    .where("index", "=", String(index))
    .executeTakeFirst();
  return row === undefined ? new Uint8Array(0) : new Uint8Array(row.hashes);
}
