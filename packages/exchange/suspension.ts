// Exchange with a state rests for a while: one person decides so, letters wait on both sides, two let it go on.
import { actorName, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { ExchangeError } from "./errors.ts";
import { tables } from "./rows.ts";

const none = {
  suspended_by: null,
  suspended_at: null,
  suspended_because: null,
  resume_by: null,
  resume_at: null,
};

/** At once in both directions; what is under way is told `PEER_SUSPENDED` and waits. Throws `NOT_A_PEER`. */
export async function suspendPeer(tx: Writer, node: NodeCode, because: string): Promise<void> {
  const { numUpdatedRows } = await tables(tx.rows)
    .updateTable("simpul.peers")
    .set({
      ...none,
      state: "suspended",
      suspended_by: actorName(tx.standing.actor),
      suspended_at: tx.at,
      suspended_because: because,
    })
    .where("node", "=", node)
    .where("state", "=", "confirmed")
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new ExchangeError("NOT_A_PEER", node);
  tx.note("peer.suspended", { node, reason: because });
}

/** The first person's half; the second time by another, it goes on. Throws `NOT_A_PEER`, `SAME_PERSON`. */
export async function resumePeer(tx: Writer, node: NodeCode): Promise<"asked" | "resumed"> {
  const by = actorName(tx.standing.actor);
  const db = tables(tx.rows);
  const row = await db
    .selectFrom("simpul.peers")
    .select(["state", "resume_by"])
    .where("node", "=", node)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== "suspended") throw new ExchangeError("NOT_A_PEER", node);
  if (row.resume_by === by) throw new ExchangeError("SAME_PERSON");
  const change = db.updateTable("simpul.peers").where("node", "=", node);
  if (row.resume_by === null) {
    await change.set({ resume_by: by, resume_at: tx.at }).execute();
    tx.note("peer.resume-asked", { node });
    return "asked";
  }
  await change.set({ ...none, state: "confirmed", health: "unknown", health_since: null }).execute();
  // What waits goes at once, not after the pause of its last try.
  tx.note("peer.resumed", { node, first: row.resume_by });
  return "resumed";
}
