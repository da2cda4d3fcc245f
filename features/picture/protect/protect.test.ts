import { randomBytes } from "node:crypto";
import type { Random } from "@simpul/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coinOfExp, drawBelow } from "./chance.ts";
import { noise } from "./noise.ts";
import { agreed, release, settled } from "./release.ts";
import { rounded } from "./round.ts";
import { TableError, withSums } from "./table.ts";
import { withheld } from "./withhold.ts";

/** The system's own, fetched in large pieces: thousands of draws take less than a second. */
let pool = randomBytes(0);
const random: Random = {
  bytes(length) {
    if (pool.length < length) pool = randomBytes(65_536);
    const out = new Uint8Array(pool.subarray(0, length));
    pool = pool.subarray(length);
    return out;
  },
};
const table = (most: number, side: number): fc.Arbitrary<number[][]> =>
  fc.tuple(fc.integer({ min: 1, max: side }), fc.integer({ min: 1, max: side })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: most }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe("chance", () => {
  test("every number is drawn about as often, and the coin of e falls as e says", () => {
    const drawn = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 14_000; i++) drawn[drawBelow(random, 7)]! += 1;
    // Five standard deviations of 14,000 throws.
    for (const often of drawn) expect(Math.abs(often - 2000)).toBeLessThan(5 * Math.sqrt(2000 * (6 / 7)));
    let heads = 0;
    for (let i = 0; i < 20_000; i++) heads += coinOfExp(random, 1, 2) ? 1 : 0;
    const odds = Math.exp(-0.5);
    expect(Math.abs(heads - 20_000 * odds)).toBeLessThan(5 * Math.sqrt(20_000 * odds * (1 - odds)));
  });

  test("the noise falls off by a factor of e to the epsilon with every step, to both sides alike", () => {
    const times = 40_000;
    const often = new Map<number, number>();
    for (let i = 0; i < times; i++) {
      const drawn = noise(random, { of: 1, outOf: 2 });
      often.set(drawn, (often.get(drawn) ?? 0) + 1);
    }
    const alpha = Math.exp(-0.5);
    for (const x of [-3, -2, -1, 0, 1, 2, 3]) {
      const odds = ((1 - alpha) / (1 + alpha)) * alpha ** Math.abs(x);
      expect(Math.abs((often.get(x) ?? 0) - times * odds)).toBeLessThan(5 * Math.sqrt(times * odds));
    }
  });
});

/** All that a cell may be, by everything that is published: solved anew, and by nothing of ours. */
function bounds(counts: number[][], hidden: boolean[][], row: number, column: number): [number, number] {
  const most = counts.at(-1)!.at(-1)! * 2 + 60;
  let [low, high] = [Infinity, -1];
  const [rows, columns] = [counts.length - 1, counts[0]!.length - 1];
  const made = Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
  const fits = (sum: number, r: number, c: number): boolean => hidden[r]![c]! || counts[r]![c] === sum;
  const fill = (at: number): void => {
    if (at === rows * columns) {
      const whole = withSums(made);
      if (!whole.every((line, r) => line.every((sum, c) => fits(sum, r, c)))) return;
      low = Math.min(low, whole[row]![column]!);
      high = Math.max(high, whole[row]![column]!);
      return;
    }
    const [r, c] = [Math.floor(at / columns), at % columns];
    const all = hidden[r]![c]!
      ? Array.from({ length: Math.min(most, 15) + 1 }, (_, n) => n)
      : [counts[r]![c]!];
    for (const one of all) {
      made[r]![c] = one;
      fill(at + 1);
    }
  };
  fill(0);
  return [low, high];
}

