// Hand-overs, for "Why can I see this?": seen with their case, by their desk, by the contact point.
import type { SightSource } from "../sight/contract.ts";
import { factsOf, findRow, type HandOversNode } from "./node.ts";

export const handOversSight = (node: HandOversNode): SightSource => ({
  async find(db, _, id) {
    const row = id === null ? null : await findRow(db, id);
    if (row === null) return null;
    const seen = [{ act: "request.view" as const, record: await factsOf(node, db, row) }];
    return { kind: "hand-over", id: row.id, case: row.case_id, seen, looks: { about: [row.id], case: null } };
  },
});
