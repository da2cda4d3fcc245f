// Selectors of the eleven states come out in one form, however they were written; damaged ones are not sound.
import fc from "fast-check";
import validator from "multicoin-address-validator";
import { describe, expect, test } from "vitest";
import { selectorTypes, type SelectorType } from "@simpul/model";
import { normalise, parseSelectorType, ProfileError } from "./index.ts";

const same: readonly (readonly [SelectorType, string, string, string?])[] = [
  ["phone", "๐๘๑-๒๓๔-๕๖๗๘", "+66812345678", "TH"],
  ["phone", "០១២ ៣៤៥ ៦៧៨", "+85512345678", "KH"],
  ["phone", "໐໒໐ ໕໕໑໒ ໓໔໕໖", "+8562055123456", "LA"],
  ["phone", "၀၉ ၄၂၁ ၂၃၄ ၅၆၇", "+959421234567", "MM"],
  ["phone", "0066812345678", "+66812345678"],
  ["phone", "+66 (0)81 234 5678", "+66812345678"],
  ["phone", "6281234567890", "+6281234567890"],
  ["phone", "0812.3456.7890", "+6281234567890", "id"],
  ["phone", "０９１７ １２３ ４５６７", "+639171234567", "PH"],
  ["phone", "+855 12 345 678 ext. 3", "+85512345678"],
  ["handle", "https://t.me/AbcDef", "telegram:abcdef"],
  ["handle", "t.me/+AbCdEf12345", "telegram:+AbCdEf12345"],
  ["handle", "LINE ID: SomeOne99", "line:someone99"],
  ["handle", "https://lin.ee/BvuGAMv", "line:lin.ee/BvuGAMv"],
  ["handle", "wa.me/6281234567890", "whatsapp:+6281234567890"],
  ["handle", "微信：wxid_abc123", "wechat:wxid_abc123"],
  ["handle", "zalo 0912345678", "zalo:+84912345678"],
  ["url", "hxxps://Evil[.]com/Path?b=C", "https://evil.com/Path?b=C"],
  ["url", "bit.ly/383J9cE", "https://bit.ly/383J9cE"],
  ["domain", "evil (dot) com", "evil.com"],
  ["domain", "ไทย.com", "xn--o3cw4h.com"],
  ["email", "John [at] Example [dot] COM", "john@example.com"],
  ["wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
  [
    "wallet",
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  ],
  ["wallet", "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe", "evm:0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae"],
  ["wallet", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
  ["account", "กสิกรไทย 123-4-56789-0", "TH:KBANK:1234567890"],
  ["account", "GCash 0917 123 4567", "PH:GCASH:+639171234567"],
  ["account", "TL38 0080 0123 4567 8910 157", "iban:TL380080012345678910157"],
  ["document", "S1234567D", "id:SGP:S1234567D"],
  ["document", "317409-550890-0001", "id:IDN:3174095508900001", "ID"],
  ["document", "passport THA AA1234567", "passport:THA:AA1234567"],
  ["vehicle", "SBA 1234 G", "SG:SBA1234G", "SG"],
  ["device", "49-015420-323751", "imei:490154203237518"],
  ["device", "00-1A-2B-3C-4D-5E", "mac:001a2b3c4d5e"],
];

describe("one form", () => {
  for (const [type, written, canonical, region] of same)
    test(`${type} ${written} is ${canonical}`, () => {
      const value = normalise(type, written, region === undefined ? {} : { region });
      expect(value).toMatchObject({ canonical, valid: true, profile: `${type}/1` });
      expect(normalise(type, value.canonical)).toMatchObject({ canonical, valid: true });
    });
});

test.each([
  ["phone", "0812-3456-7890", "NO_REGION"],
  ["phone", "+66 12", "NOT_THIS_TYPE"],
  ["handle", "@somebody", "NO_PLATFORM"],
  ["email", "a@b", "NO_SUCH_SUFFIX"],
  ["account", "1234567890", "NO_BANK"],
  ["document", "S1234567E", "NO_ISSUER"],
  ["device", "490154203237519", "BAD_CHECKSUM"],
  ["url", " ", "EMPTY"],
  ["wallet", "x".repeat(3000), "TOO_LONG"],
] as const)("%s %s is not sound: %s", (type, written, reason) => {
  expect(normalise(type, written)).toMatchObject({ valid: false, reason });
});

test("a passport's machine readable zone counts only when its check digits agree", () => {
  const zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
  expect(normalise("document", zone)).toMatchObject({ canonical: "passport:UTO:L898902C3", valid: true });
  expect(normalise("document", zone.replace("7408122", "7408123"))).toMatchObject({
    valid: false,
    reason: "BAD_CHECKSUM",
  });
});

const wallets = [
  ["btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
  ["btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
  ["trx", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
  ["ltc", "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9"],
] as const;

test.each(wallets)(
  "%s address: every change of one letter is refused, as multicoin-address-validator does",
  (coin, address) => {
    expect(normalise("wallet", address).valid).toBe(validator.validate(address, coin));
    for (let at = 0; at < address.length; at++) {
      const changed = address.slice(0, at) + (address[at] === "q" ? "p" : "q") + address.slice(at + 1);
      if (changed !== address) expect(normalise("wallet", changed).valid, changed).toBe(false);
    }
  },
);

test("bad values are answered, never thrown", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...selectorTypes),
      fc.string({ unit: "binary", maxLength: 80 }),
      (type, text) => {
        const value = normalise(type, text);
        if (value.valid)
          expect(normalise(type, value.canonical)).toMatchObject({ canonical: value.canonical, valid: true });
      },
    ),
    { numRuns: 500 },
  );
});

test("an unknown type is refused by name", () => {
  expect(() => parseSelectorType("shoe")).toThrow(ProfileError);
});
