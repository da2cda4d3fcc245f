// Bank accounts (profile account/1): country, bank and digits, or an IBAN.
import { electronicFormatIBAN, isValidIBAN } from "ibantools";
import { bankById, banksNamed, type Bank } from "./banks.ts";
import { luhn, plain } from "./characters.ts";
import { sound, unsound, type Hints, type Normalised } from "./outcome.ts";
import { readPhone } from "./phone.ts";

function at(bank: Bank, written: string): Normalised {
  const digits = written.replace(/\D/g, "");
  const canonical = `${bank.country}:${bank.id}:`;
  if (bank.phone) {
    const number = readPhone(written, { region: bank.country });
    if (number) return sound("account", canonical + number.number, "RULE_UNCONFIRMED");
    return unsound("account", canonical + digits, "NOT_ASSIGNED");
  }
  if (!bank.digits.includes(digits.length)) return unsound("account", canonical + digits, "BAD_LENGTH");
  return sound("account", canonical + digits, ...(bank.confirmed ? [] : (["RULE_UNCONFIRMED"] as const)));
}

/**
 * Reads `country:bank:digits`, a bank's name beside digits, an IBAN (ISO 13616, check digits), or a UnionPay card
 * (16 to 19 digits, Luhn). Digits without a bank stay invalid: ten digits are an account at every bank.
 */
export function account(value: string, hints: Hints): Normalised {
  const text = plain(value).trim();
  const region = hints.region?.toUpperCase();
  const parts = /^([A-Z]{2}):([A-Z]{2,16}):(\+?[\d\s-]+)$/i.exec(text);
  if (parts) {
    const bank = bankById(parts[1]!.toUpperCase(), parts[2]!.toUpperCase());
    return bank ? at(bank, parts[3]!) : unsound("account", text.toUpperCase(), "NO_BANK");
  }
  const iban = electronicFormatIBAN(text.replace(/^iban\s*:?\s*/i, ""));
  if (iban !== null && /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban))
    return isValidIBAN(iban)
      ? sound("account", `iban:${iban}`)
      : unsound("account", `iban:${iban}`, "BAD_CHECKSUM");
  const named = banksNamed(text, region)[0] ?? banksNamed(text)[0];
  const written = named
    ? text.slice(0, named.start) + " " + text.slice(named.end)
    : text.replace(/^card:/, "");
  const digits = written.replace(/\D/g, "");
  if (digits.length < 6 || digits.length > 20) return unsound("account", text.slice(0, 80), "NOT_THIS_TYPE");
  if (named) return at(named.bank, /\d[\d\s.+()-]*\d|\d/.exec(written)?.[0] ?? digits);
  if (/^62\d{14,17}$/.test(digits) && luhn(digits)) return sound("account", `card:${digits}`);
  return unsound("account", region ? `${region}::${digits}` : digits, "NO_BANK");
}
