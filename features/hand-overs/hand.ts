// The owner's word that it is handed over: signed, kept with the case, and sent with what goes, in one transaction.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ItemProof } from "../evidence/contract.ts";
import type { Content } from "./contract.ts";
import { change, rowOf, sign, tell, type HandOverRow, type HandOversNode } from "./node.ts";
import { digestOf } from "./wire.ts";

/** `first`: from now on the case is theirs; otherwise the same word once more, for a second acceptance. */
export async function hand(node: HandOversNode, tx: Writer, row: HandOverRow, first: boolean): Promise<void> {
  const handed = await sign(node, "handed", {
    ...{ v: 1, handOver: row.id, by: node.code, at: tx.at.toISOString() },
    accepted: digestOf(row.accepted!),
  });
  await change(tx, row, { state: "handed", handed });
  const { records, items } = JSON.parse(row.content!) as Content;
  if (first)
    await node.cases.handOver(tx, row.case_id!, {
      records: [...records, ...items].map((one) => one.id),
      ...{ whole: row.offer!.whole, to: row.peer, reference: row.reference, handOver: row.id },
    });
  if (first && row.offer!.whole)
    await tx.enqueue({ kind: "hand-overs.close", payload: { handOver: row.id }, key: row.id });
  if (items.length === 0) await depart(node, tx, { ...row, handed }, tx.newId());
  // Items leave with their custody, which a job of this node writes in one transaction with the envelope.
  else {
    const envelope = tx.newId();
    await tx.enqueue({ kind: "hand-overs.depart", payload: { handOver: row.id, envelope }, key: envelope });
  }
}

async function depart(node: HandOversNode, tx: Writer, row: HandOverRow, envelope: Id): Promise<void> {
  const { items } = JSON.parse(row.content!) as Content;
  const proofs: { item: Id; proof: ItemProof }[] = [];
  for (const { id } of items)
    proofs.push({ item: id, proof: await node.items.depart(tx, id, { to: row.peer, envelope }) });
  await tell(
    tx,
    row.peer,
    "hand-over.handed",
    { handOver: row.id, handed: row.handed!, content: row.content!, proofs },
    { id: envelope, attachments: [...new Set(items.map((one) => one.digest))] },
  );
}

/** In a job, which may run twice: custody and envelope together, once. */
export async function departWithItems(node: HandOversNode, tx: Writer, id: Id, envelope: Id): Promise<void> {
  const row = await rowOf(tx, id, { lock: true });
  const { rows } =
    await sql`select 1 from simpul.outbox where peer = ${row.peer} and id = ${envelope}`.execute(tx.rows);
  if (rows.length === 0) await depart(node, tx, row, envelope);
  tx.note("hand-over.departed", { id, peer: row.peer, envelope });
}
