// What an officer does with what was told, and gaps of the law: noted by kind, without a case or a person, and counted.
import { NodeCode, type Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { ChargesError, type GapCount, type GapKind, type GapStep } from "./contract.ts";
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

/** Of which case or person it was is not asked, and not kept. */
export async function noteGap(
  node: ChargesNode,
  standing: Standing,
  ask: { state: NodeCode; kind: GapKind; step: GapStep },
): Promise<void> {
  officerOf(standing);
  await node.store.write(standing, async (tx) => {
    const id = tx.newId();
    const month = `${tx.at.toISOString().slice(0, 7)}-01`;
    await sql`insert into simpul.legal_gaps (id, state, kind, step, month)
      values (${id}, ${ask.state}, ${ask.kind}, ${ask.step}, ${month}::date)`.execute(tx.rows);
    tx.note("legal-gap.noted", { id, state: ask.state, gap: ask.kind });
  });
  node.wake("legal-gap:noted");
}

/** Counted by state, kind and step, the most frequent first. */
export async function countGaps(node: ChargesNode, standing: Standing): Promise<GapCount[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("legal-gap.counted", {});
    const { rows } =
      await sql<GapCount>`select state, kind, step, count(*)::int as count, max(month)::text as last
      from simpul.legal_gaps group by state, kind, step order by count desc, state, kind, step limit 500`.execute(
        db.rows,
      );
    return rows.map((row) => ({ ...row, state: NodeCode.parse(row.state), last: row.last.slice(0, 7) }));
  });
}
