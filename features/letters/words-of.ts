// The fixed sentences of letters, in the languages in which this node can write one.
import { readFileSync } from "node:fs";
import { letterLanguages, type LetterLanguage } from "./contract.ts";

const known = new Map<string, Readonly<Record<string, string>>>();
function catalogue(language: LetterLanguage): Readonly<Record<string, string>> {
  let one = known.get(language);
  if (one === undefined) {
    one = JSON.parse(
      readFileSync(new URL(`letter-words/${language}.json`, import.meta.url), "utf8"),
    ) as Record<string, string>;
    known.set(language, one);
  }
  return one;
}

export const isLetterLanguage = (language: string): language is LetterLanguage =>
  (letterLanguages as readonly string[]).includes(language);

/** One language's words: fixed sentences, codes, and how it writes days, states and languages. */
export interface Speaker {
  language: LetterLanguage;
  /** Throws where the catalogue lacks the sentence: a letter never goes with a hole in it. */
  say(key: string, values?: Readonly<Record<string, string>>): string;
  /** A code of the parties' lists; null where it is newer than the catalogue. */
  code(list: string, code: string): string | null;
  day(iso: string): string;
  state(code: string): string;
  languageName(code: string): string;
}

// Burmese, Khmer and Lao letters count days as the other side files them: Gregorian, with digits that a scanner reads.
const locale = (language: LetterLanguage): string =>
  `${language === "en" ? "en-GB" : language}-u-ca-gregory-nu-latn`;

export function speaker(language: LetterLanguage): Speaker {
  const words = catalogue(language);
  const regions = new Intl.DisplayNames([language, "en"], { type: "region", fallback: "code" });
  const languages = new Intl.DisplayNames([language, "en"], { type: "language", fallback: "code" });
  const days = new Intl.DateTimeFormat(locale(language), { dateStyle: "long", timeZone: "UTC" });
  return {
    language,
    say(key, values = {}) {
      const text = words[key];
      if (text === undefined) throw new Error(`no sentence ${key} in ${language}`);
      return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
    },
    code: (list, code) => words[`${list}.${code}`] ?? null,
    day: (iso) => days.format(new Date(`${iso.slice(0, 10)}T12:00:00Z`)),
    state: (code) => regions.of(code.toUpperCase()) ?? code,
    languageName: (code) => languages.of(code) ?? code,
  };
}
