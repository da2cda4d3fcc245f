// Languages of the Latin script by their common words, affixes and letters; Indonesian and Malay by what parts them.
import { english, filipino, portuguese, tetum, vietnamese } from "./latin-words.ts";
import { bothMalay, indonesian, leansIndonesian, leansMalay, malay, sharedAfterAll } from "./malay-words.ts";

export const latinLanguages = ["en", "id", "ms", "fil", "vi", "pt", "tet"] as const;
export type LatinLanguage = (typeof latinLanguages)[number];

type Weights = Partial<Record<LatinLanguage, number>>;

const split = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");
const words = new Map<string, Weights>();

/** A word of one language alone speaks for it; one that several share speaks for each of them, more softly. */
function learn(lists: Readonly<Record<LatinLanguage, ReadonlySet<string>>>): void {
  const common = new Set([...split(bothMalay), ...split(sharedAfterAll)]);
  const all = new Set([...common, ...latinLanguages.flatMap((one) => [...lists[one]])]);
  for (const word of all) {
    const owners = latinLanguages.filter(
      (one) => lists[one].has(word) || ((one === "id" || one === "ms") && common.has(word)),
    );
    // The Malay pair counts once: a word of both is no less telling against English than a word of one.
    const rivals = owners.length - (owners.includes("id") && owners.includes("ms") ? 1 : 0);
    const strength = [0, 2.2, 1.1, 0.6][rivals] ?? 0.3;
    words.set(word, Object.fromEntries(owners.map((one) => [one, strength])));
  }
  for (const [list, to, other] of [
    [leansIndonesian, "id", "ms"],
    [leansMalay, "ms", "id"],
  ] as const)
    // prettier-ignore
    for (const word of split(list)) {
      const known = words.get(word) ?? {};
      const strength = Math.max(known[to] ?? 0, known[other] ?? 0, 0.6);
      words.set(word, { ...known, [to]: strength + 0.1, [other]: strength - 0.15 });
    }
}
learn({
  en: new Set(split(english)),
  id: new Set(split(indonesian)),
  ms: new Set(split(malay)),
  fil: new Set(split(filipino)),
  vi: new Set(split(vietnamese)),
  pt: new Set(split(portuguese)),
  tet: new Set(split(tetum)),
});

