// What follows from an advert: a case, a warning, or a letter to a platform or a labour inspectorate with its clock.
import type { Id } from "@simpul/model";
import type { Channel, LetterLanguage } from "../../letters/contract.ts";

export const outcomeKinds = ["case", "warning", "platform", "labour"] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
export const answers = ["done", "partly", "refused"] as const;
export type Answer = (typeof answers)[number];

/** `kept`: a case or a warning, which waits for nobody. A letter is written, let go by a colleague, sent, answered. */
export type OutcomeState = "kept" | "written" | "released" | "sent" | "answered" | "withdrawn";

export interface Outcome {
  id: Id;
  advert: Id;
  kind: OutcomeKind;
  state: OutcomeState;
  caseNumber: string | null;
  recipient: string;
  asked: string;
  basis: string;
  by: Id;
  at: string;
  dueAt: string | null;
  answer: Answer | null;
  answered: string;
  answeredAt: string | null;
  /** It takes back the letter of this reference, whose advert was purged. */
  corrects: string | null;
  letter: OutcomeLetter | null;
  /** She is not the one who wrote it. */
  mayRelease: boolean;
}

/** A letter as it was let go. */
export interface OutcomeLetter {
  reference: string;
  pages: number;
  by: Id;
  at: string;
  postedOn: string | null;
  channel: Channel | null;
  sentNote: string;
  /** False once its advert was purged: only its digest remains. */
  kept: boolean;
}

export interface AskLetter {
  kind: "platform" | "labour";
  recipient: string;
  /** Lines; empty where the officer does not know it. */
  address: string;
  language: LetterLanguage;
  asked: string;
  basis: string;
  /** Of what she wrote. */
  writtenIn: string;
  days: number;
  /** Where the others of its campaign were seen goes along. */
  campaign: boolean;
}
