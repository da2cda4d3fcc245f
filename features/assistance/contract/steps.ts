// How a matter moves, as a table: who may take a step, from where, to where, what it needs, and what the other side hears (MLA-4).
import type { AssistanceState, FormalKind, Step } from "../contract.ts";

export type Act =
  | "assistance.draft"
  | "assistance.review"
  | "assistance.send"
  | "assistance.freeze"
  | "assistance.follow"
  | "assistance.handle"
  | "assistance.execute"
  | "assistance.keep";

export interface StepRule {
  step: Step;
  kind: FormalKind;
  side: "outgoing" | "incoming";
  from: readonly AssistanceState[];
  /** Null: it stays where it is. */
  to: AssistanceState | null;
  /** One of these is enough. */
  acts: readonly Act[];
  needs: readonly ("text" | "code" | "until" | "desk")[];
  /** The other side stands so from then on; null: it hears nothing. */
  tells: AssistanceState | null;
}

const under: readonly AssistanceState[] = [
  "registered",
  "legal-review",
  "assigned",
  "judicial-order",
  "execution",
  "product-review",
];
const away: readonly AssistanceState[] = [
  "sent",
  "acknowledged",
  "in-execution",
  "information-asked",
  "postponed",
  "partly-executed",
];

type Short = Omit<StepRule, "kind" | "side">;
const rule = (
  step: Step,
  from: readonly AssistanceState[],
  to: AssistanceState | null,
  acts: readonly Act[],
  more: Partial<Pick<StepRule, "needs" | "tells">> = {},
): Short => ({ step, from, to, acts, needs: more.needs ?? [], tells: more.tells ?? null });

const follow = ["assistance.follow"] as const;
const handle = ["assistance.handle"] as const;
const execute = ["assistance.execute"] as const;

const formalOut: readonly Short[] = [
  rule("submit", ["draft"], "prosecutor", ["assistance.draft"]),
  rule("review", ["prosecutor"], "central", ["assistance.review"]),
  rule("return", ["prosecutor"], "draft", ["assistance.review"], { needs: ["text"] }),
  rule("return", ["central"], "draft", ["assistance.send"], { needs: ["text"] }),
  rule("send", ["central"], "sent", ["assistance.send"], { needs: ["code"], tells: "arrived" }),
  rule("supply", ["information-asked"], "in-execution", follow, { needs: ["text"], tells: "legal-review" }),
  rule("go-on", ["information-asked"], "in-execution", follow, { tells: "legal-review" }),
  rule("formal-copy", [...away, "executed", "received", "admissibility"], null, ["assistance.send"]),
  rule("receive", ["executed", "partly-executed"], "received", follow),
  rule("admit", ["received"], "admissibility", follow, { needs: ["text"] }),
  rule("use", ["admissibility"], "used", follow, { needs: ["text"] }),
  rule("give-back", ["used", "admissibility"], "returned", follow, { needs: ["text"] }),
  rule("close", ["received", "admissibility", "used", "returned", "refused"], "closed", follow, {
    tells: "closed",
  }),
  rule("withdraw", ["draft", "prosecutor", "central"], "withdrawn", ["assistance.draft", "assistance.send"]),
  rule("withdraw", away, "withdrawn", ["assistance.send"], { needs: ["text"], tells: "withdrawn" }),
];

