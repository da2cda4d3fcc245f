// A restored node learns what it sent and does not remember: the peer's own receipts say it, so nothing is sent twice.
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { readReceipts, type GivenReceipt } from "./books.ts";
import { voidType } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import { everSigned, type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import { readReceiptOf, type Receipt } from "./receipt.ts";
import { outgoingOf } from "./outgoing.ts";
import type { Sending } from "./sender.ts";
import { paths } from "./server.ts";

/** What a mended line was: envelopes that had arrived, and among them those of which only the receipt is left. */
export interface Reconciled {
  settled: number;
  lost: number;
}

interface Held extends GivenReceipt {
  read: Receipt;
}

/**
 * Asks the peer for every receipt above the last number that we are sure of and takes over what it proves: an envelope
 * that still waited here had arrived; one that this node does not know any more stands as lost, its number used.
 * Throws `ExchangeError`; what it took over until then stays.
 */
export async function reconcile(node: Sending, peer: Peer): Promise<Reconciled> {
  const done = { settled: 0, lost: 0 };
  for (let after = await sureUntil(node.store, peer.node); ;) {
    const path = `${paths.receipts}?after=${after}`;
    const answer = await node.client.call(peer, { method: "GET", path, limit: 2 * 1024 * 1024 });
    const page: Held[] = [];
    const expected = { ...peerReceipts(node, peer), held: new Map() };
    for (const given of readReceipts(answer.body))
      page.push({ ...given, read: await readReceiptOf(given.receipt, expected) });
    if (page.length === 0) return done;
    if (page.some(({ read }, i) => read.seq !== after + 1 + i))
      throw new ExchangeError("BAD_REQUEST", "receipts with a gap");
    const more = await takeOver(node, peer.node, page);
    done.settled += more.settled;
    done.lost += more.lost;
    after = page.at(-1)!.read.seq;
  }
}

const peerReceipts = (node: Sending, peer: Peer) => ({
  keys: everSigned(peer),
  by: peer.node,
  from: node.keys.node,
});

/** The number up to which each envelope has its receipt here. */
const sureUntil = (store: OpenStore, peer: NodeCode): Promise<number> =>
  store.chore("exchange", async ({ rows }) => {
    const { rows: found } = await sql<{ last: number }>`
      select coalesce(
        (select min(sequence) - 1 from simpul.outbox where peer = ${peer} and sequence is not null and receipt is null),
        (select sent from simpul.peer_lines where peer = ${peer}), 0)::float8 as last`.execute(rows);
    return found[0]!.last;
  });

async function takeOver(node: Sending, peer: NodeCode, page: readonly Held[]): Promise<Reconciled> {
  const ours = await node.store.chore("exchange", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.outbox")
      .select([
        "id",
        "kind",
        "body",
        "attachments",
        "sequence",
        "sealed",
        "first_id",
        "urgent",
        "excluded",
        "state",
      ])
      .where("peer", "=", peer)
      .where("id", "in", page.map(({ read }) => read.id) as string[])
      .where("receipt", "is", null)
      .execute(),
  );
  // Before it is written down, as with every receipt.
  for (const row of ours)
    await node.onReceipt(outgoingOf(row, peer), page.find(({ read }) => read.id === row.id)!.read);
  const known = new Set(ours.map(({ id }) => id));
  return node.store.chore("exchange", async ({ rows, at }) => {
    const db = tables(rows);
    // The line's row first: whoever numbers waits.
    await db
      .updateTable("simpul.peer_lines")
      .set((set) => ({ sent: set.fn<number>("greatest", ["sent", set.val(page.at(-1)!.read.seq)]) }))
      .where("peer", "=", peer)
      .execute();
    let lost = 0;
    for (const one of page) {
      await freeNumber(rows, peer, one.read);
      if (known.has(one.read.id)) await settle(rows, peer, one, at);
      else lost += await keepLost(rows, peer, one, at);
    }
    return { settled: known.size, lost };
  });
}

type Rows = Parameters<typeof tables>[0];

/** Another envelope of ours under this number never arrived under it: it waits for a number again. */
async function freeNumber(rows: Rows, peer: NodeCode, { id, seq }: Receipt): Promise<void> {
  const freed = await tables(rows)
    .updateTable("simpul.outbox")
    .set({ sequence: null, sealed: null })
    .where("peer", "=", peer)
    .where("sequence", "=", seq)
    .where("id", "!=", id as string)
    .where("receipt", "is", null)
    .returning("id")
    .execute();
  for (const one of freed)
    await tables(rows)
      .deleteFrom("simpul.offered")
      .where("peer", "=", peer)
      .where("envelope", "=", one.id)
      .execute();
}

const settle = (rows: Rows, peer: NodeCode, { read, receipt }: Held, at: Date): Promise<unknown> =>
  tables(rows)
    .updateTable("simpul.outbox")
    .set((set) => ({
      sequence: read.seq,
      sealed: set.case().when("sequence", "=", read.seq).then(set.ref("sealed")).else(null).end(),
      state: read.outcome === "accepted" ? "receipted" : "refused",
      last_error: read.code ?? null,
      receipt: JSON.stringify(receipt),
      ended_at: at,
    }))
    .where("peer", "=", peer)
    .where("id", "=", read.id as string)
    .execute();

/** Gives 1 for an envelope that was lost, 0 where it stands here already. */
async function keepLost(
  rows: Rows,
  peer: NodeCode,
  { read, receipt, type }: Held,
  at: Date,
): Promise<number> {
  const kept = await tables(rows)
    .insertInto("simpul.outbox")
    .values({
      peer,
      id: read.id as string,
      kind: type ?? voidType,
      body: "{}",
      state: read.outcome === "accepted" ? "receipted" : "refused",
      created_at: new Date(read.at),
      next_try: at,
      sequence: read.seq,
      receipt: JSON.stringify(receipt),
      last_error: read.code ?? null,
      ended_at: at,
      lost: true,
    } as never)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n ? 1 : 0;
}
