// Who the machine readable zone of a document says its holder is (ICAO Doc 9303): number, name, day of birth.
import { parse } from "mrz";
import { document, mrzLines } from "./document.ts";
import type { Normalised } from "./outcome.ts";
import { zoneIssuer } from "./states.ts";

export interface Holder {
  document: Normalised;
  /** Latin letters as the zone has them, family name first; cut off where the zone was too short. */
  name: string;
  /** ISO; null where the zone does not say it or its check digit is wrong. */
  birth: string | null;
  /** Three letters; null where it names no state. */
  nationality: string | null;
  /** The document ran out before `today`. */
  expired: boolean;
}

const day = (text: string, century: number): string | null =>
  /^\d{6}$/.test(text) ? `${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}` : null;

/** Null when the text is no zone. `today`, an ISO day, tells the century of two-digit years: nobody is born after it. */
export function holderOf(text: string, today: string): Holder | null {
  const lines = mrzLines(text);
  if (lines === null) return null;
  const { fields, details } = parse(lines);
  const whole = (field: string): boolean => details.find((one) => one.field === field)?.valid ?? false;
  const birth = fields.birthDate ?? "";
  const born = day(birth, 20);
  const ends = day(fields.expirationDate ?? "", 20);
  return {
    document: document(lines.join("\n"), {}),
    name: [fields.lastName, fields.firstName].filter((one) => one).join(" "),
    birth: !whole("birthDateCheckDigit") ? null : born !== null && born > today ? day(birth, 19) : born,
    nationality: zoneIssuer(fields.nationality ?? ""),
    expired: ends !== null && ends < today,
  };
}

const digitOf = {
  ...{
    document: "documentNumberCheckDigit",
    birth: "birthDateCheckDigit",
    expiry: "expirationDateCheckDigit",
  },
  ...{ personal: "personalNumberCheckDigit", whole: "compositeCheckDigit" },
} as const;
export type ZoneDigit = keyof typeof digitOf;

/** Which check digits of a zone do not fit what they stand for; null when the text is no zone. */
export function wrongDigits(text: string): ZoneDigit[] | null {
  const lines = mrzLines(text);
  if (lines === null) return null;
  const { details } = parse(lines);
  return (Object.keys(digitOf) as ZoneDigit[]).filter((name) =>
    details.some((one) => one.field === digitOf[name] && !one.valid),
  );
}