/** Beginnings and ends of words; each word takes what fits it. */
const affixes: readonly (readonly [RegExp, Weights])[] = [
  [
    /^(?:me(?:m|n|ng|ny)?|ber|ter|di|pe(?:m|n|ng|ny)?|ke|se)\p{L}{3,}(?:kan|an|i|nya)$/u,
    { id: 0.8, ms: 0.8 },
  ],
  [/^(?:mem|men|meng|meny|ber)\p{L}{3,}$/u, { id: 0.5, ms: 0.5 }],
  [/^di\p{L}{3,}(?:kan|i)(?:nya)?$/u, { id: 0.7, ms: 0.7 }],
  [/\p{L}{3,}nya$/u, { id: 0.6, ms: 0.5 }],
  [/itas$/u, { id: 1.8 }],
  [/iti$/u, { ms: 1.8 }],
  [/syen$|ks?yen$/u, { ms: 2 }],
  [/\p{L}{3,}(?:isasi|asi)$/u, { id: 0.9, ms: 0.6 }],
  [/\p{L}{3,}(?:lah|kah)$/u, { id: 0.2, ms: 0.4 }],
  [
    /^(?:nag|mag|pag|nang|mang|pang|naka|maka|ipa|ipi|pina|napa|pinag|nakaka|makaka|magpa|nagpa)\p{L}{3,}$/u,
    { fil: 0.9 },
  ],
  [/^(?:\p{L}{1,3})(?:um|in)\p{L}{3,}$/u, { fil: 0.15 }],
  [/(?:ng|han|hin)$/u, { fil: 0.2 }],
  [/(?:ing|tion|tions|ness|ment|ments|ally|ful|less|ed)$/u, { en: 0.7 }],
  [/(?:'s|'t|'re|'ve|'ll)$/u, { en: 1 }],
  [/(?:ção|ções|dade|dades|mente|ável|ível|inho|inha|agem)$/u, { pt: 1.6 }],
  [/(?:ar|er|ir|ado|ada|ados|adas|ido|ida|idos|idas)$/u, { pt: 0.3 }],
  [/(?:saun|sionál|dór|dade|mentu)$/u, { tet: 1.2 }],
  [/^\p{L}+'\p{L}+/u, { tet: 0.3 }],
];

const letters: readonly (readonly [RegExp, Weights])[] = [
  [/[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]/gu, { vi: 1.6 }],
  [/[ãõç]/gu, { pt: 1, vi: 0.2 }],
  [/[âêôàèìòùýáéíóú]/gu, { pt: 0.4, vi: 0.4, tet: 0.15 }],
  [
    /\bsama ada\b|\bterhadap beliau\b|\bantara lain\b|\boleh itu\b|\bpapan kekunci\b|\blebih kurang\b|\bpilihan raya\b/gu,
    { ms: 1.8 },
  ],
  [
    /\brumah sakit\b|\bluar negeri\b|\bdalam negeri\b|\bpapan (?:ketik|tik)\b|\bkata sandi\b|\boleh karena\b|\bkarena itu\b|\buang\b/gu,
    { id: 1.8 },
  ],
  [/\b(?:nh|kh|th|ph|gi|ng|tr)\p{L}{0,2}\p{M}/gu, { vi: 0.2 }],
];

export interface Scores {
  scores: Record<LatinLanguage, number>;
  /** How many words said anything at all. */
  heard: number;
  words: number;
}

/** What one word says, and whether it says anything; the same words come again and again. */
interface Heard {
  weights: Float64Array;
  said: boolean;
}
const known = new Map<string, Heard>();
const mostKnown = 20_000;
/** A longer word is a part of its text in memory, and would hold on to all of it. */
const remembered = 12;

function heardIn(word: string): Heard {
  const before = known.get(word);
  if (before !== undefined) return before;
  const weights = new Float64Array(latinLanguages.length);
  const add = (of: Weights, times: number): void => {
    for (const [nth, one] of latinLanguages.entries()) weights[nth]! += (of[one] ?? 0) * times;
  };
  const own = words.get(word);
  if (own) add(own, 1);
  // Compounds with a hyphen: "kanak-kanak", "masing-masing".
  const parts = own || !word.includes("-") ? [] : word.split("-");
  for (const part of parts) add(words.get(part) ?? {}, 0.7);
  let said = own !== undefined || parts.some((part) => words.has(part));
  if (word.length > 4)
    for (const [shape, of] of affixes)
      if (shape.test(word)) {
        add(of, own ? 0.5 : 1);
        said = true;
      }
  const heard = { weights, said };
  if (word.length <= remembered) {
    if (known.size >= mostKnown) known.clear();
    known.set(word, heard);
  }
  return heard;
}

/** How much each language of the group is spoken in a text; the larger the score, the more of it. */
export function latinScores(text: string): Scores {
  const sums = new Float64Array(latinLanguages.length);
  const lower = text.normalize("NFC").toLowerCase().replaceAll("’", "'");
  const all = lower.match(/[\p{Script=Latin}\p{M}]+(?:['-][\p{Script=Latin}\p{M}]+)*/gu) ?? [];
  let heard = 0;
  for (const word of all.slice(0, 2_000)) {
    const { weights, said } = heardIn(word);
    for (let nth = 0; nth < sums.length; nth++) sums[nth]! += weights[nth]!;
    if (said) heard++;
  }
  for (const [shape, weights] of letters) {
    const count = Math.min(lower.match(shape)?.length ?? 0, 400);
    if (count > 0)
      for (const [nth, one] of latinLanguages.entries()) sums[nth]! += (weights[one] ?? 0) * count;
  }
  const scores = Object.fromEntries(latinLanguages.map((one, nth) => [one, sums[nth]!])) as Scores["scores"];
  return { scores, heard, words: all.length };
}
