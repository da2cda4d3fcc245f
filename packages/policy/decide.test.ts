// Acts beyond looking: second factors, second persons, other states' terms, and policies that do not fit.
import type { Id, NodeCode, Officer } from "@simpul/model";
import { expect, test } from "vitest";
import { cedar } from "./cedar.ts";
import { loadPolicy } from "./decide.ts";
import { PolicyError } from "./errors.ts";
import { purposesFor, rolesUnder } from "./purposes.ts";
import type { CaseFacts, ReleaseFacts, RequestFacts } from "./records.ts";
import { agencies, desks, people } from "./testing.ts";
import en from "./words/en.json" with { type: "json" };

const policy = loadPolicy(cedar);
const now = new Date("2031-03-04T03:00:00Z");
const seconds = now.getTime() / 1000;
const [sari, budi, wayan] = people as [Id, Id, Id];
const officer = (id: Id, roles: Officer["roles"], more: Partial<Officer> = {}): Officer => ({
  kind: "officer",
  id,
  node: "id" as NodeCode,
  agency: agencies[0]!,
  agencyKind: "cyber-crime",
  desk: desks[0]!.id,
  roles,
  provenAt: null,
  ...more,
});
const aCase: CaseFacts = {
  kind: "case",
  id: "018f0000-0004-7000-8000-000000000417" as Id,
  agency: agencies[0]!,
  desk: desks[0]!.id,
  covert: false,
  team: [sari],
  leads: [sari],
};
const liaison = (id: Id) => officer(id, ["liaison"], { agencyKind: "liaison", desk: desks[2]!.id });
const request: RequestFacts = {
  kind: "request",
  id: "018f0000-0005-7000-8000-000000000001" as Id,
  direction: "outgoing",
  desk: desks[0]!.id,
  agency: agencies[0]!,
  author: sari,
  case: aCase,
};
const release: ReleaseFacts = {
  kind: "release",
  id: "018f0000-0006-7000-8000-000000000001" as Id,
  request: { ...request, direction: "incoming", author: null },
  author: sari,
  terms: { codes: ["H1", "H2"], foreign: false, permitted: [] },
};
const base = { purpose: "crime-investigation", now } as const;

test("a bundle leaves only after a passkey was shown for exactly this bundle", () => {
  const asking = {
    ...base,
    officer: officer(sari, ["investigator"]),
    act: "evidence.export",
    record: aCase,
  } as const;
  const proof = { act: "evidence.export", record: aCase.id, officer: sari, at: now } as const;
  expect(policy.decide(asking)).toEqual({
    allowed: false,
    because: ["policy.step-up.bound-to-act"],
    needs: "step-up",
  });
  expect(policy.decide({ ...asking, proof }).allowed).toBe(true);
  const wrong = [
    { ...proof, act: "release" as const },
    { ...proof, record: release.id },
    { ...proof, officer: budi },
    { ...proof, at: new Date(now.getTime() - 181_000) },
    { ...proof, at: new Date(now.getTime() + 1000) },
  ];
  for (const other of wrong)
    expect(policy.decide({ ...asking, proof: other })).toMatchObject({ needs: "step-up" });
});

test("who may not export at all is not told that a passkey is missing", () => {
  const stranger = officer(wayan, ["caseworker"]);
  expect(policy.decide({ ...base, officer: stranger, act: "evidence.export", record: aCase })).toEqual({
    allowed: false,
    because: ["policy.none"],
  });
});

test("another state's record under H1 stays out of the court file until that state permits it", () => {
  const terms = { codes: ["H1" as const], foreign: true, permitted: [] };
  const asking = { ...base, officer: officer(sari, ["investigator"]), act: "evidence.export" } as const;
  expect(policy.decide({ ...asking, record: { ...aCase, terms } })).toMatchObject({ needs: "permission" });
  const proof = { act: "evidence.export", record: aCase.id, officer: sari, at: now } as const;
  const permitted = { ...aCase, terms: { ...terms, permitted: ["court" as const] } };
  expect(policy.decide({ ...asking, record: permitted, proof }).allowed).toBe(true);
});

test("nobody approves her own request or lets her own answer go", () => {
  const herself = officer(sari, ["supervisor"]);
  expect(policy.decide({ ...base, officer: herself, act: "request.approve", record: request })).toMatchObject(
    {
      allowed: false,
      needs: "second-person",
    },
  );
  const proof = { act: "request.approve", record: request.id, officer: budi, at: now } as const;
  expect(
    policy.decide({ ...base, officer: liaison(budi), act: "request.approve", record: request, proof })
      .allowed,
  ).toBe(true);
  expect(policy.decide({ ...base, officer: liaison(sari), act: "release", record: release })).toMatchObject({
    needs: "second-person",
  });
});

