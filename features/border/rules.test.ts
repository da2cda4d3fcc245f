// What a border check answers, from values alone.
import { nameBirthKey } from "@simpul/match/names";
import { documentKey, holderOf } from "@simpul/match/profiles";
import { Id } from "@simpul/model";
import { describe, expect, test } from "vitest";
import { asKept, unusedBecause } from "../watch-lists/rules.ts";
import { isWeak, type ListInUse, type WatchEntry } from "../watch-lists/contract.ts";
import { keepPace } from "./pace.ts";
import { answerOf, indexOf, judge, travellerOf, type Traveller } from "./rules.ts";
import { zoneOf } from "./testing.ts";

const now = new Date("2031-05-01T03:00:00Z");
const id = (n: number): Id => Id.parse(`00000000-0000-7000-8000-${String(n).padStart(12, "0")}`);
const entry = (n: number, more: Partial<WatchEntry> = {}): WatchEntry & { id: Id } => ({
  ...{ id: id(n), role: "suspect", name: "Marco Exercise Dela Cruz", birth: "1988-02-17" },
  ...{ document: "passport:PHL:P1234567A", evaluation: "B2", legalBasis: "EXERCISE", review: "2031-09-01" },
  ...{ whatToDo: "ask-aside", note: "", ...more },
});
const list = (...entries: (WatchEntry & { id: Id })[]): ListInUse => ({
  ...{ id: id(99), origin: "ph" as never, title: "EXERCISE", call: "+63 2 0000", stays: null, entries },
  until: "2031-12-31T23:59:59Z",
});
const who = (more: Partial<Traveller> = {}): Traveller => ({
  ...{
    document: "passport:PHL:P7654321B",
    name: "Somebody Else",
    birth: "1990-01-01",
    expired: false,
    stateKnown: true,
    ...more,
  },
});
const answer = (entries: (WatchEntry & { id: Id })[], traveller: Traveller) =>
  answerOf(judge(indexOf([list(...entries)]), traveller, now));

describe("one person and the lists at hand", () => {
  test.each<[string, Partial<WatchEntry>, Partial<Traveller>, string]>([
    ["nobody whom a list knows", {}, {}, "nothing"],
    ["the number of a listed passport", {}, { document: "passport:PHL:P1234567A", birth: null }, "listed"],
    ["that number with another birthday", {}, { document: "passport:PHL:P1234567A" }, "compare"],
    ["the number on a card", {}, { document: "card:PHL:P1234567A", birth: "1988-02-17" }, "listed"],
    [
      "the number under letters of no state",
      {},
      { document: "passport:PHI:P1234567A", birth: "1988-02-17", stateKnown: false },
      "compare",
    ],
    [
      "name and birthday, names turned",
      {},
      { name: "DELA CRUZ MARCO EXERCISE", birth: "1988-02-17" },
      "compare",
    ],
    ["the birthday alone", {}, { birth: "1988-02-17" }, "nothing"],
    ["the name alone", {}, { name: "Marco Exercise Dela Cruz" }, "nothing"],
    ["EV-6: graded C", { evaluation: "C1" }, { document: "passport:PHL:P1234567A" }, "nothing"],
    ["EV-6: graded X", { evaluation: "X1" }, { document: "passport:PHL:P1234567A" }, "nothing"],
    ["EV-6: graded 4", { evaluation: "A4" }, { document: "passport:PHL:P1234567A" }, "nothing"],
    ["RET-1: past its review", { review: "2031-04-30" }, { document: "passport:PHL:P1234567A" }, "nothing"],
  ])("%s", (_, of, traveller, expected) => expect(answer([entry(1, of)], who(traveller))).toBe(expected));

  test("a weak entry is shown beside a firm one, and alone it is not", () => {
    const traveller = who({ document: "passport:PHL:P1234567A", birth: "1988-02-17" });
    const found = judge(indexOf([list(entry(1), entry(2, { evaluation: "C4" }))]), traveller, now);
    expect(found.map((one) => one.entry.id)).toEqual([id(1), id(2)]);
  });

  test("a list that ended since it was loaded rests", () => {
    const over = { ...list(entry(1)), until: "2031-04-30T23:59:59Z" };
    expect(judge(indexOf([over]), who({ document: "passport:PHL:P1234567A" }), now)).toEqual([]);
  });
});

test("the zone says number, name and birthday; a digit read wrongly is asked for again", () => {
  const zone = zoneOf({
    number: "P1234567A",
    family: "DELA CRUZ",
    given: "MARCO",
    birth: "880217",
    ends: "300101",
  });
  expect(holderOf(zone, "2031-05-01")).toMatchObject({
    birth: "1988-02-17",
    nationality: "PHL",
    expired: true,
  });
  expect(travellerOf({ zone }, "2031-05-01")).toMatchObject({
    ...{ document: "passport:PHL:P1234567A", name: "DELA CRUZ MARCO", expired: true },
  });
  expect(() => travellerOf({ zone: zone.replace("P1234567A", "P1234568A") }, "2031-05-01")).toThrow(
    "ZONE_MISREAD",
  );
  expect(() => travellerOf({ zone: zone.slice(0, 60) }, "2031-05-01")).toThrow("ZONE_MISREAD");
  expect(() => travellerOf({ name: "Only a name" }, "2031-05-01")).toThrow("NOTHING_TO_CHECK");
});

