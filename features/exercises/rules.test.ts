// The three shipped scenarios, read as they lie there, and an exercise played from a log of acts: rests, late acts, a state away.
import { readdirSync, readFileSync } from "node:fs";
import { NodeCode, type AgencyKind } from "@simpul/model";
import { describe, expect, test } from "vitest";
import { numbers, places, wallets } from "../../apps/demo/story/facts.ts";
import { people } from "../../apps/demo/story/people.ts";
import type { ActSeen, Run } from "./contract.ts";
import { byState, compared, instantAfter, measured, openFor, standings } from "./rules.ts";
import { readScript, tell } from "./script.ts";

const folder = new URL("./scripts/", import.meta.url);
const raw = (id: string): string => readFileSync(new URL(`${id}.json`, folder), "utf8");
const scripts = ["surge", "ring", "breach"].map((id) => readScript(raw(id)));
const facts = {
  recruiterPhone: numbers.recruiterPhone,
  ticketWallet: wallets.tickets,
  park: places.park.latin,
};

test("three scenarios are shipped, and every text stands in four languages with the story's own facts", () => {
  expect(readdirSync(folder).sort()).toEqual(["breach.json", "ring.json", "surge.json"]);
  for (const script of scripts)
    for (const said of [script.title, script.story, ...script.steps.flatMap((s) => [s.inject, s.guidance])])
      for (const language of ["en", "id", "km", "fil"] as const)
        expect(tell(said, language, facts)).not.toMatch(/[{}]/);
  expect(() => tell(scripts[1]!.story, "en", {})).toThrow("UNKNOWN_FACT");
});

test("every role is a kind of desk that the state has in the story", () => {
  const desks = new Set(
    people.flatMap(({ code, agencies }) => agencies.map(({ kind }) => `${code} ${kind}`)),
  );
  for (const { roles } of scripts)
    for (const { state, desk } of roles) expect(desks).toContain(`${state} ${desk}`);
});

