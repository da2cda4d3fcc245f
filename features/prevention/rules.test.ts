// What the page tells somebody about the offer she got, and that its words stand in twelve languages.
import { readFileSync } from "node:fs";
import { find, flagIds, flags } from "@simpul/detect";
import { describe, expect, test } from "vitest";
import { offerLanguages, offerSecurity } from "./contract.ts";
import { advise, firstLanguage, marked } from "./rules.ts";

describe("an offer is weighed without accusing anybody", () => {
  test.each([
    ["Kerja CS di Sihanoukville, gaji besar, tanpa pengalaman, tiket gratis, kirim foto paspor", "many"],
    ["ปอยเปต มีรถรับ ข้ามชายแดน", "many"],
    ["Cashier wanted at our shop, no experience needed, training provided", "some"],
    ["We meet on Friday to talk about the new kitchen.", "none"],
  ])("%s: %s", (text, kind) => expect(advise(flags(text)).kind).toBe(kind));
});

test("what she reads first is what takes her freedom to leave", () => {
  const advice = advise(flags("High salary, no experience, we hold your passport"));
  expect(advice).toMatchObject({ signs: ["papers", "pay", "noExperience"] });
});

test("the marked text is the text", () => {
  const text = "fr\u200bee ticket, \u202etropssap ruoy dnes\u202c, gaji 15 juta";
  expect(
    marked(text, flags(text))
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});

test("numbers in an offer are shown so that they can be kept", () => {
  expect(find("Hubungi WA 0812-3456-7890").map(({ text }) => text)).toEqual(["0812-3456-7890"]);
});

test("every text stands in twelve languages, with a word for every sign", () => {
  const read = (code: string): Record<string, string> =>
    (
      JSON.parse(readFileSync(new URL(`page-words/${code}.json`, import.meta.url), "utf8")) as {
        words: Record<string, string>;
      }
    ).words;
  const english = Object.keys(read("en"));
  for (const flag of flagIds) expect(english).toContain(flag);
  for (const code of offerLanguages) {
    expect(Object.keys(read(code))).toEqual(english);
    expect(Object.values(read(code)).filter((text) => text.trim() === "")).toEqual([]);
  }
});

test("the browser's language is taken, English when the page has none of hers", () => {
  expect(firstLanguage(["tl-PH", "en"], offerLanguages)).toBe("fil");
  expect(firstLanguage(["fr", "de"], offerLanguages)).toBe("en");
});

test("the page may reach nothing", () => {
  expect(offerSecurity("n")).toContain("connect-src 'none'");
  expect(offerSecurity("n")).not.toContain("unsafe");
});
