// What of an item's proof or bytes may not hold when it comes from another state: the codes of its report (MLA-10).
import type { SimpulError } from "@simpul/model";

export const proofChecks = [
  // Of the chain itself, as every verifier tells them.
  "not-a-statement",
  "not-signed-by-device",
  "not-signed-by-node",
  "other-item",
  "wrong-number",
  "does-not-follow",
  "other-bytes",
  "another-keeper",
  "goes-back-in-time",
  "first-is-not-sealed",
  "after-the-end",
  // Of its way here.
  "device-not-vouched",
  "not-handed-over",
  "bytes-differ",
  "number-taken",
] as const;
export type ProofCheck = (typeof proofChecks)[number];

/** The check that an arriving item did not pass; null where something else went wrong and another try may help. */
export function failedCheck(fault: unknown): ProofCheck | null {
  const { code, facts } = fault as Partial<SimpulError> & { facts?: { check?: ProofCheck } };
  switch (code) {
    case "PROOF_DOES_NOT_HOLD":
      return facts?.check ?? "not-a-statement";
    case "DIGEST_DIFFERS":
    case "SIZE_DIFFERS":
    case "ALTERED":
      return "bytes-differ";
    case "ALREADY_DIFFERENT":
      return "number-taken";
    default:
      return null;
  }
}
