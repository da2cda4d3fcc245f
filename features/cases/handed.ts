// A case, or records of it, that another state owns since it accepted them.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { CasesError } from "./contract.ts";
import type { Handed } from "./contract.ts";
import { factsOf } from "./node.ts";
import { iso } from "./records.ts";

type Rows = Pick<Writer, "rows">;

/** What of this case is another state's by now, the first first; `record` is the case's id where all of it is. */
export async function handedOf(db: Rows, id: Id): Promise<Handed[]> {
  const { rows } = await sql<{
    record_id: Id;
    hand_over_id: Id;
    to_node: NodeCode;
    reference: string;
    at: Date;
  }>`select * from simpul.case_handed where case_id = ${id} and back_at is null order by at, record_id`.execute(
    db.rows,
  );
  return rows.map((row) => ({
    record: row.record_id,
    whole: row.record_id === id,
    handOver: row.hand_over_id,
    to: row.to_node,
    reference: row.reference,
    at: iso(row.at),
  }));
}

/** Throws `HANDED_OVER` where the case, or this record of it, is another state's. */
export async function refuseHanded(db: Rows, id: Id, record: Id): Promise<void> {
  const gone = (await handedOf(db, id)).find((one) => one.whole || one.record === record);
  if (gone !== undefined)
    throw new CasesError("HANDED_OVER", gone.reference, undefined, {
      to: gone.to,
      reference: gone.reference,
    });
}

/** From this transaction on they are the other state's; the case itself where `records` is null. */
export async function handOver(
  tx: Pick<Writer, "rows" | "at">,
  id: Id,
  gone: { records: readonly Id[]; whole: boolean; to: NodeCode; reference: string; handOver: Id },
): Promise<void> {
  for (const record of [...gone.records, ...(gone.whole ? [id] : [])])
    await sql`insert into simpul.case_handed (case_id, record_id, hand_over_id, to_node, reference, at)
      values (${id}, ${record}, ${gone.handOver}, ${gone.to}, ${gone.reference}, ${tx.at})`.execute(tx.rows);
}

/** In a job: closed as handed over, so that every list says so; or open again, where it came back. */
export async function closeHanded(tx: Pick<Writer, "rows" | "at">, id: Id, handed: boolean): Promise<void> {
  await sql`update simpul.cases set state = ${handed ? "closed" : "open"}, changed_at = ${tx.at},
    state_reason = ${handed ? "handed-over" : null} where id = ${id}`.execute(tx.rows);
}

/** In a job: the other state signed that it did not take it. */
export async function backAgain(tx: Pick<Writer, "rows" | "at">, handing: Id): Promise<void> {
  await sql`update simpul.case_handed set back_at = ${tx.at} where hand_over_id = ${handing} and back_at is null`.execute(
    tx.rows,
  );
}

/** Whether the actor sees this case, and what the policy asks of it; null where not. */
export const factsOrNull = (db: Rows, id: Id | null) =>
  id === null ? Promise.resolve(null) : factsOf(db, id).catch(() => null);
