// Names meet across scripts and spellings, and do not meet where they are other names. All are invented.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareNames, partsOf, romanise } from "./index.ts";

describe("the same name", () => {
  test.each([
    ["สมชาย ใจดี", "Somchai Jaidee"],
    ["พรพิมล ศรีสุข", "Phonphimon Srisuk"],
    ["សុខ ដារា", "Sok Dara"],
    ["នួន ស្រីពៅ", "Nuon Sreypov"],
    ["អ៊ុក សំណាង", "Ouk Samnang"],
    ["ບຸນມີ ພົມມະຈັນ", "Bounmy Phommachanh"],
    ["မောင်မောင်", "Maung Maung"],
    ["အောင်ဝင်း", "Aung Win"],
    ["Nguyễn Văn Đức", "NGUYEN VAN DUC"],
    ["Wulandari, Sari", "Sari Wulandari"],
    ["Muhammad bin Yusof", "Mohamad Yusuf"],
    ["முருகன்", "Murugan"],
    ["王伟", "王伟"],
    ["Sokdara", "Sok Dara"],
  ])("%s and %s", (a, b) => {
    expect(compareNames(a, b).likeness).not.toBe("other");
    expect(compareNames(b, a).likeness).not.toBe("other");
  });
});

describe("another name", () => {
  test.each([
    ["Sok Dara", "Chan Vanna"],
    ["Budi Santoso", "Agus Setyawan"],
    ["สมชาย ใจดี", "Phonphimon Srisuk"],
    ["王伟", "李娜"],
    ["Aung Win", "Kyaw Thu"],
    ["Nguyễn Văn Đức", "Trần Thị Mai"],
    ["Maria Santos", "Marites Ocampo"],
  ])("%s and %s", (a, b) => {
    expect(compareNames(a, b).likeness).toBe("other");
  });
});

test("one name alone is a whole name, found among the other's parts and never called the same", () => {
  expect(compareNames("Suharti", "Suharti Wijaya")).toMatchObject({ likeness: "alike", mononym: true });
  expect(compareNames("Suharti", "Suharti")).toMatchObject({ likeness: "same", mononym: false });
});

test("any text is compared alike from both sides, and with itself the same", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom("เแโ", "៍", "်", " ", "ເກ"),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(compareNames(a, b).likeness).toBe(compareNames(b, a).likeness);
      if (partsOf(a).length > 0) expect(compareNames(a, a).likeness).toBe("same");
      expect(romanise(a)).toBe(romanise(a).trim());
    }),
    { numRuns: 300 },
  );
});
