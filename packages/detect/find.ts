// Everything in a text that may become a selector: where it stands, its canonical form, and whether it is sound.
import type { SelectorType } from "@simpul/model";
import { phoneRegion, type Reason } from "@simpul/match/profiles";
import { accounts } from "./accounts.ts";
import type { Candidate, Page } from "./candidate.ts";
import { fold } from "./fold.ts";
import { handles } from "./handles.ts";
import { homeOf } from "./home.ts";
import { links } from "./links.ts";
import { papers } from "./papers.ts";
import { phones } from "./phones.ts";
import { wallets } from "./wallets.ts";

export interface Found {
  type: SelectorType;
  /** As written: `text === original.slice(start, end)`. */
  text: string;
  canonical: string;
  /** UTF-16 units of the original text, as JavaScript counts; `end` is the first unit behind it. */
  start: number;
  end: number;
  /** False: shown to the officer with its reason, never indexed or asked. */
  valid: boolean;
  platform?: string;
  chain?: string;
  reason?: Reason;
}

export interface FindOptions {
  /** Where numbers without a country come from (ISO 3166-1 alpha-2); otherwise the text's language says. */
  region?: string;
}

/** Says more by itself, then sound before unsound, then longer, then earlier. */
const better = (a: Candidate, b: Candidate): number =>
  b.weight - a.weight ||
  Number(b.valid) - Number(a.valid) ||
  b.end - b.start - (a.end - a.start) ||
  a.start - b.start;

/** Of those that share a place the best stays; a number inside its own link stays too. */
function settle(all: Candidate[], length: number): Candidate[] {
  const taken = new Uint8Array(length);
  const kept: Candidate[] = [];
  for (const one of all.filter((each) => !each.inside).sort(better)) {
    if (taken.subarray(one.start, one.end).includes(1)) continue;
    taken.fill(1, one.start, one.end);
    kept.push(one);
  }
  const places = new Set(kept.map((one) => `${one.type}:${one.start}:${one.end}`));
  for (const one of all.filter((each) => each.inside)) {
    const place = `${one.type}:${one.start}:${one.end}`;
    if (places.has(place)) continue;
    places.add(place);
    kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Reads one text. Throws `TEXT_TOO_LONG` past `longestText`; takes time in proportion to the length, whatever stands
 * in it. Nothing found here becomes a record by itself: an officer confirms it and says whose it is (HIT-1).
 */
export function find(text: string, options: FindOptions = {}): Found[] {
  const folded = fold(text);
  const page: Page = { folded, region: phoneRegion(options.region), home: homeOf(folded.text) };
  const all = [
    ...links(page),
    ...wallets(page),
    ...handles(page),
    ...papers(page),
    ...accounts(page),
    ...phones(page),
  ];
  return settle(all, folded.text.length).map((one) => {
    const { start, end } = folded.span(one.start, one.end);
    return {
      type: one.type,
      text: text.slice(start, end),
      canonical: one.canonical,
      start,
      end,
      valid: one.valid,
      ...(one.platform === undefined ? {} : { platform: one.platform }),
      ...(one.chain === undefined ? {} : { chain: one.chain }),
      ...(one.reason === undefined ? {} : { reason: one.reason }),
    };
  });
}
