// What can be wrong with a sealed file, a statement or a chain of custody: a closed list.
import { SimpulError } from "@simpul/model/errors";

export type EvidenceCode =
  | "NOT_AN_AGE_KEY"
  | "NOT_AN_AGE_FILE"
  | "NOT_FOR_THIS_KEY"
  | "AGE_FILE_DAMAGED"
  | "NOT_A_STATEMENT"
  | "NOT_AN_ACQUISITION"
  | "NOT_A_CUSTODY_EVENT"
  | "NOT_A_DISCLOSURE"
  | "CHAIN_BROKEN"
  | "NOT_A_BUNDLE";

export class EvidenceError extends SimpulError<EvidenceCode> {}
