// The clock and others' terms, over values alone: what runs, what stops, and when a permission is one.
import { workedBetween, type Digest, type Handling, type Id, type NodeCode } from "@simpul/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readWorkDays } from "./calendars.ts";
import { readRequestCodes } from "./codes.ts";
import { reaches, type Clock, type Grant, type Reach } from "./contract.ts";
import {
  endClock,
  reachOf,
  resumeClock,
  several,
  startClock,
  stopClock,
  stopsCourt,
  stopsOnward,
  termsInWords,
} from "./rules.ts";
import { addDays, gapsOf, mondayOf, uncovered, whomToTell, type Reachable } from "./roster-rules.ts";

const codes = readRequestCodes();
const days = readWorkDays();
const counting = { states: ["id", "kh"] as NodeCode[], days, standing: "target" as const };
const at = new Date("2031-02-20T00:00:00.000Z");
const later = (ms: number): Date => new Date(at.getTime() + ms);
const hour = 3_600_000;

test("the slowest of what is asked for decides the clock, and what no catalogue knows is another authority's", () => {
  const { categories, clocks } = codes;
  expect(reachOf(["identity"], categories)).toBe("direct");
  expect(reachOf(["identity", "bank-statements", "vehicles"], categories)).toBe("judicial-order");
  expect(reachOf(["something-new"], categories)).toBe("other-authority");
  const begun = (reach: Reach, urgent: boolean) => startClock(clocks, { reach, urgent }, at, counting);
  expect(begun("direct", true).due).toBe("2031-02-20T08:00:00.000Z");
  expect(begun("private-party", true).due).toBe("2031-02-23T00:00:00.000Z");
  // Thursday morning, and the weekend of both states does not count.
  expect(begun("private-party", false)).toMatchObject({
    due: "2031-02-27T00:00:00.000Z",
    standing: "target",
    days: { states: ["id", "kh"], version: days.version, entered: false },
  });
});

test("a limit counts only days that both states work, each by its own calendar", () => {
  const ask = (states: string[], from: string) =>
    startClock(codes.clocks, { reach: "direct", urgent: false }, new Date(from), {
      ...counting,
      states: states as NodeCode[],
    });
  // Cambodia's water festival, Monday to Wednesday, holds it up towards Indonesia as well.
  expect(ask(["id", "kh"], "2026-11-20T03:00:00Z")).toMatchObject({
    due: "2026-12-02T03:00:00.000Z",
    days: { entered: true },
  });
  // Manila's Saturday begins an hour before Jakarta's, and Jakarta's Monday an hour after Manila's.
  expect(ask(["id", "ph"], "2026-11-20T03:00:00Z").due).toBe("2026-11-27T04:00:00.000Z");
  // Received on a Saturday, it begins on Monday where Monday begins last.
  expect(ask(["id", "th"], "2026-11-14T03:00:00Z").due).toBe("2026-11-20T17:00:00.000Z");
  // Brunei rests on Friday and Sunday.
  expect(ask(["bn", "id"], "2026-11-12T03:00:00Z").due).toBe("2026-11-23T03:00:00.000Z");
});

test("however often it is stopped, a clock gives its limit and not a second more", () => {
  const pauses = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 9_000_000 })),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...reaches), fc.boolean(), pauses, (reach, urgent, list) => {
      let clock = startClock(codes.clocks, { reach, urgent }, at, counting);
      const calendars = clock.limit.unit === "working-days" ? days.of(counting.states) : [];
      const whole = workedBetween(at, new Date(clock.due!), calendars);
      let now = at.getTime();
      let ran = 0;
      for (const [runs, rests] of list) {
        const from = now;
        now += runs * 1000;
        ran += workedBetween(new Date(from), new Date(now), calendars);
        clock = stopClock(clock, new Date(now), "stopped", null, days);
        expect(clock.due).toBeNull();
        now += rests * 1000;
        clock = resumeClock(clock, new Date(now), days);
      }
      const left = workedBetween(new Date(now), new Date(clock.due!), calendars);
      if (ran < whole) expect(ran + left).toBe(whole);
      else expect(left).toBe(0);
    }),
  );
});

