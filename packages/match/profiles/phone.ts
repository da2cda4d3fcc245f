// Phone numbers to E.164 (profile phone/1).
import {
  parsePhoneNumberFromString,
  isSupportedCountry,
  type CountryCode,
  type PhoneNumber,
} from "libphonenumber-js/max";
import { plain } from "./characters.ts";
import { sound, unsound, type Hints, type Normalised } from "./outcome.ts";

/** The eleven states, then those whose numbers appear most in the region's cases. */
export const phoneRegions = [
  "BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN", "CN", "HK", "TW", "IN",
] as const satisfies readonly CountryCode[]; // prettier-ignore

/** Calling codes of {@link phoneRegions}: messages often drop the plus in front of them. */
const plusless = /^(?:673|855|62|856|60|95|63|65|66|670|84|86|852|886|91)\d{6,12}$/;

const extension = /(?:;?\s*ext(?:ension|n)?[.:=]?|,\s*x|\s+x|;|#)\s*\d{1,7}\s*$/i;
const lead = /^\s*(?:tel|phone|sms|whatsapp|callto)\s*:\s*(?:\/\/)?/i;

/** The region as libphonenumber knows it, or null. */
export function phoneRegion(region: string | undefined): CountryCode | null {
  const code = region?.toUpperCase();
  return code !== undefined && isSupportedCountry(code) ? code : null;
}

function parse(text: string, region: CountryCode | null): PhoneNumber | null {
  const found = parsePhoneNumberFromString(text, {
    extract: false,
    ...(region ? { defaultCountry: region } : {}),
  });
  return found ?? null;
}

/** A number as dialled, best reading first. */
function* readings(dialled: string, region: CountryCode | null): Generator<PhoneNumber> {
  const digits = dialled.replace(/\D/g, "");
  const give = function* (text: string, at: CountryCode | null) {
    const number = parse(text, at);
    if (number) yield number;
  };
  if (dialled.startsWith("+")) yield* give(`+${digits}`, null);
  else {
    // 00 is the prefix ITU-T E.164 recommends; no state of the region begins a national number with it.
    if (digits.startsWith("00")) yield* give(`+${digits.slice(2)}`, null);
    if (region) yield* give(digits, region);
    if (plusless.test(digits)) yield* give(`+${digits}`, null);
  }
}

/** The number itself where it is a valid one in the numbering plan, for callers that need its country. */
export function readPhone(value: string, hints: Hints): PhoneNumber | null {
  const text = plain(value).replace(lead, "").replace(extension, "").trim();
  // A trunk zero in brackets after the calling code is written for readers, not dialled: +66 (0)81.
  const dialled = text.replace(/^(\+\s?\d{1,3}[\s.-]?)\(0\)/, "$1").replace(/(?!^\+)[^\d]/g, "");
  if (!/^\+?\d{5,18}$/.test(dialled)) return null;
  for (const number of readings(dialled, phoneRegion(hints.region))) if (number.isValid()) return number;
  return null;
}

export function phone(value: string, hints: Hints): Normalised {
  const number = readPhone(value, hints);
  if (number) return sound("phone", number.number);
  const text = plain(value).replace(lead, "").replace(extension, "");
  const digits = text.replace(/\D/g, "");
  const international = text.trim().startsWith("+") || digits.startsWith("00");
  const canonical = international ? `+${digits.replace(/^00/, "")}` : digits;
  // Letters beyond the bare number: a sentence, a name, a part number.
  if (digits.length < 5 || /\p{L}/u.test(text)) return unsound("phone", text.trim(), "NOT_THIS_TYPE");
  if (digits.length > 18) return unsound("phone", canonical, "BAD_LENGTH");
  if (hints.region !== undefined && !phoneRegion(hints.region))
    return unsound("phone", canonical, "UNKNOWN_REGION");
  return unsound(
    "phone",
    canonical,
    international || hints.region !== undefined ? "NOT_ASSIGNED" : "NO_REGION",
  );
}
