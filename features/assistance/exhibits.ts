// What goes from here on a formal request: each exhibit with its custody, as far as whoever looks sees the item.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import type { CustodyLine } from "../charges/contract.ts";
import type { SharedItem } from "../requests/contract.ts";
import { AssistanceError } from "./contract.ts";
import { rowOf, type AssistanceNode, type AssistanceRow } from "./node.ts";

/** `custody` is empty where the item lies at a desk whose evidence she does not see. */
export type ExhibitHere = SharedItem & { custody: CustodyLine[] };

/** Noted as read under `note`. Throws `NOT_FOUND`, and `NO_EXHIBITS_HERE` where nothing goes from here. */
export async function exhibitsOf(
  node: AssistanceNode,
  standing: Standing,
  id: Id,
  note: "assistance.certificate-made" | "assistance.manifest-made",
): Promise<{ row: AssistanceRow; exhibits: ExhibitHere[] }> {
  return node.store.read(standing, async (db) => {
    db.noteRead(note, { id });
    const row = await rowOf(db, id);
    const items = row.kind === "formal" ? await node.requests.exhibits(db, id) : [];
    if (items.length === 0) throw new AssistanceError("NO_EXHIBITS_HERE");
    const custody = await node.custody(
      db,
      items.map((one) => one.id),
    );
    const exhibits = items.map((one) => ({
      ...one,
      custody: custody.filter(({ item }) => item === one.id),
    }));
    return { row, exhibits };
  });
}
