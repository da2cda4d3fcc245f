// This room's side of the exchange: what it takes, the last word before an offer leaves, and what receipts change.
import type { Envelope, Outgoing, PeerPart, Receipt } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { takeHanded, takeOffered, takeSaid } from "./arrive.ts";
import { change, jobStanding, rests, rowOf, wakeSoon, type HandOverRow, type HandOversNode } from "./node.ts";
import { say } from "./offer.ts";
import { takeProposed, takeSettled } from "./proposals.ts";
import type { Wire } from "./wire.ts";

export function handOversPart(node: HandOversNode): PeerPart {
  const take =
    (act: (node: HandOversNode, tx: Writer, envelope: Envelope) => Promise<HandOverRow | null>) =>
    async (tx: Writer, envelope: Envelope): Promise<void> => {
      const row = await act(node, tx, envelope);
      if (row !== null) wakeSoon(node, row);
    };
  // What says where it stands is never held back: one owner must know of the other.
  const may = () => Promise.resolve({ kind: "may" as const });
  const refused =
    (act: (tx: Writer, row: HandOverRow, receipt: Receipt, out: Outgoing) => Promise<void>) =>
    async (out: Outgoing, receipt: Receipt): Promise<void> => {
      if (receipt.outcome === "accepted") return;
      const { handOver } = out.body as { handOver: Id };
      const row = await node.store.write(jobStanding, async (tx) => {
        const found = await rowOf(tx, handOver, { lock: true });
        await act(tx, found, receipt, out);
        tx.note("hand-over.not-taken", { id: handOver, peer: out.to, code: receipt.code ?? "REFUSED" });
        return found;
      });
      wakeSoon(node, row);
    };
  return {
    takes: {
      "hand-over.offered": take(takeOffered),
      "hand-over.said": take(takeSaid),
      "hand-over.handed": take(takeHanded),
      "hand-over.proposed": take(takeProposed),
      "hand-over.settled": take(takeSettled),
    },
    leaves: {
      "hand-over.offered": (out) => mayLeave(node, out),
      "hand-over.said": may,
      "hand-over.handed": may,
      "hand-over.proposed": may,
      "hand-over.settled": may,
    },
    receipted: {
      // An older node does not know the word: nothing was handed over, and the page says so.
      "hand-over.offered": refused(async (tx, row, { code }) => {
        if (row.state === "pending")
          await change(tx, row, { state: "undelivered", code: code ?? "REFUSED", content: null });
      }),
      "hand-over.said": refused(async (tx, row, { code }, out) => {
        const { step } = out.body as Wire<"hand-over.said">;
        if (step === "accepted" && row.state === "accepting")
          await change(tx, row, { state: "returned", code: code ?? "REFUSED" });
      }),
      // They signed that they did not take it: ours as before, on both sides.
      "hand-over.handed": refused(async (tx, row, { code }) => {
        if (row.state !== "handed") return;
        await node.cases.back(tx, row.id);
        if (row.offer!.whole) await node.cases.closed(tx, row.case_id!, false);
        await change(tx, row, { state: "undelivered", code: code ?? "REFUSED" });
        await say(tx, row, { step: "returned", code: "not-taken" });
      }),
      "hand-over.proposed": refused(async (tx, _, __, out) => {
        const { proposal } = out.body as Wire<"hand-over.proposed">;
        await sql`update simpul.hand_over_proposals set state = 'undelivered' where id = ${proposal} and ours
          and state = 'open'`.execute(tx.rows);
      }),
    },
  };
}

/** What was taken back, or came to rest, while it waited does not leave. */
async function mayLeave(node: HandOversNode, out: Outgoing) {
  const { handOver } = out.body as Wire<"hand-over.offered">;
  const stands = await node.store.read(jobStanding, async (db) => {
    const { state } = await rowOf(db, handOver);
    return (await rests(db, handOver)) ? "frozen" : state;
  });
  if (stands === "pending") return { kind: "may" } as const;
  if (stands === "frozen") await stays(node, handOver);
  return { kind: "may-not", because: stands } as const;
}

/** It never left: ours as before, and the page says why. */
async function stays(node: HandOversNode, id: Id): Promise<void> {
  const row = await node.store.write(jobStanding, async (tx) => {
    const found = await rowOf(tx, id, { lock: true });
    if (found.state === "pending") await change(tx, found, { state: "returned", code: "frozen" });
    tx.note("hand-over.returned", { id, peer: found.peer });
    return found;
  });
  wakeSoon(node, row);
}
