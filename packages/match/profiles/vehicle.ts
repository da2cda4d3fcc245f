// Number plates (profile vehicle/1): country and the plate's letters and digits, in its own script.
import { plain } from "./characters.ts";
import { sound, unsound, type Hints, type Normalised } from "./outcome.ts";

interface Plate {
  shape: RegExp;
  check?: (plate: string) => boolean;
}

/** Singapore, Land Transport Authority: the last letter follows from two letters and four digits. */
function singapore(plate: string): boolean {
  const [, prefix, digits, check] = /^([A-Z]{1,3})(\d{1,4})([A-Z])$/.exec(plate)!;
  const letters = prefix!.length === 3 ? prefix!.slice(1) : prefix!.padStart(2, "@");
  const values = [
    ...Array.from(letters, (letter) => letter.charCodeAt(0) - 64),
    ...Array.from(digits!.padStart(4, "0"), Number),
  ];
  const sum = values.reduce((all, value, i) => all + value * [9, 4, 5, 4, 3, 2][i]!, 0);
  return "AZYXUTSRPMLKJHGEDCB"[sum % 19] === check;
}

/** Ordinary private plates; all but Singapore's are shapes to be confirmed by the state's registry. */
export const plates: Readonly<Record<string, Plate>> = {
  BN: { shape: /^[A-Z]{1,3}\d{1,4}$/ },
  KH: { shape: /^(?:\d[A-Z]{1,2}\d{4}|[ក-អ]{1,3}\d{4})$/ },
  ID: { shape: /^[A-Z]{1,2}\d{1,4}[A-Z]{0,3}$/ },
  LA: { shape: /^[ກ-ຮ]{1,2}\d{4}$/ },
  MY: { shape: /^[A-Z]{1,3}\d{1,4}[A-Z]{0,2}$/ },
  MM: { shape: /^\d?[A-Z]{1,2}\d{4}$/ },
  PH: { shape: /^(?:[A-Z]{3}\d{3,4}|\d{3}[A-Z]{3}|\d{4}[A-Z]{2}|[A-Z]{2}\d{4,5})$/ },
  SG: { shape: /^[A-Z]{1,3}\d{1,4}[A-Z]$/, check: singapore },
  TH: { shape: /^(?:\d?[ก-ฮ]{1,3}\d{1,4}|\d{2}\d{4})(?:[ก-๙]{2,20})?$/ },
  TL: { shape: /^(?:\d{2}\d{3}(?:TL|TLS)?|[A-Z]\d{4,5})$/ },
  VN: { shape: /^\d{2}[A-Z]{1,2}\d{4,6}$/ },
};

/** Reads a plate with its region, or `country:plate`. */
export function vehicle(value: string, hints: Hints): Normalised {
  const text = plain(value).normalize("NFC").trim();
  const own = /^([A-Z]{2}):(.+)$/i.exec(text);
  const country = (own?.[1] ?? hints.region)?.toUpperCase();
  const plate = (own?.[2] ?? text).toUpperCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");
  if (plate.length < 2 || plate.length > 30 || !/\d/.test(plate))
    return unsound("vehicle", plate, "NOT_THIS_TYPE");
  if (country === undefined) return unsound("vehicle", plate, "NO_REGION");
  const canonical = `${country}:${plate}`;
  const rule = plates[country];
  if (!rule)
    return plate.length <= 10
      ? sound("vehicle", canonical, "RULE_UNCONFIRMED")
      : unsound("vehicle", canonical, "BAD_SHAPE");
  if (!rule.shape.test(plate)) return unsound("vehicle", canonical, "BAD_SHAPE");
  if (rule.check)
    return rule.check(plate) ? sound("vehicle", canonical) : unsound("vehicle", canonical, "BAD_CHECKSUM");
  return sound("vehicle", canonical, "RULE_UNCONFIRMED");
}
