// The guesser: given numbers that somebody can see of two persons, of whom one is a presumed victim, it learns which number
// tells them apart on one half of the pairs and guesses the other half.

/** What was seen of one person: numbers by name (a size, a count, a time, the hash of an answer). */
export type Seen = Readonly<Record<string, number>>;
export interface PairSeen {
  victim: Seen;
  other: Seen;
}

/** A small generator, the same on every run: where both look alike the guesser throws a coin. */
export function coins(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Rule {
  name: string;
  /** 1: the larger number is the victim's. */
  sign: 1 | -1;
  right: number;
}

const differs = (pair: PairSeen, name: string): number =>
  Math.sign((pair.victim[name] ?? 0) - (pair.other[name] ?? 0));

function learn(pairs: readonly PairSeen[]): Rule | null {
  const names = [
    ...new Set(pairs.flatMap((pair) => [...Object.keys(pair.victim), ...Object.keys(pair.other)])),
  ];
  const rules = names.flatMap((name) => {
    const signs = pairs.map((pair) => differs(pair, name));
    const [more, less] = [signs.filter((one) => one > 0).length, signs.filter((one) => one < 0).length];
    const coin = (pairs.length - more - less) / 2;
    return [{ name, sign: 1, right: more + coin } as const, { name, sign: -1, right: less + coin } as const];
  });
  return rules.toSorted((a, b) => b.right - a.right)[0] ?? null;
}

const apply = (rule: Rule | null, pairs: readonly PairSeen[], coin: () => number): number =>
  pairs.filter((pair) => {
    const sign = rule === null ? 0 : differs(pair, rule.name) * rule.sign;
    return sign === 0 ? coin() < 0.5 : sign > 0;
  }).length;

/** The share of pairs guessed right, each half by what the other taught, and by which number. */
export function guess(pairs: readonly PairSeen[], seed = 167): { right: number; by: string[] } {
  const coin = coins(seed);
  const half = Math.floor(pairs.length / 2);
  const [first, second] = [pairs.slice(0, half), pairs.slice(half)];
  const [one, two] = [learn(first), learn(second)];
  const right = apply(one, second, coin) + apply(two, first, coin);
  return { right: right / pairs.length, by: [one?.name ?? "", two?.name ?? ""] };
}
