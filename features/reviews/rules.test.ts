// The law is data with its source; the state of a review follows from clock and desk alone; two persons decide, never one.
import type { Id, NodeCode } from "@simpul/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { reviewKinds, type Result } from "./contract.ts";
import { lawOf, readLaw } from "./law.ts";
import { bookBytes, mayPass, outcomeOf, resultOf, runsOut, stateOf, toReopen } from "./rules.ts";

const law = readLaw();
const states = ["bn", "id", "kh", "la", "mm", "my", "ph", "sg", "th", "tl", "vn"];
const at = (hours: number): Date => new Date(Date.UTC(2031, 2, 4, hours));

test("each of the eleven states says what its law does, on which basis and by which source, and pends as long as all", () => {
  expect(Object.keys(law.states).toSorted()).toEqual(states);
  for (const state of states)
    for (const kind of reviewKinds) {
      const says = lawOf(law, state as NodeCode, kind);
      expect(says.basis.length * says.source.length).toBeGreaterThan(0);
      // Nobody has confirmed anything yet, and the screens say so.
      expect(says.standing).toBe("to-be-confirmed");
      expect(says.pendingHours).toBe(law.pendingHours);
      // Another state's status never locks by itself (VIC-2).
      expect(says.other).not.toBe("lock");
    }
});

test("what was found is no argument of how a review stands", () => {
  const review = { openedAt: at(0), dueAt: at(48), withdrawnAt: null };
  expect(stateOf(review, null, at(100))).toBe("pending");
  expect(stateOf(review, new Date(at(0).getTime() - 1), at(100))).toBe("pending");
  expect(stateOf(review, at(1), at(47))).toBe("pending");
  expect(stateOf(review, at(1), at(48))).toBe("with-prosecutor");
  expect(stateOf({ ...review, withdrawnAt: at(2) }, at(1), at(48))).toBe("withdrawn");
  expect(runsOut(review, null, at(35), 12)).toBe(false);
  expect(runsOut(review, null, at(36), 12)).toBe(true);
  expect(runsOut(review, at(1), at(47), 12)).toBe(false);
});

test("one officer decides nothing however often she speaks, and two against two wait", () => {
  const word = fc.record({
    says: fc.constantFrom("same" as const, "other" as const),
    by: fc.constant("maya"),
  });
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(outcomeOf(words)).toBe("open");
    }),
  );
  const said = (says: "same" | "other", ...by: string[]) => by.map((one) => ({ says, by: one }));
  expect(outcomeOf(said("same", "a", "b"))).toBe("same");
  expect(outcomeOf(said("other", "a", "b"))).toBe("other");
  expect(outcomeOf([...said("same", "a", "b"), ...said("other", "c", "d")])).toBe("open");
});

test("a lock does not pass, a warning passes with reasons, what was passed before is looked at again", () => {
  const of = {
    review: "r" as Id,
    open: false,
    own: "ph" as NodeCode,
    law: lawOf(law, "ph" as NodeCode, "charge"),
  };
  const match = { pseudonym: "PH-0000-0000", status: "presumed", since: null, at: at(50).toISOString() };
  const own = resultOf({ ...match, state: "ph" as NodeCode }, of);
  expect([own.effect, mayPass(own, "reasons that are long enough")]).toEqual(["lock", "REVIEW_LOCKED"]);
  const other = resultOf({ ...match, state: "id" as NodeCode }, of);
  expect([mayPass(other, "no"), mayPass(other, "reasons that are long enough")]).toEqual([
    "REVIEW_WARNED",
    null,
  ]);
  expect(mayPass(resultOf(null, { ...of, open: true }), "x")).toBe("REVIEW_PENDING");
  expect(resultOf({ ...match, status: "not-identified", state: "ph" as NodeCode }, of).kind).toBe("nothing");
  expect(resultOf({ ...match, status: "indicators", state: "ph" as NodeCode }, of).kind).toBe("open");
  const ruled = (ruling: "pass" | "stop", hours: number) => [
    { id: "x" as Id, review: of.review, ruling, reason: "", by: "o" as Id, at: at(hours).toISOString() },
  ];
  const reopened = (result: Result, rulings: ReturnType<typeof ruled>) => toReopen(result, rulings);
  expect(reopened(own, ruled("pass", 49))).toBe(true);
  expect(reopened(own, ruled("pass", 51))).toBe(false);
  expect(reopened(own, ruled("stop", 49))).toBe(false);
});

test("the size of the sealed book follows from the count of reviews alone, and holds a line for each", () => {
  expect(bookBytes(0)).toBe(bookBytes(32));
  expect(bookBytes(33)).toBe(bookBytes(64));
  expect(bookBytes(1_000)).toBeGreaterThan(1_000 * 600);
});
