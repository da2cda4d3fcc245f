// What can be wrong with a key, an encoding or a signed text: a closed list.
import { SimpulError } from "@simpul/model/errors";

export type SealCode =
  | "NOT_BASE64"
  | "NOT_HEX"
  | "NOT_A_KEY"
  | "NOT_A_VERIFIER_KEY"
  | "NOT_A_NOTE"
  | "NOT_A_SIGNED_STATEMENT"
  | "NOT_A_KEY_STATEMENT"
  | "BAD_SIGNATURE"
  | "TOO_FEW_SIGNATURES"
  | "TOO_LARGE";

export class SealError extends SimpulError<SealCode> {}
