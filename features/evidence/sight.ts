// Items, for "Why can I see this?".
import type { SightSource } from "../sight/contract.ts";
import { itemFacts, tables, type EvidenceNode } from "./node.ts";

export const itemsSight = (node: EvidenceNode): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const item = await tables(db)
      .selectFrom("simpul.evidence_items")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (item === undefined) return null;
    return {
      kind: "item",
      id,
      case: item.case_id,
      seen: [{ act: "evidence.view", record: await itemFacts(node, db, item) }],
      looks: { about: [id], case: null },
    };
  },
});
