// Every text that she reads or hears is there, in its own script, well formed, and Burmese as Unicode writes it.
import { parse } from "@formatjs/icu-messageformat-parser";
import { localeFacts } from "@simpul/doors/i18n";
import { expect, test } from "vitest";
import { zawgyiLikelihood } from "@simpul/detect";
import { readExplanation, spoken } from "./explain.ts";

const { texts, data, purposes } = readExplanation();
const scripts = {
  latin: /\p{Script=Latin}/u,
  khmer: /\p{Script=Khmer}/u,
  thai: /\p{Script=Thai}/u,
  lao: /\p{Script=Lao}/u,
  myanmar: /\p{Script=Myanmar}/u,
  tamil: /\p{Script=Tamil}/u,
  sc: /\p{Script=Han}/u,
} as const;
const all = Object.entries({ ...texts, ...data, ...purposes });

test.each(spoken)("the explanation is whole in %s, in its own script", (language) => {
  for (const [key, one] of all) {
    const said = one[language];
    const own = scripts[localeFacts[language].script];
    const words = said.replaceAll(/\{[a-z]+\}/g, "");
    expect(words, `${key} in ${language}`).toMatch(own);
    if (localeFacts[language].script !== "latin")
      expect(words, `${key} in ${language}`).not.toMatch(/\p{Script=Latin}/u);
    // The same blanks as in English, so that nobody hears "{recipient}".
    expect(said.match(/\{[a-z]+\}/g) ?? [], `${key} in ${language}`).toEqual(
      one.en.match(/\{[a-z]+\}/g) ?? [],
    );
    expect(() => parse(said)).not.toThrow();
  }
});

test("Burmese is Unicode, not Zawgyi", () => {
  for (const [key, one] of all) expect(zawgyiLikelihood(one.my), key).toBeLessThan(0.05);
});

test("no text makes help depend on an answer", () => {
  for (const language of spoken) {
    expect(texts.free[language]).not.toBe("");
    expect(texts.police[language]).not.toBe("");
  }
});
