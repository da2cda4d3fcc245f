// One advert read: its language, the signs in it, what stands in it to be matched, and how it ranks with its reasons.
import {
  find,
  flags,
  language,
  rank,
  unicodeBurmese,
  usualWeights,
  type Flag,
  type Rank,
  type RankWeights,
} from "@simpul/detect";
import type { HolderRole, SelectorType } from "@simpul/model";
import { adLimits, type Panels, type Sign } from "./contract.ts";

export interface FoundHere {
  type: SelectorType;
  text: string;
  canonical: string;
  start: number;
  end: number;
  valid: boolean;
  /** An identity paper in an advert is somebody's own, and seldom the recruiter's: nobody matches it (VIC-1). */
  role: HolderRole;
}

export interface Reading {
  /** As shown and read; places count in it. */
  text: string;
  zawgyi: boolean;
  language: string;
  flags: Sign[];
  found: FoundHere[];
}

/** What was sealed stays as it came; Burmese in Zawgyi is shown in Unicode. */
export const shownText = (body: string, zawgyi: boolean): string =>
  zawgyi ? unicodeBurmese(body).text : body;

const signOf = ({ flag, text, start, end, gloss, language: of, times }: Flag): Sign => ({
  ...{ flag, start, end, gloss, language: of },
  text: text.slice(0, 200),
  ...(times === undefined ? {} : { times }),
});

/** Takes time in proportion to the length; a million characters are read to their end, and the first signs kept. */
export function readAdvert(body: string, region: string | null): Reading {
  const { text, zawgyi } = unicodeBurmese(body);
  const said = language(text);
  return {
    text,
    zawgyi,
    language: said.either === undefined ? said.code : said.either,
    flags: keptSigns(flags(text)).map(signOf),
    found: find(text, region === null ? {} : { region })
      .slice(0, adLimits.selectors)
      .map((one) => ({
        ...{ type: one.type, text: one.text, canonical: one.canonical.slice(0, 2000) },
        ...{ start: one.start, end: one.end, valid: one.valid },
        role: one.type === "document" ? "victim" : "unknown",
      })),
  };
}

/** Of each sign the first ones, so that a thousand of one kind leave room for the others. */
function keptSigns(all: readonly Flag[]): Flag[] {
  const counts = new Map<string, number>();
  return all.filter(({ flag }) => {
    const count = (counts.get(flag) ?? 0) + 1;
    counts.set(flag, count);
    return count <= adLimits.flags / 12;
  });
}

export interface Standings {
  /** Values of it that stand in adverts found to be recruitment. */
  known: readonly string[];
  sharedWith: number;
  size: number;
  confirmed: boolean;
}

export interface Ranked {
  score: number;
  telling: number;
  panels: Panels;
}

/** `wording` is carried over: a margin is measured when the advert is read, and again when a model is put in use. */
export function rankAdvert(
  signs: readonly Pick<Sign, "flag">[],
  stands: Standings,
  wording: Rank["panels"]["wording"] = { sum: 0, reasons: [] },
  weights: RankWeights = usualWeights,
): Ranked {
  const seen = rank(
    {
      flags: signs as readonly Flag[],
      selectors: { known: stands.known, sharedWith: stands.sharedWith },
      campaign: { size: stands.size, confirmed: stands.confirmed },
      wording: null,
    },
    weights,
  );
  return withWording(seen.panels, wording);
}

/** The same with another panel of wording. The queue goes by it only where labels say what it means there. */
export function withWording(seen: Panels, wording: Panels["wording"]): Ranked {
  const { flags: said, selectors, campaign } = seen;
  const rest = said.sum + selectors.sum + campaign.sum;
  const counts = wording.reasons.some((one) => one.because === "wording.margin");
  const panels = { flags: said, selectors, campaign, wording };
  return { score: rest + wording.sum, telling: rest + (counts ? wording.sum : 0), panels };
}
