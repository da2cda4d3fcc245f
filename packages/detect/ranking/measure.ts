// What scores are worth against labels: F1, what is found at a share of false alarms, and where the marks of a source lie.
import { enough, type Labelled } from "./calibrate.ts";

/** 0 where nothing was there to find. */
export function f1(labels: readonly boolean[], said: readonly boolean[]): number {
  let [hit, wrong, missed] = [0, 0, 0];
  for (const [i, label] of labels.entries())
    if (label && said[i]) hit++;
    else if (said[i]) wrong++;
    else if (label) missed++;
  return hit === 0 ? 0 : (2 * hit) / (2 * hit + wrong + missed);
}

/** The lowest cut that at most `share` of the false lie above. */
function cutAt(scores: readonly number[], labels: readonly boolean[], share: number): number {
  const wrong = scores.filter((_, i) => !labels[i]).sort((a, b) => b - a);
  return wrong[Math.floor(wrong.length * share)] ?? -Infinity;
}

/** Share of the true found at the lowest cut that at most `share` of the false reach. */
export function recallAt(labels: readonly boolean[], scores: readonly number[], share: number): number {
  const cut = cutAt(scores, labels, share);
  const right = scores.filter((_, i) => labels[i]);
  return right.length === 0 ? 0 : right.filter((score) => score > cut).length / right.length;
}

/** What margins mean in one source: that of an ordinary honest advert, and that which three honest adverts in a hundred pass. */
export interface Marks {
  middle: number;
  rare: number;
}

/** A desk that looks at a hundred honest adverts looks at three of them for nothing, and misses far less than at one. */
const passing = 0.03;

/** Null with fewer labels than {@link enough}, or hardly any of one kind: what a margin means there nobody knows. */
export function marksOf(labelled: readonly Labelled[]): Marks | null {
  const honest = labelled.filter((one) => !one.yes).map((one) => one.score).sort((a, b) => a - b); // prettier-ignore
  if (labelled.length < enough || honest.length < 10 || labelled.length - honest.length < 10) return null;
  const middle = honest[Math.floor(honest.length / 2)]!;
  const rare = honest[honest.length - 1 - Math.floor(honest.length * passing)]!;
  return { middle, rare: Math.max(rare, middle + 0.05) };
}

/** Against an advert its wording says hardly anything: whoever copies an honest advert writes like one. */
const lowest = -0.4;

/**
 * A margin in the measure of its source: 1 is what at most three honest adverts in a hundred reach there, and what is nearer to
 * an ordinary honest one than that falls off quickly.
 */
export const measured = (margin: number, { middle, rare }: Marks): number =>
  Math.max(lowest, (3 * (margin - middle)) / (rare - middle) - 2);
