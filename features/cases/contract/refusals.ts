// How the cases room refuses, and how each refusal answers over HTTP.
import { SimpulError } from "@simpul/model";

export type CasesCode =
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "NOT_A_FIELD"
  | "NOT_A_VALUE"
  | "NOT_A_DATE"
  | "NOT_A_CODE"
  | "NOT_A_SELECTOR"
  | "NOT_IN_THIS_CASE"
  | "NAME_OF_PROTECTED"
  | "OUT_OF_SIGHT"
  | "CASE_CLOSED"
  /** `to`, `reference`: another state's since it accepted; propose it there. */
  | "HANDED_OVER"
  | "ALREADY_THERE"
  | "NOTHING_TO_SETTLE"
  | "UNSETTLED"
  | "NOT_FOR_HER"
  | "SEEN_ALREADY"
  | "OWN_OPENING"
  | "LIMIT_REACHED";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const casesRefusals: Readonly<Record<CasesCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  NOT_A_FIELD: 422,
  NOT_A_VALUE: 422,
  NOT_A_DATE: 422,
  NOT_A_CODE: 422,
  NOT_A_SELECTOR: 422,
  NOT_IN_THIS_CASE: 422,
  NAME_OF_PROTECTED: 422,
  OUT_OF_SIGHT: 409,
  CASE_CLOSED: 409,
  HANDED_OVER: 409,
  ALREADY_THERE: 409,
  NOTHING_TO_SETTLE: 409,
  UNSETTLED: 409,
  NOT_FOR_HER: 409,
  SEEN_ALREADY: 409,
  OWN_OPENING: 403,
  LIMIT_REACHED: 422,
};

/** A refusal of the cases room. */
export class CasesError extends SimpulError<CasesCode> {
  /** Which field it is about, where one is; never what stands in it. */
  readonly facts: Readonly<Record<string, string>>;
  constructor(
    code: CasesCode,
    detail?: string,
    cause?: unknown,
    facts: Readonly<Record<string, string>> = {},
  ) {
    super(code, detail, cause);
    this.facts = facts;
  }
}
