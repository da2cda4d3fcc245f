// What an advert says that recruiters for forced labour say: language-independent flags, each with its place and gloss.
import { fold } from "../fold.ts";
import { disguises } from "./disguise.ts";
import { legible } from "./legible.ts";
import { pays, type Norms } from "./pay.ts";
import { phrases, type FlagId, type Phrase, type PhraseLanguage } from "./phrases.ts";

export interface Flag {
  flag: FlagId;
  /** As written: `text === original.slice(start, end)`; UTF-16 units. */
  text: string;
  start: number;
  end: number;
  /** What it says, in English. */
  gloss: string;
  /** Whose phrase it is; null for amounts, places and disguises. */
  language: PhraseLanguage | null;
  place?: string;
  /** Of pay: how many times what such work usually pays. */
  times?: number;
}

export interface FlagOptions {
  norms?: Norms;
}

/** A text with more than this is a flood: what stands first says it all. */
const most = 2_000;
const letter = /[\p{L}\p{N}]/u;
const latin = /\p{Script=Latin}/u;
/** A phrase that begins or ends with a Latin letter or a digit is a word of its own there. */
function stands(text: string, start: number, end: number): boolean {
  const cut = (inside: string, outside: string | undefined): boolean =>
    outside === undefined ||
    !(latin.test(inside)
      ? latin.test(outside) || /\d/.test(outside)
      : /\d/.test(inside) && letter.test(outside));
  return cut(text[start]!, text[start - 1]) && cut(text[end - 1]!, text[end]);
}

/** A whole country, as against a town or a compound. */
const wide = (phrase: Phrase): boolean => phrase.place !== undefined && !phrase.place.includes("-");

/** The longest phrase of a flag at a place stays. */
function longest(flags: Flag[]): Flag[] {
  const kept: Flag[] = [];
  const until = new Map<FlagId, number>();
  for (const one of flags.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start < (until.get(one.flag) ?? 0)) continue;
    until.set(one.flag, one.end);
    kept.push(one);
  }
  return kept;
}

/**
 * Reads one text. Throws `TEXT_TOO_LONG`; takes time in proportion to the length. A flag is a reason to look, never a
 * finding about a person; the phrase lists were reviewed by no native speaker yet.
 */
export function flags(original: string, options: FlagOptions = {}): Flag[] {
  const folded = fold(original);
  const page = legible(folded);
  const found: Flag[] = [];
  const beside: Flag[] = [];
  const add = (to: Flag[], start: number, end: number, rest: Omit<Flag, "text" | "start" | "end">): void => {
    const place = folded.span(start, end);
    to.push({ ...rest, ...place, text: original.slice(place.start, place.end) });
  };
  for (const { start, end, of } of phrases().hits(page.text)) {
    if (!stands(page.text, start, end)) continue;
    if (found.length + beside.length >= most) break;
    const { flag, gloss, language } = of;
    add(wide(of) || flag === "role" ? beside : found, page.starts[start]!, page.ends[end - 1]!, {
      flag,
      gloss,
      language,
      ...(of.place === undefined ? {} : { place: of.place }),
    });
  }
  for (const pay of pays(folded.text, options.norms))
    add(found, pay.start, pay.end, {
      flag: "pay",
      gloss: `${pay.currency} ${Math.round(pay.month)} a month, ${pay.times.toFixed(1)} times the usual`,
      language: null,
      times: Number(pay.times.toFixed(1)),
    });
  // A country by itself is geography, and answering customers an honest trade; beside another sign they are where
  // and what the work is said to be.
  if (found.length > 0) found.push(...beside);
  for (const { start, end, gloss } of disguises(original))
    found.push({
      flag: "disguise",
      start,
      end,
      text: original.slice(start, end),
      gloss,
      language: null,
    });
  return longest(found);
}