test("every act that ends a step is one that the log of this product knows", () => {
  const features = new URL("../", import.meta.url);
  const known = readdirSync(features, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .flatMap(({ name }) => {
      try {
        return Object.keys(
          JSON.parse(readFileSync(new URL(`${name}/words/en.json`, features), "utf8")) as object,
        );
      } catch {
        return [];
      }
    });
  for (const { steps } of scripts)
    for (const kind of steps.flatMap(({ acts }) => acts)) expect(known).toContain(`activity.${kind}`);
});

describe("a script is refused by name", () => {
  type Raw = Record<string, unknown> & { roles: Raw[]; steps: Raw[]; measures: Raw[] };
  const bad: [string, (script: Raw) => void, RegExp][] = [
    ["of a newer form", (s) => (s["format"] = 2), /format/],
    ["with a member nobody knows", (s) => (s["secret"] = 1), /secret/],
    ["without a language", (s) => delete (s["title"] as Raw)["km"], /title\.km/],
    ["whose role nobody plays", (s) => (s.steps[0]!["role"] = "nobody"), /nobody plays/],
    ["whose step follows itself", (s) => (s.steps[1]!["when"] = { after: "case", minutes: 0 }), /before it/],
    ["with a step twice", (s) => s.steps.push(s.steps[0]!), /stands twice/],
    ["that measures what is not there", (s) => ((s.measures[0]!["to"] as Raw)["step"] = "no"), /no step/],
    ["with no act", (s) => (s.steps[0]!["acts"] = []), /acts/],
    ["that takes years", (s) => (s.steps[0]!["when"] = { minute: 1e9 }), /when/],
    ["with somebody's number", (s) => ((s.steps[0]!["inject"] as Raw)["en"] = "+62 812 3456 789"), /story/],
    ["with a link", (s) => ((s.steps[0]!["inject"] as Raw)["id"] = "https://contoh"), /story/],
    ["with 61 steps", (s) => (s.steps = Array.from({ length: 61 }, () => s.steps[0]!)), /steps/],
  ];
  test.each(bad)("%s", (_, change, says) => {
    const script = JSON.parse(raw("ring")) as Raw;
    change(script);
    expect(() => readScript(JSON.stringify(script))).toThrow(says);
    expect(() => readScript(JSON.stringify(script))).toThrow(/NOT_A_SCRIPT/);
  });
  test("that is no JSON, or is too large", () => {
    expect(() => readScript("{")).toThrow(/not JSON/);
    expect(() => readScript(" ".repeat(200_001))).toThrow(/too large/);
  });
});

const ring = scripts[1]!;
const start = Date.parse("2031-03-04T20:00:00Z");
const at = (minutes: number): Date => new Date(start + minutes * 60_000);
const run: Run = { began: at(0), rests: [], ended: null, assigned: new Map() };
const [id, kh] = [NodeCode.parse("id"), NodeCode.parse("kh")];
const act = (minutes: number, state: NodeCode, desk: AgencyKind, kind: string): ActSeen => ({
  ...{ kind, state, desk },
  at: at(minutes),
});
const night = [
  act(5, id, "cyber-crime", "evidence.sealed"),
  act(9, id, "cyber-crime", "case.opened"),
  act(12, id, "cyber-crime", "check.asked"),
  act(30, id, "liaison", "request.approved"),
  act(75, kh, "liaison", "answer.released"),
];
const kinds = (acts: ActSeen[], now: number, of: Run = run) =>
  standings(ring, of, acts, at(now)).map(({ kind }) => kind);

test("what reaches a desk by time and by act stands there when it should, and not before", () => {
  expect(kinds([], 1)).toEqual(["open", "later", "later", "later", "later"]);
  expect(kinds(night, 6)).toEqual(["done", "open", "later", "later", "later"]);
  expect(kinds(night, 80)).toEqual(["done", "done", "done", "done", "done"]);
  expect(kinds([], 21)).toEqual(["late", "later", "later", "later", "later"]);
});

test("only the desk that was asked ends its step: not another desk, not another state, not before it was asked", () => {
  for (const other of [
    act(5, id, "police", "evidence.sealed"),
    act(5, kh, "cyber-crime", "evidence.sealed"),
    act(-1, id, "cyber-crime", "evidence.sealed"),
    act(5, id, "cyber-crime", "case.opened"),
  ])
    expect(kinds([other], 6)[0]).toBe("open");
});

test("a role that the director gave to another state is played there", () => {
  const moved: Run = { ...run, assigned: new Map([["cyber", kh]]) };
  expect(kinds([act(5, kh, "cyber-crime", "evidence.sealed")], 6, moved)[0]).toBe("done");
  expect(openFor(standings(ring, moved, [], at(1)), ring, kh, "cyber-crime")).toHaveLength(1);
  expect(openFor(standings(ring, moved, [], at(1)), ring, id, "cyber-crime")).toHaveLength(0);
});

test("a rest stops every clock: nothing new comes, nothing gets late, nothing is measured", () => {
  const resting: Run = { ...run, rests: [{ from: at(3), to: null }] };
  expect(kinds([], 500, resting)[0]).toBe("open");
  expect(instantAfter(resting, at(0), 20)).toBeNull();
  const rested: Run = { ...run, rests: [{ from: at(40), to: at(60) }] };
  expect(instantAfter(rested, at(0), 45)).toEqual(at(65));
  const times = measured(ring, rested, standings(ring, rested, night, at(80)));
  expect(times.map(({ seconds }) => seconds)).toEqual([(75 - 12 - 20) * 60, (75 - 30 - 20) * 60]);
});

test("a state that was away: its acts arrive late and in any order, and the hot-wash says the same as if it had not been", () => {
  const ended: Run = { ...run, ended: at(90) };
  const near = standings(ring, ended, night.slice(0, 4), at(2000));
  expect(measured(ring, ended, near).map(({ seconds }) => seconds)).toEqual([null, null]);
  expect(near[4]!.kind).toBe("open");
  const all = standings(ring, ended, night.toReversed(), at(2000));
  expect(all).toEqual(standings(ring, ended, night, at(90)));
  expect(measured(ring, ended, all).map(({ seconds }) => seconds)).toEqual([63 * 60, 45 * 60]);
  expect(byState(all).get(kh)).toEqual({ later: 0, open: 0, late: 0, done: 1 });
  // After the end nothing counts any more.
  expect(kinds([...night.slice(0, 4), act(91, kh, "liaison", "answer.released")], 2000, ended)[4]).toBe(
    "open",
  );
});

test("two runs are compared measure by measure", () => {
  const first = measured(ring, run, standings(ring, run, night, at(100)));
  const faster = [...night.slice(0, 4), act(50, kh, "liaison", "answer.released")];
  const second = measured(ring, run, standings(ring, run, faster, at(100)));
  expect(compared(first, second).map(({ was, is, slower }) => [was, is, slower])).toEqual([
    [63 * 60, 38 * 60, -25 * 60],
    [45 * 60, 20 * 60, -25 * 60],
  ]);
  expect(compared([], second)[0]).toMatchObject({ was: null, slower: null });
});
