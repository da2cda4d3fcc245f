// What exchange refuses, by name; the same codes travel to the peer, so that both sides read the same word.
import { SimpulError } from "@simpul/model";

/** Answers of the transport: nothing was taken in, the sender may try again or must be mended. */
export const transportCodes = [
  "UNPINNED",
  "PEER_STOPPED",
  "PEER_SUSPENDED",
  "KEY_REVOKED",
  "KEYS_ALTERED",
  "KEYS_FOREIGN",
  "KEYS_OUT_OF_ORDER",
  "KEYS_FORKED",
  "BAD_SIGNATURE",
  "CLOCK_OFF",
  "REPLAYED",
  "NEWER_VERSION",
  "OLDER_VERSION",
  "NOT_FOR_US",
  "EXERCISE_APART",
  "GAP",
  "TOO_LARGE",
  "TOO_MANY",
  "NOT_FOUND",
  "BAD_REQUEST",
  "UNAVAILABLE",
] as const;
export type TransportCode = (typeof transportCodes)[number];

/** Reasons in a signed refusal: the envelope was taken note of, will not be taken in, and its number is used. */
export const refusalCodes = [
  "NEWER_VERSION",
  "NOT_OPENED",
  "BAD_SIGNATURE",
  "UNKNOWN_AGENCY",
  "NOT_AN_ENVELOPE",
  "SENDER_MISMATCH",
  "SEQUENCE_REUSED",
  "UNKNOWN_TYPE",
  "BAD_BODY",
  "UNKNOWN_RECORD",
  "NOT_ALLOWED",
  "LIMITED",
  "CANNOT_EXCLUDE",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type ExchangeCode =
  | TransportCode
  | RefusalCode
  | "NOT_A_RECEIPT"
  | "NOT_A_PEER"
  | "UNREACHABLE"
  | "TIMEOUT"
  | "WRONG_CERTIFICATE"
  | "ALTERED"
  | "SAME_PERSON"
  | "MAY_NOT_LEAVE"
  | "CLOSED";

export class ExchangeError extends SimpulError<ExchangeCode> {}

/** Thrown by a feature's `onEnvelope` to refuse an envelope: nothing it wrote is kept, the sender learns the code. */
export class EnvelopeRefused extends SimpulError<RefusalCode> {}
