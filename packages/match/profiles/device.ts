// Devices (profile device/1): phones by IMEI, network cards by MAC address.
import { luhn, plain } from "./characters.ts";
import { sound, unsound, type Normalised } from "./outcome.ts";

/** The fifteenth digit that makes fourteen digits pass Luhn (3GPP TS 23.003 annex B). */
function checkDigit(fourteen: string): string {
  for (let digit = 0; digit < 9; digit++) if (luhn(fourteen + String(digit))) return String(digit);
  return "9";
}

/**
 * Reads an IMEI of 15 digits (Luhn), of 14 (call records drop the check digit) or 16 (IMEISV: software version instead
 * of it), or a MAC address. Fifteen digits ending in a spare zero are taken as fourteen only when labelled `IMEI14`.
 */
export function device(value: string): Normalised {
  const text = plain(value).trim();
  const mac =
    /^(?:mac[:\s]*)?([0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\2[0-9a-f]{2}){4}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|[0-9a-f]{12})$/i.exec(
      text,
    );
  if (mac && !/^\d{12}$/.test(text)) {
    const hex = mac[1]!.toLowerCase().replace(/[^0-9a-f]/g, "");
    // The broadcast address and all zeros name nobody.
    return /^(?:0{12}|f{12})$/.test(hex)
      ? unsound("device", `mac:${hex}`, "NOT_ASSIGNED")
      : sound("device", `mac:${hex}`);
  }
  const digits = text.replace(/^imei(?:14|sv)?[\s:#.]*/i, "").replace(/[\s./-]/g, "");
  if (!/^\d{14,16}$/.test(digits)) return unsound("device", text.slice(0, 60), "NOT_THIS_TYPE");
  if (/^(\d)\1*$/.test(digits)) return unsound("device", `imei:${digits}`, "NOT_ASSIGNED");
  const fourteen = digits.slice(0, 14);
  if (digits.length === 15 && !/^imei14/i.test(text) && !luhn(digits))
    return unsound("device", `imei:${digits}`, "BAD_CHECKSUM");
  return sound("device", `imei:${fourteen}${checkDigit(fourteen)}`);
}
