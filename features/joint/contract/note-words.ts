// What is said of a note while it is agreed: remarks on its parts and clauses, and a lawyer's clearance (JIT-2).
import type { Id, NodeCode } from "@simpul/model";
import { clauseNames, clausesFor, sameClause, type ClauseName } from "./clauses.ts";
import type { Approval } from "./note.ts";

/** The note's own fields, in the order in which a reader meets them. */
export const noteFields = [
  ...(["title", "facts", "parties", "coordination", "offences", "period", "share"] as const),
  ...(["court", "backfill", "leads", "purgeDays", "clearance"] as const),
] as const;
export const noteParts = [...noteFields, ...clauseNames] as const;
export type NotePart = (typeof noteParts)[number];
/** A field of the note, or one clause; `of` is the party whose clause it is. */
export interface PartRef {
  part: NotePart;
  of: NodeCode | null;
}

/** As an approval it is bound to the digest of the words that she read. */
interface Said extends Approval {
  id: Id;
  text: string;
}
export type Remark = Said & PartRef & { kind: "remark" };
/** A lawyer of a party finds that it may sign; `text` holds her conditions, or is empty. */
export type Clearance = Said & { kind: "clearance" };
/** Signed by its party's node, in the name of who said it. */
export type NoteWord = Remark | Clearance;

/** Whether a note of these parties has such a part. */
export const isPart = ({ part, of }: PartRef, parties: readonly NodeCode[]): boolean =>
  noteFields.some((one) => one === part)
    ? of === null
    : clausesFor(parties).some((one) => sameClause(one, { name: part as ClauseName, state: of }));
