// What language a text is in: by its script where that settles it, by words and affixes among the Latin ones.
import { latinScores, type LatinLanguage } from "./latin.ts";

export const languages = [
  "en",
  "id",
  "ms",
  "fil",
  "vi",
  "pt",
  "tet",
  "th",
  "km",
  "lo",
  "my",
  "zh",
  "ta",
] as const;
export type LanguageCode = (typeof languages)[number];

export interface Language {
  /** BCP 47; `und` when nothing tells. */
  code: LanguageCode | "und";
  /** From 0 to 1: the share of the evidence, not a promise of being right. */
  confidence: number;
  /** The next best, when it is near. */
  runnerUp?: LanguageCode;
  /** Set when a text is Indonesian or Malay and does not say which: a screen says both, `code` is the likelier one. */
  either?: "ms/id";
}

/** Blocks of the scripts that each stand for one language of the region. */
const scripts: readonly (readonly [LanguageCode, RegExp])[] = [
  ["th", /[\u0e01-\u0e5b]/],
  ["km", /[\u1780-\u17ff\u19e0-\u19ff]/],
  ["lo", /[\u0e81-\u0edf]/],
  ["my", /[\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]/],
  ["zh", /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/],
  ["ta", /[\u0b80-\u0bff]/],
];
/** Scripts of languages that nobody here is asked about: better no answer than a wrong one. */
const foreign =
  /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Devanagari}\p{Script=Hebrew}\p{Script=Greek}\p{Script=Bengali}]/u;

/** Whose each unit is, by one look instead of eight searches: 1 and up a script of the list, then Latin, then foreign; 0 nobody's. */
const owners = ((): Uint8Array => {
  const kinds = [...scripts.map(([, block]) => block), /\p{Script=Latin}/u, foreign];
  return Uint8Array.from({ length: 0x10000 }, (_, unit) => {
    const letter = String.fromCharCode(unit);
    return kinds.findIndex((kind) => kind.test(letter)) + 1;
  });
})();

function lettersOf(text: string): { own: number[]; roman: number; others: number } {
  const counts = new Uint32Array(scripts.length + 3);
  for (let at = 0; at < text.length; at++) counts[owners[text.charCodeAt(at)]!]!++;
  const own = Array.from(counts.subarray(1, scripts.length + 1));
  return { own, roman: counts[scripts.length + 1]!, others: counts[scripts.length + 2]! };
}

/** How many letters one Han character, or one Latin letter, is worth beside the others. */
const worth: Partial<Record<LanguageCode, number>> = { zh: 3 };
const sample = 8_000;

/** The parts that are no language: links, addresses, numbers, handles. An address is sought once in a run of letters: Thai has long ones. */
const noise =
  /https?:\/\/\S+|(?<!\S)\S+@\S+|@[\w.]+|\b[\w-]+\.(?:com|net|org|me|ly|cc|co|my|id|th|ph|vn)\S*|&#\d+;|&[a-z]+;/gi;

/**
 * How sure the pair is told apart by a lead of so much: fitted to the house's own sentences in both languages (one word
 * that only one of them has is worth 2.2, and is right in some seven of eight sentences).
 */
const apart = (lead: number): number => 1 / (1 + Math.exp(-0.85 * lead));
const sure = 0.8;

function among(text: string): Language {
  const { scores, heard } = latinScores(text);
  const ranked = (Object.entries(scores) as [LatinLanguage, number][]).sort((a, b) => b[1] - a[1]);
  const [best, score] = ranked[0]!;
  const [second, next] = ranked[1]!;
  if (score < 0.6 || heard === 0) return { code: "und", confidence: 0 };
  const pair = (best === "id" && second === "ms") || (best === "ms" && second === "id");
  // Confidence grows with the lead and with how much was said: one word is a hint, ten are an answer.
  const lead = (score - next) / (score + 0.5);
  const confidence = Math.min(
    0.99,
    Math.max(0.05, pair ? apart(score - next) : lead * (1 - 1 / (1.5 + score))),
  );
  const close = pair ? confidence < sure : next > score * 0.6;
  return {
    code: best,
    confidence: Math.round(confidence * 100) / 100,
    ...(close && next > 0 ? { runnerUp: second } : {}),
    ...(close && pair ? { either: "ms/id" as const } : {}),
  };
}

/** The language of a text by its first 8,000 letters; never throws. */
export function language(text: string): Language {
  const clean = text.slice(0, sample).replace(noise, " ");
  const { own, roman, others } = lettersOf(clean);
  const counts = scripts
    .map(([code], nth) => ({ code, count: own[nth]! * (worth[code] ?? 1) }))
    .sort((a, b) => b.count - a.count);
  const top = counts[0]!;
  const all = counts.reduce((sum, one) => sum + one.count, 0) + roman + others;
  if (all === 0) return { code: "und", confidence: 0 };
  // A Thai or Khmer sentence is full of English brands: a quarter of its own letters is enough.
  if (top.count > 0 && top.count >= (roman + others) / 3) {
    const next = counts[1]!.count > top.count / 2 ? { runnerUp: counts[1]!.code } : {};
    // Kana or Hangul beside Han is Japanese or Korean.
    if (top.code === "zh" && others > top.count / 6) return { code: "und", confidence: 0 };
    return { code: top.code, confidence: Math.round((top.count / all) * 100) / 100, ...next };
  }
  return others > roman ? { code: "und", confidence: 0 } : among(clean);
}