test("a clock that ended in time is not over because somebody looks later", () => {
  const clock = startClock(codes.clocks, { reach: "direct", urgent: true }, at, counting);
  expect(endClock(clock, later(7 * hour)).over).toBe(false);
  expect(endClock(clock, later(9 * hour)).over).toBe(true);
  const stopped = stopClock(clock, later(9 * hour), "stopped", null, days);
  expect(endClock(stopped, later(900 * hour)).over).toBe(true);
});

const [id, kh, ph, th] = ["id", "kh", "ph", "th"] as NodeCode[] as [NodeCode, NodeCode, NodeCode, NodeCode];
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: "g" as Id,
  originator: kh,
  holder: id,
  record: "r" as Id,
  version: "v" as Digest,
  action: "onward",
  recipients: [ph],
  court: null,
  thread: null,
  conditions: "",
  notAfter: null,
  at: at.toISOString(),
  signed: "",
  ...more,
});
const held = (handling: Handling, ...grants: Grant[]) => ({
  id: "r" as Id,
  originator: kh,
  version: "v" as Digest,
  handling,
  grants,
});
const h2: Handling = { codes: ["H1", "H2"] };
const here = { code: id, now: at };
const h3 = (conditions: Handling["conditions"]): Handling => ({
  codes: ["H3"],
  text: "as agreed",
  conditions: conditions!,
});

test.each<[string, ReturnType<typeof held>, NodeCode[], ReturnType<typeof stopsOnward>]>([
  ["H0 goes anywhere", held({ codes: ["H0"] }), [ph, th], null],
  ["H1 alone may be passed on", held({ codes: ["H1"] }), [ph], null],
  [
    "H2 stops, for each state that was not permitted",
    held(h2, grant()),
    [ph, th],
    { because: "H2", recipients: [th] },
  ],
  ["back to its originator nothing stops", held(h2), [kh], null],
  ["a permission for it opens the way", held(h2, grant()), [ph], null],
  [
    "one for an older version does not",
    held(h2, grant({ version: "w" as Digest })),
    [ph],
    { because: "H2", recipients: [ph] },
  ],
  [
    "one given to another state does not",
    held(h2, grant({ holder: ph })),
    [ph],
    { because: "H2", recipients: [ph] },
  ],
  [
    "one for court use does not",
    held(h2, grant({ action: "court" })),
    [ph],
    { because: "H2", recipients: [ph] },
  ],
  [
    "one whose period is over does not",
    held(h2, grant({ notAfter: "2031-02-19T23:59:59.999Z" })),
    [ph],
    { because: "H2", recipients: [ph] },
  ],
  [
    "H3 names its recipients",
    held(h3({ recipients: ["th"] })),
    [ph, th],
    { because: "H3-recipient", recipients: [ph] },
  ],
  [
    "H3 with a purpose that is not this",
    held(h3({ purposes: ["prosecution"] })),
    [ph],
    { because: "H3-purpose", recipients: [ph] },
  ],
  [
    "H3 whose period is over lets nothing go, permitted or not",
    held(h3({ notAfter: "2031-02-18" }), grant()),
    [ph],
    { because: "H3-period", recipients: [ph] },
  ],
  ["H3 on its last day still holds", held(h3({ notAfter: "2031-02-20" })), [ph], null],
  [
    "what touches a victim stays",
    held(h3({ victimSensitive: true }), grant()),
    [ph],
    { because: "protected", recipients: [ph] },
  ],
])("%s", (_, one, to, stop) => {
  expect(stopsOnward(one, to, "crime-investigation", here)).toEqual(stop);
});

test("court use asks for its own permission, and a permission ends with its last moment", () => {
  const court = grant({ action: "court", recipients: [], notAfter: "2031-02-21T23:59:59.999Z" });
  expect(stopsCourt(held(h2, grant()), here)).toBe("H1");
  expect(stopsCourt(held(h2, court), here)).toBeNull();
  expect(stopsCourt(held(h2, court), { ...here, now: later(48 * hour) })).toBe("H1");
  expect(stopsCourt(held(h2, court), { ...here, code: ph })).toBe("H1");
  expect(stopsCourt(held({ codes: ["H2"] }), here)).toBeNull();
  expect(termsInWords(held(h2, court), here)).toMatchObject({ court: true, onward: [], agencyOnly: true });
});

