// The network against plain counting: what is fast must be what is true.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evaluation } from "@simpul/model";
import {
  addDependencies,
  betweennessFrom,
  betweennessOf,
  count,
  cutOf,
  fragmentation,
  keyPlayers,
  nearRows,
  networkOf,
  pairsWithout,
  suretyOfAll,
} from "./index.ts";
import { lossOfEach, pairsIn } from "./pieces.ts";

const name = (i: number): string => `n${String(i)}`;
const build = (size: number, pairs: readonly (readonly [number, number])[]) =>
  networkOf(
    Array.from({ length: size }, (_, i) => name(i)),
    pairs.map(([a, b], i) => ({
      ...b1,
      id: String(i).padStart(4, "0"),
      from: name(a % size),
      to: name(b % size),
    })),
  );
const b1 = { evaluation: { source: "B", information: "2" } as Evaluation, origin: "EXERCISE chat" };
const small = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 20 }))
  .map(([size, pairs]) => build(size, pairs));
type Small = ReturnType<typeof build>;

const neighbours = (net: Small, v: number): number[] => [
  ...net.ends.subarray(net.starts[v], net.starts[v + 1]),
];

/** Distance and number of shortest paths from `s`, by walking all of them. */
function walk(net: Small, s: number): { far: number[]; ways: number[] } {
  const far: number[] = Array.from({ length: net.count }, () => Infinity);
  const ways: number[] = Array.from({ length: net.count }, () => 0);
  far[s] = 0;
  ways[s] = 1;
  for (let d = 0; d < net.count; d++)
    for (let v = 0; v < net.count; v++)
      if (far[v] === d)
        for (const w of neighbours(net, v)) {
          if (far[w]! > d + 1) far[w] = d + 1;
          if (far[w] === d + 1) ways[w]! += ways[v]!;
        }
  return { far, ways };
}

/** The definition: over all pairs of others, the share of their shortest paths that go through. */
function plainBetweenness(net: Small): number[] {
  const from = Array.from({ length: net.count }, (_, s) => walk(net, s));
  return Array.from({ length: net.count }, (_, v) => {
    let sum = 0;
    for (let s = 0; s < net.count; s++)
      for (let t = s + 1; t < net.count; t++)
        if (s !== v && t !== v && Number.isFinite(from[s]!.far[t]))
          if (from[s]!.far[v]! + from[v]!.far[t]! === from[s]!.far[t])
            sum += (from[s]!.ways[v]! * from[v]!.ways[t]!) / from[s]!.ways[t]!;
    return sum;
  });
}

function plainPairs(net: Small, gone: readonly number[]): number {
  const without = build(
    net.count,
    net.edges.filter(({ a, b }) => !gone.includes(a) && !gone.includes(b)).map(({ a, b }) => [a, b] as const),
  );
  let pairs = 0;
  for (let s = 0; s < net.count; s++)
    for (let t = s + 1; t < net.count; t++) if (Number.isFinite(walk(without, s).far[t])) pairs++;
  return pairs;
}

test("who stands between is counted exactly, whole or in slices", () => {
  fc.assert(
    fc.property(small, fc.nat(9), (net, at) => {
      const plain = plainBetweenness(net);
      betweennessOf(net).forEach((value, v) => expect(value).toBeCloseTo(plain[v]!, 9));
      const near = nearRows(net);
      const slices = [new Float64Array(net.count), new Float64Array(net.count)];
      const middle = Math.min(at, net.count);
      addDependencies(near, 0, middle, slices[0]!);
      addDependencies(near, middle, net.count, slices[1]!);
      const summed = slices[0]!.map((value, v) => value + slices[1]![v]!);
      betweennessFrom(near, summed).forEach((value, v) => expect(value).toBeCloseTo(plain[v]!, 9));
    }),
  );
});

test("more sources than walk together, far from each other and in pieces, are counted exactly too", () => {
  const far = fc.array(fc.tuple(fc.nat(89), fc.integer({ min: 1, max: 4 })), {
    minLength: 60,
    maxLength: 140,
  });
  fc.assert(
    fc.property(far, (steps) => {
      // Long chains with short cuts: many waves, each source meeting most things at a step of its own.
      const net = build(
        90,
        steps.map(([at, step]) => [at, Math.min(89, at + step)] as const),
      );
      const plain = plainBetweenness(net);
      betweennessOf(net).forEach((value, v) => expect(value).toBeCloseTo(plain[v]!, 8));
    }),
    { numRuns: 15 },
  );
});

