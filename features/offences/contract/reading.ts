// Reading one state's law, for whoever works with it: its offences, what has to be proven for each, and bases between two.
import type { NodeCode } from "@simpul/model";
import type {
  AskedOf,
  Basis,
  BasisUse,
  Element,
  ExhibitNeed,
  LawByState,
  Offence,
  OffenceKind,
  StateLaw,
} from "../contract.ts";

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

/** Of which exhibits a court of that state asks it. */
export const asksOf = (law: Pick<LawByState, "states" | "asks">, state: string, need: ExhibitNeed): AskedOf =>
  lawOf(law, state)?.court.asks[need] ?? law.asks[need];

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
