// What the compartment refuses, and with which answer of the web.
import { SimpulError } from "@simpul/model";

export type VictimsCode =
  | "DESK_CLOSED"
  | "DESK_FOUNDED"
  | "NO_DESK_KEY"
  | "NOT_LET_IN"
  | "HAS_KEY"
  | "WRONG_PASSPHRASE"
  | "WEAK_PASSPHRASE"
  | "OTHER_FINGERPRINT"
  | "DESK_KEY_CHANGED"
  | "NOT_SEALED"
  | "UNKNOWN_KIND"
  | "UNFIT"
  | "ALREADY_ONE"
  | "TOO_BIG"
  | "NOT_A_HALF"
  | "OTHER_OFFICER"
  | "SECOND_OFFICER"
  | "OTHER_CASE"
  | "MOVED_AWAY"
  | "NOT_WHOLE";

export const victimsRefusals: Readonly<Record<VictimsCode, 403 | 409 | 413 | 422>> = {
  /** The page asks her to open the desk, and comes back to where she was. */
  DESK_CLOSED: 409,
  DESK_FOUNDED: 409,
  NO_DESK_KEY: 409,
  NOT_LET_IN: 403,
  HAS_KEY: 409,
  WRONG_PASSPHRASE: 403,
  /** `least`: letters. */
  WEAK_PASSPHRASE: 422,
  OTHER_FINGERPRINT: 409,
  /** The keys in the database are not those of the desk: somebody changed them. */
  DESK_KEY_CHANGED: 409,
  NOT_SEALED: 422,
  UNKNOWN_KIND: 422,
  UNFIT: 422,
  ALREADY_ONE: 422,
  TOO_BIG: 413,
  NOT_A_HALF: 422,
  /** Both halves by one officer. */
  OTHER_OFFICER: 403,
  /** She asked for it herself. */
  SECOND_OFFICER: 403,
  OTHER_CASE: 409,
  /** Another state's desk looks after her: what is learnt here goes there as a proposal. */
  MOVED_AWAY: 409,
  /** Pieces are missing, or are not what was said. */
  NOT_WHOLE: 409,
};

/** A refusal of the compartment. Its doors also answer `NOT_FOUND`, `NOT_ALLOWED`, `TOO_MANY`, `BAD_INPUT`. */
export class VictimsError extends SimpulError<VictimsCode | "NOT_FOUND" | "NOT_ALLOWED" | "TOO_MANY"> {
  readonly facts: Record<string, string | number>;
  constructor(
    code: VictimsCode | "NOT_FOUND" | "NOT_ALLOWED" | "TOO_MANY",
    facts: Record<string, string | number> = {},
  ) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
