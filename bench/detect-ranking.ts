// Ranking adverts and messages by wording, near-duplicates kept in one fold, beside a plain linear model; and adverts that
// somebody reworded, and those of a source never seen, by all four panels.
import {
  counted,
  f1,
  find,
  flags,
  foldsOf,
  margin,
  marginOf,
  nearGroups,
  queue,
  rank,
  recallAt,
  train,
  trainOn,
  usualTerms,
  type Example,
  type LinearModel,
  type Seen,
  type Terms,
} from "@simpul/detect";
import { makeAdverts, seeded } from "@simpul/testing/made-adverts";
import { englishMessages, jobAdverts, thaiMessages } from "./detect-data.ts";
import { median, type Figure } from "./figure.ts";

/** The peer: words and word pairs, tf-idf, support vectors; what a first script would be. */
const plainTerms: Terms = { words: true, letters: null };
const peerName = "a plain linear model (words and word pairs, tf-idf, linear support vectors)";

interface Scored {
  f1: number;
  recall: number;
}

/** The terms of all texts are counted once: every fold and every run learns from the same. */
function grouped(set: readonly Example[], group: readonly number[], terms: Terms, runs: number): Scored[] {
  const texts = set.map(({ text }) => counted(text, terms));
  const labels = set.map(({ yes }) => yes);
  return Array.from({ length: runs }, (_, nth) => {
    const fold = foldsOf(group, seeded(nth + 1));
    const scores = set.map(() => 0);
    for (let held = 0; held < 5; held++) {
      const learned = set.flatMap((_one, at) => (fold[at] === held ? [] : [at]));
      const model = trainOn(
        learned.map((at) => texts[at]!),
        learned.map((at) => set[at]!),
        { version: "bench", terms, cost: terms === plainTerms ? 1 : 3, random: seeded(nth + 1) },
      );
      for (const [at, one] of texts.entries()) if (fold[at] === held) scores[at] = marginOf(model, one);
    }
    return { f1: f1(labels, scores.map((score) => score > 0)), recall: recallAt(labels, scores, 0.01) }; // prettier-ignore
  });
}

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

export function wordingFigures(): Figure[] {
  const sets = [
    { name: "job adverts, given", set: jobAdverts(), runs: 3 },
    { name: "Thai messages, given", set: thaiMessages(), runs: 3 },
    { name: "English messages, given", set: englishMessages(), runs: 1 },
  ];
  return sets.flatMap(({ name, set, runs }) => {
    const group = nearGroups(set.map(({ text }) => text));
    const ours = grouped(set, group, usualTerms, runs);
    const peers = grouped(set, group, plainTerms, runs);
    return (["f1", "recall"] as const).map((what): Figure => {
      const own = median(ours.map((one) => one[what]));
      const peer = median(peers.map((one) => one[what]));
      return {
        figure: `${name}: ${what === "f1" ? "F1" : "recall at 1 % false alarms"}, near-duplicates in one fold`,
        ours: round(own),
        unit: "",
        peer: round(peer),
        peerName,
        bound: null,
        ratio: round(own / peer, 2),
        runs,
      };
    });
  });
}

/** Selectors that an advert is known by; here they are written into the text and found again by `find`. */
const phone = (nth: number): string => `+62812${String(1_000_000 + nth * 7_919).slice(0, 7)}`;

const seenOf = (
  text: string,
  model: LinearModel,
  known: ReadonlySet<string>,
  confirmedCampaign: boolean,
  calibrated: boolean,
): Seen => ({
  flags: flags(text),
  selectors: {
    known: find(text, { region: "ID" })
      .filter((one) => one.valid && known.has(one.canonical))
      .map((one) => one.canonical),
    sharedWith: 0,
  },
  campaign: { size: confirmedCampaign ? 4 : 1, confirmed: confirmedCampaign },
  wording: { margin: margin(model, text), calibrated, terms: [] },
});

/**
 * Somebody else writes the same offers anew: the words of a legitimate advert of the given data, with the recruiter's
 * number in it (one half), or an advert of a campaign that an officer confirmed (the other half, 15 % of its words
 * edited). Legitimate adverts carry numbers of their own, every fifth that of an agency with many adverts.
 */
export function rewordedFigure(): Figure {
  const set = jobAdverts();
  const legitimate = set.filter(({ yes }) => !yes);
  const learned = legitimate.slice(0, 170);
  const model = train([...set.filter(({ yes }) => yes), ...learned], {
    version: "bench",
    random: seeded(1),
  });
  const held = legitimate.slice(170);
  const known = new Set(Array.from({ length: 40 }, (_, nth) => phone(nth)));
  const texts: { text: string; yes: boolean; campaign: boolean }[] = [
    ...held.map(({ text }, nth) => ({
      text: `${text}\nTel ${phone(nth % 5 === 0 ? 999 : 1_000 + nth)}`,
      yes: false,
      campaign: false,
    })),
    ...held.map(({ text }, nth) => ({ text: `${text}\nTel ${phone(nth % 40)}`, yes: true, campaign: false })),
    ...[...makeAdverts({ adverts: 600, seed: 3, languages: ["en"], inCampaigns: 1 })]
      .slice(0, held.length)
      .map(({ text }) => ({ text, yes: true, campaign: true })),
  ];
  const labels = texts.map(({ yes }) => yes);
  const full = texts.map(({ text, campaign }) => rank(seenOf(text, model, known, campaign, true)).score);
  const wording = texts.map(({ text }) => margin(model, text));
  const ours = recallAt(labels, full, 0.01);
  const peer = recallAt(labels, wording, 0.01);
  return {
    figure: "adverts reworded by somebody else, sharing a number or a campaign: recall at 1 % false alarms",
    ours: round(ours),
    unit: "",
    peer: round(peer),
    peerName: "the wording alone",
    bound: null,
    ratio: null,
    runs: 1,
  };
}

/** Legitimate texts of sources that no label says anything about: how many a full day's queue puts into "now". */
export function unseenFigure(): Figure {
  const model = train(jobAdverts(), { version: "bench", random: seeded(1) });
  const ordinary = [
    ...thaiMessages().filter(({ yes }) => !yes),
    ...englishMessages().filter(({ yes }) => !yes),
    ...[...makeAdverts({ adverts: 1_000, seed: 5, inCampaigns: 0 })],
  ].map(({ text }, nth) => ({ id: String(nth), text }));
  const ranked = ordinary.map(({ id, text }) => ({
    id,
    source: "new",
    calibrated: false,
    rank: rank(seenOf(text, model, new Set(), false, false)),
  }));
  // Room for all: nothing but the score keeps them out; drawn ones are counted too.
  const turns = queue(ranked, { capacity: ranked.length, sample: 0.01, random: seeded(1) });
  const now = turns.filter(({ turn, drawn }) => turn === "now" && !drawn).length;
  const peer = ordinary.filter(({ text }) => margin(model, text) > 0).length;
  return {
    figure: "legitimate texts of sources never seen: share in 'review now'",
    ours: round((100 * now) / ordinary.length, 2),
    unit: "%",
    peer: round((100 * peer) / ordinary.length, 2),
    peerName: "the wording alone, cut where it was trained",
    bound: 5,
    ratio: null,
    runs: 1,
  };
}
