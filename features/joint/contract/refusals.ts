// What the room of joint spaces refuses, by name.
import { SimpulError } from "@simpul/model";

/** Why a contribution is not put in, or not taken (JIT-3, JIT-4, JIT-5, HC-6). */
export const putRefusals = [
  "SPACE_NOT_OPEN",
  "PARTY_IS_OUT",
  "KIND_NOT_IN_NOTE",
  "PERSON_PROTECTED",
  "MEMBER_ROLE_ENDED",
  "ORIGINATOR_NOT_ASKED",
  "NOT_ITS_WRITER",
  "TERMS_BAR",
] as const;
export type PutRefusal = (typeof putRefusals)[number];

export type JointCode =
  | PutRefusal
  | "NOTE_INCOMPLETE"
  | "NOT_WAITING_HERE"
  | "NOTE_IS_ANOTHER"
  | "NOT_CLEARED"
  | "LIST_IS_ANOTHER"
  | "ALREADY_A_MEMBER"
  | "SPACE_FULL";

export const jointRefusals: Readonly<Record<JointCode, 409 | 422>> = {
  SPACE_NOT_OPEN: 409,
  PARTY_IS_OUT: 409,
  KIND_NOT_IN_NOTE: 422,
  PERSON_PROTECTED: 422,
  MEMBER_ROLE_ENDED: 409,
  ORIGINATOR_NOT_ASKED: 409,
  NOT_ITS_WRITER: 409,
  TERMS_BAR: 409,
  NOTE_INCOMPLETE: 422,
  NOT_WAITING_HERE: 409,
  NOTE_IS_ANOTHER: 409,
  NOT_CLEARED: 409,
  LIST_IS_ANOTHER: 409,
  ALREADY_A_MEMBER: 409,
  SPACE_FULL: 409,
};

/** A refusal of this room; `facts` travel to the page. Its doors also answer `NOT_FOUND`, `STEP_UP`, `NOT_ALLOWED`. */
export class JointError extends SimpulError<JointCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: JointCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
