// What a court asks of an exhibit before it looks at it, how that stands, and who can give what is missing.
import type { Id, NodeCode } from "@simpul/model";
import type { ExhibitNeed } from "../../offences/contract.ts";

/** `no-law`: its law has no way to meet it; that counts as a gap of the law. */
export const admissionStands = ["met", "not-asked", "asked", "no-law"] as const;
export type AdmissionStands = (typeof admissionStands)[number];

export interface Admission {
  exhibit: Id;
  court: NodeCode;
  need: ExhibitNeed;
  stands: AdmissionStands | "open";
  /** `bundle`: the certificate goes with the bundle; `language`: the court reads that of the state it comes from. */
  by: "bundle" | "language" | "officer" | null;
  says: string;
  /** The state that can give it. */
  giver: NodeCode;
  /** Asked of a state, or of a desk here by a task of the case. */
  state: NodeCode | null;
  task: { id: Id; state: "open" | "done" | "dropped"; desk: Id } | null;
  due: string | null;
}

export interface AskAdmission {
  exhibit: Id;
  court: NodeCode;
  need: ExhibitNeed;
  stands: AdmissionStands;
  says: string;
  to: { desk: Id } | { state: NodeCode } | null;
  due: string | null;
}
