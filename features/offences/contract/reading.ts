// Reading one state's law, for whoever works with it: its offences and what has to be proven for each.
import type { Element, LawByState, Offence, OffenceKind, StateLaw } from "../contract.ts";

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