test("what each one's going costs, and what is left, is what plain counting says", () => {
  fc.assert(
    fc.property(small, fc.uniqueArray(fc.nat(8), { maxLength: 4 }), (net, picked) => {
      const gone = picked.filter((v) => v < net.count);
      const left = plainPairs(net, gone);
      expect(pairsWithout(net, gone)).toBe(left);
      const out = new Uint8Array(net.count);
      for (const v of gone) out[v] = 1;
      lossOfEach(net, out).forEach((loss, v) => {
        expect(loss).toBe(gone.includes(v) ? 0 : left - plainPairs(net, [...gone, v]));
      });
    }),
  );
});

test("the cut is never far from the best there is, and says truly what it does", () => {
  let [best, ours] = [0, 0];
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 3 }), (net, most) => {
      const cut = cutOf(net, most);
      expect(new Set(cut.nodes).size).toBe(cut.nodes.length);
      expect(cut.nodes.length).toBeLessThanOrEqual(most);
      cut.nodes.forEach((_, i) => {
        expect(cut.pairsAfter[i]).toBe(plainPairs(net, cut.nodes.slice(0, i + 1)));
      });
      const all = pairsWithout(net, []);
      let least = all;
      for (const set of sets(net.count, most)) least = Math.min(least, pairsWithout(net, set));
      best += all - least;
      ours += all - (cut.pairsAfter.at(-1) ?? all);
    }),
    { seed: 5, numRuns: 200 },
  );
  expect(ours / best).toBeGreaterThan(0.99);
});

function* sets(size: number, most: number, from = 0): Generator<number[]> {
  yield [];
  if (most > 0)
    for (let v = from; v < size; v++) for (const rest of sets(size, most - 1, v + 1)) yield [v, ...rest];
}

test("two who hold a cell by one way each are found together, though each alone parts nobody", () => {
  // Two rings of five; 0 and 1 of the first know 5 and 6 of the second.
  const ring = (at: number): [number, number][] => [0, 1, 2, 3, 4].map((i) => [at + i, at + ((i + 1) % 5)]);
  const net = build(10, [...ring(0), ...ring(5), [0, 5], [1, 6]]);
  const cut = cutOf(net, 2);
  expect(pairsWithout(net, cut.nodes)).toBe(pairsIn(4) + pairsIn(4));
  expect(fragmentation(10, pairsIn(10))).toBe(0);
});

test("the order in which statements come changes nothing, and a statement about oneself is no link", () => {
  fc.assert(
    fc.property(small, (net) => {
      const stated = net.edges.flatMap((edge) => edge.stated);
      const again = networkOf([...net.nodes].reverse(), [...stated].reverse());
      expect(again).toEqual(net);
      expect(keyPlayers(again, 3)).toEqual(keyPlayers(net, 3));
    }),
  );
  const own = build(2, [[0, 0]]);
  expect(own.edges).toEqual([]);
});

test("a player carries its reasons, and its links by how sure they are", () => {
  const weak = { evaluation: { source: "X", information: "4" } as Evaluation, origin: "a rumour" };
  const net = networkOf(
    ["ana", "ben", "cem", "dee"],
    [
      { ...b1, id: "1", from: "ana", to: "ben" },
      { ...b1, id: "2", from: "ana", to: "ben", origin: "EXERCISE ledger" },
      { ...b1, id: "3", from: "cem", to: "ben" },
      { ...weak, id: "4", from: "dee", to: "ben" },
    ],
  );
  const { players, before, after } = keyPlayers(net, 1, count(net, 1));
  expect(before).toBe(0);
  expect(after).toBe(1);
  expect(players).toEqual([
    {
      node: "ben",
      links: { firm: 1, supported: 1, weak: 1 },
      broker: { rank: 1, pairs: 3, share: 1 },
      parts: { rank: 1, alone: 6, fragmentation: 1 },
    },
  ]);
});

test("a rumour told twice stays a rumour, and one source counts once", () => {
  const said = (grade: string, origin: string) => ({
    evaluation: { source: grade[0], information: grade[1] } as Evaluation,
    origin,
  });
  expect(suretyOfAll([said("X4", "a"), said("C2", "b"), said("A4", "c")])).toBe("weak");
  expect(suretyOfAll([said("B2", "a"), said("B3", "a")])).toBe("supported");
  expect(suretyOfAll([said("B2", "a"), said("B3", "b")])).toBe("firm");
  expect(suretyOfAll([said("A1", "a")])).toBe("firm");
  expect(suretyOfAll([])).toBe("weak");
});

test("a link to nobody, or a name given twice, is refused by name", () => {
  expect(() => networkOf(["ana"], [{ id: "1", from: "ana", to: "ben" }])).toThrow("UNKNOWN_NODE");
  expect(() => networkOf(["ana", "ana"], [])).toThrow("NODE_TWICE");
  expect(() => cutOf(build(2, []), -1)).toThrow("NOT_A_COUNT");
});
