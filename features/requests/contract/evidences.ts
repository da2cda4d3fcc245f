// What the state to which a letter went signed about it (MSG-4).
import type { NodeCode } from "@simpul/model";

/** Opened there by its desk; or by nobody in the agreed time. Later it may be opened all the same. */
export const evidenceEvents = ["retrieved", "not-retrieved"] as const;
export type EvidenceEvent = (typeof evidenceEvents)[number];

/** Of a request stands at its thread, of an answer at the answer; both states keep it. */
export interface Evidence {
  event: EvidenceEvent;
  by: NodeCode;
  at: string;
  /** Ours: the code with which the sender's node refused to be told; null while nothing speaks against it. */
  untold: string | null;
}
