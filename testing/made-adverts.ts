// Makes adverts that nobody wrote, in twelve languages and seven scripts: campaigns of near-duplicates among lone adverts.
//
// How: words of a language come from the project's own translated texts (the screening questions and the page for a held
// person), cut by Intl.Segmenter, and from a chain of letters learned from them that makes further words of the same look;
// they are drawn as words are in any language (Zipf). A lone advert is sentences of such words, with stock sentences that
// many adverts of its language share. A campaign is one such advert as a template: every member fills its slots (number,
// pay, name of a place) anew and has 5, 15 or 30 % of its words exchanged, dropped, doubled or swapped with a neighbour.
// Everything follows from the seed.
import { readFileSync } from "node:fs";

export const madeLanguages = [
  "en",
  "id",
  "ms",
  "fil",
  "vi",
  "pt",
  "th",
  "lo",
  "km",
  "my",
  "zh",
  "ta",
] as const;
export type MadeLanguage = (typeof madeLanguages)[number];

/** Scripts by the languages that are written in them. */
export const scriptOf: Readonly<Record<MadeLanguage, string>> = {
  en: "Latin", id: "Latin", ms: "Latin", fil: "Latin", vi: "Latin", pt: "Latin",
  th: "Thai", lo: "Lao", km: "Khmer", my: "Burmese", zh: "Han", ta: "Tamil",
}; // prettier-ignore

export interface MadeAdvert {
  text: string;
  language: MadeLanguage;
  /** Which campaign it is of; adverts that stand alone have a number of their own. */
  truth: number;
  /** Share of words that were edited, null for one that stands alone. */
  edited: number | null;
}

/** Numbers from 0 to below 1 that follow from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sources = ["screening/texts", "distress/page-words"];
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value.replace(/\{[^}]*\}/g, " ")];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

interface Tongue {
  words: string[];
  stock: string[][];
  gap: string;
}
const vocabulary = 6_000;
/** The given words, commonest first, and further ones made letter by letter as these are (a chain over two letters). */
function moreWords(given: readonly string[]): string[] {
  const counts = new Map<string, number>();
  const after = new Map<string, string[]>();
  for (const word of given) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const letters = ["^", "^", ...Array.from(word), "$"];
    for (let i = 2; i < letters.length; i++) {
      const key = letters[i - 2]! + letters[i - 1]!;
      after.set(key, [...(after.get(key) ?? []), letters[i]!]);
    }
  }
  const words = new Set([...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word));
  const random = seeded(1);
  for (let tries = 0; words.size < vocabulary && tries < vocabulary * 20; tries++) {
    let [before, last, word] = ["^", "^", ""];
    for (;;) {
      const next = after.get(before + last)!;
      const letter = next[Math.floor(random() * next.length)]!;
      if (letter === "$" || word.length > 14) break;
      [before, last, word] = [last, letter, word + letter];
    }
    if (word !== "") words.add(word);
  }
  return [...words];
}

const tongues = new Map<MadeLanguage, Tongue>();
function tongue(language: MadeLanguage): Tongue {
  const known = tongues.get(language);
  if (known) return known;
  const texts = sources.flatMap((folder) =>
    strings(JSON.parse(readFileSync(new URL(`../features/${folder}/${language}.json`, import.meta.url), "utf8"))),
  );
  const cut = new Intl.Segmenter(language === "fil" ? "tl" : language, { granularity: "word" });
  const split = (text: string): string[] =>
    [...cut.segment(text)].filter((one) => one.isWordLike === true).map((one) => one.segment);
  const words = moreWords(texts.flatMap(split));
  const stock = texts.map(split).filter(({ length }) => length >= 6 && length <= 14).slice(0, 40);
  const made = { words, stock, gap: ["th", "lo", "km", "my", "zh"].includes(language) ? "" : " " };
  tongues.set(language, made);
  return made;
} // prettier-ignore

/** What a slot may hold; every member of a campaign says it anew. */
const slots = ["number", "pay", "name"] as const;
type Slot = (typeof slots)[number];
type Word = string | { slot: Slot };

export interface MakeOptions {
  adverts: number;
  seed: number;
  languages?: readonly MadeLanguage[];
  /** Share of adverts that belong to a campaign. */
  inCampaigns?: number;
  /** Words of an advert, from and to. */
  words?: readonly [number, number];
}

export function* makeAdverts(options: MakeOptions): Generator<MadeAdvert> {
  const { adverts, seed, languages = madeLanguages, inCampaigns = 0.3, words: [shortest, longest] = [40, 110] } = options;
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  /** The nth commonest word comes a nth as often as the first. */
  const word = (of: Tongue): string => of.words[Math.floor(of.words.length ** random()) - 1]!;

  function draw(of: Tongue): Word[] {
    const length = shortest + below(longest - shortest);
    const words: Word[] = [];
    while (words.length < length)
      if (random() < 0.12) words.push(...pick(of.stock));
      else for (let n = 6 + below(8); n > 0; n--) words.push(word(of));
    for (const slot of slots) words.splice(below(words.length), 0, { slot });
    return words;
  }
  function said(one: Word, of: Tongue): string {
    if (typeof one === "string") return one;
    if (one.slot === "number") return ` +62 8${String(10_000_000 + below(89_999_999))} `;
    if (one.slot === "pay") return ` ${1 + below(90)}${pick(["00", "000", " 000", ".000.000"])} `;
    return ` ${pick(of.words)} ${pick(of.words)} `;
  }
  function edit(words: readonly Word[], share: number, of: Tongue): Word[] {
    const out: Word[] = [];
    for (const old of words) {
      if (random() >= share) out.push(old);
      else {
        const how = below(4);
        if (how === 0) out.push(word(of));
        else if (how === 1) out.push(old, word(of));
        else if (how === 2 && out.length > 0) out.splice(-1, 0, old);
        // The fourth drops it.
      }
    }
    return out;
  }
  const write = (words: readonly Word[], of: Tongue): string =>
    words.map((one) => said(one, of)).join(of.gap).trim();

  interface Running { language: MadeLanguage; template: Word[]; left: number; truth: number; share: number }
  const running: Running[] = [];
  let truth = 0;
  for (let nth = 0; nth < adverts; nth++) {
    if (random() < inCampaigns) {
      if (running.length < 3 || (running.length < 400 && random() < 0.08)) {
        const language = pick(languages);
        running.push({ language, template: draw(tongue(language)), left: 4 + below(37), truth: truth++, share: pick([0.05, 0.15, 0.3]) });
      }
      const at = below(running.length);
      const one = running[at]!;
      const of = tongue(one.language);
      yield { text: write(edit(one.template, one.share, of), of), language: one.language, truth: one.truth, edited: one.share };
      if (--one.left === 0) running.splice(at, 1);
    } else {
      const language = pick(languages);
      const of = tongue(language);
      yield { text: write(draw(of), of), language, truth: truth++, edited: null };
    }
  }
} // prettier-ignore
