// Which records are one thing, and that nobody who may be a victim is ever among them.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HolderRole, Id } from "@simpul/model";
import type { Seen, SeenThing } from "./contract.ts";
import { gather } from "./gather.ts";
import { daysNamed, daysOf, standsOn } from "./rules.ts";

const id = (text: string): Id => text as Id;
const thing = (record: string, within: string, more: Partial<SeenThing>): SeenThing => ({
  ...{ record: id(record), in: id(within), kind: "person", role: "suspect", names: [], value: null },
  ...{ birth: null, country: null, position: null, holder: null, apart: false },
  ...more,
});
const named = (text: string): Pick<SeenThing, "names"> => ({ names: [{ text, language: "en" }] });
const seen = (...things: SeenThing[]): Seen => ({
  whence: ["a", "b"].map((one) => ({ id: id(one), number: one, title: "EXERCISE", to: `/cases/${one}` })),
  things,
  links: [],
  more: false,
});
const sets = (of: Seen): string[] =>
  gather([of]).all.map((one) => one.things.map((each) => each.record).join("+"));
const phone = (record: string, within: string, more: Partial<SeenThing> = {}): SeenThing =>
  thing(record, within, { kind: "phone", value: "phone +6285400001777", ...named("+62"), ...more });

test("a value is one wherever it stands; one that is not whole is nowhere else", () => {
  expect(sets(seen(phone("1", "a"), phone("2", "b")))).toEqual(["1+2"]);
  expect(sets(seen(phone("1", "a"), phone("2", "b", { value: null })))).toEqual(["1", "2"]);
});

test("a record of a case that was put into a space is one statement, not two", () => {
  const both = gather([seen(phone("1", "a")), seen(phone("1", "b"), phone("2", "b"))]);
  expect(both.all.map((one) => one.things.map((each) => `${each.record} ${each.in}`))).toEqual([
    ["1 a", "2 b"],
  ]);
});

test("persons are one by a document or by name and whole day of birth, in any order of the name; never by name alone", () => {
  const born = { birth: "1988-01-01" };
  const one = thing("1", "a", { ...named("Chen Wei"), ...born });
  expect(sets(seen(one, thing("2", "b", { ...named("WEI CHEN"), ...born })))).toEqual(["1+2"]);
  expect(sets(seen(one, thing("2", "b", { ...named("Chen Wei"), birth: "1988" })))).toEqual(["1", "2"]);
  expect(sets(seen(one, thing("2", "b", named("Chen Wei"))))).toEqual(["1", "2"]);
  const passport = (record: string, within: string, holder: string): SeenThing =>
    thing(record, within, { kind: "document", value: "document CN E1", holder: id(holder), ...named("E1") });
  const other = thing("2", "b", named("Tan Wei"));
  expect(sets(seen(one, other, passport("3", "a", "1"), passport("4", "b", "2")))).toEqual(["1+2", "3+4"]);
});

test("organisations are one by name, sites by name within a country or by spots that lie in each other", () => {
  const company = (record: string, within: string) =>
    thing(record, within, { kind: "organisation", ...named("Golden Palm Ltd") });
  expect(sets(seen(company("1", "a"), company("2", "b")))).toEqual(["1+2"]);
  const site = (record: string, name: string, country: string, latitude: number, radius: number) =>
    thing(record, "a", {
      ...{ kind: "place", role: null, country, ...named(name) },
      position: { latitude, longitude: 103.5, radius },
    });
  expect(
    sets(seen(site("1", "Palm Park", "KH", 10.6, 5000), site("2", "Palm Park", "KH", 11, 5000))),
  ).toEqual(["1+2"]);
  expect(
    sets(seen(site("1", "Palm Park", "KH", 10.6, 5000), site("2", "Palm Park", "LA", 18, 5000))),
  ).toEqual(["1", "2"]);
  expect(
    sets(seen(site("1", "Gate B", "KH", 10.6, 200), site("2", "East gate", "KH", 10.6008, 200))),
  ).toEqual(["1+2"]);
  expect(
    sets(seen(site("1", "Gate B", "KH", 10.6, 200), site("2", "East gate", "KH", 10.6008, 5000))),
  ).toEqual(["1", "2"]);
});

test("who is a victim, a witness or family in one case stands in no other, and nothing that she holds", () => {
  fc.assert(
    fc.property(fc.constantFrom<HolderRole>("victim", "witness", "family"), fc.boolean(), (role, order) => {
      // In one case a suspect holds the passport, in the other it is a victim's: he may be she.
      const [a, b] = order ? ["a", "b"] : ["b", "a"];
      const suspect = thing("1", a, named("Rizki"));
      const protectedOne = thing("2", b, { role });
      const passport = { kind: "document", value: "document ID X1", ...named("X1") } as const;
      const things = [
        suspect,
        protectedOne,
        thing("3", a, { ...passport, holder: id("1") }),
        thing("4", b, { ...passport, holder: id("2"), role }),
        phone("5", a, { holder: id("1") }),
        phone("6", a, { holder: id("2") }),
        thing("7", a, { kind: "wallet", value: "wallet T1", ...named("T1") }),
      ];
      expect(sets(seen(...things))).toEqual(["7"]);
    }),
  );
});

test("what its originator keeps from automated matching is left out", () => {
  expect(sets(seen(phone("1", "a"), phone("2", "b", { apart: true })))).toEqual(["1"]);
});

test("the order in which cases come changes nothing", () => {
  const things = [phone("1", "a"), phone("2", "b"), thing("3", "a", named("Chen Wei")), phone("4", "b")];
  fc.assert(
    fc.property(fc.shuffledSubarray(things, { minLength: 4, maxLength: 4 }), (mixed) => {
      expect(sets(seen(...mixed))).toEqual(sets(seen(...things)));
    }),
  );
});

test("a day lies before, within or after what was stated, as far as that is known", () => {
  expect(daysOf("2031-02")).toEqual({ from: "2031-02-01", to: "2031-02-28" });
  expect(daysOf("2031~")).toEqual({ from: "2031-01-01", to: "2031-12-31" });
  const on = (began: string | null, ended: string | null) => standsOn("2031-02-05", { began, ended });
  expect(on("2031-02", null)).toBe("standing");
  expect(on("2031-02-06", null)).toBe("later");
  expect(on("2030", "2031-01")).toBe("over");
  expect(on(null, null)).toBe("unknown");
  expect(
    daysNamed([
      { began: "2031-02", ended: null },
      { began: "2030", ended: "2031-01" },
    ]),
  ).toEqual(["2030-01-01", "2031-01-31", "2031-02-01"]);
});
