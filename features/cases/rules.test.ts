// The plain decisions of the cases room.
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPseudonym, parseWhen, sameValue, weigh } from "./rules.ts";

test.each([
  ["2031", "year"],
  ["2031-04", "month"],
  ["2031-04-17", "day"],
  ["2031-04-17T02:30+07:00", "minute"],
  ["2031-04~", "month"],
])("%s is a date known to the %s", (text, precision) => {
  const when = parseWhen(text);
  expect(when.precision).toBe(precision);
  expect(when.about).toBe(text.endsWith("~"));
  expect(when.begins.getTime()).toBeLessThan(when.ends.getTime());
});

test.each([
  "",
  "31",
  "2031-4",
  "2031-02-30",
  "2031-13",
  "2031-04-17T25:00Z",
  "17.04.2031",
  "2031-04-17T02:30",
])("%j is no date", (text) => {
  expect(() => parseWhen(text)).toThrow("NOT_A_DATE");
});

test("a Buddhist year in a reference is refused, not read as the far future", () => {
  expect(() => parseWhen("2574-04-17")).toThrow("NOT_A_DATE");
});

test("a night in Phnom Penh keeps its own offset", () => {
  expect(parseWhen("2031-04-17T02:30+07:00").begins.toISOString()).toBe("2031-04-16T19:30:00.000Z");
});

test("an edit stands only when its author had read what stands, and equal values never quarrel", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.jsonValue(),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (a, b, version, read) => {
        const weighed = weigh({ version, value: a }, Math.max(version, read), { read, value: b });
        if (sameValue(a, b)) expect(weighed.kind).toBe("same");
        else expect(weighed.kind).toBe(read === version ? "stands" : "conflict");
      },
    ),
  );
});

test("pseudonyms count on after the highest that was ever given", () => {
  expect(nextPseudonym("victim", ["V-1", "W-7", "V-3"])).toBe("V-4");
  expect(nextPseudonym("witness", [])).toBe("W-1");
});
