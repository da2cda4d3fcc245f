// Where a request stands with one state, and its story.
import type { Id, NodeCode } from "@simpul/model";
import type { AnswerView } from "./answers.ts";
import type { Clock } from "./codes.ts";
import type { Evidence } from "./evidences.ts";
/** Where a request stands with one state, in this order (RFI-4, MSG-3). `undelivered` carries a code. */
export const requestStates = [
  "draft",
  "submitted",
  "queued",
  // On paper: sent, and nobody has said yet that it arrived.
  "posted",
  "delivered",
  "opened",
  "in-work",
  "clarification",
  "judicial",
  "answered",
  "refused",
  "transferred",
  "withdrawn",
  "closed",
  "undelivered",
] as const;
export type RequestState = (typeof requestStates)[number];

/** An interim answer ends nothing: the clock runs on to the final one (MSG-2). */
export const answerKinds = ["full", "partial", "none-held", "interim"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** One line of a thread's story: what happened, when, on which side. */
export interface ThreadStep {
  at: string;
  kind:
    | "approved"
    | "queued"
    | "posted"
    | "delivered"
    | "opened"
    | "unopened"
    | "answer-opened"
    | "assigned"
    | "asked-back"
    | "clarified"
    | "suspended"
    | "resumed"
    | "answered"
    | "interim"
    | "refused"
    | "transferred"
    | "withdrawn"
    | "closed"
    | "undelivered";
  side: "ours" | "theirs";
  by: Id | null;
  desk: Id | null;
  /** What was said with it: a question, a reply, a reason. */
  text: string | null;
  code: string | null;
}

/** A request as it stands with one state. Outgoing ones have one for each state asked; they do not know of each other. */
export interface Thread {
  id: Id;
  peer: NodeCode;
  /** Who gets it as a letter; null where it goes to the state's node. */
  correspondent: string | null;
  /** As both sides write it, e.g. `ID-KH-2031-000003`; counted apart for each pair, so that it tells of no other. */
  reference: string;
  state: RequestState;
  outcome: AnswerKind | null;
  /** The ground of a refusal, or why it was not delivered. */
  code: string | null;
  clock: Clock | null;
  steps: ThreadStep[];
  /** About the request itself. */
  evidences: Evidence[];
  answers: AnswerView[];
}
