// What follows from a plan, its votes and the time; the same instant on every clock, and cells that find what lies near.
import { NodeCode } from "@simpul/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reception, ReportCounts, Site } from "./contract.ts";
import {
  askedCells,
  disagreements,
  fitsWindow,
  heldCells,
  hindrancesOf,
  instantIn,
  readPlace,
  receptionLacks,
  stateOf,
  tallyOf,
  timeOfEntry,
  wallIn,
  weeksOf,
} from "./rules.ts";

const [id, kh, ph] = ["id", "kh", "ph"].map((code) => NodeCode.parse(code)) as [NodeCode, NodeCode, NodeCode];
const window = { starts: "2031-07-09T19:30:00.000Z", ends: "2031-07-12T10:00:00.000Z" };
const at = (text: string): Date => new Date(text);

test("a window begins at one instant, whatever zone her device is set to; each state reads it on its own clock", () => {
  expect(instantIn(kh, "2031-07-10T02:30")).toBe("2031-07-09T19:30:00.000Z");
  expect(instantIn(ph, "2031-07-10T03:30")).toBe("2031-07-09T19:30:00.000Z");
  expect(wallIn(ph, window.starts)).toBe("2031-07-10T03:30");
  expect(wallIn(NodeCode.parse("mm"), window.starts)).toBe("2031-07-10T02:00");
  for (const bad of ["2031-07-10", "tomorrow", "2031-13-41T99:99", "2031-07-10T02:30Z"])
    expect(instantIn(kh, bad), bad).toBeNull();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000_000 }), fc.constantFrom(id, kh, ph), (minute, state) => {
      const instant = new Date(minute * 60_000).toISOString();
      expect(instantIn(state, wallIn(state, instant))).toBe(instant);
    }),
  );
});

test("its state follows from every state's go to this version, and from the time", () => {
  const of = {
    ...{ kept: "ready" as const, window, parties: [id, kh], version: 2, reported: [] as NodeCode[] },
    votes: [
      { node: id, version: 2, go: true },
      { node: kh, version: 2, go: true },
    ],
  };
  const old = { ...of, votes: [of.votes[0]!, { node: kh, version: 1, go: true }] };
  const no = { ...of, votes: [of.votes[0]!, { node: kh, version: 2, go: false }] };
  const table = [
    [of, "2031-07-09T19:29:59Z", "approved"],
    [of, "2031-07-09T19:30:00Z", "running"],
    [of, "2031-07-12T10:00:00Z", "ended"],
    [{ ...of, reported: [id, kh] }, "2031-07-13T10:00:00Z", "reported"],
    [old, "2031-07-10T00:00:00Z", "ready"],
    [no, "2031-07-10T00:00:00Z", "ready"],
    [no, "2031-07-13T00:00:00Z", "lapsed"],
    [{ ...of, kept: "recalled" as const }, "2031-07-10T00:00:00Z", "recalled"],
  ] as const;
  for (const [one, when, state] of table) expect(stateOf(one, at(when)), `${when} ${state}`).toBe(state);
});

const reception: Reception = {
  shelters: [{ name: "hall", places: 300 }],
  interpreters: [{ language: "id", people: 2 }],
  screeners: 4,
  medical: "two doctors",
  contact: "",
};
const site: Site = {
  ...{
    id: "0197f3a2-0000-7000-8000-000000000001" as Site["id"],
    node: kh,
    state: kh,
    label: "gate B",
    area: "",
  },
  place: { lat: 11.5561, lon: 104.9282 },
  authority: {
    authority: "court",
    warrant: "W-17",
    from: "2031-07-01T00:00:00Z",
    until: "2031-07-20T00:00:00Z",
  },
  ...{ commander: "Chan Vanna", teams: [{ name: "entry", people: 12, task: "" }], taken: false },
};
const facts = {
  ...{ own: kh, lead: id, state: "ready" as const, window, fallback: "phone", sites: [site], reception },
  ...{ compared: true, cleared: true, targetsStand: true },
};

