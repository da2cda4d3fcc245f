// Gaps of the law: noted by kind where a step stopped, without a case or a person beside it, and counted.
import { NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { GapCount, LegalGap, LegalGapCount, LegalGaps } from "./contract.ts";
import { officerOf, type ChargesNode, type Db } from "./node.ts";

/** Within the act that stopped. Of which case or person it was is not asked, and not kept. */
export async function noteLegalGap(tx: Writer, { state, kind, step }: LegalGap): Promise<void> {
  const id = tx.newId();
  const month = `${tx.at.toISOString().slice(0, 7)}-01`;
  await sql`insert into simpul.legal_gaps (id, state, kind, step, month)
    values (${id}, ${state}, ${kind}, ${step}, ${month}::date)`.execute(tx.rows);
  tx.note("legal-gap.noted", { id, state, gap: kind });
}

/** By an officer who met one where no step of the node shows it. */
export async function noteGap(
  node: Pick<ChargesNode, "store" | "wake">,
  standing: Standing,
  gap: LegalGap,
): Promise<void> {
  officerOf(standing);
  await node.store.write(standing, (tx) => noteLegalGap(tx, gap));
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

/** For the region's picture: numbers of this node, month by month. */
export const legalGaps: LegalGaps = {
  async byMonth(db: Db): Promise<LegalGapCount[]> {
    const { rows } = await sql<LegalGapCount>`select state, kind, to_char(month, 'YYYY-MM') as month,
        count(*)::int as count
      from simpul.legal_gaps group by state, kind, month order by month, state, kind limit 20000`.execute(
      db.rows,
    );
    return rows;
  },
};
