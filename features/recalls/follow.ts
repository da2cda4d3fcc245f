// A proposed grade follows the recall that carries it: waiting while that is written, accepted once it left, open again when dropped (EV-4).
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { contactAgency } from "./tell.ts";

type Row = { id: Id; peer: NodeCode };

/** The originator's word, for the state that proposed. */
export async function tellAnswer(
  tx: Writer,
  row: Row,
  { agency, accepted, text }: { agency: Id; accepted: boolean; text: string },
): Promise<void> {
  await tx.send({
    id: tx.newId(),
    to: row.peer,
    kind: "grade.answered",
    body: { agency, proposal: row.id, accepted, text },
  });
}

/** In the transaction that writes, lets go or drops the recall of an accepted proposal. */
export async function followRecall(
  tx: Writer,
  recall: Id,
  what: { kind: "written"; proposal: Id } | { kind: "left" } | { kind: "dropped" },
): Promise<void> {
  if (what.kind === "written") {
    await sql`update simpul.grade_proposals set state = 'accepting', recall_id = ${recall}
      where id = ${what.proposal} and state = 'open'`.execute(tx.rows);
    return;
  }
  const { rows } = await sql<Row>`select * from simpul.grade_proposals where recall_id = ${recall}
    and state = 'accepting' for update`.execute(tx.rows);
  for (const row of rows) {
    if (what.kind === "dropped") {
      await sql`update simpul.grade_proposals set state = 'open', recall_id = null where id = ${row.id}`.execute(
        tx.rows,
      );
      continue;
    }
    const by = tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null;
    await sql`update simpul.grade_proposals set state = 'accepted', answered_by = ${by}, answered_at = ${tx.at}
      where id = ${row.id}`.execute(tx.rows);
    await tellAnswer(tx, row, { agency: await contactAgency(tx), accepted: true, text: "" });
  }
}
