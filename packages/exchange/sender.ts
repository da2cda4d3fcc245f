// The outbox of one peer after another: numbered, sealed, asked about once more, sent in order until a receipt is held.
import { randomBytes } from "node:crypto";
import { Id, type Clock, type Digest, type NodeCode, type Random } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import type { AttachmentSource } from "./attachments.ts";
import type { PeerClient } from "./client.ts";
import { PeerRefusal } from "./client.ts";
import { digestOf, sealEnvelope, voidType, wireVersion, type AttachmentRef } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import type { AgencyKey, NodeKeys } from "./keys.ts";
import { healthAfter, noteHealth, tellPeer } from "./health.ts";
import { tables, type Peer, type Peers } from "./peers.ts";
import { readReceipt, type Receipt } from "./receipt.ts";
import { paths } from "./server.ts";

/** An envelope that is about to leave. */
export interface Outgoing {
  id: Id;
  /** The envelope that the feature wrote; another than `id` when somebody had a dead letter tried again. */
  first: Id;
  to: NodeCode;
  kind: string;
  body: unknown;
  attachments: Digest[];
}

/** The law's last word, asked right before each sending (architecture 5.5). */
export type MayLeave = (
  envelope: Outgoing,
) => Promise<{ kind: "may" } | { kind: "may-not"; because: string }>;

export interface Sending {
  store: OpenStore;
  keys: NodeKeys;
  peers: Peers;
  clock: Clock;
  random: Random;
  client: PeerClient;
  attachments: AttachmentSource;
  mayLeave: MayLeave;
  /** Whose key signs it. */
  agencyFor(envelope: Outgoing): AgencyKey;
  /** The receipt is here; told before it is written down, so it may be told twice. */
  onReceipt(envelope: Outgoing, receipt: Receipt): Promise<void>;
  failed(error: unknown): void;
  pace: Pace;
}

export interface Pace {
  /** How long a line belongs to a process that says nothing more. */
  leaseMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
}

interface Row {
  id: string;
  kind: string;
  body: unknown;
  attachments: string[];
  sequence: number | null;
  sealed: Buffer | null;
  first_id: string | null;
}

/**
 * What was written down by a clock that ran ahead must not hold a line until then: no pause is longer than the longest
 * retry, no lease than its length.
 */
const horizon = ({ pace }: Sending, at: Date) => ({
  pause: new Date(at.getTime() + 2 * pace.longestRetryMs),
  lease: new Date(at.getTime() + 2 * pace.leaseMs),
});

/** Sends what waits for one peer, in order, until nothing waits or the peer does not take it. */
export async function drain(node: Sending, peerNode: NodeCode, going: () => boolean): Promise<void> {
  const lease = await takeLine(node, peerNode);
  if (!lease) return;
  try {
    while (going() && (await lease.renew())) {
      const row = await headOf(node, peerNode);
      if (!row) break;
      const peer = await node.peers.byNode(peerNode);
      if (peer?.state !== "confirmed") break;
      await deliver(node, peer, row);
      await lease.worked();
    }
  } catch (error) {
    await keepFailure(node, peerNode, error);
  } finally {
    await lease.release();
    tellPeer(node.store, peerNode);
  }
}

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

interface Lease {
  renew(): Promise<boolean>;
  /** The peer took something: what went wrong before is over. */
  worked(): Promise<void>;
  release(): Promise<void>;
}

/** Null when another process works on this line. A process that dies loses it when the lease runs out. */
async function takeLine(node: Sending, peer: NodeCode): Promise<Lease | null> {
  const id = Id.make(node);
  const hold = (mine: boolean) =>
    node.store.chore("exchange", async ({ rows, at }) => {
      const until = new Date(at.getTime() + node.pace.leaseMs);
      const held = await tables(rows)
        .updateTable("simpul.peer_lines")
        .set({ lease: id, leased_until: until })
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
                ]),
              ]),
        )
        .executeTakeFirst();
      return held.numUpdatedRows === 1n;
    });
  const change = (values: { lease: null; leased_until: null } | { failures: number }) =>
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
  return {
    renew: () => hold(true),
    async worked() {
      if (worked) return;
      worked = true;
      await change({ failures: 0 });
      await noteHealth(node.store, peer, "up", null);
    },
    async release() {
      await change({ lease: null, leased_until: null });
    },
  };
}

