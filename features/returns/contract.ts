// Going home, or not: her choice, the risks, papers, escort, reception, follow-up; notices and checks between desks (VIC-5).
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";
import type { Share } from "../referrals/contract.ts";

/** "No" and "not yet" are answers, and so is not saying. */
export const choices = ["return", "stay", "elsewhere", "not-decided", "not-said"] as const;
export type ChoiceOf = (typeof choices)[number];

export const riskAnswers = ["yes", "no", "not-known"] as const;
export const conclusions = ["may-return", "not-now"] as const;

/** In the order of the way; each is planned, done, or not needed. */
export const planSteps = [
  "document",
  "nationality",
  "escort",
  "ticket",
  "reception",
  "departure",
  "arrival",
  "follow-up",
] as const;
export type PlanStep = (typeof planSteps)[number];
export const stepStates = ["planned", "done", "not-needed"] as const;

export interface Choice {
  wants: ChoiceOf;
  /** In her words. */
  words: string;
  language: string;
  interpreter: string;
  guardian: { name: string; relation: string } | null;
}
export interface Risk {
  answers: { risk: string; is: (typeof riskAnswers)[number]; why: string }[];
  conclusion: (typeof conclusions)[number];
  reason: string;
}
export interface StepSaid {
  step: PlanStep;
  state: (typeof stepStates)[number];
  /** A day. */
  on: string | null;
  who: string;
  text: string;
}
export interface Reflection {
  /** Days. */
  from: string;
  until: string;
  basis: string;
}

/** What stands in the way of her leaving; empty when nothing does. */
export const hindrances = [
  "no-choice",
  "not-voluntary",
  "no-risk-assessment",
  "risk-older",
  "not-now",
  "reflection",
  "no-guardian",
] as const;
export type Hindrance = (typeof hindrances)[number];

export interface Plan {
  person: {
    id: Id;
    pseudonym: string;
    age: string;
    nationalities: string[];
    stateless: boolean;
    languages: string[];
  };
  choice: (Choice & { at: string }) | null;
  changes: number;
  risk: (Risk & { at: string }) | null;
  steps: (StepSaid & { at: string })[];
  reflection: Reflection | null;
  hindrances: Hindrance[];
  /** The next day that counts: the end of reflection, a step that is planned, a follow-up. */
  next: { what: string; on: string } | null;
  /** Who acts where her state has no embassy here. */
  represented: { of: string; acts: string; source: string; confirmed: boolean }[];
}

export interface Notice {
  kind: "missing" | "unidentified";
  names: string;
  sex: string;
  born: string;
  nationality: string;
  lastSeen: string;
  marks: string;
  /** Who looks for her, and whether she should be asked before they are told. */
  asks: string;
}
export const noticeAnswers = ["maybe", "safe-no-contact", "let-us-talk"] as const;

export interface Asked {
  /** Her pseudonym at the desk that asks. */
  ref: string;
  names: string;
  born: string;
  sex: string;
  documents: string;
  note: string;
}
export const nationalityAnswers = ["national", "not-national", "not-found", "needs-more"] as const;
export interface Answered {
  ref: string;
  outcome: (typeof nationalityAnswers)[number];
  text: string;
}

export interface SharedView<Content, Answer> {
  share: Share;
  content: Content | null;
  answer: Answer | null;
}
export interface Likeness {
  person: { id: Id; pseudonym: string };
  /** Why she may be meant, in codes: same name, same year, same nationality. */
  because: string[];
}
export type { NodeCode };

export type ReturnsCode = "NOT_VOLUNTARY" | "NOT_ALL_ANSWERED" | "NOBODY_AGREED";
export const returnsRefusals: Readonly<Record<ReturnsCode, 409 | 422>> = {
  /** `why`: what stands in the way of leaving. */
  NOT_VOLUNTARY: 409,
  /** Every person of a list gets an answer. */
  NOT_ALL_ANSWERED: 422,
  NOBODY_AGREED: 409,
};
/** A refusal of this room. Its doors also answer `NOT_FOUND`, `BAD_INPUT` and what shares refuse. */
export class ReturnsError extends SimpulError<ReturnsCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: ReturnsCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
