// The three shipped scenarios, read as they lie there, and an exercise played from a log of acts: rests, late acts, a state away.
import { readdirSync, readFileSync } from "node:fs";
import { NodeCode, type AgencyKind } from "@simpul/model";
import { describe, expect, test } from "vitest";
import { numbers, places, wallets } from "../../apps/demo/story/facts.ts";
import { listOf } from "../../apps/demo/story/list.ts";
import { people } from "../../apps/demo/story/people.ts";
import { desks } from "../../apps/demo/story/protected.ts";
import type { ActSeen, Run } from "./contract.ts";
import {
  byState,
  compared,
  instantAfter,
  measured,
  minutesOf,
  openFor,
  stateOfRun,
  standings,
} from "./rules.ts";
import { facts, fileOf } from "./material.ts";
import { readScript, tell } from "./script.ts";
import { missingDoors, ownDoors, shippedScripts } from "./scripts.ts";

const folder = new URL("./scripts/", import.meta.url);
const raw = (id: string): string => readFileSync(new URL(`${id}.json`, folder), "utf8");
const scripts = ["surge", "ring", "breach"].map((id) => readScript(raw(id)));
const story = new URL("../../apps/demo/story/files/", import.meta.url);

test("three scenarios are shipped, and every text stands in four languages with the story's own facts", () => {
  expect(readdirSync(folder).sort()).toEqual(["breach.json", "ring.json", "surge.json"]);
  for (const script of scripts)
    for (const said of [script.title, script.story, ...script.steps.flatMap((s) => [s.inject, s.guidance])])
      for (const language of ["en", "id", "km", "fil"] as const)
        expect(tell(said, language, facts)).not.toMatch(/[{}]/);
  expect(() => tell(scripts[1]!.story, "en", {})).toThrow("UNKNOWN_FACT");
});

test("what is named and handed over is the story's own", () => {
  expect(facts).toEqual({
    recruiterPhone: numbers.recruiterPhone,
    ticketWallet: wallets.tickets,
    park: places.park.latin,
  });
  const text = (name: string): string => new TextDecoder().decode(fileOf(name)!.bytes);
  expect(text("chat")).toBe(readFileSync(new URL("id-whatsapp-chat.txt", story), "utf8"));
  expect(text("hotel")).toBe(readFileSync(new URL("kh-hotel-registration.csv", story), "utf8"));
  expect(text("list")).toBe(listOf(desks.find(({ code }) => code === "kh")!));
  expect(fileOf("../contract.ts")).toBeNull();
  expect(fileOf("toString")).toBeNull();
});