test("what came under H2 is not passed on", () => {
  const onward = {
    ...release,
    terms: { codes: ["H2" as const], foreign: true, permitted: ["court" as const] },
  };
  expect(policy.decide({ ...base, officer: liaison(budi), act: "release", record: onward })).toMatchObject({
    because: ["policy.handling.not-onward", "policy.step-up.bound-to-act"],
    needs: "permission",
  });
});

test("no check and no request while overseeing or administering", () => {
  for (const purpose of ["oversight", "administration"] as const)
    expect(
      policy.decide({
        ...base,
        purpose,
        officer: officer(sari, ["investigator"]),
        act: "check.ask",
        record: aCase,
      }),
    ).toEqual({ allowed: false, because: ["policy.purpose.does-not-fit"] });
});

test("a closed case is read, and changed no more", () => {
  const closed = { ...aCase, closed: true };
  const her = officer(sari, ["investigator"]);
  expect(policy.decide({ ...base, officer: her, act: "case.view", record: closed }).allowed).toBe(true);
  expect(policy.decide({ ...base, officer: her, act: "case.edit", record: closed })).toEqual({
    allowed: false,
    because: ["policy.case.is-closed"],
  });
});

test("managing access asks for a second factor of the last quarter of an hour", () => {
  const node = { kind: "node", id: "id" as NodeCode } as const;
  const at = (provenAt: number | null) =>
    policy.decide({
      now,
      purpose: "administration",
      officer: officer(budi, ["administrator"], { provenAt }),
      act: "access.manage",
      record: node,
    });
  expect(at(seconds - 60).allowed).toBe(true);
  for (const stale of [null, seconds - 901, seconds + 60])
    expect(at(stale)).toMatchObject({ needs: "step-up" });
});

test("one purpose at a time: who administers holds no other role meanwhile", () => {
  expect(rolesUnder("administration", ["investigator", "administrator"], "police")).toEqual([
    "administrator",
  ]);
  expect(rolesUnder("crime-investigation", ["investigator", "administrator"], "police")).toEqual([
    "investigator",
  ]);
  expect(purposesFor({ roles: ["administrator"], agencyKind: "police" })).toEqual(["administration"]);
  // A coordination unit works without nominal data: no role of hers counts, whatever she holds.
  expect(
    purposesFor({ roles: ["liaison", "supervisor", "investigator"], agencyKind: "coordination" }),
  ).toEqual(["mutual-assistance"]);
  expect(rolesUnder("mutual-assistance", ["liaison", "supervisor"], "coordination")).toEqual([]);
  expect(purposesFor({ roles: ["investigator"], agencyKind: "immigration" })).toContain("border-control");
});

test("an act about the wrong kind of record is a fault, not an answer", () => {
  const wrong = {
    ...base,
    officer: officer(sari, ["investigator"]),
    act: "case.view",
    record: request,
  } as never;
  expect(() => policy.decide(wrong)).toThrow("ACT_NOT_FOR_RECORD");
});

test("policies that do not fit their schema are refused at the start", () => {
  const faults = [
    `permit (principal, action, resource`,
    `permit (principal, action, resource);`,
    `@id("a") permit (principal, action == Simpul::Action::"case.vew", resource);`,
    `@id("a") permit (principal, action == Simpul::Action::"case.view", resource) when { resource.colour == 1 };`,
    `@id("a") @needs("luck") forbid (principal, action, resource);`,
    `@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);`,
  ];
  for (const text of faults) expect(() => loadPolicy(cedar, { text }), text).toThrow(PolicyError);
});

test("facts that the schema does not know end in a fault, never in a yes", () => {
  const odd = { ...aCase, covert: "no" } as never;
  expect(() =>
    policy.decide({ ...base, officer: officer(sari, ["investigator"]), act: "case.view", record: odd }),
  ).toThrow("POLICY_FAILED");
});

test("every policy has its reason in words", () => {
  const words: Record<string, string> = en;
  expect(policy.ids.filter((id) => words[`policy.${id}`] === undefined)).toEqual([]);
  expect(
    Object.keys(words).filter((key) => key !== "policy.none" && !policy.ids.includes(key.slice(7))),
  ).toEqual([]);
});
