// What an officer does with what another state told.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { ChargesError } from "./contract.ts";
import { officerOf, type ChargesNode } from "./node.ts";

/** She has read it: it waits in nobody's inbox any more. Throws `NOT_FOUND`. */
export async function seeOutcome(node: ChargesNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { numAffectedRows } =
      await sql`update simpul.outcomes_arrived set seen_by = ${officerOf(standing).id},
      seen_at = ${tx.at} where id = ${id} and seen_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new ChargesError("NOT_FOUND");
    tx.note("outcome.seen", { id });
  });
  node.wake("outcome:seen");
}