test("of one request to several states she sees how many had their last word, and the clock that ends first", () => {
  const clock = (due: string, state: "running" | "stopped" = "running") =>
    ({ ...startClock(codes.clocks, { reach: "direct", urgent: true }, at, counting), due, state }) as Clock;
  const early = clock("2031-03-01T00:00:00.000Z");
  const threads = [
    { state: "in-work" as const, outcome: null, clock: clock("2031-03-09T00:00:00.000Z") },
    { state: "opened" as const, outcome: null, clock: early },
    { state: "clarification" as const, outcome: null, clock: clock("2031-02-21T00:00:00.000Z", "stopped") },
    { state: "refused" as const, outcome: null, clock: null },
    { state: "answered" as const, outcome: "none-held" as const, clock: null },
  ];
  expect(several(threads)).toEqual({ left: 5, said: 2, next: early });
  expect(several([{ state: "draft", outcome: null, clock: null }])).toEqual({ left: 0, said: 0, next: null });
});

test("whoever is on duty is told, or her stand-in; with nobody there everybody of the desk is, and somebody always is", () => {
  const [a, b, c] = ["a", "b", "c"] as Id[];
  const of = (id: Id, more: Partial<Reachable> = {}): Reachable => ({
    ...{ id, onDuty: false, away: false, standIn: null },
    ...more,
  });
  const told = (...found: Reachable[]) => whomToTell(found).map((one) => [one.officer, one.insteadOf]);
  expect(told(of(a!, { onDuty: true }), of(b!))).toEqual([[a, null]]);
  expect(told(of(a!, { onDuty: true, away: true, standIn: c! }), of(b!))).toEqual([[c, a]]);
  expect(told(of(a!, { onDuty: true, away: true }), of(b!))).toEqual([[b, null]]);
  expect(told(of(a!), of(b!, { away: true }))).toEqual([[a, null]]);
  expect(told(of(a!, { away: true }), of(b!, { onDuty: true, away: true }))).toHaveLength(2);
  const anybody = fc.record({ onDuty: fc.boolean(), away: fc.boolean(), standIn: fc.constantFrom(null, c!) });
  fc.assert(
    fc.property(fc.array(anybody, { minLength: 1, maxLength: 5 }), (all) => {
      expect(whomToTell(all.map((one, n) => ({ ...one, id: String(n) as Id }))).length).toBeGreaterThan(0);
    }),
  );
});

test("hours are either covered by somebody who is there or named as a gap, never both, never neither", () => {
  const week = { from: 0, until: 168 };
  const officer = fc.constantFrom("a" as Id, "b" as Id);
  const spans = fc.array(
    fc.record({ officer, from: fc.integer({ min: -20, max: 170 }), length: fc.integer({ min: 1, max: 24 }) }),
    { maxLength: 12 },
  );
  const spanned = (all: { officer: Id; from: number; length: number }[]) =>
    all.map(({ officer: who, from, length }) => ({ officer: who, from, until: from + length }));
  fc.assert(
    fc.property(spans, spans, (on, off) => {
      const [shifts, absences] = [spanned(on), spanned(off)];
      const gaps = gapsOf(week, shifts, absences);
      for (let at = 0; at < 168; at++) {
        const here = (one: { from: number; until: number }) => one.from <= at && at < one.until;
        const somebody = shifts.some(
          (one) => here(one) && !absences.some((gone) => gone.officer === one.officer && here(gone)),
        );
        expect(gaps.some(here)).toBe(!somebody);
      }
    }),
  );
  expect(uncovered(week, [{ from: -5, until: 200 }])).toEqual([]);
  expect([mondayOf("2031-07-07"), mondayOf("2031-07-13"), addDays("2031-07-13", 1)]).toEqual([
    "2031-07-07",
    "2031-07-07",
    "2031-07-14",
  ]);
});
