// What can be wrong with a proof, a checkpoint or a policy: a closed list.
import { SimpulError } from "@simpul/model/errors";

export type LedgerCode =
  | "BAD_PROOF"
  | "NOT_A_CHECKPOINT"
  | "NOT_A_PROOF_FILE"
  | "NOT_AN_ENTRY_FILE"
  | "NOT_A_POLICY"
  | "OUT_OF_RANGE"
  | "NOT_A_TILE_PATH"
  | "NOT_AN_ENTRY_BUNDLE"
  | "NO_QUORUM"
  | "BEHIND_COSIGNERS";

export class LedgerError extends SimpulError<LedgerCode> {}
