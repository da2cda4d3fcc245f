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
 * The peer answered a question: whatever kept envelopes waiting may be over, so the line is tried at once; with nothing
 * waiting in vain it is up. That numbers do not match (`behind`) no answered question mends. True when worth a look.
 */
export async function noteAnswered(store: OpenStore, node: NodeCode): Promise<boolean> {
  const found = await store.chore("exchange", async ({ rows, at }) => {
    const db = tables(rows);
    const peer = await db
      .selectFrom("simpul.peers as p")
      .innerJoin("simpul.peer_lines as l", "l.peer", "p.node")
      .select(["p.health", "l.failures"])
      .where("p.node", "=", node)
      .executeTakeFirst();
    if (!peer || peer.health === "up" || peer.health === "behind") return "nothing new";
    if (peer.failures === 0) return "up";
    await db.updateTable("simpul.peer_lines").set({ next_try: at }).where("peer", "=", node).execute();
    return "try";
  });
  if (found === "up") await noteHealth(store, node, "up", null);
  return found === "try";
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

/** Keeps when a peer last proved itself at our door. */
export async function noteHeard(store: OpenStore, node: NodeCode): Promise<void> {
  await store.chore("exchange", ({ rows, at }) =>
    tables(rows).updateTable("simpul.peers").set({ heard_at: at }).where("node", "=", node).execute(),
  );
  tellPeer(store, node);
}