test("a script that needs a door which is not there says which, and one whose file is not there does too", () => {
  const surge = shippedScripts().find(({ id }) => id === "surge")!;
  expect(missingDoors(surge, ownDoors)).toEqual(["call"]);
  const open = { fits: () => true, enter: () => Promise.resolve(null) };
  expect(missingDoors(surge, { ...ownDoors, call: open })).toEqual([]);
  const script = JSON.parse(raw("ring")) as { steps: { enters: unknown }[] };
  script.steps[0]!.enters = { by: "advert", with: { text: "EXERCISE" } };
  script.steps[1]!.enters = { by: "file", with: { file: "nobody" } };
  expect(missingDoors(readScript(JSON.stringify(script)), ownDoors)).toEqual(["advert", "file"]);
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
    ["of a newer form", (s) => (s["format"] = 3), /format/],
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
const run: Run = {
  ...{ began: at(0), rests: [], ended: null, assigned: new Map() },
  ...{ opened: new Map(), skipped: new Map() },
};
const [id, kh] = [NodeCode.parse("id"), NodeCode.parse("kh")];
const act = (minutes: number, state: NodeCode, desk: AgencyKind, kind: string): ActSeen => ({
  ...{ kind, state, desk },
  at: at(minutes),
});
const night = [
  act(5, id, "cyber-crime", "evidence.announced"),
  act(9, id, "cyber-crime", "case.opened"),
  act(12, id, "cyber-crime", "check.asked"),
  act(30, id, "liaison", "request.approved"),
  act(75, kh, "liaison", "answer.released"),
];
const kinds = (acts: ActSeen[], now: number, of: Run = run) =>
  standings(ring, of, acts, at(now))
    .slice(0, 5)
    .map(({ kind }) => kind);

test("what reaches a desk by time and by act stands there when it should, and not before", () => {
  expect(kinds([], 1)).toEqual(["open", "later", "later", "later", "later"]);
  expect(kinds(night, 6)).toEqual(["done", "open", "later", "later", "later"]);
  expect(kinds(night, 80)).toEqual(["done", "done", "done", "done", "done"]);
  expect(kinds([], 21)).toEqual(["late", "later", "later", "later", "later"]);
});

test("only the desk that was asked ends its step: not another desk, not another state, not before it was asked", () => {
  for (const other of [
    act(5, id, "police", "evidence.announced"),
    act(5, kh, "cyber-crime", "evidence.announced"),
    act(-1, id, "cyber-crime", "evidence.announced"),
    act(5, id, "cyber-crime", "case.opened"),
  ])
    expect(kinds([other], 6)[0]).toBe("open");
});

test("a role that the director gave to another state is played there", () => {
  const moved: Run = { ...run, assigned: new Map([["cyber", kh]]) };
  expect(kinds([act(5, kh, "cyber-crime", "evidence.announced")], 6, moved)[0]).toBe("done");
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

test("what the director lets come now is open at once, and what she leaves out holds nothing up and is not measured", () => {
  const soon: Run = { ...run, opened: new Map([["release", at(2)]]) };
  expect(kinds([], 3, soon)).toEqual(["open", "later", "later", "later", "open"]);
  const less: Run = { ...run, skipped: new Map([["take-in", at(2)]]) };
  expect(kinds([], 3, less)).toEqual(["skipped", "open", "later", "later", "later"]);
  const without: Run = { ...run, skipped: new Map([["request", at(20)]]) };
  const times = measured(ring, without, standings(ring, without, night, at(80)));
  expect(times.map(({ seconds }) => seconds)).toEqual([63 * 60, null]);
  expect(stateOfRun(run, at(-1))).toBe("announced");
  expect(stateOfRun({ ...run, rests: [{ from: at(1), to: null }] }, at(2))).toBe("resting");
  expect(minutesOf(ring)).toBe(20 + 20 + 15 + 60 + 240);
});

test("an act that another node says ended a step ends that one alone, and clocks of two states may differ a little", () => {
  const said = { ...act(2, kh, "liaison", "answer.released"), step: "release" };
  const early = [...night.slice(0, 4), act(29.5, kh, "liaison", "answer.released")];
  expect(kinds([said], 6)).toEqual(["open", "later", "later", "later", "later"]);
  expect(kinds(early, 80)[4]).toBe("done");
  expect(measured(ring, run, standings(ring, run, early, at(80)))[1]!.seconds).toBe(0);
  expect(kinds([...night.slice(0, 4), act(28, kh, "liaison", "answer.released")], 80)[4]).toBe("open");
});

test("a state that was away: its acts arrive late and in any order, and the hot-wash says the same as if it had not been", () => {
  const ended: Run = { ...run, ended: at(90) };
  const near = standings(ring, ended, night.slice(0, 4), at(2000));
  expect(measured(ring, ended, near).map(({ seconds }) => seconds)).toEqual([null, null]);
  expect(near[4]!.kind).toBe("open");
  const all = standings(ring, ended, night.toReversed(), at(2000));
  expect(all).toEqual(standings(ring, ended, night, at(90)));
  expect(measured(ring, ended, all).map(({ seconds }) => seconds)).toEqual([63 * 60, 45 * 60]);
  expect(byState(all).get(kh)).toEqual({ later: 0, open: 0, late: 1, done: 1, skipped: 0 });
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
