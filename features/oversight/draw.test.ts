// Drawing from a seed: the same for everybody, fair to every place, and out of nobody's hands.
import { expect, test } from "vitest";
import { draw, seedOf, weekOf } from "./draw.ts";
import { isMany } from "./rules.ts";

const seed = seedOf("id.simpul/main\n1000\nroot\n\n— kh.simpul/cosigner c2lnbmF0dXJl\n");

test("whoever draws again draws the same entries, each once, and only those that count", () => {
  const range = { first: 100, past: 5000 };
  const even = (place: number): boolean => place % 2 === 0;
  const drawn = draw(seed, range, even);
  expect(drawn).toEqual(draw(seed, range, even));
  expect(new Set(drawn).size).toBe(20);
  expect(drawn.every((place) => even(place) && place >= 100 && place < 5000)).toBe(true);
  expect(draw(seedOf("another head"), range, even)).not.toEqual(drawn);
});

test("a week with fewer entries than are wanted is looked through whole; an empty one gives none", () => {
  expect(draw(seed, { first: 7, past: 12 }, () => true).toSorted((a, b) => a - b)).toEqual([7, 8, 9, 10, 11]);
  expect(draw(seed, { first: 7, past: 7 }, () => true)).toEqual([]);
});

test("no place is favoured", () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 3000; i++)
    for (const place of draw(seedOf(String(i)), { first: 0, past: 10 }, () => true, 1))
      counts.set(place, (counts.get(place) ?? 0) + 1);
  for (let place = 0; place < 10; place++) expect(Math.abs(counts.get(place)! - 300)).toBeLessThan(80);
});

test("a week begins on Monday", () => {
  expect(weekOf(new Date("2031-03-04T03:00:00Z"))).toBe("2031-03-03");
  expect(weekOf(new Date("2031-03-03T00:00:00Z"))).toBe("2031-03-03");
  expect(weekOf(new Date("2031-03-02T23:59:59Z"))).toBe("2031-02-24");
});

test("much is measured against her own days and her desk's, never by itself alone", () => {
  expect(isMany(39, 1, 1)).toBe(false);
  expect(isMany(120, 10, 20)).toBe(true);
  // A desk that always looks much, and an officer who does.
  expect(isMany(120, 10, 50)).toBe(false);
  expect(isMany(120, 50, 20)).toBe(false);
  expect(isMany(120, null, null)).toBe(false);
  expect(isMany(200, null, null)).toBe(true);
});
