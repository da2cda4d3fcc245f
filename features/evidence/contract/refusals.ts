// Why the evidence room says no, and how that answers over HTTP.
import { SimpulError } from "@simpul/model";

export type EvidenceRefusal =
  // Taking in.
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "EMPTY_FILE"
  | "FILE_TOO_LARGE"
  | "TOO_MANY_OPEN"
  | "NO_ROOM"
  | "NO_DEVICE"
  | "NOT_SIGNED"
  | "NOT_AS_SIGNED"
  | "DIGEST_DIFFERS"
  | "SIZE_DIFFERS"
  | "NOT_UPLOADED"
  | "ALREADY_DIFFERENT"
  | "NOT_WRITTEN_AS_READ"
  | "PROOF_DOES_NOT_HOLD"
  // Reading.
  | "NOT_READ_YET"
  | "NO_SUCH_PART"
  // Findings.
  | "NOT_A_SELECTOR"
  | "ROLE_NEEDED"
  | "CHANGED_MEANWHILE"
  | "NOTHING_TO_UNDO"
  | "LIMIT_REACHED"
  | "KEY_DESTROYED"
  /** `originator`, `at`, `recall`, `items`: the state that gave it called it back. */
  | "CALLED_BACK"
  // Letting a bundle out.
  | "NOTHING_TO_EXPORT"
  | "PERMISSION_NEEDED"
  | "NOT_READY"
  | "NOT_WAITING"
  | "SWEPT"
  | "VERIFIER_NOT_BUILT"
  | "DAMAGED";

/** A refusal of the evidence room. `facts` are numbers and codes for the message on the screen. */
export class EvidenceRoomError extends SimpulError<EvidenceRefusal> {
  readonly facts: Record<string, string | number>;
  constructor(code: EvidenceRefusal, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts), cause);
    this.facts = facts;
  }
}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const evidenceRefusals: Readonly<
  Record<EvidenceRefusal, 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503 | 507>
> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  EMPTY_FILE: 422,
  FILE_TOO_LARGE: 413,
  TOO_MANY_OPEN: 429,
  NO_ROOM: 507,
  NO_DEVICE: 403,
  NOT_SIGNED: 422,
  NOT_AS_SIGNED: 422,
  DIGEST_DIFFERS: 422,
  SIZE_DIFFERS: 422,
  NOT_UPLOADED: 409,
  ALREADY_DIFFERENT: 409,
  NOT_WRITTEN_AS_READ: 422,
  PROOF_DOES_NOT_HOLD: 422,
  NOT_READ_YET: 409,
  NO_SUCH_PART: 404,
  NOT_A_SELECTOR: 422,
  ROLE_NEEDED: 422,
  CHANGED_MEANWHILE: 409,
  NOTHING_TO_UNDO: 409,
  LIMIT_REACHED: 422,
  KEY_DESTROYED: 410,
  CALLED_BACK: 410,
  NOTHING_TO_EXPORT: 422,
  PERMISSION_NEEDED: 403,
  NOT_READY: 409,
  NOT_WAITING: 409,
  SWEPT: 410,
  VERIFIER_NOT_BUILT: 503,
  DAMAGED: 409,
};
