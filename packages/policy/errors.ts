// What can go wrong with policies: they do not fit their schema, or one of them failed while deciding.
import { SimpulError } from "@simpul/model";

export type PolicyCode = "POLICIES_INVALID" | "POLICY_FAILED" | "ACT_NOT_FOR_RECORD" | "TWO_PERSONS_INVALID";

export class PolicyError extends SimpulError<PolicyCode> {}
