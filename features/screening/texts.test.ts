// What a person reads or hears is there in all twelve languages, in its own script, and says the same things.
import { readFileSync } from "node:fs";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { zawgyiLikelihood } from "@simpul/detect";
import { localeFacts, locales, scriptsIn } from "@simpul/doors/i18n";
import { readCatalogues } from "@simpul/doors/i18n/node";
import { reasonCodes, screeningLanguages } from "./contract/set.ts";
import { readSets } from "./sets.ts";

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`texts/${language}.json`, import.meta.url), "utf8")) as Record<
    string,
    string
  >;
const english = read("en");
const sets = [...readSets().values()];

describe.each(screeningLanguages)("%s", (language) => {
  const texts = read(language);

  test("has every text, none empty, each a sound message with the same values", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    const given = (text: string): string[] =>
      parse(text).flatMap((part) => (part.type === TYPE.literal ? [] : "value" in part ? [part.value] : []));
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
      expect(given(text).sort(), key).toEqual(given(english[key]!).sort());
    }
  });

  test("is written in its own script, and no sentence was left in English", () => {
    const { script } = localeFacts[language];
    for (const [key, text] of Object.entries(texts)) {
      const scripts = scriptsIn(text);
      if (script === "latin") expect(scripts, key).toEqual([]);
      else {
        expect(scripts, key).toEqual([script]);
        expect(text.replaceAll(/\{\w+\}/g, ""), key).not.toMatch(/[A-Za-z]/);
      }
      if (language !== "en" && text.length > 12) expect(text, key).not.toBe(english[key]);
      expect(text.normalize("NFC"), key).toBe(text);
    }
  });

  test("asks every question of every set that is read aloud, and says what follows", () => {
    for (const set of sets) {
      for (const section of set.sections.filter((one) => one !== "seen"))
        expect(texts).toHaveProperty([`section.${section}`]);
      for (const question of set.questions.filter((one) => !one.seen)) {
        expect(texts).toHaveProperty([`q.${question.id}`]);
        if (question.section === "safety") expect(texts).toHaveProperty([`then.${question.id}`]);
      }
    }
  });
});

test("Burmese is Unicode and not Zawgyi", () => {
  const texts = read("my");
  // A few words alone may be either; a sentence is sure.
  for (const [key, text] of Object.entries(texts).filter(([, one]) => one.length > 40))
    expect(zawgyiLikelihood(text), key).toBeLessThan(0.001);
  expect(zawgyiLikelihood(Object.values(texts).join(" "))).toBeLessThan(1e-9);
});

test("officers read every indicator, need, reason and observation in their four languages", () => {
  for (const locale of locales) {
    const words = readCatalogues(locale, [new URL("words/", import.meta.url)])[0]!;
    const expected = sets.flatMap((set) => [
      ...set.indicators.map((one) => `indicator.${one.id}`),
      ...set.questions.flatMap((one) => Object.values(one.need ?? {}).map((need) => `need.${need}`)),
      ...set.questions.filter((one) => one.seen).map((one) => `q.${one.id}`),
      ...set.sections.flatMap((one) => [`section.${one}`, `guide.${one}`]),
    ]);
    for (const key of [...expected, ...reasonCodes.map((one) => `reason.${one}`)])
      expect(words, locale).toHaveProperty([`screening.${key}`]);
  }
});
