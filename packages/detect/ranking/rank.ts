// Why an advert stands where it stands in the queue: four panels with readable weights. A rank accuses nobody.
import type { Flag } from "../flags/flags.ts";
import type { FlagId } from "../flags/phrases.ts";

/** What a sign weighs, as the logarithm of a risk ratio; the first ones from a published study, until own labels say better. */
export interface RankWeights {
  version: string;
  flags: Readonly<Record<FlagId, number>>;
  /** A selector of the advert stands in adverts that officers found to be recruitment. */
  knownSelector: number;
  /** It shares a selector with other campaigns. */
  sharedSelector: number;
  /** Its campaign was found to be recruitment. */
  knownCampaign: number;
  /** For each doubling of the campaign's size. */
  growth: number;
  /** How much the margin of the wording counts where its source is calibrated, and where it is not. */
  wording: number;
  wordingElsewhere: number;
}

/**
 * No weight for who a person is: nothing about readers, writers or nationality enters. Limits of age and sex are shown as
 * what the advert says, and weigh nothing (docs/decisions: such limits stand in ordinary adverts of the region).
 */
export const usualWeights: RankWeights = {
  version: "3",
  // Asks for papers 3.7, employer without a name 3.7, pay 2.6, pressure 2.1 (EMSCAD study, detection.md section 1);
  // the others from the warnings of Interpol and states, by judgement; the work itself stands in honest adverts too.
  flags: {
    papers: 1.3, unnamedEmployer: 1.3, pay: 0.95, urgency: 0.75, freeTravel: 0.9, chatOnly: 0.8, noExperience: 0.5,
    hotspot: 0.9, debt: 0.8, border: 1.2, role: 0.2, person: 0, disguise: 1.0,
  },
  knownSelector: 6,
  sharedSelector: 1,
  knownCampaign: 5,
  growth: 0.15,
  wording: 2.5,
  wordingElsewhere: 0.5,
}; // prettier-ignore

export interface Seen {
  flags: readonly Flag[];
  selectors: {
    /** Selectors of this advert that stand in adverts confirmed by an officer; those of victims are never counted. */
    known: readonly string[];
    /** In how many other campaigns a selector of it stands. */
    sharedWith: number;
  };
  campaign: { size: number; confirmed: boolean };
  /** Null where no model reads this language. */
  wording: { margin: number; calibrated: boolean; terms: readonly { term: string; share: number }[] } | null;
}

export type PanelName = "flags" | "selectors" | "campaign" | "wording";
export interface Reason {
  /** A key for words: `flag.papers`, `selector.known`, `campaign.confirmed`, `wording.margin`. */
  because: string;
  weight: number;
}
export interface Rank {
  score: number;
  panels: Readonly<Record<PanelName, { sum: number; reasons: Reason[] }>>;
  version: string;
}

const sum = (reasons: readonly Reason[]): number => reasons.reduce((all, one) => all + one.weight, 0);
const panel = (reasons: Reason[]): { sum: number; reasons: Reason[] } => ({ sum: sum(reasons), reasons });

export function rank(seen: Seen, weights: RankWeights = usualWeights): Rank {
  const flags = [...new Set(seen.flags.map(({ flag }) => flag))].map((flag) => ({
    because: `flag.${flag}`,
    weight: weights.flags[flag],
  }));
  const { known, sharedWith } = seen.selectors;
  const selectors = [
    ...(known.length > 0 ? [{ because: "selector.known", weight: weights.knownSelector }] : []),
    ...(sharedWith > 0 ? [{ because: "selector.shared", weight: weights.sharedSelector }] : []),
  ];
  const { size, confirmed } = seen.campaign;
  const campaign = [
    ...(confirmed ? [{ because: "campaign.confirmed", weight: weights.knownCampaign }] : []),
    ...(size > 1 ? [{ because: "campaign.size", weight: weights.growth * Math.log2(size) }] : []),
  ];
  const { wording } = seen;
  const says =
    wording === null
      ? []
      : [
          {
            because: "wording.margin",
            weight: (wording.calibrated ? weights.wording : weights.wordingElsewhere) * clamp(wording.margin),
          },
        ];
  const panels = {
    flags: panel(flags),
    selectors: panel(selectors),
    campaign: panel(campaign),
    wording: panel(says),
  };
  return {
    score: panels.flags.sum + panels.selectors.sum + panels.campaign.sum + panels.wording.sum,
    panels,
    version: weights.version,
  };
}

/** A margin says little beyond two. */
const clamp = (margin: number): number => Math.max(-2, Math.min(2, margin));
