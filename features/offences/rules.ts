// Reading the law by state, from values alone: what must be proven, which bases stand between two states, what is open.
import type { NodeCode } from "@simpul/model";
import type {
  Basis,
  BasisUse,
  Element,
  Fact,
  LawByState,
  Offence,
  OffenceKind,
  StateLaw,
} from "./contract.ts";

export const lawOf = (law: Pick<LawByState, "states">, state: string): StateLaw | null =>
  law.states.find((one) => one.state === state) ?? null;

/** Null where the state's law has no such offence, or nobody wrote it down. */
export const offenceOf = (
  law: Pick<LawByState, "states">,
  state: string,
  kind: OffenceKind,
): Offence | null => lawOf(law, state)?.offences.find((one) => one.kind === kind) ?? null;

/** What has to be proven; of a child no means (Palermo Protocol art. 3(c)). */
export const elementsOf = (law: Pick<LawByState, "kinds">, kind: OffenceKind): Element[] =>
  law.kinds.find((one) => one.kind === kind)?.elements ?? [];

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
