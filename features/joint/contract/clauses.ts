// The clauses of a full agreement, part of the note: what its parties sign is these words as well (JIT-1).
import type { NodeCode } from "@simpul/model";

/** Said once for all parties. What the note's own fields say (parties, facts, period, leaders, what may be put in) has no clause. */
export const commonClauses = [
  "extension",
  "territory",
  "powers",
  "participants",
  "gathering",
  "exchange",
  "earlier-data",
  "outside-data",
  "data-protection",
  "victims",
  "media",
  "costs",
  "liability",
  "assets",
  "disputes",
  "evaluation",
  "withdrawal",
  "annexes",
] as const;
/** Said by each party for itself. */
export const partyClauses = ["basis", "signatories", "disclosure", "admissibility"] as const;
export const clauseNames = [...partyClauses, ...commonClauses] as const;
export type ClauseName = (typeof clauseNames)[number];

/** One clause in plain words; `state` is the party whose it is, null where it is common to all. */
export interface Clause {
  name: ClauseName;
  state: NodeCode | null;
  text: string;
}

export const isOfParty = (name: ClauseName): boolean => partyClauses.some((one) => one === name);

/** Every clause that a note of these parties can hold, in the order in which an agreement states them. */
export const clausesFor = (parties: readonly NodeCode[]): Pick<Clause, "name" | "state">[] =>
  clauseNames.flatMap((name): Pick<Clause, "name" | "state">[] =>
    isOfParty(name) ? parties.map((state) => ({ name, state })) : [{ name, state: null }],
  );

export const sameClause = (a: Pick<Clause, "name" | "state">, b: Pick<Clause, "name" | "state">): boolean =>
  a.name === b.name && a.state === b.state;
