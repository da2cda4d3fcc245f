// Gives waiting leaves their places: one batch in one transaction, the tree's right edge with it.
import type { Edge, Hash } from "@simpul/ledger";
import { appendToEdge, leafHash, tileWidth } from "@simpul/ledger";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { LogName } from "../leaves.ts";
import type { Keeper, OpenStore } from "../open.ts";
import type { LedgerTables } from "./tables.ts";

/** Leaves of one batch at most: bounds memory and how long others wait for the lock. */
export const batch = 4096;

export const tables = (keeper: { rows: Keeper["rows"] }): Kysely<LedgerTables> =>
  keeper.rows.withTables<LedgerTables>();

/** Takes the log's row lock: whoever holds it alone gives places and signs heads, in any process of the node. */
export async function lockLog(
  rows: Kysely<LedgerTables>,
  log: LogName,
): Promise<{ size: number; cosignersKnow: number; restored: boolean }> {
  const row = await rows
    .selectFrom("logs")
    .select(["size", "cosigners_know", "restored_at"])
    .where("log", "=", log)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { size, cosigners_know: know, restored_at: restored } = row;
  return { size: Number(size), cosignersKnow: Number(know), restored: restored !== null };
}

/** Reads the unfinished tiles of a log of `size` leaves: one row a level at most. */
export async function readEdge(rows: Kysely<LedgerTables>, log: LogName, size: number): Promise<Edge> {
  const edge: Edge = new Map();
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    edge.set(level, { index: Math.floor(count / tileWidth), hashes: new Uint8Array(0) });
  }
  const wanted = [...edge].map(([level, { index }]) => sql`(${level}::smallint, ${index}::bigint)`);
  if (wanted.length === 0) return edge;
  const found = await rows
    .selectFrom("tiles")
    .select(["level", "hashes"])
    .where("log", "=", log)
    .where(sql<boolean>`(level, index) in (${sql.join(wanted)})`)
    .execute();
  for (const tile of found) {
    const at = edge.get(tile.level)!;
    const width = Math.floor(size / tileWidth ** tile.level) % tileWidth;
    edge.set(tile.level, { index: at.index, hashes: new Uint8Array(tile.hashes.subarray(0, width * 32)) });
  }
  return edge;
}

/**
 * Gives up to 4,096 waiting leaves their places, in the order of their time, and writes the tiles that changed. A leaf
 * that becomes visible late takes a later place: places say the order of the log, times are in the records. Returns
 * how many were placed.
 */
export async function sequenceBatch(store: OpenStore, log: LogName, engine: Hash): Promise<number> {
  return store.chore("sequence", async (keeper) => {
    const rows = tables(keeper);
    const { size } = await lockLog(rows, log);
    const waiting = await rows
      .selectFrom("leaves")
      .select(["id", "hash"])
      .where("log", "=", log)
      .where("index", "is", null)
      .orderBy("at")
      .orderBy("id")
      .limit(batch)
      .execute();
    if (waiting.length === 0) return 0;
    const edge = await readEdge(rows, log, size);
    const changed = appendToEdge(
      edge,
      waiting.map((leaf) => leafHash(leaf.hash, engine)),
      engine,
    );
    const ids = waiting.map((leaf) => leaf.id);
    await sql`update simpul.leaves set index = placed.index from
      (select id, ${size}::bigint + nth - 1 as index from unnest(${ids}::uuid[]) with ordinality as given (id, nth)) placed
      where leaves.log = ${log} and leaves.id = placed.id`.execute(rows);
    await rows
      .insertInto("tiles")
      .values(
        changed.map(({ level, index, hashes }) => ({
          log,
          level,
          index: String(index),
          hashes: Buffer.from(hashes),
        })),
      )
      .onConflict((twice) =>
        twice
          .columns(["log", "level", "index"])
          .doUpdateSet((old) => ({ hashes: old.ref("excluded.hashes") })),
      )
      .execute();
    await rows
      .updateTable("logs")
      .set({ size: String(size + waiting.length) })
      .where("log", "=", log)
      .execute();
    return waiting.length;
  });
}
