// Reading the law by state, from values alone: what must be proven, which bases stand between two states, what is open.
import type { NodeCode } from "@simpul/model";
import type { Basis, BasisUse, Fact, LawByState, StateLaw } from "./contract.ts";

/** Instruments that may be named between two states, those that were confirmed first; reciprocity last. */
export function basesBetween(
  law: Pick<LawByState, "bases">,
  one: NodeCode,
  other: NodeCode,
  use: BasisUse,
): Basis[] {
  if (one === other) return [];
  const rank = ({ code, basis }: Basis): number =>
    code === "reciprocity" ? 2 : basis.standing === "confirmed" ? 0 : 1;
  return law.bases
    .filter(({ of, parties }) => of.includes(use) && parties.includes(one) && parties.includes(other))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Every fact of one state's law. */
export const factsOf = ({ offences, charging, nonPunishment, court }: StateLaw): Fact[] => [
  ...offences.flatMap(({ text, penalty }) => [text, penalty]),
  ...[charging, nonPunishment],
  ...[court.certificate, court.authentication, court.translation, court.witness, court.earlyTestimony],
];

/** How much of a state's law was seen in a source. */
export function confirmedOf(state: StateLaw): { confirmed: number; of: number } {
  const facts = factsOf(state);
  return { confirmed: facts.filter((one) => one.standing === "confirmed").length, of: facts.length };
}
