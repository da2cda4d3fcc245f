// Reading the law by state, from values alone: how much of it was seen in a source.
import type { Fact, StateLaw } from "./contract.ts";

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
