// Decisions about peers from values alone: how a fingerprint is read out and heard, and what an error says.
import type { Health, HealthKind } from "./contract.ts";

/** Days for which the keys of before go on counting, where a state does not acknowledge the new ones earlier. */
export const overlapDays = 30;

/** Enough letters of a key for people to tell it from another. */
export const shortKey = (key: string): string => key.slice(0, 8);

/** Groups of four, as they are read out; a fingerprint of 64 hex digits gives sixteen. */
export const groupsOf = (fingerprint: string): string[] => fingerprint.match(/.{1,4}/g) ?? [];

/** The groups that the second person types as she heard them: 64 bits that nobody guesses or alters unheard. */
export const heardGroups = 4;

/** What she typed, without spaces, dashes and capitals; null when it is not sixteen hex digits. */
export function readHeard(text: string): string | null {
  const digits = text.toLowerCase().replace(/[\s\-.:·]/g, "");
  return new RegExp(`^[0-9a-f]{${heardGroups * 4}}$`).test(digits) ? digits : null;
}

export const endOf = (fingerprint: string): string => fingerprint.slice(-heardGroups * 4);

/** `CODE: detail` as exchange keeps errors. */
export function readError(text: string | null): { code: string | null; detail: string | null } {
  const read = text === null ? null : /^([A-Z][A-Z_]*)(?:: ([\s\S]*))?$/.exec(text);
  if (read === null) return { code: text === null ? null : "FAULT", detail: null };
  return { code: read[1]!, detail: read[2] ?? null };
}

/** A refusal's facts travel as JSON behind its code; with CLOCK_OFF comes the other's time. */
function theirTime(detail: string | null): number {
  try {
    return Date.parse((JSON.parse(detail ?? "{}") as { time?: string }).time ?? "");
  } catch {
    return Number.NaN;
  }
}

/** How the line is, from what exchange keeps of its last calls. */
export function healthOf(of: {
  health: HealthKind;
  healthSince: Date | null;
  lastError: string | null;
  failedAt: Date | null;
}): Health {
  const { code, detail } = readError(of.lastError);
  const apart = of.failedAt === null ? Number.NaN : theirTime(detail) - of.failedAt.getTime();
  return {
    kind: of.health,
    since: of.healthSince?.toISOString() ?? null,
    code: of.health === "behind" ? null : code,
    failedAt: of.failedAt?.toISOString() ?? null,
    minutes: of.health === "clock-off" && !Number.isNaN(apart) ? Math.round(apart / 60_000) : null,
  };
}

/** Codes of errors that the catalogue explains (`peers.error.<CODE>`); others are told as they are. */
export const explained = [
  ...["UNREACHABLE", "TIMEOUT", "UNAVAILABLE", "UNPINNED", "PEER_STOPPED", "WRONG_CERTIFICATE"],
  ...[
    "BAD_SIGNATURE",
    "CLOCK_OFF",
    "REPLAYED",
    "NEWER_VERSION",
    "OLDER_VERSION",
    "NOT_FOR_US",
    "GAP",
    "TOO_LARGE",
    "TOO_MANY",
  ],
  ...["NOT_FOUND", "BAD_REQUEST", "MAY_NOT_LEAVE", "NOT_A_RECEIPT", "SEQUENCE_REUSED", "NOT_OPENED"],
  ...["UNKNOWN_AGENCY", "NOT_AN_ENVELOPE", "SENDER_MISMATCH", "UNKNOWN_TYPE", "BAD_BODY", "UNKNOWN_RECORD"],
  ...["NOT_ALLOWED", "LIMITED", "CANNOT_EXCLUDE", "FAULT", "KEY_REVOKED", "PEER_SUSPENDED", "EXERCISE_APART"],
  ...["KEYS_ALTERED", "KEYS_FOREIGN", "KEYS_OUT_OF_ORDER", "KEYS_FORKED"],
] as const;
