// The guesser: given numbers that somebody can see of two persons, of whom one is a presumed victim, it learns which number
// tells them apart on one half of the pairs and guesses the other half.
import { readFile, writeFile } from "node:fs/promises";

/** What was seen of one person: numbers by name (a size, a count, a time, the hash of an answer). */
export type Seen = Readonly<Record<string, number>>;
export interface PairSeen {
  victim: Seen;
  other: Seen;
}

/** A small generator, the same on every run. */
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

/** What a guess by the rule is worth: 1 right, 0 wrong, a half where both look alike and only a coin is left. */
const worth = (rule: Rule | null, pair: PairSeen): number =>
  rule === null ? 0.5 : (1 + differs(pair, rule.name) * rule.sign) / 2;

export interface Guessed {
  /** The share of looks guessed right. */
  right: number;
  /** Half the width of its interval of 95 %; the looks at one pair count as one draw, for they may be alike. */
  within: number;
  by: string[];
}

/** How far from a half a share may lie: three in a hundred over a thousand pairs; fewer pairs stray further by themselves. */
export const strays = (pairs: number): number => 0.03 * Math.sqrt(Math.max(1, 1_000 / pairs));

/** How many looks are guessed right, each half of the pairs by what the other taught; `looks` of one pair stand together. */
export function guess(seen: readonly PairSeen[], looks = 1): Guessed {
  const half = Math.floor(seen.length / looks / 2) * looks;
  const [first, second] = [seen.slice(0, half), seen.slice(half)];
  const [one, two] = [learn(first), learn(second)];
  const worths = [...first.map((pair) => worth(two, pair)), ...second.map((pair) => worth(one, pair))];
  const { right, within } = shareOf(worths, looks);
  // Halves that teach each other stray further than a coin: where they disagree both lose, where they agree both win.
  return { right, within: within * Math.sqrt(1 + 2 / Math.PI), by: [one?.name ?? "", two?.name ?? ""] };
}

/**
 * Of a single number, how often the victim's is the larger: what somebody guesses right who knows which way it leaks; a share
 * below a half says it leaks the other way. Strays less than a guess that has to learn first.
 */
export const larger = (seen: readonly PairSeen[], name: string, looks = 1): Guessed => ({
  ...shareOf(
    seen.map((pair) => worth({ name, sign: 1, right: 0 }, pair)),
    looks,
  ),
  by: [name],
});

function shareOf(worths: readonly number[], looks: number): { right: number; within: number } {
  const pairs = worths.length / looks;
  const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
  const right = mean(worths);
  const spread = mean(
    Array.from(
      { length: pairs },
      (_, nth) => (mean(worths.slice(nth * looks, (nth + 1) * looks)) - right) ** 2,
    ),
  );
  return { right, within: 1.96 * Math.sqrt(spread / pairs) };
}

/** What was guessed, for the bench to read: share right, half its interval, looks. Adds to what another attack wrote. */
export async function keepGuessed(file: string, guessed: Readonly<Record<string, Guessed>>): Promise<void> {
  const before = await readFile(file, "utf8").catch(() => "{}");
  await writeFile(file, JSON.stringify({ ...(JSON.parse(before) as object), ...guessed }));
}

/** Looks at both of a pair in turn, A B B A: who is first and a machine that slows down weigh alike on both. */
export async function inTurn<Of, Said>(
  pair: { victim: Of; other: Of },
  chance: () => number,
  look: (of: Of, nth: 0 | 1) => Promise<Said>,
): Promise<{ victim: Said; other: Said }[]> {
  const turned = chance() < 0.5;
  const [a, b] = turned ? [pair.other, pair.victim] : [pair.victim, pair.other];
  const said = [await look(a, 0), await look(b, 0), await look(b, 1), await look(a, 1)] as const;
  const both = (mine: Said, others: Said) =>
    turned ? { victim: others, other: mine } : { victim: mine, other: others };
  return [both(said[0], said[1]), both(said[3], said[2])];
}
