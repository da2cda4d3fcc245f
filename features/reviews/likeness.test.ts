// Two records of one person are put side by side whatever the script, the spelling or the calendar; others are left alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReviewedPerson } from "./contract.ts";
import { birthLike, findKeys, likeness } from "./likeness.ts";

const person = (text: string, more: Partial<ReviewedPerson> = {}): ReviewedPerson => ({
  ...{ names: [{ text, language: "id" }], birth: null, nationalities: [], documents: [], phones: [] },
  ...more,
});

test.each([
  ["Muhammad Rizki Pratama", "Mohamad Rizky Pratama", "1999-04-02", "1999-04-02", "name-near"],
  ["Pratama, Rizky", "Rizky Pratama", "1999-04-02", null, "name-same"],
  ["Siti Nurhaliza", "Siti Noerhaliza binti Ahmad", "2001-03-11", "2001-11-03", "name-near"],
  ["សុខ ដារា", "សុខដារា", null, null, "name-same"],
  ["Nguyễn Văn An", "NGUYEN VAN AN", "1990", "1990-05-05", "name-same"],
  ["Suparman", "Suparman", "1980-01-01", "1980-01-01", "name-same"],
  ["สมชาย ใจดี", "สมชาย ใจดี", "2540-02-03", "1997-02-03", "name-same"],
])("%s and %s are looked at side by side", (a, b, x, y, why) => {
  const nation = { nationalities: ["ID"] };
  const [one, two] = [person(a, { birth: x, ...nation }), person(b, { birth: y, ...nation })];
  expect(likeness(one, two)).toContain(why);
  // Whoever is to be looked at is found by a key, so that nobody compares everybody with everybody.
  const keys = new Set(findKeys(one));
  expect(findKeys(two).some((key) => keys.has(key))).toBe(true);
});

test("a romanised name meets the name that only its own script has", () => {
  const khmer = person("សុខ សុភាព", { names: [{ text: "សុខ សុភាព", language: "km", romanised: "Sok Sopheap" }] });
  expect(likeness(khmer, person("Sopheap Sok"))).toContain("name-same");
});

test.each([
  [
    "another day of birth",
    person("Dewi Lestari", { birth: "1990-01-01" }),
    person("Dewi Lestari", { birth: "1985-06-07" }),
  ],
  [
    "another state and no day",
    person("Dewi Lestari", { nationalities: ["ID"] }),
    person("Dewi Lestari", { nationalities: ["MY"] }),
  ],
  ["a near name without a day", person("Rizki Pratama"), person("Rizky Pratama")],
  ["nothing alike", person("Budi"), person("Agus")],
  ["an empty name", person(""), person("")],
])("%s calls for no look", (_, one, two) => {
  expect(likeness(one, two)).toEqual([]);
});

test("a shared document or phone always calls for a look, and says what speaks against it", () => {
  const [one, two] = [
    person("Budi", { documents: ["ID:A1234567"], birth: "1990-01-01" }),
    person("Agus", { documents: ["ID:A1234567"], birth: "1980-01-01" }),
  ];
  expect(likeness(one, two)).toEqual(["document-same", "birth-differs"]);
});

test("a document's number is the same on whatever paper it was taken to be; what holds no number is like nothing", () => {
  const [border, desk] = ["passport:IDN:MM1234567", "document::MM1234567"].map((one) =>
    person("", { documents: [one] }),
  );
  expect(likeness(border!, desk!)).toContain("document-same");
  expect(findKeys(border!)).toEqual(findKeys(desk!));
  const none = person("", { documents: ["passport:MMR:none", "1234"] });
  expect(likeness(none, none)).toEqual([]);
});

test("likeness is the same from both sides, and days of birth too", () => {
  const day = fc.option(
    fc.constantFrom("1999", "1999-04", "1999-04-02", "1999-02-04", "2000-04-02", "2542-04-02"),
  );
  fc.assert(
    fc.property(day, day, (a, b) => {
      expect(birthLike(a, b)).toBe(birthLike(b, a));
    }),
  );
  const some = fc.record({
    name: fc.constantFrom("Rizki Pratama", "Pratama Rizky", "Budi", "สมชาย"),
    birth: day,
  });
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [one, two] = [person(a.name, { birth: a.birth }), person(b.name, { birth: b.birth })];
      expect(likeness(one, two).toSorted()).toEqual(likeness(two, one).toSorted());
    }),
  );
});