test("no go without what protects people and what the law asks for (OP-1, OP-2)", () => {
  const now = at("2031-07-08T00:00:00Z");
  const ends = (until: string) => ({ ...site, authority: { ...site.authority!, until } });
  const table = [
    [{}, []],
    [{ reception: null }, ["no-reception"]],
    [{ reception: { ...reception, shelters: [] } }, ["no-reception"]],
    [{ sites: [ends("2031-07-12T09:59:59Z")] }, ["authority-expired"]],
    [{ sites: [ends("2031-07-12T10:00:00Z")] }, []],
    [{ sites: [{ ...site, authority: null }] }, ["no-authority"]],
    [{ sites: [{ ...site, commander: " ", teams: [] }] }, ["no-command", "no-team"]],
    [{ compared: false, cleared: false }, ["not-compared"]],
    [{ cleared: false }, ["not-cleared"]],
    [{ fallback: "" }, ["no-fallback"]],
    // A state on whose ground nothing happens receives nobody.
    [{ own: id, reception: null }, []],
    [{ own: id, sites: [], reception: null }, ["no-site"]],
  ] as const;
  for (const [more, found] of table)
    expect(hindrancesOf({ ...facts, ...more } as typeof facts, now), JSON.stringify(more)).toEqual(found);
  expect(hindrancesOf(facts, at("2031-07-12T10:00:00Z"))).toEqual(["window-past"]);
  expect(receptionLacks(null)).toEqual(["shelters", "interpreters", "screeners", "medical"]);
});

test("a line keeps the time at which it was written; a clock that is ahead is set to the node's", () => {
  const now = at("2031-07-10T05:00:00Z");
  expect(timeOfEntry(at("2031-07-10T03:00:00Z"), now)).toEqual({
    at: at("2031-07-10T03:00:00Z"),
    clockOff: false,
  });
  expect(timeOfEntry(at("2031-07-10T12:00:00Z"), now)).toEqual({ at: now, clockOff: true });
  expect(fitsWindow(at("2031-07-09T19:29:00Z"), window, now)).toBe(false);
  expect(fitsWindow(at("2031-07-10T03:00:00Z"), window, at("2031-07-14T09:00:00Z"))).toBe(true);
  expect(fitsWindow(at("2031-07-10T03:00:00Z"), window, at("2031-07-14T11:00:00Z"))).toBe(false);
  const line = (met: number) => ({ counts: { checks: 0, met, items: 0 } });
  expect(tallyOf([line(312), line(-3)]).met).toBe(309);
  expect(tallyOf([line(2), line(-3)]).met).toBe(0);
});

test("figures that contradict each other are named", () => {
  const counts = {
    ...{ sites: 1, checked: 0, met: 309, victims: 120, possible: 160, "not-victims": 29, children: 1 },
    ...{ arrests: 4, items: 2, exhibits: 2, accounts: 0 },
  } satisfies ReportCounts;
  expect(disagreements(counts)).toEqual([]);
  expect(disagreements({ ...counts, victims: 121, children: 310, exhibits: 3 })).toEqual([
    "screened",
    "children",
    "exhibits",
  ]);
});

test("two sites within a cell's side and a week always meet; far places and other weeks never do", () => {
  expect(weeksOf(at("2031-07-06T23:00:00Z"), at("2031-07-07T01:00:00Z"))).toEqual([
    "2031-06-30",
    "2031-07-07",
  ]);
  expect(readPlace("11.5564, 104.9282")).toEqual({ lat: 11.5564, lon: 104.9282 });
  for (const bad of ["", "here", "91.0, 10", "11.5"]) expect(readPlace(bad), bad).toBeNull();
  const near = fc.double({ min: -0.0199, max: 0.0199, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: -170, max: 170, noNaN: true }),
      ...([near, near] as const),
      fc.integer({ min: -3, max: 3 }),
      (lat, lon, dLat, dLon, days) => {
        const moved = (text: string): string => new Date(Date.parse(text) + days * 86_400_000).toISOString();
        const held = heldCells({ lat, lon }, window);
        const other = { starts: moved(window.starts), ends: moved(window.ends) };
        const asked = new Set(askedCells({ lat: lat + dLat, lon: lon + dLon }, other));
        expect(held.some((cell) => asked.has(cell))).toBe(true);
        const far = new Set(askedCells({ lat: lat + 0.05, lon }, window));
        expect(held.some((cell) => far.has(cell))).toBe(false);
      },
    ),
  );
});
