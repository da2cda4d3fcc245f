// Putting sealed envelopes before a peer: several at once where it knows batches, and what it lacks before them first.
import type { Id } from "@simpul/model";
import { sealEnvelope, voidType } from "./envelope.ts";
import { ExchangeError, refusalCodes, transportCodes } from "./errors.ts";
import { PeerRefusal } from "./client.ts";
import { signingTo } from "./keys.ts";
import { sealAgain } from "./outgoing.ts";
import { type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import type { Sending } from "./sender.ts";
import { paths } from "./server.ts";
import { lengthen } from "./together.ts";

interface Posted {
  row: { id: string };
  seq: number;
  sealed: string;
}

/** Receipts for the first of them, in order; `stopped` tells why the rest have none. */
export interface Answered {
  receipts: string[];
  stopped: ExchangeError | null;
}

/** Throws when not even the first was answered. */
export async function post(
  node: Sending,
  peer: Peer,
  list: readonly Posted[],
  /** Nothing before it is on its way: what is missing there was lost there. */
  alone = true,
): Promise<Answered> {
  const send = () => (list.length === 1 || peer.version < 2 ? oneByOne : together)(node, peer, list);
  try {
    return await send();
  } catch (error) {
    const { seq } = list[0]!;
    const expected =
      error instanceof PeerRefusal && error.code === "GAP" ? error.facts["expected"] : undefined;
    if (typeof expected !== "number" || expected >= seq || !alone) throw error;
    // It lost what it had receipted (a restored backup): what we kept fills the gap, then these again.
    await resend(node, peer, expected, seq - 1);
    return await send();
  }
}

async function oneByOne(node: Sending, peer: Peer, list: readonly Posted[]): Promise<Answered> {
  const receipts: string[] = [];
  for (const { row, seq, sealed } of list)
    try {
      const answer = await node.client.call(peer, {
        method: "POST",
        path: `${paths.envelopes}?id=${row.id as Id}&seq=${seq}&ahead=${await node.ahead.told(peer.node)}`,
        headers: { "content-type": "application/jose" },
        body: Buffer.from(sealed, "latin1"),
        limit: 16_384,
      });
      receipts.push(answer.body.toString("latin1"));
    } catch (error) {
      if (receipts.length === 0 || !(error instanceof ExchangeError)) throw error;
      return { receipts, stopped: error };
    }
  return { receipts, stopped: null };
}

async function together(node: Sending, peer: Peer, list: readonly Posted[]): Promise<Answered> {
  const envelopes = list.map(({ row, seq, sealed }) => ({ id: row.id, seq, sealed }));
  const answer = await node.client.call(peer, {
    method: "POST",
    path: `${paths.batches}?ahead=${await node.ahead.told(peer.node)}`,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ envelopes })),
    limit: 16_384 * list.length,
  });
  const { receipts, signed, error } = JSON.parse(answer.body.toString("utf8")) as Record<string, unknown>;
  const fits = Array.isArray(receipts) && receipts.length > 0 && receipts.length <= list.length;
  if (!fits || !receipts.every((one) => typeof one === "string"))
    throw new ExchangeError("NOT_A_RECEIPT", "not the answer to a batch");
  const whole = receipts.length === list.length;
  return { receipts: lengthen(receipts, signed), stopped: whole ? null : stoppedBy(error) };
}

function stoppedBy(error: unknown): ExchangeError {
  const { code, ...facts } = (error ?? {}) as { code?: unknown } & Record<string, unknown>;
  const known = [...transportCodes, ...refusalCodes].find((one) => one === code);
  return new PeerRefusal(known ?? "UNAVAILABLE", facts);
}

/**
 * Sends kept envelopes again, number by number. One of which only a receipt is left (this node was restored too) goes
 * as nothing: what neither side holds any more must not hold up the line. Throws `GAP` when a number is not known.
 */
export async function resend(node: Sending, peer: Peer, first: number, last: number): Promise<void> {
  for (let seq = first; seq <= last; seq++) {
    const row = await node.store.chore("exchange", ({ rows }) =>
      tables(rows)
        .selectFrom("simpul.outbox")
        .select([
          ...([
            "id",
            "kind",
            "body",
            "attachments",
            "sequence",
            "sealed",
            "first_id",
            "urgent",
            "excluded",
          ] as const),
          "lost",
        ])
        .where("peer", "=", peer.node)
        .where("sequence", "=", seq)
        .executeTakeFirst(),
    );
    if (!row) throw new ExchangeError("GAP", `${seq} is not known`);
    const id = row.id as Id;
    const sealed =
      row.sealed?.toString("latin1") ??
      (await (row.lost ? nothing(node, peer, id, seq) : sealAgain(node, peer, row, seq)));
    const { stopped } = await post(node, peer, [{ row: { id }, seq, sealed }]);
    if (stopped !== null) throw stopped;
  }
}

function nothing(node: Sending, peer: Peer, id: Id, seq: number): Promise<string> {
  const by = signingTo(node.keys, peer, node.keys.agencies[0]!);
  const at = node.clock.now().toISOString();
  const head = { v: 1, id, type: voidType, from: node.keys.node, to: peer.node, agency: by.agency, seq, at };
  return sealEnvelope({ ...head, body: {}, attachments: [] }, by, peer.sealing);
}
