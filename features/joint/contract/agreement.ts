// What belongs to a full agreement: signatures on its files, the evaluation at the end, what is kept of a party that is out.
import type { Digest, Id, NodeCode } from "@simpul/model";

/** A party's signature on a file, by its node in the name of a liaison officer; wet ink lies in the file itself (JIT-2). */
export interface DocumentSignature {
  space: Id;
  document: Id;
  digest: Digest;
  party: NodeCode;
  officer: string;
  office: string;
  at: string;
}

export const reaches = ["yes", "partly", "no"] as const;
/** JIT-9: counts and words of one party, about nobody. */
export interface Assessment {
  reached: (typeof reaches)[number];
  arrests: number;
  /** Victims identified, and of them those referred to services. */
  identified: number;
  referred: number;
  /** Frozen or seized, in United States dollars. */
  assets: number;
  /** Requests for legal assistance that were not needed. */
  spared: number;
  difficulties: string;
  legal: string;
}
export interface Evaluated extends Assessment {
  space: Id;
  party: NodeCode;
  officer: string;
  at: string;
}

/** JIT-5: a thing of a party that is out, kept for proceedings already begun. */
export interface Kept {
  thing: Id;
  party: NodeCode;
  proceeding: string;
  officer: string;
  at: string;
}
