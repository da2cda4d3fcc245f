// For acts that go on only when allowed: a refusal as an error whose code says what would help.
import { SimpulError } from "@simpul/model";
import type { Act } from "./acts.ts";
import type { Asking, Decision, Policy } from "./decide.ts";

export type DeniedCode = "NOT_ALLOWED" | "STEP_UP" | "SECOND_PERSON" | "SECOND_WORD" | "PERMISSION";

/** How they answer over HTTP; the server adds them to its one table. */
export const deniedRefusals: Readonly<Record<DeniedCode, 403>> = {
  NOT_ALLOWED: 403,
  STEP_UP: 403,
  SECOND_PERSON: 403,
  SECOND_WORD: 403,
  PERMISSION: 403,
};

const codes = {
  "step-up": "STEP_UP",
  "second-person": "SECOND_PERSON",
  "second-word": "SECOND_WORD",
  permission: "PERMISSION",
} as const;

/** The facts travel to the page: which act on which record, and the message id of the first reason. */
export class Denied extends SimpulError<DeniedCode> {
  readonly facts: { act: string; record: string; because: string };
  readonly because: readonly string[];
  constructor(code: DeniedCode, asking: { act: string; record: { id: string } }, because: readonly string[]) {
    super(code, because.join(" "));
    this.because = because;
    this.facts = { act: asking.act, record: asking.record.id, because: because[0] ?? "" };
  }
}

/** Whether it is hers to begin: allowed, or lacking only her own second factor or a colleague's word. */
export const begins = (decision: Decision): boolean =>
  decision.allowed || decision.needs === "step-up" || decision.needs === "second-word";

/** Returns why it is allowed, for the leaf; throws `Denied`. */
export function demand<A extends Act>(policy: Pick<Policy, "decide">, asking: Asking<A>): string[] {
  const decision = policy.decide(asking);
  if (decision.allowed) return decision.because;
  const code = decision.needs === undefined ? "NOT_ALLOWED" : codes[decision.needs];
  throw new Denied(code, asking, decision.because);
}
