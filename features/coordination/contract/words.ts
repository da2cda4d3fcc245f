// What a unit and a party say to each other about a space: codes that every node ships, and the hour of a call. No room for a name.
import type { Id, NodeCode } from "@simpul/model";

export const unitWords = ["overdue", "dates", "figures", "call"] as const;
/** Asks to look at what is overdue, at the next dates, at figures that do not fit; or proposes a call at an hour. */
export type UnitWord = (typeof unitWords)[number];
export const partyAnswers = ["done", "agreed", "later", "no"] as const;
export type PartyAnswer = (typeof partyAnswers)[number];

/** One word of a unit to one party, with that party's answer; the same at both nodes. */
export interface Spoken {
  id: Id;
  space: Id;
  unit: NodeCode;
  party: NodeCode;
  says: UnitWord;
  /** The hour of a call; null for every other word. */
  when: string | null;
  at: string;
  answer: { says: PartyAnswer; at: string } | null;
}
