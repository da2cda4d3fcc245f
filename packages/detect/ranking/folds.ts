// Near-duplicates kept together: who learned one version of a text must not be asked about the other (a template leaks).

/** Numbers from 0 to below 1 that follow from a seed (mulberry32): the same texts always fall into the same folds. */
export function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Who holds a piece of text is remembered up to so many: more of them share a stock sentence, or one group already. */
const holders = 200;
const longest = 20_000;

function grams(text: string): Set<string> {
  const words = text.slice(0, longest).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []; // prettier-ignore
  const own = new Set<string>();
  if (words.length >= 20)
    for (let i = 0; i + 3 <= words.length; i++) own.add(words.slice(i, i + 3).join(" "));
  else {
    const plain = words.join(" ").replace(/\d/g, "0");
    for (let i = 0; i + 5 <= Math.max(plain.length, 5); i++) own.add(plain.slice(i, i + 5));
  }
  return own;
}

/**
 * The group of each text: texts that share at least half of their word triples (of short ones, letter fives), measured and
 * not estimated, and whatever hangs together by such.
 */
export function nearGroups(texts: readonly string[]): number[] {
  const sets = texts.map(grams);
  const parent = texts.map((_, i) => i);
  const top = (i: number): number => (parent[i] === i ? i : (parent[i] = top(parent[i]!)));
  const held = new Map<string, number[]>();
  const shared = new Map<number, number>();
  for (const [i, own] of sets.entries()) {
    shared.clear();
    for (const gram of own) {
      const before = held.get(gram);
      if (before === undefined) held.set(gram, [i]);
      else {
        for (const j of before) shared.set(j, (shared.get(j) ?? 0) + 1);
        if (before.length < holders) before.push(i);
      }
    }
    for (const [j, count] of shared)
      if (count / (own.size + sets[j]!.size - count) >= 0.5) parent[top(i)] = top(j);
  }
  return parent.map((_, i) => top(i));
}

/** The fold of each text, whole groups in one fold each; by turns into the smallest, in an order that follows from chance. */
export function foldsOf(group: readonly number[], random: () => number, count = 5): number[] {
  const sizes = new Map<number, number>();
  for (const one of group) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const order = [...sizes].map(([one, size]) => ({ one, size, lot: random() }));
  order.sort((a, b) => b.size - a.size || a.lot - b.lot);
  const filled = Array.from({ length: count }, () => 0);
  const fold = new Map<number, number>();
  for (const { one, size } of order) {
    const least = Math.min(...filled);
    const free = filled.flatMap((had, nth) => (had === least ? [nth] : []));
    const to = free[Math.floor(random() * free.length)]!;
    filled[to]! += size;
    fold.set(one, to);
  }
  return group.map((one) => fold.get(one)!);
}
