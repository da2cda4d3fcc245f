// Taking an envelope in: its number, its opening, the feature's work and the receipt are one transaction or nothing.
import { Id, type Clock, type NodeCode } from "@simpul/model";
import type { OpenStore, Writer } from "@simpul/store";
import { digestOf, openEnvelope, voidType, type Envelope } from "./envelope.ts";
import { EnvelopeRefused, ExchangeError, refusalCodes, type RefusalCode } from "./errors.ts";
import type { NodeKeys } from "./keys.ts";
import { tables, type Peer } from "./peers.ts";
import { signReceipt } from "./receipt.ts";
import { PeerRefusal } from "./client.ts";

/**
 * The feature's part, in the transaction that takes the envelope in. Throw `EnvelopeRefused` to refuse it; any other
 * error means "not now": nothing is kept and the peer sends it again.
 */
export type OnEnvelope = (tx: Writer, envelope: Envelope) => Promise<void>;

/** An envelope as it came: what the request says about it, and its sealed bytes. */
export interface Incoming {
  id: Id;
  seq: number;
  sealed: string;
}

interface Receiving {
  store: OpenStore;
  keys: NodeKeys;
  clock: Clock;
  onEnvelope: OnEnvelope;
}

/** A refused one keeps its type where it could be read. */
type Verdict = { envelope: Envelope } | { code: RefusalCode; type: string | null };

/** Somebody else took this number meanwhile: look again. */
class Overtaken extends Error {}

/**
 * Gives the signed receipt. The same envelope again gets the same receipt and changes nothing. Throws `GAP` with the
 * number expected, and `SEQUENCE_REUSED` when number or id were used for something else.
 */
export async function receive(node: Receiving, peer: Peer, incoming: Incoming): Promise<string> {
  for (;;) {
    const known = await lookUp(node.store, peer.node, incoming);
    if (known.receipt !== null) return known.receipt;
    if (incoming.seq > known.received + 1) throw new PeerRefusal("GAP", { expected: known.received + 1 });
    if (known.taken) throw new PeerRefusal("SEQUENCE_REUSED", { received: known.received });
    try {
      return await take(node, peer, incoming, await judge(node, peer, incoming));
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

const lookUp = (store: OpenStore, peer: NodeCode, { id, seq }: Incoming) =>
  store.chore("exchange", async ({ rows }) => {
    const db = tables(rows);
    const line = await db
      .selectFrom("simpul.peer_lines")
      .select("received")
      .where("peer", "=", peer)
      .executeTakeFirst();
    const received = line?.received ?? 0;
    const seen = await db
      .selectFrom("simpul.received")
      .select(["sequence", "receipt"])
      .where("peer", "=", peer)
      .where("id", "=", id)
      .executeTakeFirst();
    const same = seen?.sequence === seq;
    return { received, receipt: same ? seen.receipt : null, taken: seen !== undefined || seq <= received };
  });

/** Opens it, or says why not; an envelope that cannot be read still uses its number. */
async function judge({ keys }: Receiving, peer: Peer, incoming: Incoming): Promise<Verdict> {
  try {
    const opening = { node: keys.node, sealing: keys.sealing, from: peer.node, agencies: peer.agencies };
    const envelope = await openEnvelope(incoming.sealed, opening);
    if (envelope.id !== incoming.id || envelope.seq !== incoming.seq)
      return { code: "SENDER_MISMATCH", type: null };
    return { envelope };
  } catch (error) {
    if (error instanceof ExchangeError && refusalCodes.includes(error.code as RefusalCode))
      return { code: error.code as RefusalCode, type: null };
    throw error;
  }
}

async function take(node: Receiving, peer: Peer, incoming: Incoming, verdict: Verdict): Promise<string> {
  try {
    return await keep(node, peer, incoming, verdict);
  } catch (error) {
    if (!(error instanceof EnvelopeRefused)) throw error;
    // What the feature wrote is gone with its transaction; the refusal itself is kept.
    const type = "envelope" in verdict ? verdict.envelope.type : null;
    return await keep(node, peer, incoming, { code: error.code, type });
  }
}

const keep = (node: Receiving, peer: Peer, incoming: Incoming, verdict: Verdict): Promise<string> =>
  node.store.write({ actor: { kind: "peer", node: peer.node }, purpose: "mutual-assistance" }, async (tx) => {
    const db = tables(tx.rows);
    const moved = await db
      .updateTable("simpul.peer_lines")
      .set({ received: incoming.seq })
      .where("peer", "=", peer.node)
      .where("received", "=", incoming.seq - 1)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) throw new Overtaken();
    const refused = "code" in verdict ? verdict.code : null;
    const type = "envelope" in verdict ? verdict.envelope.type : verdict.type;
    if ("envelope" in verdict && type !== voidType) await node.onEnvelope(tx, verdict.envelope);
    const outcome = refused === null ? "accepted" : "refused";
    const sealed = digestOf(incoming.sealed);
    const receipt = await signReceipt(
      {
        v: 1,
        id: incoming.id,
        seq: incoming.seq,
        by: node.keys.node,
        from: peer.node,
        sealed,
        at: tx.at.toISOString(),
        outcome,
        ...(refused === null ? {} : { code: refused }),
      },
      node.keys.signing,
    );
    await db
      .insertInto("simpul.received")
      .values({
        peer: peer.node,
        id: incoming.id,
        sequence: incoming.seq,
        sealed,
        type,
        at: tx.at,
        outcome,
        code: refused,
        receipt,
      })
      .execute();
    tx.note(`envelope.${outcome}`, {
      id: incoming.id,
      peer: peer.node,
      seq: incoming.seq,
      type,
      code: refused,
      digest: sealed,
    });
    return receipt;
  });
