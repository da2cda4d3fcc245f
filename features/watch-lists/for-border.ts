// What the border may use now: every version is read from what its authority signed, and believed anew when it is loaded.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { ListInUse, ListsForBorder } from "./contract.ts";
import { jobStanding, type WatchListsNode } from "./node.ts";
import { underStolenKey, unusedBecause } from "./rules.ts";
import { askStaying } from "./staying.ts";
import { readList } from "./statement.ts";

interface Row {
  id: Id;
  origin: NodeCode;
  version: number;
  until: Date;
  statement: string;
  signed_by: Buffer;
  taken_at: Date;
}

/** A list, and what decides whether its key was stolen by then. */
interface Believed {
  list: ListInUse;
  signed: Parameters<typeof underStolenKey>[0];
}

/** Another process of this node may have taken a letter in: after so long its lists are asked for again. */
const freshMs = 2_000;

export function listsForBorder(node: WatchListsNode): ListsForBorder {
  let known = new Map<string, Believed>();
  let served: readonly ListInUse[] = [];
  let at = -Infinity;
  let turn: Promise<unknown> = Promise.resolve();
  node.store.wakes.on("watch-lists", () => (at = -Infinity));
  const heads = () =>
    node.store.read(jobStanding, async (db) => {
      const { rows } = await sql<
        Omit<Row, "statement" | "signed_by" | "taken_at">
      >`select id, origin, version, until
        from simpul.watch_lists where state = 'active' and until > ${node.clock.now()} order by id`.execute(
        db.rows,
      );
      return rows;
    });
  const load = async (id: Id): Promise<Believed | null> => {
    const { rows } = await node.store.read(jobStanding, (db) =>
      sql<Row>`select id, origin, version, until, statement, signed_by, taken_at from simpul.watch_lists
        where id = ${id} and state = 'active'`.execute(db.rows),
    );
    const row = rows[0];
    if (row === undefined) return null;
    const read = await readList(row.statement, { from: row.origin, key: row.signed_by });
    if (read === null || read.list !== id || read.version !== row.version) return null;
    // The end that was signed counts, whatever a row says.
    const until = new Date(read.until);
    if (unusedBecause({ state: "active", until, signed: true }, node.clock.now()) !== null) return null;
    return {
      list: {
        ...{ id, origin: row.origin, title: read.title, call: read.call, until: read.until },
        entries: read.entries,
        stays: read.stays === null ? null : { version: read.version, ...read.stays },
      },
      signed: { origin: row.origin, key: row.signed_by, at: read.at, takenAt: row.taken_at },
    };
  };
  const refresh = async (): Promise<void> => {
    if (performance.now() - at < freshMs) return;
    const began = performance.now();
    const stolen = await node.stolen();
    const next = new Map<string, Believed>();
    for (const { id, version } of await heads()) {
      const name = `${id} ${version}`;
      const one = known.get(name) ?? (await load(id));
      if (one !== null && !underStolenKey(one.signed, stolen)) next.set(name, one);
    }
    const same = next.size === known.size && [...next.keys()].every((name) => known.has(name));
    if (!same) served = [...next.values()].map(({ list }) => list);
    known = next;
    at = began;
  };
  return {
    async inUse() {
      const mine = turn.then(refresh, refresh);
      turn = mine.catch(() => undefined);
      await mine;
      return served;
    },
    async keptFrom(db, lists) {
      const origins = [...new Set(lists.map(({ origin }) => origin))].filter((one) => one !== node.code);
      if (origins.length === 0) return new Set<Id>();
      const { rows } = await sql<{
        origin: string;
      }>`select o.origin from unnest(${origins}::text[]) as o (origin)
        where simpul.kept_from_states(array[o.origin])`.execute(db.rows);
      const kept = new Set(rows.map(({ origin }) => origin));
      return new Set(lists.filter(({ origin }) => kept.has(origin)).map(({ id }) => id));
    },
    async names() {
      const rows = await node.store.read(jobStanding, async (db) => {
        const found = await sql<{ id: Id; origin: NodeCode; title: string; until: Date }>`
          select id, origin, title, until from simpul.watch_lists
          where state = 'active' and until > ${node.clock.now()} order by origin, title, id`.execute(db.rows);
        return found.rows;
      });
      const used = new Map((await this.inUse()).map((one) => [one.id, one]));
      return rows.map((row) => ({
        ...row,
        until: row.until.toISOString(),
        entries: used.get(row.id)?.entries.length ?? 0,
      }));
    },
    askStaying: askStaying(node),
  };
}
