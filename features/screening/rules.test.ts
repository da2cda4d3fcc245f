// Who is presumed a victim: tables of what officers meet, and what must hold for any answers.
import fc from "fast-check";
import { expect, test } from "vitest";
import { answers, elements } from "./contract/set.ts";
import type { Answer, Given, Interview } from "./contract/set.ts";
import { presume } from "./rules.ts";
import { faultsOf, readSets } from "./sets.ts";

const set = readSets().get("2026.1")!;
let serial = 0;
const said = (question: string, answer: Answer, at = "2031-04-17T02:00:00.000Z"): Given => ({
  ...{ id: String(++serial).padStart(6, "0"), question, answer, details: "", at },
});
const one = (given: Partial<Record<string, Answer>>, id = "a"): Interview => ({
  id,
  given: Object.entries(given).map(([question, answer]) => said(question, answer!)),
});
const kind = (given: Partial<Record<string, Answer>>) => presume([one(given)], set).kind;

test("a grown man whose papers were taken and who had to cheat strangers is presumed a victim, and it says why", () => {
  const result = presume([one({ adult: "yes", papers: "yes", strangers: "yes" })], set);
  expect(result).toMatchObject({
    kind: "presumed",
    age: "adult",
    met: { act: [], means: ["papers-taken"], purpose: ["scam-work"] },
    reasons: [{ code: "means-and-purpose" }],
  });
});

test.each([
  ["nothing asked", {}, "not-screened"],
  ["only how she is now", { doctor: "yes", "danger-now": "no" }, "not-screened"],
  ["a means alone", { adult: "yes", violence: "yes" }, "indicators"],
  ["a purpose alone", { adult: "yes", hours: "yes" }, "indicators"],
  ["an act alone", { adult: "yes", offer: "yes" }, "indicators"],
  ["could not refuse: means and purpose in one", { adult: "yes", refuse: "no" }, "presumed"],
  ["sold, and no pay", { adult: "yes", sold: "yes", pay: "no" }, "presumed"],
  [
    "could go out, was paid, could refuse",
    { adult: "yes", "go-out": "yes", pay: "yes", refuse: "yes" },
    "nothing-yet",
  ],
  ["a child with one sign of no means", { adult: "no", strangers: "yes" }, "presumed"],
  ["a child without any sign", { adult: "no", strangers: "no" }, "nothing-yet"],
  ["says 18, looks younger", { adult: "yes", "looks-young": "yes", offer: "yes" }, "presumed"],
  ["does not know how old", { adult: "does-not-know", hours: "yes" }, "presumed"],
  ["age never asked", { hours: "yes" }, "presumed"],
] satisfies [string, Partial<Record<string, Answer>>, string][])("%s", (_, given, expected) => {
  expect(kind(given)).toBe(expected);
});

test("two teams disagree: what either saw counts, and a child whom one took for an adult is a child", () => {
  const first = one({ adult: "yes", papers: "no", strangers: "yes" }, "a");
  const second = one({ adult: "no", papers: "yes" }, "b");
  const result = presume([first, second], set);
  expect(result).toMatchObject({ kind: "presumed", age: "child" });
  expect(result.reasons.map((reason) => reason.code)).toContain("age-differs");
  expect(result.seen.find((seen) => seen.indicator === "papers-taken")?.interviews).toEqual(["b"]);
  expect(result.needs).toContain("child-protection");
});

test("a corrected answer stands in the place of the one before", () => {
  const given = [
    said("adult", "yes"),
    said("strangers", "yes"),
    said("papers", "yes", "2031-04-17T02:00:00.000Z"),
    said("papers", "no", "2031-04-17T02:05:00.000Z"),
  ];
  expect(presume([{ id: "a", given }], set).kind).toBe("indicators");
});

test("what may still show something is named in the order of the set", () => {
  const { open } = presume([one({ adult: "yes", papers: "yes", phone: "does-not-want" })], set);
  expect(open).toContain("phone");
  expect(open).not.toContain("papers");
  const order = set.questions.map((question) => question.id);
  expect(open).toEqual([...open].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
});

const interview = (id: string) =>
  fc
    .array(
      fc.record({
        question: fc.constantFrom(...set.questions.map((question) => question.id)),
        answer: fc.constantFrom(...answers),
        minute: fc.integer({ min: 0, max: 59 }),
      }),
      { maxLength: 40 },
    )
    .map((all): Interview => ({
      id,
      given: all.map(({ question, answer, minute }, at) => ({
        ...{ id: `${id}${String(at).padStart(3, "0")}`, question, answer, details: "" },
        at: `2031-04-17T02:${String(minute).padStart(2, "0")}:00.000Z`,
      })),
    }));
const rank = { "not-screened": 0, "nothing-yet": 1, indicators: 2, presumed: 3 } as const;

test("one more sign never takes a presumption away", () => {
  const signs = set.questions.flatMap((question) =>
    (["yes", "no"] as const)
      .filter((answer) => question.shows[answer])
      .map((answer) => ({ question: question.id, answer })),
  );
  fc.assert(
    fc.property(interview("a"), fc.constantFrom(...signs), (before, sign) => {
      const more = one({ [sign.question]: sign.answer }, "b");
      expect(rank[presume([before, more], set).kind]).toBeGreaterThanOrEqual(
        rank[presume([before], set).kind],
      );
    }),
  );
});

test("what she does not want to say, does not know or was not asked never counts against her", () => {
  fc.assert(
    fc.property(
      interview("a"),
      fc.constantFrom(...set.questions.map((question) => question.id)),
      fc.constantFrom("does-not-want", "does-not-know", "not-asked"),
      (before, question, answer) => {
        const silent = { ...before, given: before.given.filter((given) => given.question !== question) };
        const with_ = { ...silent, given: [...silent.given, said(question, answer)] };
        const [left, right] = [presume([silent], set), presume([with_], set)];
        expect(rank[right.kind]).toBeGreaterThanOrEqual(rank[left.kind]);
        expect(right.seen).toEqual(left.seen);
      },
    ),
  );
});

test("the order of answers and of interviews does not matter", () => {
  fc.assert(
    fc.property(interview("a"), interview("b"), fc.infiniteStream(fc.nat()), (a, b, mix) => {
      const shuffled = (all: readonly Given[]) =>
        all
          .map((given) => ({ given, key: Number(mix.next().value) }))
          .sort((x, y) => x.key - y.key)
          .map(({ given }) => given);
      const turned = [b, { ...a, given: shuffled(a.given) }];
      expect(presume(turned, set)).toEqual(presume([a, b], set));
    }),
  );
});

test("every presumption of an adult rests on a means and a purpose, and each reason of it can be named", () => {
  fc.assert(
    fc.property(interview("a"), (all) => {
      const result = presume([all], set);
      if (result.kind === "presumed" && result.age === "adult") {
        expect(result.met.means.length).toBeGreaterThan(0);
        expect(result.met.purpose.length).toBeGreaterThan(0);
      }
      expect(result.reasons.length).toBeGreaterThan(0);
      for (const element of elements)
        for (const id of result.met[element])
          expect(result.seen.find((seen) => seen.indicator === id)?.elements).toContain(element);
    }),
  );
});

test("a set that names an indicator it does not have, or has one that nothing shows, is not taken", () => {
  expect(faultsOf(set)).toEqual([]);
  const broken = {
    ...set,
    questions: set.questions.map((one) => (one.id === "papers" ? { ...one, shows: { yes: ["gone"] } } : one)),
  };
  expect(faultsOf(broken).sort()).toEqual(["gone", "papers-taken"]);
});
