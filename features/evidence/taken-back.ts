// What the evidence room does when an item is called back: tightened at once, destroyed by its key, what was made of it told.
import type { Evaluation, Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Flag, ItemsForRecalls } from "../recalls/contract.ts";
import type { ItemsForRetention } from "../retention/contract.ts";
import { addEvent } from "./custody.ts";
import { tables, type EvidenceNode } from "./node.ts";

const gradeText = (grade: Evaluation | null): string | null =>
  grade === null ? null : grade.source + grade.information;

export const itemsForRecalls = (node: EvidenceNode): ItemsForRecalls => ({
  async close(tx, calls) {
    const told = calls.map((call) => ({ ...call, evaluation: gradeText(call.evaluation) }));
    await sql`select simpul.tighten_items(${JSON.stringify(told)}::jsonb)`.execute(tx.rows);
  },

  async destroy(tx, item, facts) {
    const row = await tables(tx)
      .selectFrom("simpul.evidence_items")
      .select(["state", "origin"])
      .where("id", "=", item)
      .executeTakeFirst();
    // It never came here, or it is gone already. What is our own no other state destroys.
    if (row?.state !== "sealed" || row.origin !== "peer") return;
    await destroyKey(node, tx, item, { ...facts });
  },

  async flags(db, items) {
    if (items.length === 0) return [];
    const { rows } = await sql<Omit<Flag, "recall" | "at">>`
      select 'bundle' as what, e.id as about, i.id as record, e.case_id as case, null::uuid as request, e.case_number as label
      from simpul.evidence_exports e, (select unnest(${[...items]}::uuid[]) as id) i
      where e.items @> jsonb_build_array(jsonb_build_object('id', i.id)) and e.state <> 'given-up'
      union all
      select 'selector', o.id, i.id, o.case_id, null, coalesce((select c.number from simpul.cases c where c.id = o.case_id), '')
      from simpul.selector_occurrences o, (select unnest(${[...items]}::uuid[]) as id) i
      where o.source ? 'item' and o.source ->> 'item' = i.id::text and o.removed_at is null`.execute(db.rows);
    return rows;
  },
});

/** Its last event, then its keys, what was found in it, its name, and the bundles that hold its bytes. */
async function destroyKey(
  node: EvidenceNode,
  tx: Writer,
  item: Id,
  facts: Record<string, string>,
): Promise<void> {
  await addEvent(node, tx, item, "key-destroyed", facts);
  for (const table of ["evidence_keys", "evidence_findings", "evidence_decisions"])
    await sql`delete from ${sql.table(`simpul.${table}`)} where item_id = ${item}`.execute(tx.rows);
  await sql`update simpul.evidence_items set state = 'key-destroyed', file_name = '-', disclosures = '[]'
    where id = ${item}`.execute(tx.rows);
  // Bundles kept here for fetching hold its bytes; the row stays, with who was given what.
  await sql`update simpul.evidence_exports set state = 'swept', blob = null, wrapped = null, changed_at = ${tx.at}
    where state = 'ready' and items @> ${JSON.stringify([{ id: item }])}::jsonb`.execute(tx.rows);
}

/** RET-1: its time is over; whoever's it is, nothing of it opens any more. */
export const itemsForRetention = (node: EvidenceNode): ItemsForRetention => ({
  async destroy(tx, item) {
    const row = await tables(tx)
      .selectFrom("simpul.evidence_items")
      .select("state")
      .where("id", "=", item)
      .executeTakeFirst();
    if (row?.state === "sealed") await destroyKey(node, tx, item, { because: "retention-over" });
  },
});
