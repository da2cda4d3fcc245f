// Which adverts are looked at today: as many as officers can look at, the most telling first, with some drawn from below.
import type { Rank } from "./rank.ts";

export type Turn = "now" | "later" | "archive";

export interface Waiting {
  id: string;
  source: string;
  rank: Rank;
  /** Whether labelled adverts of its source say what a score means there. */
  calibrated: boolean;
}

export interface QueueOptions {
  /** Adverts that the desk can look at in a day. */
  capacity: number;
  /** Share of the capacity drawn from what is not "now", so that what the rank misses is seen and measured. */
  sample?: number;
  /** The score from which an advert is worth an officer's time at all. */
  from?: number;
  random: () => number;
}

export interface Queued {
  id: string;
  turn: Turn;
  /** Drawn by lot: shown like any other, and the only ones that say how much is missed. */
  drawn: boolean;
}

/** One source may fill at most this share of a day: a flood of one does not shut out the others. */
const ofOneSource = 0.5;

/**
 * An advert of a source nobody labelled yet comes to "now" only by what it says or whom it shares, never by its wording:
 * wording of a new source looks strange whatever it says (detection.md section 0, point 3).
 */
const telling = ({ rank, calibrated }: Waiting): number =>
  calibrated ? rank.score : rank.score - rank.panels.wording.sum;

export function queue(waiting: readonly Waiting[], options: QueueOptions): Queued[] {
  const { capacity, sample = 0.05, from = 2.5, random } = options;
  const drawnCount = Math.min(waiting.length, Math.max(1, Math.round(capacity * sample)));
  const places = Math.max(0, capacity - drawnCount);
  const now = new Set<string>();
  const bySource = new Map<string, number>();
  const ordered = [...waiting].sort((a, b) => telling(b) - telling(a) || (a.id < b.id ? -1 : 1));
  const sources = new Set(waiting.map(({ source }) => source)).size;
  const most = sources > 1 ? Math.ceil(places * ofOneSource) : places;
  for (const one of ordered) {
    if (now.size >= places || telling(one) < from) break;
    const held = bySource.get(one.source) ?? 0;
    if (held >= most) continue;
    bySource.set(one.source, held + 1);
    now.add(one.id);
  }
  const below = ordered.filter(({ id }) => !now.has(id));
  const drawn = new Set<string>();
  while (drawn.size < Math.min(drawnCount, below.length))
    drawn.add(below[Math.floor(random() * below.length)]!.id);
  return ordered.map((one) => ({
    id: one.id,
    turn: now.has(one.id) || drawn.has(one.id) ? "now" : telling(one) >= from ? "later" : "archive",
    drawn: drawn.has(one.id),
  }));
}

/** How well two reviewers agree beyond chance (Cohen's kappa); null when nothing was labelled twice. */
export function kappa(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null;
  const kinds = new Set(pairs.flat());
  const part = (of: 0 | 1, kind: string): number =>
    pairs.filter((pair) => pair[of] === kind).length / pairs.length;
  const same = pairs.filter(([a, b]) => a === b).length / pairs.length;
  const chance = [...kinds].reduce((all, kind) => all + part(0, kind) * part(1, kind), 0);
  return chance === 1 ? 1 : (same - chance) / (1 - chance);
}

/** Whether a reviewer gives one label so often that her labels teach nothing; her labels are then left out of training. */
export function oneLabelOnly(labels: readonly string[]): boolean {
  if (labels.length < 30) return false;
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length > 0.97;
}