const headOf = (node: Sending, peer: NodeCode): Promise<Row | undefined> =>
  node.store.chore("exchange", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.outbox")
      .select(["id", "kind", "body", "attachments", "sequence", "sealed", "first_id"])
      .where("peer", "=", peer)
      .where("state", "=", "waiting")
      // What has its number goes first: the peer takes no later one before it.
      .orderBy("sequence", (order) => order.asc().nullsLast())
      .orderBy("created_at")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst(),
  );

const outgoingOf = (row: Row, to: NodeCode): Outgoing => ({
  id: row.id as Id,
  first: (row.first_id ?? row.id) as Id,
  to,
  kind: row.kind,
  body: row.body,
  attachments: row.attachments as Digest[],
});

async function deliver(node: Sending, peer: Peer, row: Row): Promise<void> {
  const outgoing = outgoingOf(row, peer.node);
  const leave = await node.mayLeave(outgoing);
  if (leave.kind === "may-not" && row.sequence === null)
    return end(node, peer.node, row.id, {
      state: "dead",
      last_error: `MAY_NOT_LEAVE: ${leave.because}`,
      receipt: null,
    });
  let numbered: { seq: number; sealed: string };
  try {
    numbered = await number(node, peer, row, leave.kind === "may" ? "itself" : "void");
  } catch (error) {
    // What can never be sealed must not hold up the rest; it took no number.
    if (!(error instanceof ExchangeError) || row.sequence !== null) throw error;
    return end(node, peer.node, row.id, { state: "dead", last_error: error.message, receipt: null });
  }
  const { text, receipt } = await post(node, peer, row.id as Id, numbered);
  const reached = receipt.sealed === digestOf(numbered.sealed);
  if (leave.kind === "may-not" && reached)
    return end(node, peer.node, row.id, {
      state: "dead",
      last_error: `MAY_NOT_LEAVE: ${leave.because}`,
      receipt: text,
    });
  // A receipt for other bytes under our number: an earlier try had got through before it was held back.
  if (leave.kind === "may" && !reached) throw new ExchangeError("NOT_A_RECEIPT", "for other bytes");
  await node.onReceipt(outgoing, receipt);
  await end(node, peer.node, row.id, {
    state: receipt.outcome === "accepted" ? "receipted" : "refused",
    last_error: receipt.code ?? null,
    receipt: text,
  });
}

/**
 * Gives an envelope its number and its sealed bytes in one transaction, so that a process that dies leaves no gap;
 * the second time it finds both. With "void", an envelope that has a number keeps it and says nothing any more.
 */
async function number(
  node: Sending,
  peer: Peer,
  row: Row,
  what: "itself" | "void",
): Promise<{ seq: number; sealed: string }> {
  if (row.sequence !== null && row.sealed !== null && what === "itself")
    return { seq: row.sequence, sealed: row.sealed.toString("latin1") };
  const outgoing = outgoingOf(row, peer.node);
  const by = node.agencyFor(outgoing);
  const attachments = what === "itself" ? await offer(node, outgoing) : [];
  return node.store.chore("exchange", async ({ rows, at }) => {
    const db = tables(rows);
    const line = db.updateTable("simpul.peer_lines").where("peer", "=", peer.node);
    const seq =
      row.sequence ??
      (
        await line
          .set((set) => ({ sent: set("sent", "+", 1) }))
          .returning("sent")
          .executeTakeFirstOrThrow()
      ).sent;
    const sealed = await sealEnvelope(
      {
        v: wireVersion,
        id: outgoing.id,
        type: what === "void" ? voidType : outgoing.kind,
        from: node.keys.node,
        to: peer.node,
        agency: by.agency,
        seq,
        at: at.toISOString(),
        body: what === "void" ? {} : outgoing.body,
        attachments,
      },
      by,
      peer.sealing,
    );
    const kept = await db
      .updateTable("simpul.outbox")
      .set({ sequence: seq, sealed: Buffer.from(sealed, "latin1") })
      .where("peer", "=", peer.node)
      .where("id", "=", row.id)
      .where("sequence", row.sequence === null ? "is" : "=", row.sequence)
      .executeTakeFirst();
    // Another process numbered it meanwhile: this transaction, and with it the number, is undone.
    if (kept.numUpdatedRows !== 1n) throw new Error("the line was lost to another process");
    if (attachments.length > 0)
      await db
        .insertInto("simpul.offered")
        .values(
          attachments.map(({ digest, size, key }) => ({
            peer: peer.node,
            envelope: row.id,
            digest,
            size,
            key: Buffer.from(key, "base64url"),
            at,
            fetched_at: null,
          })),
        )
        .execute();
    return { seq, sealed };
  });
}

