// The evidences of the letters between two nodes, number by number, so that both can see that they hold the same (MSG-4).
import { createHash } from "node:crypto";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";

/** Whose letters, as this node sees it. */
export type Direction = "sent" | "received";

/** Numbers from the first to the last, both among them. */
export interface Span {
  from: number;
  until: number;
}

/** Of one letter: SHA-256 of its receipt, and of the evidence about another letter that it carried; null where none. */
export interface EvidenceLine {
  seq: number;
  id: Id;
  receipt: Digest;
  carried: Digest | null;
}

/** Digests of the signed evidences that these envelopes to or from a peer carried, as the room that keeps them has them. */
export type Carried = (peer: NodeCode, envelopes: readonly Id[]) => Promise<ReadonlyMap<Id, Digest>>;

/** Numbers that one digest stands for, and that may be compared at once. */
export const evidenceLimits = { block: 256, atOnce: 16_384 } as const;

/** Up to which number every letter must have its evidence here: what is still on its way proves nothing. */
export const sureUntil = (store: OpenStore, peer: NodeCode, direction: Direction): Promise<number> =>
  store.chore("exchange", async ({ rows }) => {
    const { rows: found } = await (
      direction === "received"
        ? sql<{ last: number }>`select received::float8 as last from simpul.peer_lines where peer = ${peer}`
        : sql<{ last: number }>`select coalesce(
          (select min(sequence) - 1 from simpul.outbox
            where peer = ${peer} and sequence is not null and receipt is null and state in ('waiting', 'sending')),
          (select sent from simpul.peer_lines where peer = ${peer}), 0)::float8 as last`
    ).execute(rows);
    return found[0]?.last ?? 0;
  });

/** The first number after the letters from before that moment; of the last 16,384. A number lost since is among them. */
export const firstSince = (
  store: OpenStore,
  peer: NodeCode,
  direction: Direction,
  { since, last }: { since: Date; last: number },
): Promise<number> =>
  store.chore("exchange", async ({ rows }) => {
    const after = Math.max(0, last - evidenceLimits.atOnce);
    const { rows: found } = await (
      direction === "received"
        ? sql<{ before: number | null }>`select max(sequence)::float8 as before from simpul.received
          where peer = ${peer} and sequence > ${after} and at < ${since}`
        : sql<{ before: number | null }>`select max(sequence)::float8 as before from simpul.outbox
          where peer = ${peer} and sequence > ${after} and ended_at < ${since}`
    ).execute(rows);
    return (found[0]?.before ?? after) + 1;
  });

/** What is held of these numbers, rising; a number without evidence has no line. */
export async function evidenceLines(
  store: OpenStore,
  carried: Carried,
  peer: NodeCode,
  direction: Direction,
  { from, until }: Span,
): Promise<EvidenceLine[]> {
  const { rows: found } = await store.chore("exchange", ({ rows }) =>
    (direction === "received"
      ? sql<{ seq: number; id: Id; receipt: string }>`select sequence::float8 as seq, id, receipt
          from simpul.received where peer = ${peer} and sequence between ${from} and ${until} order by sequence`
      : sql<{
          seq: number;
          id: Id;
          receipt: string;
        }>`select sequence::float8 as seq, id, receipt #>> '{}' as receipt
          from simpul.outbox where peer = ${peer} and sequence between ${from} and ${until}
            and receipt is not null order by sequence`
    ).execute(rows),
  );
  const told = await carried(
    peer,
    found.map(({ id }) => id),
  );
  return found.map(({ seq, id, receipt }) => ({
    ...{ seq, id, receipt: textDigest(receipt), carried: told.get(id) ?? null },
  }));
}

/** One digest for each block of numbers: `seq id receipt carried` a line, `-` for nothing carried. */
export interface Block {
  from: number;
  count: number;
  digest: Digest;
}
export const blockOf = (from: number, lines: readonly EvidenceLine[]): Block => ({
  from,
  count: lines.length,
  digest: textDigest(
    lines.map((one) => `${one.seq} ${one.id} ${one.receipt} ${one.carried ?? "-"}\n`).join(""),
  ),
});

/** Blocks begin at 1, 257, 513 …, so that both sides cut alike; the first and the last may be shorter. */
export function blocksIn({ from, until }: Span): Span[] {
  const { block } = evidenceLimits;
  const spans: Span[] = [];
  for (let first = from; first <= until;) {
    const last = Math.min(until, Math.ceil(first / block) * block);
    spans.push({ from: first, until: last });
    first = last + 1;
  }
  return spans;
}

export const textDigest = (text: string): Digest => createHash("sha256").update(text).digest("hex") as Digest;
