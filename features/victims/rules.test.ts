// At the desk's door: Buddhist years, other digits, impossible dates, names in several scripts, one name alone.
import type { NodeCode } from "@simpul/model";
import { describe, expect, test } from "vitest";
import type { Person } from "./contract.ts";
import { ageOf } from "./people.ts";
import { FactsShape } from "./kinds.ts";
import { finder } from "./finding.ts";
import { nextFor } from "./pages/next-steps.ts";
import { finds, folded, readBirth } from "./rules.ts";

const now = new Date("2031-03-04T03:00:00Z");

describe("a date of birth as people write it", () => {
  test.each([
    ["1998", "1998", "common"],
    ["4/1998", "1998-04", "common"],
    ["2/4/1998", "1998-04-02", "common"],
    ["1998-04-02", "1998-04-02", "common"],
    ["2541", "1998", "buddhist"],
    ["๒/๔/๒๕๔๑", "1998-04-02", "buddhist"],
    ["០២-០៤-១៩៩៨", "1998-04-02", "common"],
    ["၂၅၅၈", "2015", "buddhist"],
  ] as const)("%s is read as %s", (written, read, calendar) => {
    expect(readBirth(written, now)).toEqual({ written, read, calendar });
  });

  test.each([
    "31/2/1998",
    "1998-13-01",
    "2/4/2045",
    "1890",
    "4/3/98",
    "rainy season",
    "",
    "1998 2541",
    "5/3/2031",
  ])("%s is no date of a living person: kept as it was said, and counts for nothing", (written) => {
    expect(readBirth(written, now)).toEqual({ written, read: null, calendar: "unclear" });
  });

  test("a Buddhist year of a child makes a child, whatever was ticked; a year in doubt is a doubt", () => {
    const age = (written: string, ageSaid: "adult" | "not-said" | "doubt") =>
      ageOf({ ageSaid, born: readBirth(written, now) }, now);
    expect(age("2560", "adult")).toBe("child");
    expect(age("2013", "adult")).toBe("doubt");
    expect(age("1/3/2013", "not-said")).toBe("adult");
    expect(age("5/3/2013", "not-said")).toBe("child");
    expect(age("31/2/2020", "adult")).toBe("adult");
    expect(age("1990", "doubt")).toBe("doubt");
  });
});

test("names are found in every script, with and without accents, and a mononym is a whole name", () => {
  const words = folded("Nguyễn Thị Ánh\nនួន ស្រីពៅ\nSuharto\nသီတာ");
  for (const question of ["nguyen", "anh thi", "ស្រីពៅ", "suharto", "သီတာ"])
    expect(finds(words, question), question).toBe(true);
  expect(finds(words, "nguyen suhartono")).toBe(false);
  // A vowel sign of another script is a letter, not an accent.
  expect(folded("สิริ")).toBe("สิริ".normalize("NFKC"));
});

describe("she is found however it is spelt, and whoever is not like it is not", () => {
  const person = (text: string, born: string, document = ""): Person => ({
    ...{ id: text as Person["id"], pseudonym: "ID-7F3K-9Q2M", age: "adult", statuses: [], entries: [] },
    ...{ merged: [], since: "", changed: "" },
    facts: FactsShape.parse({
      names: [{ text, use: "own" }],
      born: readBirth(born, now),
      documents: document === "" ? [] : [{ type: "passport", number: document, state: null, held: "" }],
    }),
  });
  const people = [
    person("Nurul Hidayah", "2/4/1998", "X1234567"),
    person("Suharto", "1990"),
    person("ស្រីមុំ ចាន់", "2546"),
    person("พรพิมล ใจดี", "๑๒/๕/๒๕๔๖"),
    person("Mohamad Rizky Pratama", "1999-04-02"),
  ];
  const found = (question: string): Record<string, string> =>
    Object.fromEntries(
      people.flatMap((one) => {
        const how = finder(question, now)(one);
        return how === null ? [] : [[one.facts.names[0]!.text, how]];
      }),
    );
  test.each([
    ["nurul", { "Nurul Hidayah": "exact" }],
    ["Hidayat Nurul", { "Nurul Hidayah": "alike" }],
    ["Muhammad Rizki", { "Mohamad Rizky Pratama": "alike" }],
    ["Soeharto", { Suharto: "alike" }],
    ["Ahmad Suharto", { Suharto: "alike" }],
    ["Phonphimol", { "พรพิมล ใจดี": "alike" }],
    ["Srey Mom Chan", { "ស្រីមុំ ចាន់": "alike" }],
    ["12/5/2546", { "ស្រីមុំ ចាន់": "exact", "พรพิมล ใจดี": "exact" }],
    ["Pornpimol 2546", { "พรพิมล ใจดี": "alike" }],
    ["nurul 2541", { "Nurul Hidayah": "exact" }],
    ["nurul 2546", {}],
    ["X1234567", { "Nurul Hidayah": "exact" }],
    ["Xavier", {}],
  ] as const)("%s", (question, expected) => {
    expect(found(question)).toEqual(expected);
  });
});

describe("what helps next", () => {
  const of = (more: Partial<Parameters<typeof nextFor>[0]>): string[] =>
    nextFor({
      ...{
        id: "one" as Person["id"],
        age: "adult",
        elsewhere: null,
        statuses: [],
        testimonies: [],
        history: [],
      },
      facts: { needs: [], risks: [] },
      ...more,
    }).map(({ step }) => step);
  test("help stands before every question, and waits for none of them", () => {
    expect(of({})).toEqual(["now", "screen"]);
    expect(of({ facts: { needs: ["shelter"], risks: ["facing-charge"] } })).toEqual([
      "review",
      "help",
      "screen",
    ]);
    const told = [{ kind: "screening.told" }];
    expect(of({ history: told, facts: { needs: ["shelter"], risks: [] } })).toEqual(["help", "decide"]);
  });
  test("a doubt about age asks for a guardian; testimony and her wish follow once she is presumed", () => {
    expect(of({ age: "doubt" })[1]).toBe("guardian");
    expect(of({ statuses: [{ status: "presumed" }] })).toEqual(["now", "testimony", "home"]);
  });
  test("not being a victim still opens consular help; what another state presumes counts more", () => {
    expect(of({ statuses: [{ status: "not-identified" }] })).toEqual(["now", "consular", "home"]);
    const both = [{ status: "not-identified" } as const, { status: "presumed" } as const];
    expect(of({ statuses: both })).not.toContain("consular");
  });
  test("nothing is left to do here for whoever moved to another state's desk", () => {
    expect(of({ elsewhere: "kh" as NodeCode })).toEqual([]);
  });
});