/** A fresh key for each file and recipient. Throws `NOT_FOUND` for a file that this node does not hold. */
async function offer(node: Sending, outgoing: Outgoing): Promise<AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const digest of outgoing.attachments) {
    const source = await node.attachments.open(digest);
    if (!source) throw new ExchangeError("NOT_FOUND", `attachment ${digest}`);
    refs.push({ digest, size: source.size, key: randomBytes(32).toString("base64url") });
  }
  return refs;
}

async function post(
  node: Sending,
  peer: Peer,
  id: Id,
  { seq, sealed }: { seq: number; sealed: string },
): Promise<{ text: string; receipt: Receipt }> {
  const call = () =>
    node.client.call(peer, {
      method: "POST",
      path: `${paths.envelopes}?id=${id}&seq=${seq}`,
      headers: { "content-type": "application/jose" },
      body: Buffer.from(sealed, "latin1"),
      limit: 16_384,
    });
  let answer;
  try {
    answer = await call();
  } catch (error) {
    const expected =
      error instanceof PeerRefusal && error.code === "GAP" ? error.facts["expected"] : undefined;
    if (typeof expected !== "number" || expected >= seq) throw error;
    // It lost what it had receipted (a restored backup): what we kept fills the gap, then this one again.
    await resend(node, peer, expected, seq - 1);
    answer = await call();
  }
  const text = answer.body.toString("latin1");
  const expected = { key: peer.signing, by: peer.node, from: node.keys.node, id, seq };
  return { text, receipt: await readReceipt(text, expected) };
}

/** Sends kept envelopes again, number by number. Throws `GAP` when one is not kept any more. */
export async function resend(node: Sending, peer: Peer, first: number, last: number): Promise<void> {
  for (let seq = first; seq <= last; seq++) {
    const row = await node.store.chore("exchange", ({ rows }) =>
      tables(rows)
        .selectFrom("simpul.outbox")
        .select(["id", "sealed"])
        .where("peer", "=", peer.node)
        .where("sequence", "=", seq)
        .executeTakeFirst(),
    );
    if (!row?.sealed) throw new ExchangeError("GAP", `${seq} is not kept`);
    await post(node, peer, row.id as Id, { seq, sealed: row.sealed.toString("latin1") });
  }
}

interface Ending {
  state: "receipted" | "refused" | "dead";
  last_error: string | null;
  receipt: string | null;
}

const end = (node: Sending, peer: NodeCode, id: string, ending: Ending): Promise<void> =>
  node.store.chore("exchange", async ({ rows, at }) => {
    await tables(rows)
      .updateTable("simpul.outbox")
      .set({
        ...ending,
        receipt: ending.receipt === null ? null : JSON.stringify(ending.receipt),
        ended_at: at,
      })
      .where("peer", "=", peer)
      .where("id", "=", id)
      .execute();
  });

/** Writes down what went wrong and when to try again: twice as long each time, unevenly, up to the longest. */
async function keepFailure(node: Sending, peer: NodeCode, error: unknown): Promise<void> {
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
