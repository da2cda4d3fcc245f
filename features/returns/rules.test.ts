// VIC-5: nobody leaves unless she chose it knowing the risks; her latest word counts; reasons and no score.
import { expect, test } from "vitest";
import type { Choice, Risk } from "./contract.ts";
import { followUps, hindrancesOf, likeness, nextOf, type PlanFacts } from "./rules.ts";
import { readReturnTerms } from "./terms.ts";

const risk = (at: string, conclusion: Risk["conclusion"] = "may-return") => ({
  ...{ answers: [], conclusion, reason: "EXERCISE", at },
});
const choice = (at: string, wants: Choice["wants"] = "return", guardian: Choice["guardian"] = null) => ({
  ...{ wants, words: "EXERCISE", language: "my", interpreter: "", guardian, at },
});
const facts = (more: Partial<PlanFacts>): PlanFacts => ({
  ...{ child: false, choice: null, risk: null, steps: [], reflection: null },
  ...more,
});
const today = "2031-04-10";

test.each([
  ["nobody asked her", {}, ["no-choice", "no-risk-assessment"]],
  ["she says no", { choice: choice("2031-04-02", "stay"), risk: risk("2031-04-01") }, ["not-voluntary"]],
  [
    "she does not want to say",
    { choice: choice("2031-04-02", "not-said"), risk: risk("2031-04-01") },
    ["not-voluntary"],
  ],
  [
    "the risks were told after she chose",
    { choice: choice("2031-04-02"), risk: risk("2031-04-03") },
    ["risk-older"],
  ],
  ["not now", { choice: choice("2031-04-02"), risk: risk("2031-04-01", "not-now") }, ["not-now"]],
  ["a child alone", { child: true, choice: choice("2031-04-02"), risk: risk("2031-04-01") }, ["no-guardian"]],
  ["she chose knowing them", { choice: choice("2031-04-02"), risk: risk("2031-04-01") }, []],
  ["elsewhere is a choice", { choice: choice("2031-04-02", "elsewhere"), risk: risk("2031-04-01") }, []],
] as const)("%s", (_, more, expected) => {
  expect(hindrancesOf(facts(more), today)).toEqual(expected);
});

test("reflection runs until she chooses again after it began", () => {
  const reflection = { from: "2031-04-05", until: "2031-05-20", basis: "EXERCISE" };
  const before = facts({ choice: choice("2031-04-02"), risk: risk("2031-04-01"), reflection });
  expect(hindrancesOf(before, today)).toEqual(["reflection"]);
  expect(hindrancesOf(before, "2031-05-20")).toEqual([]);
  expect(hindrancesOf({ ...before, choice: choice("2031-04-06") }, today)).toEqual([]);
  expect(nextOf(before, today)).toEqual({ what: "reflection", on: "2031-05-20" });
});

test("after an arrival somebody asks how she is, on days of the configuration", () => {
  expect(followUps("2031-04-10", [14, 90])).toEqual(["2031-04-24", "2031-07-09"]);
  const terms = readReturnTerms();
  for (const one of [
    ...Object.values(terms.reflection),
    terms.followUpDays,
    terms.represented.default,
    terms.represented.stateless,
  ])
    expect(one.source).not.toBe("");
});

test("two descriptions may mean one person for reasons in words; another sex speaks against it", () => {
  const one = { names: "Nurul Hidayah", born: "2004", nationality: "ID", sex: "female" };
  expect(likeness(one, { ...one, names: "NURUL" })).toEqual(["name", "year", "nationality"]);
  expect(likeness(one, { ...one, names: "Sok Dara", born: "1999" })).toEqual([]);
  expect(likeness(one, { ...one, names: "" })).toEqual(["year", "nationality"]);
  expect(likeness(one, { ...one, sex: "male" })).toEqual([]);
  expect(likeness({ ...one, names: "" }, { ...one, names: "", born: "" })).toEqual([]);
});
