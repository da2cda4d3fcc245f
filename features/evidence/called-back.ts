// Items of other states that were called back, told as such instead of as something that never was.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import { EvidenceRoomError } from "./contract.ts";

interface CalledBack {
  item_id: Id;
  recall_id: Id;
  originator: NodeCode;
  at: Date;
}

/** Which of these were called back, as far as this actor would see them otherwise. */
async function calledBackItems(db: Pick<Reader, "rows">, items: readonly Id[]): Promise<CalledBack[]> {
  if (items.length === 0) return [];
  const { rows } =
    await sql<CalledBack>`select * from simpul.called_back_items(${[...items]}::uuid[])`.execute(db.rows);
  return rows;
}

/** Says who called it back, and when, instead of handing it out (COR-2). */
export async function refuseCalledBack(db: Pick<Reader, "rows">, items: readonly Id[]): Promise<void> {
  const found = await calledBackItems(db, items);
  const first = found[0];
  if (first === undefined) return;
  throw new EvidenceRoomError("CALLED_BACK", {
    originator: first.originator,
    recall: first.recall_id,
    at: first.at.toISOString(),
    items: [...new Set(found.map((one) => one.item_id))].join(","),
    count: new Set(found.map((one) => one.item_id)).size,
  });
}
