// How well groups match the truth: adjusted Rand index and pairs.

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
