// What a peer may read of the books between us: last numbers, what we numbered for it, what we receipted of its.
import { Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { ExchangeError } from "./errors.ts";
import { tables } from "./rows.ts";

/** Envelopes in one answer to a pull, or in one batch, and their bytes. */
export const pullCount = 64;
export const pullBytes = 8 * 1024 * 1024;
/** Receipts in one answer. */
const receiptCount = 256;

/** Last numbers in both directions, as this node sees them. */
export interface Heads {
  sent: number;
  received: number;
}

export const heads = (store: OpenStore, peer: NodeCode): Promise<Heads> =>
  store.chore("exchange", async ({ rows }) => {
    const line = await tables(rows)
      .selectFrom("simpul.peer_lines")
      .select(["sent", "received"])
      .where("peer", "=", peer)
      .executeTakeFirst();
    return line ?? { sent: 0, received: 0 };
  });

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Reads a peer's answer; throws `BAD_REQUEST` when it is none. */
export function readHeads(body: Uint8Array): Heads {
  const { sent, received } = JSON.parse(Buffer.from(body).toString("utf8")) as Record<string, unknown>;
  if (!isCount(sent) || !isCount(received)) throw new ExchangeError("BAD_REQUEST", "heads that are none");
  return { sent, received };
}

/** Envelopes with their numbers, as they travel several at a time. */
export interface Numbered {
  id: Id;
  seq: number;
  sealed: string;
}

/** What was numbered for that peer above `after`, rising: 64 at most, and 8 MiB (one larger comes alone). */
export async function numberedAfter(store: OpenStore, peer: NodeCode, after: number): Promise<Numbered[]> {
  const rows = await store.chore("exchange", (keeper) =>
    tables(keeper.rows)
      .selectFrom("simpul.outbox")
      .select(["id", "sequence", "sealed"])
      .where("peer", "=", peer)
      .where("sequence", ">", after)
      .where("sealed", "is not", null)
      .orderBy("sequence")
      .limit(pullCount)
      .execute(),
  );
  const envelopes: Numbered[] = [];
  let size = 0;
  for (const row of rows) {
    size += row.sealed!.length;
    if (envelopes.length > 0 && size > pullBytes) break;
    envelopes.push({ id: row.id as Id, seq: row.sequence!, sealed: row.sealed!.toString("latin1") });
  }
  return envelopes;
}

/** Reads `{"envelopes":[…]}`; throws `BAD_REQUEST` for anything else, or more than may come at once. */
export function readNumbered(body: Uint8Array, largest: number): Numbered[] {
  const bad = (what: string, cause?: unknown) => new ExchangeError("BAD_REQUEST", what, cause);
  try {
    const { envelopes } = JSON.parse(Buffer.from(body).toString("utf8")) as { envelopes?: unknown };
    if (!Array.isArray(envelopes) || envelopes.length > pullCount) throw bad("envelopes");
    return (envelopes as { id: unknown; seq: unknown; sealed: unknown }[]).map(({ id, seq, sealed }) => {
      if (!isCount(seq) || seq < 1 || typeof sealed !== "string" || sealed.length > largest)
        throw bad("an envelope");
      return { id: Id.parse(String(id)), seq, sealed };
    });
  } catch (cause) {
    throw cause instanceof ExchangeError ? cause : bad("envelopes", cause);
  }
}

/** A receipt that we gave, with the type of what it is for where it could be read. */
export interface GivenReceipt {
  type: string | null;
  receipt: string;
}

/** Our receipts for that peer's envelopes numbered above `after`, rising; 256 at most. */
export const receiptsAfter = (store: OpenStore, peer: NodeCode, after: number): Promise<GivenReceipt[]> =>
  store.chore("exchange", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.received")
      .select(["type", "receipt"])
      .where("peer", "=", peer)
      .where("sequence", ">", after)
      .orderBy("sequence")
      .limit(receiptCount)
      .execute(),
  );

/** Reads a peer's answer; throws `BAD_REQUEST` when it is none. */
export function readReceipts(body: Uint8Array): GivenReceipt[] {
  const { receipts } = JSON.parse(Buffer.from(body).toString("utf8")) as { receipts?: unknown };
  if (!Array.isArray(receipts) || receipts.length > receiptCount)
    throw new ExchangeError("BAD_REQUEST", "receipts that are none");
  return (receipts as { type: unknown; receipt: unknown }[]).map(({ type, receipt }) => {
    if (typeof receipt !== "string" || receipt.length > 4096 || (type !== null && typeof type !== "string"))
      throw new ExchangeError("BAD_REQUEST", "a receipt that is none");
    return { type: type === null ? null : type.slice(0, 80), receipt };
  });
}
