// What others may know of targets: who was nominated by whom and why, how it stands for everybody, refusals.
import { SimpulError } from "@simpul/model";
import type { Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { RequestStanding } from "../requests/contract.ts";
import type { Name } from "../cases/contract.ts";
import type { AskReview, ReviewGate } from "../reviews/contract.ts";

/** `under-review`: for every person alike, until a prosecutor says that it may go on (VIC-2). */
export const targetStates = ["under-review", "standing", "withdrawn", "closed"] as const;
export type TargetState = (typeof targetStates)[number];

/** What an officer writes down as done. */
export const outcomes = [
  "located",
  "wanted",
  "arrested",
  "released",
  "charged",
  "tried",
  "convicted",
  "acquitted",
  "assets",
  "closed",
] as const;
export type Outcome = (typeof outcomes)[number];

export interface TargetStep {
  id: Id;
  step: Outcome | "taken-over" | "withdrawn";
  on: string;
  text: string;
  by: Id;
  at: string;
}

export const freezeAnswers = ["frozen", "partly", "refused"] as const;
export type FreezeAnswer = (typeof freezeAnswers)[number];

export interface Freeze {
  id: Id;
  type: "account" | "wallet";
  value: string;
  recipient: string;
  basis: string;
  askedBy: Id;
  askedAt: string;
  /** By when an answer is due; null while the request by which it goes out has not left. */
  dueAt: string | null;
  state: "asked" | FreezeAnswer;
  answeredAt: string | null;
  answer: string;
  amount: string;
  /** The day on which it comes free by itself; null when it does not, or nobody said. */
  until: string | null;
  /** The request to another state, or the letter, by which it goes out; null where it was asked on another way. */
  request: Id | null;
  /** Where that stands; null where there is none, or this reader does not see it. */
  way: RequestStanding[number] | null;
}
/** An answer came by the request and nobody noted yet what it says of the freeze. */
export const isAnswered = ({ state, way }: Pick<Freeze, "state" | "way">): boolean =>
  state === "asked" && (way?.state === "answered" || way?.state === "refused" || way?.state === "closed");

export interface TargetHead {
  id: Id;
  kind: "person" | "organisation";
  name: Pick<Name, "text" | "language" | "romanised">;
  /** Null to a prosecutor who does not see the case. */
  case: { id: Id; number: string } | null;
  subject: Id;
  state: TargetState;
  /** The last that was done; null while nothing was. */
  last: { step: TargetStep["step"]; on: string } | null;
  owner: Id;
  nominatedBy: Id;
  nominatedAt: string;
  followUp: { on: string; text: string } | null;
  /** Its day passed and its desk's supervisor was told. */
  escalated: boolean;
}
/** A freeze with the target it is of, for the list over all targets that she sees. */
export interface ListedFreeze extends Freeze {
  target: Id;
  name: TargetHead["name"];
  case: string | null;
}

export type TargetAct = "accept" | "take" | "step" | "follow" | "withdraw" | "freeze";
export interface TargetView extends TargetHead {
  reasons: string;
  review: Id | null;
  acceptedBy: Id | null;
  acceptedAt: string | null;
  steps: TargetStep[];
  freezes: Freeze[];
  /** What she may do now. */
  may: TargetAct[];
  /** What may be written down as done next. */
  next: Outcome[];
}

export interface AskTarget {
  /** Its number or id. */
  case: string;
  subject: Id;
  reasons: string;
  followUp: { on: string; text: string };
}
export interface AskStep {
  step: Outcome;
  on: string;
  text: string;
  /** Of a charge against a person: the review of that charge. */
  review?: Id | undefined;
  /** None after `closed`. */
  followUp: { on: string; text: string } | null;
}
export interface AskFreeze {
  /** The account or wallet as the case knows it. */
  selector: Id;
  recipient: string;
  basis: string;
  hours: number;
  /** It goes out by a request; without it the freeze was asked on another way and is noted here. */
  request?: AskByRequest | undefined;
}
/** To a state's node, or to a correspondent by letter; the draft is then finished and approved like every other. */
export interface AskByRequest {
  to: { state: NodeCode } | { letter: string };
  /** Without personal data (MSG-1). */
  subject: string;
  question: string;
  language: string;
}
export interface AskAnswer {
  state: FreezeAnswer;
  answer: string;
  amount: string;
  until: string | null;
}

/** Legal reviews as targets need them; the server hands them over. */
export interface ReviewsForTargets extends ReviewGate {
  begin(tx: Writer, ask: AskReview): Promise<Id>;
}

export const targetLimits = { followUpDays: 180, freezeHours: 24 * 60, freezes: 100, steps: 500 } as const;

export type TargetsCode =
  | "NOT_FOUND"
  | "TARGET_ALREADY"
  | "TARGET_UNDER_REVIEW"
  | "TARGET_OVER"
  | "TARGET_PROTECTED"
  | "STEP_OUT_OF_ORDER"
  | "CHARGE_REVIEW_NEEDED"
  | "FOLLOW_UP_OUT_OF_RANGE"
  | "FREEZE_ANSWERED"
  | "LIMIT_REACHED";
export class TargetsError extends SimpulError<TargetsCode> {}
export const targetsRefusals: Readonly<Record<TargetsCode, 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  TARGET_ALREADY: 409,
  TARGET_UNDER_REVIEW: 409,
  TARGET_OVER: 409,
  TARGET_PROTECTED: 422,
  STEP_OUT_OF_ORDER: 409,
  CHARGE_REVIEW_NEEDED: 422,
  FOLLOW_UP_OUT_OF_RANGE: 422,
  FREEZE_ANSWERED: 409,
  LIMIT_REACHED: 422,
};
