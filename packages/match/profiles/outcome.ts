// What a profile answers: the one form that is compared, whether it is sound, and by which published profile.
import type { SelectorType } from "@simpul/model";

/** Why a value is not valid, or what to know about a valid one (`RULE_UNCONFIRMED`). */
export const reasons = [
  "EMPTY",
  "TOO_LONG",
  "NOT_THIS_TYPE",
  "NO_REGION",
  "UNKNOWN_REGION",
  "NO_PLATFORM",
  "NO_BANK",
  "NO_ISSUER",
  "BAD_LENGTH",
  "BAD_CHECKSUM",
  "BAD_SHAPE",
  "NOT_ASSIGNED",
  "NO_SUCH_SUFFIX",
  "NO_CHECKSUM_EXISTS",
  "RULE_UNCONFIRMED",
  "REGION_AMBIGUOUS",
  "REGION_INFERRED",
] as const;
export type Reason = (typeof reasons)[number];

/**
 * A value in canonical form. Canonical texts of valid values are equal exactly when the profile holds them to be the
 * same thing; of invalid values they are the cleaned text, for people to read, never to match.
 */
export interface Normalised {
  canonical: string;
  valid: boolean;
  /** Type and version, e.g. `phone/1`; both sides of a comparison record it (HIT-3). */
  profile: string;
  reason?: Reason;
}

export interface Hints {
  /** Where a value without a country of its own comes from: ISO 3166-1 alpha-2, either case. */
  region?: string;
}

/** HIT-3: raised when a profile would give any value another canonical form. */
export const versions: Readonly<Record<SelectorType, number>> = {
  phone: 1,
  handle: 1,
  url: 1,
  domain: 1,
  email: 1,
  wallet: 1,
  account: 1,
  document: 1,
  vehicle: 1,
  device: 1,
};

export const profileOf = (type: SelectorType): string => `${type}/${versions[type]}`;

export const sound = (type: SelectorType, canonical: string, reason?: Reason): Normalised => ({
  canonical,
  valid: true,
  profile: profileOf(type),
  ...(reason ? { reason } : {}),
});

export const unsound = (type: SelectorType, canonical: string, reason: Reason): Normalised => ({
  canonical,
  valid: false,
  profile: profileOf(type),
  reason,
});
