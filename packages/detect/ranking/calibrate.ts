// From a score to a share: of adverts of this source with such a score, how many officers found to be what was sought.

export interface Labelled {
  score: number;
  yes: boolean;
}

/** Steps from low to high: from this score on, this share. */
export type Steps = readonly { from: number; share: number }[];

export type Calibration =
  /** Fewer labels than {@link enough}: the order is shown, a share is not. Screens say "low: no labelled data". */
  { kind: "low"; labels: number } | { kind: "calibrated"; labels: number; steps: Steps };

/** Reviewed adverts of a source (or language) below which no share is shown (detection.md section 5). */
export const enough = 200;

/** Isotonic regression by pooling neighbours that are out of order (Ayer and others, 1955). */
export function isotonic(labelled: readonly Labelled[]): Steps {
  const pools: { from: number; yes: number; all: number }[] = [];
  for (const { score, yes } of [...labelled].sort((a, b) => a.score - b.score)) {
    pools.push({ from: score, yes: yes ? 1 : 0, all: 1 });
    while (pools.length > 1) {
      const last = pools.at(-1)!;
      const before = pools.at(-2)!;
      if (before.yes / before.all < last.yes / last.all) break;
      pools.splice(-2, 2, { from: before.from, yes: before.yes + last.yes, all: before.all + last.all });
    }
  }
  // One imagined label of each kind: nobody is told "never" or "always" by a handful.
  return pools.map(({ from, yes, all }) => ({ from, share: (yes + 1) / (all + 2) }));
}

export function calibrate(labelled: readonly Labelled[]): Calibration {
  const yes = labelled.filter((one) => one.yes).length;
  if (labelled.length < enough || yes < 10 || labelled.length - yes < 10)
    return { kind: "low", labels: labelled.length };
  return { kind: "calibrated", labels: labelled.length, steps: isotonic(labelled) };
}

/** Null where there is no labelled data for it. */
export function shareAt(calibration: Calibration, score: number): number | null {
  if (calibration.kind === "low") return null;
  let share = calibration.steps[0]?.share ?? null;
  for (const step of calibration.steps) {
    if (step.from > score) break;
    share = step.share;
  }
  return share;
}
