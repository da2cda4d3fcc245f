// The end of its time: what others hold of our records is called on to be destroyed, by the clock and by nobody's hand (RET-1, COR-1).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { HoldersForRetention } from "../retention/contract.ts";
import { putOut } from "./ask.ts";
import { recallRow, unhex, type RecallsNode } from "./node.ts";
import { dueOf } from "./rules.ts";
import { contactAgency } from "./tell.ts";

/** Made by the server for the room that keeps and deletes. */
export const holdersForRetention = (node: RecallsNode): HoldersForRetention => ({
  async destroyEverywhere(tx, records): Promise<NodeCode[]> {
    const holders = await node.copies.holders(tx, records);
    if (holders.length === 0) return [];
    const id: Id = tx.newId();
    const due = dueOf(node.codes.hours, false, tx.at);
    await sql`insert into simpul.recalls (id, ours, originator, kind, state, reason_code, reason, safety, request_id,
        created_at, at, due_at)
      values (${id}, true, ${node.code}, 'destroy', 'sent', 'retention-over', '', false, ${holders[0]!.request}, ${tx.at},
        ${tx.at}, ${due})`.execute(tx.rows);
    for (const held of holders)
      await sql`insert into simpul.recall_things (recall_id, record_id, version, what, title)
        values (${id}, ${held.record}, ${unhex(held.version)}, ${held.what}, '') on conflict do nothing`.execute(
        tx.rows,
      );
    const to = await putOut(node, tx, await recallRow(tx, id), due, await contactAgency(tx));
    tx.note("recall.term-over", { id, to, things: holders.length });
    return to;
  },
});
