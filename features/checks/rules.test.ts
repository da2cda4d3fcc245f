// The decisions of checks as tables: months, retries, what a fault means, when a supervisor is needed.
import { describe, expect, test } from "vitest";
import { transportCodes } from "@simpul/exchange";
import { epochEnds, epochOf, isCurrent, needsOf, nextTry, outcomeOf, resultOf } from "./rules.ts";
import { readTerms } from "./terms.ts";
import { printReply, rootOf } from "./wire.ts";

const terms = readTerms();
const at = (text: string): Date => new Date(text);

describe("a key lives for a month in UTC", () => {
  test.each([
    ["2031-07-01T00:00:00Z", "2031-07", "2031-08-01T00:00:00.000Z"],
    ["2031-12-31T23:59:59Z", "2031-12", "2032-01-01T00:00:00.000Z"],
    // Seven in the morning in Jakarta is still the month before.
    ["2031-08-01T06:00:00+07:00", "2031-07", "2031-08-01T00:00:00.000Z"],
  ])("%s", (now, epoch, ends) => {
    expect(epochOf(at(now))).toBe(epoch);
    expect(epochEnds(epoch).toISOString()).toBe(ends);
  });
  test("around the turn of a month both are believed, later only the new one", () => {
    expect(isCurrent("2031-07", at("2031-08-01T12:00:00Z"))).toBe(true);
    expect(isCurrent("2031-08", at("2031-07-31T12:00:00Z"))).toBe(true);
    expect(isCurrent("2031-07", at("2031-08-05T00:00:00Z"))).toBe(false);
    expect(isCurrent("2031-09", at("2031-08-05T00:00:00Z"))).toBe(false);
  });
});

describe("a fault between the nodes", () => {
  test.each(transportCodes.map((code) => [code]))("%s has a meaning for the officer", (code) => {
    expect(outcomeOf(code)).not.toBeNull();
  });
  test("what may pass is tried again, what is wrong is said", () => {
    expect(outcomeOf("UNREACHABLE")).toMatchObject({ state: "not-reached", again: true });
    expect(outcomeOf("CLOCK_OFF")).toMatchObject({ state: "not-reached", again: true });
    expect(outcomeOf("BAD_PROOF")).toMatchObject({ state: "not-believed", again: false });
    expect(outcomeOf("PEER_STOPPED")).toMatchObject({ state: "refused", again: false });
    expect(outcomeOf("NO_LEAF")).toBeNull();
  });
  test("no state of an answer reads as a hit or as none", () => {
    for (const state of [
      "refused",
      "limited",
      "not-searchable",
      "not-reached",
      "not-believed",
      "given-up",
    ] as const)
      expect(["hit", "no-hit"]).not.toContain(resultOf(state));
  });
});

test("a state is tried again twice as late each time, and given up after three days", () => {
  const first = at("2031-07-01T00:00:00Z");
  const pauses = [1, 2, 3, 20].map(
    (attempts) => (nextTry(terms.retry, attempts, first, first)!.getTime() - first.getTime()) / 1000,
  );
  expect(pauses).toEqual([30, 60, 120, 3600]);
  expect(nextTry(terms.retry, 90, first, at("2031-07-03T23:30:00Z"))).toBeNull();
});

describe("when a supervisor must agree", () => {
  const values = (count: number, step: number) =>
    Array.from({ length: count }, (_, n) => `phone +85519${String(100_000 + n * step)}`);
  const usual = { asked: 0, hits: 0 };
  test.each([
    ["a few", { count: 3, values: ["phone +85519000417", "wallet T9x", "phone +6285400001702"] }, []],
    ["many", { count: 50, values: [] }, ["bulk"]],
    ["numbers in a row", { count: 12, values: values(12, 1) }, ["close"]],
    ["numbers in even steps", { count: 12, values: values(12, 137) }, ["stepped"]],
  ])("%s", (_, ask, needs) => {
    expect(needsOf(terms, { ...usual, ...ask })).toEqual(needs);
  });
  test("hundreds without a hit", () => {
    expect(needsOf(terms, { count: 1, values: [], asked: 400, hits: 1 })).toEqual(["fishing"]);
    expect(needsOf(terms, { count: 1, values: [], asked: 400, hits: 9 })).toEqual([]);
  });
});

test("replies to so many elements have one size, whatever they say", () => {
  const size = (reply: Parameters<typeof printReply>[0], count: number) =>
    printReply(reply, count, 64).length;
  const evaluated = {
    kind: "evaluated" as const,
    groups: [
      { type: "phone" as const, evaluated: "A".repeat(Math.ceil((64 * 32 * 4) / 3)), proof: "A".repeat(86) },
    ],
  };
  expect(size(evaluated, 64)).toBe(size({ kind: "refused", because: "stopped" }, 1));
  expect(size(evaluated, 64)).toBeLessThan(size({ kind: "limited", because: "per-day" }, 65));
});

test("two logs agree whatever the order of their entries", () => {
  expect(rootOf(["b", "a"])).toBe(rootOf(["a", "b"]));
  expect(rootOf(["a"])).not.toBe(rootOf(["a", "b"]));
});
