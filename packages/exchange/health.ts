// How a peer is, as our own calls to it and its calls to us show: kept in its row, told to the pages that watch.
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { oldestVersion, wireVersion } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import { tables, type PeerHealth } from "./rows.ts";

/** How a failed call looks on the peers screen; null when the peer answered, and only this very call was refused. */
export function healthAfter(error: unknown): PeerHealth | null {
  if (!(error instanceof ExchangeError)) return null;
  switch (error.code) {
    case "CLOCK_OFF":
      return "clock-off";
    case "SEQUENCE_REUSED":
      return "behind";
    case "PEER_SUSPENDED":
      return "suspended";
    case "UNREACHABLE":
    case "TIMEOUT":
    case "UNAVAILABLE":
      return "down";
    case "UNPINNED":
    case "PEER_STOPPED":
    case "BAD_SIGNATURE":
    case "NEWER_VERSION":
    case "OLDER_VERSION":
    case "NOT_FOR_US":
    case "EXERCISE_APART":
    case "WRONG_CERTIFICATE":
      return "refusing";
    default:
      return null;
  }
}

/** Pages that show this peer ask again. */
export const tellPeer = (store: OpenStore, node: string): void => store.wakes.wake(`peer:${node}`);

/** Keeps how our last call to a peer went; `error` null for well. Nothing is written where nothing changes. */
export async function noteHealth(
  store: OpenStore,
  node: NodeCode,
  health: PeerHealth,
  error: string | null,
): Promise<void> {
  const changed = await store.chore("exchange", ({ rows, at }) => {
    const change = tables(rows).updateTable("simpul.peers").where("node", "=", node);
    return error === null
      ? change
          .set({ health, last_error: null, failed_at: null, health_since: at })
          .where("health", "!=", health)
          .executeTakeFirst()
      : change
          .set((row) => ({
            health,
            last_error: error.slice(0, 500),
            failed_at: at,
            health_since: row.case().when("health", "=", health).then(row.ref("health_since")).else(at).end(),
          }))
          .executeTakeFirst();
  });
  if (changed.numUpdatedRows > 0n) tellPeer(store, node);
}

/**
 * The peer answered, or spoke to us: whatever kept envelopes waiting may be over, so the line is tried at once. That
 * numbers do not match (`behind`) none of this mends. True when worth a look.
 */
export const tryLineNow = (store: OpenStore, node: NodeCode): Promise<boolean> =>
  store.chore("exchange", async ({ rows, at }) => {
    const line = await tables(rows)
      .updateTable("simpul.peer_lines as l")
      .set({ next_try: at })
      .where("l.peer", "=", node)
      .where("l.failures", ">", 0)
      .where("l.next_try", ">", at)
      .where((where) =>
        where.exists(
          where
            .selectFrom("simpul.peers as p")
            .select("p.node")
            .whereRef("p.node", "=", "l.peer")
            .where("p.health", "!=", "behind"),
        ),
      )
      .executeTakeFirst();
    return line.numUpdatedRows > 0n;
  });

/** The peer answered a question: its line is tried, and with nothing waiting in vain it is up. True when worth a look. */
export async function noteAnswered(store: OpenStore, node: NodeCode): Promise<boolean> {
  if (await tryLineNow(store, node)) return true;
  const peer = await store.chore("exchange", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.peers as p")
      .innerJoin("simpul.peer_lines as l", "l.peer", "p.node")
      .select(["p.health", "l.failures"])
      .where("p.node", "=", node)
      .executeTakeFirst(),
  );
  if (peer?.failures === 0 && peer.health !== "up" && peer.health !== "behind")
    await noteHealth(store, node, "up", null);
  return false;
}

/** Keeps which version a peer said it speaks, and with it the one that both know. */
export async function noteVersion(store: OpenStore, node: NodeCode, speaks: number): Promise<void> {
  const version = Math.max(oldestVersion, Math.min(wireVersion, speaks));
  const changed = await store.chore("exchange", ({ rows }) =>
    tables(rows)
      .updateTable("simpul.peers")
      .set({ version, speaks })
      .where("node", "=", node)
      .where((or) => or.or([or("version", "!=", version), or("speaks", "!=", speaks)]))
      .executeTakeFirst(),
  );
  if (changed.numUpdatedRows > 0n) tellPeer(store, node);
}

/** Keeps when a peer last proved itself at our door. True when envelopes waited for it that are worth a try now. */
export async function noteHeard(store: OpenStore, node: NodeCode): Promise<boolean> {
  await store.chore("exchange", ({ rows, at }) =>
    tables(rows).updateTable("simpul.peers").set({ heard_at: at }).where("node", "=", node).execute(),
  );
  tellPeer(store, node);
  return tryLineNow(store, node);
}
