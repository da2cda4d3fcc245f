// What of a case may go to another state, and what its owner answers to an acceptance: tables of the rules.
import { Evaluation, Handling, type Id, type NodeCode } from "@simpul/model";
import { describe, expect, test } from "vitest";
import type { Choice, Stop } from "../requests/contract.ts";
import type { Content, HandOverState } from "./contract.ts";
import { heard, letsGo, sortOut, summed, withoutStopped } from "./rules.ts";

const now = new Date("2031-03-04T03:00:00.000Z");
const kh = "kh" as NodeCode;
const choice = (id: string, more: Partial<Choice> = {}): Choice => ({
  ...{
    id: id as Id,
    kind: "subject",
    title: id,
    about: "",
    originator: "id" as NodeCode,
    handling: Handling.usual,
  },
  ...{ evaluation: Evaluation.none, foreign: false, stop: null },
  ...more,
});
const stop = (because: Stop["because"]): Stop =>
  ({ because, what: "onward", record: "x", recipients: [] }) as unknown as Stop;

test("own records go; another state's, a victim's, what was handed over already and what is not chosen stay", () => {
  const all = [
    choice("suspect"),
    choice("left"),
    choice("foreign", { foreign: true, originator: "ph" as NodeCode }),
    // Also where its owner permitted passing on: it keeps its owner (HC-11).
    choice("permitted", { foreign: true, stop: null }),
    choice("victim", { stop: stop("protected") }),
    choice("gone"),
    choice("back", { stop: stop("called-back") }),
  ];
  const of = { to: kh, gone: new Set(["gone" as Id]), now };
  const sorted = sortOut(all, {
    ...of,
    only: ["suspect" as Id, "foreign" as Id, "victim" as Id, "gone" as Id],
  });
  expect(sorted.goes.map((one) => one.id)).toEqual(["suspect"]);
  expect(Object.fromEntries(sorted.stays.map((one) => [one.id, one.because]))).toEqual({
    ...{ left: "not-chosen", foreign: "third-party", permitted: "third-party", victim: "protected" },
    ...{ gone: "third-party", back: "called-back" },
  });
  // Of a victim the other state does not even learn that there is one.
  expect(summed(sorted).stays.map((one) => one.because)).toEqual([
    "third-party",
    "called-back",
    "not-chosen",
  ]);
  expect(sortOut(all, { ...of, only: null }).goes.map((one) => one.id)).toEqual(["suspect", "left"]);
});

describe("under H3", () => {
  const under = (conditions: Handling["conditions"]): Handling =>
    Handling.parse({ codes: ["H3"], text: "EXERCISE", ...(conditions === undefined ? {} : { conditions }) });
  test.each([
    [Handling.usual, true],
    [under(undefined), false],
    [under({ recipients: ["ph"] }), false],
    [under({ recipients: ["kh"] }), true],
    [under({ recipients: ["kh"], notAfter: "2031-03-03" }), false],
    [under({ recipients: ["kh"], notAfter: "2031-03-04" }), true],
    [under({ recipients: ["kh"], victimSensitive: true }), false],
  ])("%j goes: %s", (handling, goes) => {
    expect(letsGo(handling, kh, now)).toBe(goes);
  });
});

test("a link goes only with both its ends", () => {
  const record = (id: string, kind: string, fields: object = {}) => ({ id, kind, fields });
  const content = {
    records: [
      record("a", "subject"),
      record("b", "selector"),
      record("ab", "link", { from: "a", to: "b" }),
      record("ac", "link", { from: "a", to: "c" }),
    ],
    items: [],
  } as unknown as Content;
  expect(withoutStopped(content, []).content.records.map((one) => one.id)).toEqual(["a", "b", "ab"]);
  const without = withoutStopped(content, [{ ...stop("called-back"), record: "b" as Id }]);
  expect(without.content.records.map((one) => one.id)).toEqual(["a"]);
});

test("the owner hands over while its offer stands, and in no other state but by its own signature", () => {
  const facts = { rests: false, proven: false };
  const due = new Date(now.getTime() + 1);
  const says = (state: HandOverState, more: object = {}, due_at: Date | null = due) =>
    heard({ state, due_at }, now, { ...facts, ...more });
  expect(says("pending")).toBe("hand");
  expect(says("pending", {}, new Date(now.getTime() - 1))).toBe("return");
  expect(says("pending", { rests: true })).toBe("return");
  expect(says("handed")).toBe("again");
  for (const state of [
    "submitted",
    "dropped",
    "declined",
    "taken-back",
    "returned",
    "undelivered",
  ] as const) {
    expect(says(state)).toBe("say");
    expect(says(state, { proven: true })).toBe("hand");
  }
});
