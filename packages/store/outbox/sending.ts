// The outbox from the sender's side: take the next, keep the sealed bytes, note how it ended.
import { Id } from "@simpul/model";
import type { Digest, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { StoreError } from "../errors.ts";
import { pauseBefore } from "../jobs/worker.ts";
import type { OpenStore } from "../open.ts";

export interface Outgoing {
  peer: NodeCode;
  id: Id;
  kind: string;
  body: unknown;
  attachments: Digest[];
  /** Tries including this one. */
  attempts: number;
  /** Gap-free towards this peer. */
  sequence: number;
  /** The bytes of an earlier try, to be sent again as they are. */
  sealed: Buffer | null;
  createdAt: Date;
  lease: Id;
}

const leaseSeconds = 60;

/** Peers for which something is due now. */
export async function duePeers(store: OpenStore): Promise<NodeCode[]> {
  return store.chore("send", async ({ rows, at }) => {
    const due = await sql<{ peer: NodeCode }>`select distinct peer from simpul.outbox
      where (state = 'waiting' and next_try <= ${at}) or (state = 'sending' and leased_until < now()) order by peer`.execute(
      rows,
    );
    return due.rows.map((row) => row.peer);
  });
}

/**
 * Takes the oldest due envelope to `peer` and gives it its number at the first try; null when none is due. What a
 * killed sender held comes first.
 */
export async function takeOutgoing(store: OpenStore, peer: NodeCode): Promise<Outgoing | null> {
  const lease = Id.make(store);
  return store.chore("send", async ({ rows, at }) => {
    const take = (condition: ReturnType<typeof sql>) =>
      sql<Omit<Outgoing, "lease" | "sequence"> & { sequence: number | null }>`
        update simpul.outbox set state = 'sending', lease = ${lease}, attempts = attempts + 1,
          leased_until = now() + make_interval(secs => ${leaseSeconds})
        where peer = ${peer} and id = (
          select id from simpul.outbox where peer = ${peer} and ${condition} limit 1 for update skip locked)
        returning peer, id, kind, body, attachments, attempts, sequence, sealed, created_at as "createdAt"`.execute(
        rows,
      );
    const left = await take(sql`state = 'sending' and leased_until < now() order by sequence`);
    const found =
      left.rows[0] ?? (await take(sql`state = 'waiting' and next_try <= ${at} order by id`)).rows[0];
    if (found === undefined) return null;
    if (found.sequence !== null) return { ...found, sequence: found.sequence, lease };
    const given = await sql<{ last: number }>`insert into simpul.outbox_heads (peer, last) values (${peer}, 1)
      on conflict (peer) do update set last = outbox_heads.last + 1 returning last`.execute(rows);
    const sequence = given.rows[0]!.last;
    await sql`update simpul.outbox set sequence = ${sequence} where peer = ${peer} and id = ${found.id}`.execute(
      rows,
    );
    return { ...found, sequence, lease };
  });
}

/** How one try ended. */
export type Ending =
  | { kind: "receipted"; receipt: unknown }
  /** The peer answered that it will not take it, by a signed receipt. */
  | { kind: "refused"; receipt: unknown; error: string }
  /** No answer, or one that cannot be used: tried again later, dead after `tries`. */
  | { kind: "failed"; error: string; tries?: number }
  /** Our own policy stops it just before it leaves. */
  | { kind: "stopped"; error: string };

/** Keeps the sealed bytes before they are first sent. Throws `NO_JOB` when the lease is somebody else's by now. */
export async function keepSealed(store: OpenStore, out: Outgoing, sealed: Uint8Array): Promise<void> {
  const kept = await store.chore("send", async ({ rows }) => {
    const done = await sql`update simpul.outbox set sealed = ${Buffer.from(sealed)},
        leased_until = now() + make_interval(secs => ${leaseSeconds})
      where peer = ${out.peer} and id = ${out.id} and lease = ${out.lease}`.execute(rows);
    return done.numAffectedRows;
  });
  if (kept !== 1n) throw new StoreError("NO_JOB", out.id);
}

/** Notes how the try ended; says whether the lease was still ours. */
export async function endSending(store: OpenStore, out: Outgoing, ending: Ending): Promise<boolean> {
  const error = ending.kind === "receipted" ? null : ending.error.slice(0, 2_000);
  const receipt = "receipt" in ending ? JSON.stringify(ending.receipt) : null;
  const again = ending.kind === "failed" && out.attempts < (ending.tries ?? 60);
  const state = again
    ? "waiting"
    : ending.kind === "receipted" || ending.kind === "refused"
      ? ending.kind
      : "dead";
  const pause = pauseBefore(out.attempts + 1, store.random.bytes(1)[0]! / 255);
  const kept = await store.chore("send", async ({ rows, at }) => {
    const done = await sql`update simpul.outbox set state = ${state}, lease = null, leased_until = null,
        last_error = ${error}, receipt = ${receipt}::jsonb, next_try = ${new Date(at.getTime() + pause)},
        ended_at = ${again ? null : at}
      where peer = ${out.peer} and id = ${out.id} and lease = ${out.lease}`.execute(rows);
    return done.numAffectedRows;
  });
  store.wakes.wake(`outbox:${out.peer}`);
  return kept === 1n;
}

export interface OutboxLine {
  peer: NodeCode;
  id: Id;
  kind: string;
  state: "waiting" | "sending" | "receipted" | "refused" | "dead";
  attempts: number;
  createdAt: Date;
  nextTry: Date;
  lastError: string | null;
}

/** What is on its way or did not arrive, for the peers screen: never what it says. */
export async function listOutbox(
  store: OpenStore,
  state: OutboxLine["state"],
  limit = 50,
): Promise<OutboxLine[]> {
  return store.chore("look", async ({ rows }) => {
    const found = await sql<OutboxLine>`select peer, id, kind, state, attempts, created_at as "createdAt",
        next_try as "nextTry", last_error as "lastError"
      from simpul.outbox where state = ${state} order by created_at desc limit ${Math.min(limit, 200)}`.execute(
      rows,
    );
    return found.rows;
  });
}

/** Sends a dead letter again; throws `NO_JOB` when there is no such dead one. */
export async function resend(store: OpenStore, peer: NodeCode, id: Id): Promise<void> {
  const changed = await store.chore("resend", async ({ rows, at }) => {
    const done =
      await sql`update simpul.outbox set state = 'waiting', attempts = 0, next_try = ${at}, ended_at = null
      where peer = ${peer} and id = ${id} and state = 'dead'`.execute(rows);
    return done.numAffectedRows;
  });
  if (changed !== 1n) throw new StoreError("NO_JOB", id);
  store.wakes.wake("outbox");
}