/** What no ISO 3166-1 code is: Germany's letter, the specimen, and ICAO's list (Doc 9303 part 3, section 5, parts B to D). */
const further =
  "D UTO EUE GBD GBN GBO GBP GBS RKS UNA UNK UNO XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO XXA XXB XXC XXX";
test.each([
  ...[...further.split(" "), "GUM", "MSR"].map((code): [string, boolean] => [code, true]),
  ["PHI", false],
])(
  "a zone of %s is read when its digits fit; letters of no state are said (ICAO 9303 part 3)",
  (issuer, stateKnown) => {
    const about = { number: "P1234567A", family: "EXERCISE", given: "MARCO", birth: "880217" };
    const zone = zoneOf({ ...about, issuer: issuer.padEnd(3, "<") });
    const read = travellerOf({ zone }, "2031-05-01");
    expect(read).toMatchObject({ stateKnown, birth: "1988-02-17" });
    expect(read.document).toBe(`passport:${issuer === "D" ? "DEU" : issuer}:P1234567A`);
    const wrong = zone.replace("P1234567A", "P1234568A");
    expect(() => travellerOf({ zone: wrong }, "2031-05-01")).toThrow("ZONE_MISREAD");
  },
);

test("an entry needs a number or a name with a birthday, and a review within a year", () => {
  const { id: _, ...plain } = entry(1);
  expect(asKept({ ...plain, document: "passport PHL P1234567A" }, "2031-05-01").document).toBe(
    "passport:PHL:P1234567A",
  );
  const bad = (more: Partial<WatchEntry>) => () => asKept({ ...plain, ...more }, "2031-05-01");
  expect(bad({ document: null, birth: null })).toThrow("ENTRY_UNFINDABLE");
  expect(bad({ document: "12" })).toThrow("NOT_A_DOCUMENT");
  expect(bad({ review: "2031-05-01" })).toThrow("DAY_OUT_OF_RANGE");
  expect(bad({ review: "2032-06-01" })).toThrow("DAY_OUT_OF_RANGE");
  expect(bad({ birth: "2031-06-01" })).toThrow("DAY_OUT_OF_RANGE");
});

test("keys are the same whatever the order of names and the kind of paper", () => {
  expect(nameBirthKey("Marco Dela Cruz", "1988-02-17")).toBe(nameBirthKey("DELA CRUZ, MARCO", "1988-02-17"));
  expect(nameBirthKey("Marco", null)).toBeNull();
  expect(documentKey("card:PHL:P1")).toBe(documentKey("passport:PHL:P1"));
  expect(["A1", "B3", "C1", "X2", "A4"].map(isWeak)).toEqual([false, false, true, true, true]);
});

test("zones of three lines, of two of 36 and of two of 44 letters are read; any digit misread is scanned again, and finds nobody", () => {
  const zones = {
    TD1: "I<PHLD231458907<<<<<<<<<<<<<<<\n7408122F3404159PHL<<<<<<<<<<<2\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    TD2: "I<PHLERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907PHL7408122F3404159<<<<<<<2",
    TD3: "P<PHLERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36PHL7408122F3404159ZE184226B<<<<<16",
  };
  for (const [kind, zone] of Object.entries(zones)) {
    // A scanner may write small letters and set spaces.
    const read = travellerOf({ zone: zone.toLowerCase().replace("\n", " \r\n ") }, "2031-03-04");
    expect(read, kind).toMatchObject({ name: "ERIKSSON ANNA MARIA", birth: "1974-08-12", expired: false });
    expect(read.document, kind).toMatch(/^(card:PHL:D23145890|passport:PHL:L898902C3)$/);
    const digits = [...zone.matchAll(/\d/g)].map(({ index }) => index);
    expect(digits.length, kind).toBeGreaterThan(20);
    for (const at of digits) {
      const wrong = zone.slice(0, at) + String((Number(zone[at]) + 1) % 10) + zone.slice(at + 1);
      expect(() => travellerOf({ zone: wrong }, "2031-03-04"), `${kind} ${at}`).toThrow("ZONE_MISREAD");
    }
  }
});

test("HIT-5: more than an officer can check in an hour is refused, and told once", async () => {
  const told: string[] = [];
  const alarm = ({ kind }: { kind: string }) => Promise.resolve(void told.push(kind));
  let at = now.getTime();
  const node = { alarm, clock: { now: () => new Date(at) } };
  for (let n = 0; n < 240; n++) await keepPace(node, id(7), null);
  await expect(keepPace(node, id(7), null)).rejects.toThrow("COUNTING");
  await expect(keepPace(node, id(7), null)).rejects.toThrow("COUNTING");
  expect(told).toEqual(["border-pace"]);
  at += 3_600_001;
  await keepPace(node, id(7), null);
});

test("a list that is expired, recalled or unsigned is not used", () => {
  const until = new Date("2031-06-01");
  expect(unusedBecause({ state: "active", until, signed: true }, now)).toBeNull();
  expect(unusedBecause({ state: "active", until, signed: false }, now)).toBe("unsigned");
  expect(unusedBecause({ state: "active", until: now, signed: true }, now)).toBe("expired");
  expect(unusedBecause({ state: "active", until, signed: true, stolen: true }, now)).toBe("key-stolen");
  expect(unusedBecause({ state: "recalled", until, signed: true }, now)).toBe("recalled");
});