describe("what is withheld", () => {
  test("a small cell is hidden with a ring of others, and the sums still say nothing of it", () => {
    const counts = withSums([
      [40, 3, 25],
      [31, 60, 44],
      [52, 18, 70],
    ]);
    const hidden = withheld(counts, 10);
    expect(hidden[0]![1]).toBe(true);
    // One ring of four: itself, one in its row, one in its column, and the one across.
    expect(hidden.flat().filter(Boolean)).toHaveLength(4);
    // The cheapest that can fall by as much as the small one may rise: 18 and not 60.
    expect(hidden[2]![1]).toBe(true);
  });

  test("whoever solves the sums finds each small cell anywhere from nobody to the threshold", () => {
    fc.assert(
      fc.property(table(9, 2), fc.constantFrom("sums", "cells"), (counts, tells) => {
        const sums = withSums(counts);
        const hidden = withheld(sums, 4, tells);
        sums.forEach((line, row) => {
          line.forEach((count, column) => {
            if (count >= 4) return;
            const [low, high] = bounds(sums, hidden, row, column);
            expect(low).toBe(0);
            expect(high).toBeGreaterThanOrEqual(4);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  test("the whole is still said where sums of lines can be hidden in its place", () => {
    const counts = withSums([
      [60, 0, 2],
      [45, 1, 0],
      [3, 0, 1],
      [0, 2, 0],
      [30, 0, 40],
    ]);
    const hidden = withheld(counts, 10);
    expect(hidden.at(-1)!.at(-1)).toBe(false);
    // Two rows are so small that together they still say too much: the smallest of the other sums goes with them.
    expect(hidden.map((row) => row.at(-1))).toEqual([false, true, true, true, false, false]);
  });

  test("where routes are what a table is for, they stay and its sums go", () => {
    const counts = withSums([
      [140, 60, 0, 0],
      [0, 0, 1, 0],
      [0, 3, 0, 0],
    ]);
    expect(withheld(counts, 10)[0]!.slice(0, 2)).toEqual([true, true]);
    expect(withheld(counts, 10, "cells")[0]!.slice(0, 2)).toEqual([false, false]);
  });

  test("a table of a few people is withheld whole", () => {
    expect(
      withheld(
        withSums([
          [1, 2],
          [0, 3],
        ]),
        10,
      )
        .flat()
        .every(Boolean),
    ).toBe(true);
  });

  test("a table without small cells is published whole", () => {
    expect(
      withheld(
        withSums([
          [10, 11],
          [12, 13],
        ]),
        10,
      )
        .flat()
        .some(Boolean),
    ).toBe(false);
  });
});

test("rounded, each count goes to a neighbour and every sum holds", () => {
  fc.assert(
    fc.property(table(60, 6), fc.constantFrom(1, 3, 5, 10), (counts, base) => {
      const before = withSums(counts);
      const after = rounded(before, base, random);
      expect(after).toEqual(withSums(after.slice(0, -1).map((row) => row.slice(0, -1))));
      after.forEach((row, nth) => {
        row.forEach((count, column) => {
          expect(count % base).toBe(0);
          expect(Math.abs(count - before[nth]![column]!)).toBeLessThan(base);
        });
      });
    }),
  );
});

test("on average rounding neither adds nor takes away", () => {
  let sum = 0;
  for (let i = 0; i < 4000; i++)
    sum += rounded(
      withSums([
        [7, 1],
        [3, 4],
      ]),
      5,
      random,
    )[0]![0]!;
  // 5 or 10 with a mean of 7: a standard deviation of 2.45.
  expect(Math.abs(sum / 4000 - 7)).toBeLessThan((5 * 2.45) / Math.sqrt(4000));
});

describe("a release", () => {
  test("publishes multiples that add up, nothing under the threshold, and says what was done", () => {
    const out = release(
      [
        [120, 45, 3],
        [80, 61, 22],
        [15, 33, 94],
      ],
      agreed,
      random,
    );
    const shown = out.cells.flat().filter((cell) => cell !== null);
    expect(shown.length + out.withheld).toBe(16);
    expect(shown.every((cell) => cell % 5 === 0 && cell >= 5)).toBe(true);
    expect(out.protection).toEqual(agreed);
  });

  test("who knows everybody but one guesses that one no better than the epsilon allows", () => {
    // Her guess: she is in where the sum shown is nearer to the sum with her. No guess may be better (Kasiviswanathan).
    const others = [
      [30, 25],
      [28, 40],
    ];
    const withHer = [
      [31, 25],
      [28, 40],
    ];
    let right = 0;
    const tries = 6000;
    for (let i = 0; i < tries; i++) {
      const isIn = i % 2 === 0;
      const out = release(
        isIn ? withHer : others,
        { threshold: 1, base: 1, epsilon: { of: 1, outOf: 2 } },
        random,
      );
      const cell = out.cells[0]![0] ?? 0;
      right += cell > 30 === isIn ? 1 : 0;
    }
    const bound = Math.exp(0.5) / (1 + Math.exp(0.5));
    expect(right / tries).toBeLessThan(bound + 5 * Math.sqrt(0.25 / tries));
    // And the guess is no straw man: it sees what little is to be seen.
    expect(right / tries).toBeGreaterThan(0.52);
  });

  test("a table of many empty cells says on average the whole that it has, and not that of its noise", () => {
    const counts = Array.from({ length: 100 }, (_, nth) => (nth < 5 ? [40, 0, 0, 0] : [0, 0, 0, 0]));
    const tries = 60;
    let sum = 0;
    for (let i = 0; i < tries; i++) sum += release(counts, agreed, random).cells.at(-1)!.at(-1)!;
    // Noise of 400 cells has a standard deviation of 56; all of it above nobody alone would add some 380.
    expect(Math.abs(sum / tries - 200)).toBeLessThan((5 * 56) / Math.sqrt(tries));
    expect(
      settled([
        [40, -3, 2],
        [0, 4, -1],
      ]),
    ).toEqual([
      [40, 0, 0],
      [0, 2, 0],
    ]);
    expect(settled([[1, -9]])).toEqual([[0, 0]]);
  });

  test.each([
    ["EMPTY", [[]]],
    ["RAGGED", [[1, 2], [3]]],
    ["NOT_A_COUNT", [[1, -2]]],
    ["NOT_A_COUNT", [[1.5]]],
    ["TOO_LARGE", Array.from({ length: 401 }, () => [1])],
  ])("%s: what is no table of counts is refused", (reason, counts) => {
    expect(() => release(counts, agreed, random)).toThrow(new TableError(reason as "EMPTY"));
  });
});
