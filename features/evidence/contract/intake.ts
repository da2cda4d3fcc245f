// Files on their way in, and what they may weigh.
import type { EvidenceRefusal } from "./refusals.ts";
import type { Digest, Id, NodeCode } from "@simpul/model";

/** Limits of taking in; a node may set its own. */
export interface IntakeLimits {
  /** Bytes of one file. */
  file: number;
  /** Bytes that one officer may have in staging. */
  officer: number;
  /** Bytes that all staging together may hold. */
  staging: number;
  /** Files that one officer may have open at once. */
  open: number;
  /** Days after which an unfinished intake is swept. */
  days: number;
}
export const usualLimits: IntakeLimits = {
  file: 2 ** 31,
  officer: 2 ** 33,
  staging: 2 ** 35,
  open: 200,
  days: 7,
};

export const intakeStates = ["open", "sealing", "sealed", "refused", "swept"] as const;
export type IntakeState = (typeof intakeStates)[number];

/** A file on its way in; it is found again in the tray until it is sealed or given up. */
export interface Intake {
  id: Id;
  item: Id;
  state: IntakeState;
  fileName: string;
  size: number;
  received: number;
  digest: Digest;
  case: Id | null;
  refusal: { code: EvidenceRefusal; facts: Record<string, string | number> } | null;
  startedAt: string;
}

/** What a client needs to know before it writes the acquisition statement. */
export interface IntakeStart {
  /** The node's time, by which the client tells how far its own clock is off. */
  now: string;
  node: NodeCode;
  officer: Id;
  desk: Id;
  /** The device of this session; null where it has none. */
  device: Id | null;
  limits: IntakeLimits;
}

/** The statement that her device signed, and what opens its concealed fields. */
export interface AskIntake {
  /** The exact bytes of the statement, base64. */
  statement: string;
  /** Ed25519 by the device key over their DSSE pre-authentication encoding, base64. */
  signature: string;
  disclosures: string[];
  case?: Id;
  /** The same for the same bytes taken in the same way: said again within a day, it is the same intake. */
  key?: string;
}