const formalIn: readonly Short[] = [
  rule("register", ["arrived"], "registered", handle, { tells: "acknowledged" }),
  rule("complete", ["registered"], "legal-review", handle),
  rule("ask", under, "information-asked", [...handle, ...execute], {
    needs: ["code", "text"],
    tells: "information-asked",
  }),
  rule("assign", ["legal-review", "assigned"], "assigned", handle, {
    needs: ["desk"],
    tells: "in-execution",
  }),
  rule("order", ["assigned", "execution"], "judicial-order", execute, {
    needs: ["text", "until"],
    tells: "in-execution",
  }),
  rule("execute", ["assigned", "judicial-order"], "execution", execute, { tells: "in-execution" }),
  rule("product", ["execution"], "product-review", execute),
  rule("partly", ["product-review"], "execution", handle, { needs: ["text"], tells: "partly-executed" }),
  rule("executed", ["product-review"], "product-sent", handle, { tells: "executed" }),
  rule("postpone", under, "postponed", handle, { needs: ["code", "text", "until"], tells: "postponed" }),
  rule("resume", ["postponed"], "legal-review", handle, { tells: "in-execution" }),
  rule("refuse", ["arrived", "information-asked", "postponed", ...under], "refused", handle, {
    needs: ["code", "text"],
    tells: "refused",
  }),
  rule("track", ["product-sent"], "return-tracking", handle, { needs: ["until"] }),
];

const freezeOut: readonly Short[] = [
  rule("submit", ["draft"], "approval", ["assistance.draft"]),
  rule("return", ["approval"], "draft", ["assistance.freeze"], { needs: ["text"] }),
  rule("freeze", ["approval"], "sent", ["assistance.freeze"], { tells: "arrived" }),
  // Until when it should be kept on; the other side sees both days until it answers.
  rule("renew", ["preserved", "partly"], null, ["assistance.freeze"], {
    needs: ["until", "text"],
    tells: "arrived",
  }),
  rule("close", ["preserved", "partly", "not-held", "refused"], "closed", ["assistance.draft"], {
    tells: "closed",
  }),
  rule("withdraw", ["draft", "approval"], "withdrawn", ["assistance.draft"]),
  rule("withdraw", ["sent", "preserved", "partly"], "withdrawn", ["assistance.freeze"], {
    needs: ["text"],
    tells: "withdrawn",
  }),
];

const keep = ["assistance.keep"] as const;
const freezeIn: readonly Short[] = [
  rule("preserve", ["arrived"], "preserved", keep, { needs: ["until"], tells: "preserved" }),
  rule("preserve-partly", ["arrived"], "partly", keep, { needs: ["until", "text"], tells: "partly" }),
  rule("not-held", ["arrived"], "not-held", keep, { needs: ["text"], tells: "not-held" }),
  rule("refuse", ["arrived"], "refused", keep, { needs: ["code", "text"], tells: "refused" }),
];

const of = (kind: FormalKind, side: StepRule["side"], list: readonly Short[]): StepRule[] =>
  list.map((one) => ({ ...one, kind, side }));

export const stepRules: readonly StepRule[] = [
  ...of("formal", "outgoing", formalOut),
  ...of("formal", "incoming", formalIn),
  ...of("preservation", "outgoing", freezeOut),
  ...of("preservation", "incoming", freezeIn),
];

export const stepsFrom = (kind: FormalKind, side: StepRule["side"], state: AssistanceState): StepRule[] =>
  stepRules.filter((one) => one.kind === kind && one.side === side && one.from.includes(state));

/** MLA-7: that it cannot be kept confidential is told before it is carried out, and asks for one of two answers: go on, or withdraw. */
export const cannotKeep = "confidentiality-risk";
export const staysKept = "confidentiality-kept";

/** Whether this answers what was asked back: information where that is missing, go on where it cannot be kept confidential. */
export const answersAsked = (step: Step, asked: string | null): boolean =>
  step === "go-on" ? asked === cannotKeep : step !== "supply" || asked !== cannotKeep;

/** What one side may be told by the other: a step that the table does not know moves nothing. */
export const hears = (kind: FormalKind, side: StepRule["side"], step: Step): StepRule[] =>
  stepRules.filter(
    (one) =>
      one.kind === kind &&
      one.side !== side &&
      one.step === step &&
      (one.tells !== null || step === "formal-copy"),
  );

/** Nothing more is done by this side. */
export const isOver = (state: AssistanceState): boolean => ["closed", "withdrawn"].includes(state);
