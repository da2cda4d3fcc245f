// The phrase lists of every language as one automaton: plain data files beside this one, reviewed by nobody yet.
import { Automaton } from "./automaton.ts";
import { legiblePhrase } from "./legible.ts";
import en from "./phrases/en.json" with { type: "json" };
import fil from "./phrases/fil.json" with { type: "json" };
import id from "./phrases/id.json" with { type: "json" };
import km from "./phrases/km.json" with { type: "json" };
import lo from "./phrases/lo.json" with { type: "json" };
import ms from "./phrases/ms.json" with { type: "json" };
import my from "./phrases/my.json" with { type: "json" };
import places from "./phrases/places.json" with { type: "json" };
import pt from "./phrases/pt.json" with { type: "json" };
import ta from "./phrases/ta.json" with { type: "json" };
import th from "./phrases/th.json" with { type: "json" };
import vi from "./phrases/vi.json" with { type: "json" };
import zh from "./phrases/zh.json" with { type: "json" };

/** What an advert says, whatever its language (detection.md section 5). The ids are what is kept and counted. */
export const flagIds = [
  "pay",
  "noExperience",
  "freeTravel",
  "chatOnly",
  "unnamedEmployer",
  "hotspot",
  "papers",
  "debt",
  "urgency",
  "person",
  "border",
  "role",
  "disguise",
] as const;
export type FlagId = (typeof flagIds)[number];
export const phraseLanguages = [
  "en", "id", "ms", "fil", "th", "vi", "km", "lo", "my", "zh", "ta", "pt",
] as const; // prettier-ignore
export type PhraseLanguage = (typeof phraseLanguages)[number];

export interface Phrase {
  flag: FlagId;
  phrase: string;
  /** In English; a reader's own language comes from the flag's id. */
  gloss: string;
  language: PhraseLanguage | null;
  /** Of a place: which one; a whole country says little by itself. */
  place?: string;
}

const lists: Readonly<Record<PhraseLanguage, { flags: Readonly<Record<string, object>> }>> = {
  en, id, ms, fil, th, vi, km, lo, my, zh, ta, pt,
}; // prettier-ignore

/** How people type Vietnamese and Portuguese on a phone without the signs. */
const bare = (phrase: string): string =>
  phrase.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d"); // prettier-ignore

function* all(): Generator<readonly [string, Phrase]> {
  for (const language of phraseLanguages)
    for (const flag of flagIds)
      for (const [phrase, gloss] of Object.entries(lists[language].flags[flag] ?? {})) {
        const of: Phrase = { flag, phrase, gloss: String(gloss), language };
        const written = legiblePhrase(phrase);
        yield [written, of];
        const plain = bare(written);
        if ((language === "vi" || language === "pt") && plain !== written && plain.length >= 6)
          yield [plain, of];
      }
  for (const { id: place, gloss, names } of places.places)
    for (const phrase of new Set(names))
      yield [legiblePhrase(phrase), { flag: "hotspot", phrase, gloss, language: null, place }];
}

let made: Automaton<Phrase> | null = null;
/** Built at the first asking (some 1,500 phrases, a few milliseconds) and kept. */
export const phrases = (): Automaton<Phrase> => (made ??= new Automaton(all()));

/** Every phrase of one flag in one language, for the pages that explain the signs. */
export const phrasesOf = (flag: FlagId, language: PhraseLanguage): Readonly<Record<string, string>> =>
  (lists[language].flags[flag] ?? {}) as Readonly<Record<string, string>>;
