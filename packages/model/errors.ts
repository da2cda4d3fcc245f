// Refusals that callers can expect: each package throws its own error, its code from a closed list.

/**
 * A refusal or a broken promise with a name. Packages extend it with their own closed list of codes;
 * one table in the server turns codes into answers, so a message here is for logs and developers.
 */
export class SimpulError<Code extends string = string> extends Error {
  readonly code: Code;
  constructor(code: Code, detail?: string, cause?: unknown) {
    super(detail === undefined ? code : `${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }
}

export type ModelCode =
  | "NOT_A_NODE_CODE"
  | "NOT_AN_ID"
  | "NOT_A_CASE_NUMBER"
  | "NOT_A_HANDLING_SET"
  | "NOT_AN_EVALUATION"
  | "NOT_A_SELECTOR_TYPE"
  | "NOT_A_HOLDER_ROLE"
  | "NOT_A_PURPOSE"
  | "NOT_A_DIGEST"
  | "NOT_A_WRISTBAND"
  | "TOO_LONG"
  | "EMPTY";

/** Something from outside is not what it says. */
export class ModelError extends SimpulError<ModelCode> {}
