// How well groups, labels and scores match the truth: adjusted Rand index, pairs, F1, recall at a share of false alarms.

export interface PairScores {
  /** Hubert and Arabie's adjusted Rand index: 1 is the truth, 0 is chance. */
  ari: number;
  precision: number;
  recall: number;
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

export function pairScores(truth: readonly number[], said: readonly number[]): PairScores {
  const count = (keys: Iterable<number | string>): number[] => {
    const sums = new Map<number | string, number>();
    for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + 1);
    return [...sums.values()];
  };
  const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + pairs(n), 0);
  const both = sum(count(truth.map((one, i) => `${one}:${said[i]!}`)));
  const inTruth = sum(count(truth));
  const inSaid = sum(count(said));
  const chance = (inTruth * inSaid) / pairs(truth.length);
  return {
    ari: (both - chance) / ((inTruth + inSaid) / 2 - chance),
    precision: inSaid === 0 ? 1 : both / inSaid,
    recall: inTruth === 0 ? 1 : both / inTruth,
  };
}

export function f1(labels: readonly boolean[], said: readonly boolean[]): number {
  let [hit, wrong, missed] = [0, 0, 0];
  for (const [i, label] of labels.entries())
    if (label && said[i]) hit++;
    else if (said[i]) wrong++;
    else if (label) missed++;
  return (2 * hit) / (2 * hit + wrong + missed);
}

/** Share of the true found at the lowest cut that at most `share` of the false reach. */
export function recallAt(labels: readonly boolean[], scores: readonly number[], share: number): number {
  const wrong = scores.filter((_, i) => !labels[i]).sort((a, b) => b - a);
  const cut = wrong[Math.floor(wrong.length * share)] ?? -Infinity;
  const right = scores.filter((_, i) => labels[i]);
  return right.filter((score) => score > cut).length / right.length;
}
