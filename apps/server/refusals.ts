// The one table that turns the house's refusals into HTTP statuses; what is missing here is a fault of ours.
import type { Refusals } from "@simpul/doors/http";

/** What an officer may not know answers as "not found" (docs: rights), so those codes share one status. */
export const refusals: Refusals = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  FROZEN: 409,
  STEP_UP: 403,
  SECOND_PERSON: 403,
  PERMISSION: 403,
  CHANGED_MEANWHILE: 409,
  TOO_MANY: 429,
  FULL: 507,
  NOT_AN_ID: 404,
  NOT_A_CASE_NUMBER: 404,
  NOT_A_HANDLING_SET: 422,
  NOT_AN_EVALUATION: 422,
  NOT_A_SELECTOR_TYPE: 422,
  NOT_A_HOLDER_ROLE: 422,
  NOT_A_PURPOSE: 422,
  NOT_A_DIGEST: 422,
  NOT_A_WRISTBAND: 422,
  NOT_A_NODE_CODE: 422,
  TOO_LONG: 422,
  EMPTY: 422,
  // The database is away or at its limit: asking again in a moment is right, and no fault of what was asked.
  BUSY: 503,
  UNREACHABLE: 503,
};
