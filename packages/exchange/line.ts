// The line to a peer as a row: which process sends on it, when it is tried again, how it went.
import { Id, type NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { ExchangeError } from "./errors.ts";
import { healthAfter, noteHealth } from "./health.ts";
import { tables } from "./rows.ts";
import type { Sending } from "./sender.ts";

/**
 * What was written down by a clock that ran ahead must not hold a line until then: no pause is longer than the longest
 * retry, no lease than its length.
 */
const horizon = ({ pace }: Sending, at: Date) => ({
  pause: new Date(at.getTime() + 2 * pace.longestRetryMs),
  lease: new Date(at.getTime() + 2 * pace.leaseMs),
});

/** Lines on which something waits and which nobody works on. */
export const waitingLines = (node: Sending): Promise<NodeCode[]> =>
  node.store.chore("exchange", async ({ rows, at }) => {
    const found = await tables(rows)
      .selectFrom("simpul.peer_lines as l")
      .innerJoin("simpul.peers as p", "p.node", "l.peer")
      .select("l.peer")
      .where("p.state", "=", "confirmed")
      .where((or) => or.or([or("l.next_try", "<=", at), or("l.next_try", ">", horizon(node, at).pause)]))
      .where((or) =>
        or.or([
          or("l.lease", "is", null),
          or("l.leased_until", "<", at),
          or("l.leased_until", ">", horizon(node, at).lease),
          sql<boolean>`simpul.process_gone(l.leased_by)`,
        ]),
      )
      .where((where) =>
        where.exists(
          where
            .selectFrom("simpul.outbox as o")
            .select("o.id")
            .whereRef("o.peer", "=", "l.peer")
            .where("o.state", "=", "waiting"),
        ),
      )
      .execute();
    return found.map(({ peer }) => peer as NodeCode);
  });

export interface Lease {
  renew(): Promise<boolean>;
  /** Asks the database only when nobody did for a moment. */
  ours(): Promise<boolean>;
  /** The peer took something: what went wrong before is over. */
  worked(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Null when another process works on this line. A process that dies loses it at once, for its name is no longer among
 * the living; one that could not show that it lives, when the lease runs out.
 */
export async function takeLine(node: Sending, peer: NodeCode): Promise<Lease | null> {
  const id = Id.make(node);
  const by = await node.store.alive();
  const hold = (mine: boolean) =>
    node.store.chore("exchange", async ({ rows, at }) => {
      const until = new Date(at.getTime() + node.pace.leaseMs);
      const held = await tables(rows)
        .updateTable("simpul.peer_lines")
        .set({ lease: id, leased_until: until, leased_by: by })
        .where("peer", "=", peer)
        .where((or) =>
          mine
            ? or("lease", "=", id)
            : or.and([
                or.or([or("next_try", "<=", at), or("next_try", ">", horizon(node, at).pause)]),
                or.or([
                  or("lease", "is", null),
                  or("leased_until", "<", at),
                  or("leased_until", ">", horizon(node, at).lease),
                  sql<boolean>`simpul.process_gone(leased_by)`,
                ]),
              ]),
        )
        .executeTakeFirst();
      return held.numUpdatedRows === 1n;
    });
  const change = (values: { lease: null; leased_until: null; leased_by: null } | { failures: number }) =>
    node.store.chore("exchange", ({ rows }) =>
      tables(rows)
        .updateTable("simpul.peer_lines")
        .set(values)
        .where("peer", "=", peer)
        .where("lease", "=", id)
        .execute(),
    );
  if (!(await hold(false))) return null;
  let worked = false;
  let renewed = { at: performance.now(), held: true };
  const renew = async (): Promise<boolean> => {
    const held = await hold(true);
    renewed = { at: performance.now(), held };
    return held;
  };
  return {
    renew,
    ours: () =>
      renewed.held && performance.now() - renewed.at < node.pace.leaseMs / 6
        ? Promise.resolve(true)
        : renew(),
    async worked() {
      if (worked) return;
      worked = true;
      await change({ failures: 0 });
      await noteHealth(node.store, peer, "up", null);
    },
    async release() {
      await change({ lease: null, leased_until: null, leased_by: null });
    },
  };
}

/** Writes down what went wrong and when to try again: twice as long each time, unevenly, up to the longest. */
export async function keepFailure(node: Sending, peer: NodeCode, error: unknown): Promise<void> {
  const says = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ExchangeError)) node.failed(error);
  await node.store.chore("exchange", async ({ rows, at }) => {
    const db = tables(rows);
    const line = await db
      .updateTable("simpul.peer_lines")
      .set((set) => ({ failures: set("failures", "+", 1) }))
      .where("peer", "=", peer)
      .returning("failures")
      .executeTakeFirstOrThrow();
    const { firstRetryMs, longestRetryMs } = node.pace;
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(20, line.failures - 1));
    const next = new Date(at.getTime() + full * (0.5 + node.random.bytes(1)[0]! / 512));
    await db.updateTable("simpul.peer_lines").set({ next_try: next }).where("peer", "=", peer).execute();
    const head = await db
      .selectFrom("simpul.outbox")
      .select("id")
      .where("peer", "=", peer)
      .where("state", "=", "waiting")
      .orderBy("sequence", (order) => order.asc().nullsLast())
      .orderBy("urgent", "desc")
      .orderBy("created_at")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    if (head)
      await db
        .updateTable("simpul.outbox")
        .set((set) => ({
          attempts: set("attempts", "+", 1),
          last_error: says.slice(0, 2000),
          next_try: next,
        }))
        .where("peer", "=", peer)
        .where("id", "=", head.id)
        .execute();
  });
  // A fault of ours says nothing about the peer; an answer that fits nothing is one.
  const ours = !(error instanceof ExchangeError);
  await noteHealth(node.store, peer, ours ? "unknown" : (healthAfter(error) ?? "refusing"), says);
}
