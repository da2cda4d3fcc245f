// Published, versioned profiles: one canonical form per selector, the same on every node and in a browser (HIT-3).
import { SimpulError, selectorTypes, type SelectorType } from "@simpul/model";
import { account } from "./account.ts";
import { device } from "./device.ts";
import { document } from "./document.ts";
import { handle } from "./handle.ts";
import { unsound, type Hints, type Normalised } from "./outcome.ts";
import { phone } from "./phone.ts";
import { vehicle } from "./vehicle.ts";
import { wallet } from "./wallet.ts";
import { domain, email, url } from "./web.ts";

export type ProfileCode = "NOT_A_SELECTOR_TYPE";
/** The caller asked for a profile that does not exist; bad values are answered, never thrown. */
export class ProfileError extends SimpulError<ProfileCode> {}

/** No selector is longer; links with tracking tails come closest. In UTF-16 units. */
export const longest = 2_048;

const profiles: Readonly<Record<SelectorType, (value: string, hints: Hints) => Normalised>> = {
  phone,
  handle,
  url,
  domain,
  email,
  wallet,
  account,
  document,
  vehicle,
  device,
};

/** Reads `phone`, `wallet`, …; throws `NOT_A_SELECTOR_TYPE`. */
export function parseSelectorType(text: string): SelectorType {
  const type = selectorTypes.find((one) => one === text);
  if (type) return type;
  throw new ProfileError("NOT_A_SELECTOR_TYPE", text.slice(0, 40));
}

/**
 * The canonical form of a value, whether it is sound, and the profile that says so. Idempotent: normalising a
 * canonical form of a valid value gives the same again. Never throws for a value, however bad.
 */
export function normalise(type: SelectorType, value: string, hints: Hints = {}): Normalised {
  if (value.length > longest) return unsound(type, value.slice(0, 80), "TOO_LONG");
  if (value.trim() === "") return unsound(type, "", "EMPTY");
  return profiles[type](value, hints);
}

export { banks, banksNamed, ibanCountries, type Bank, type BankMention } from "./banks.ts";
export { digitZeros, lookalike, luhn, plain, plainPoint, plainUnit } from "./characters.ts";
export { documentKey, mrzLines } from "./document.ts";
export { holderOf, wrongDigits, type Holder } from "./mrz.ts";
export { profileOf, reasons, versions, type Hints, type Normalised, type Reason } from "./outcome.ts";
export { papers, type Paper } from "./papers.ts";
export { phoneRegion, phoneRegions, readPhone } from "./phone.ts";
export { accountOfLink, platformNamed, platformOf, platforms, type Platform } from "./platforms.ts";
export { issuer, regionOf } from "./states.ts";
export { chainNamed, chains, type Chain } from "./wallet.ts";
export { hostName, refang } from "./web.ts";
