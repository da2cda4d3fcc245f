// What another state's terms ask for before an item may go into a court file, or on to a third state (HC-6).
import { acquisitionOf, readStatement } from "@simpul/evidence";
import type { Handling, Id, NodeCode } from "@simpul/model";
import { parseSignedStatement } from "@simpul/seal";
import type { Reader } from "@simpul/store";
import type { GrantedTerms, TermUse } from "../contract.ts";
import { payloadOf } from "../custody.ts";
import { tables } from "../node.ts";
import type { ExportNode } from "./node.ts";

export interface Held {
  /** The state whose it is. */
  originator: NodeCode;
  /** It came from another state, so its codes bind us. */
  foreign: boolean;
  handling: Handling;
}

/**
 * What is still missing for this item: court use under H1, and passing on under H2 where the recipient is neither we nor
 * the originator; under H3 both, until the room that keeps its conditions has read them. Our own terms do not bind us (HC-5: only the originator changes codes).
 */
export function missingUses(
  own: NodeCode,
  to: NodeCode,
  held: Held,
  permitted: readonly TermUse[],
): TermUse[] {
  if (!held.foreign) return [];
  const asked: TermUse[] = [];
  const limited = held.handling.codes.includes("H3");
  if (limited || held.handling.codes.includes("H1")) asked.push("court");
  if ((limited || held.handling.codes.includes("H2")) && to !== own && to !== held.originator)
    asked.push("onward");
  return asked.filter((use) => !permitted.includes(use));
}

const nothing: GrantedTerms = { permitted: [], permissions: [] };

/** What has been granted for an item; nothing where no room keeps permissions, and for what is our own. */
export const grantedFor = async (
  node: Pick<ExportNode, "grants">,
  db: Pick<Reader, "rows">,
  item: Id,
  held: Held,
  to: NodeCode,
): Promise<GrantedTerms> =>
  !held.foreign || node.grants === undefined ? nothing : node.grants.termsOf(db, item, to);

/**
 * Whose items these are: the state whose officer acquired each, as its first statement says; of a scan, the state that
 * answered on paper (HC-11).
 */
export async function originators(
  db: Pick<Reader, "rows">,
  items: readonly Id[],
): Promise<Map<Id, NodeCode>> {
  const rows = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .innerJoin("simpul.evidence_items", "simpul.evidence_items.id", "item_id")
    .select(["item_id", "signed", "given_by"])
    .where("item_id", "in", items.length === 0 ? ["00000000-0000-0000-0000-000000000000" as Id] : [...items])
    .where("number", "=", 0)
    .execute();
  return new Map(
    rows.map((row) => {
      const { facts } = acquisitionOf(readStatement(payloadOf(parseSignedStatement(row.signed))));
      return [row.item_id, row.given_by ?? facts.node] as const;
    }),
  );
}
