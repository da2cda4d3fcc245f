// One measured figure as `npm run bench -- NAME --json` prints it, and the middle of several runs.

export interface Figure {
  figure: string;
  ours: number;
  unit: string;
  /** Null where nobody else measures the same. */
  peer: number | null;
  peerName: string | null;
  /** What the machine could do at best, measured or counted; null where there is no such bound. */
  bound: number | null;
  /** Ours over the peer's; null without a peer. */
  ratio: number | null;
  runs: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
