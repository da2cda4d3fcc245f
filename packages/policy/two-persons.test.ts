// A state's own setting of what takes two persons: what it changes, what it never can, and that a colleague's word counts
// only where she could do it herself.
import type { HandlingCode, Id, NodeCode, Officer } from "@simpul/model";
import { expect, test } from "vitest";
import { acts } from "./acts.ts";
import { cedar } from "./cedar.ts";
import { loadPolicy, type Asking, type Decision } from "./decide.ts";
import type { CaseFacts, RequestFacts, RequestType } from "./records.ts";
import { agencies, desks, people } from "./testing.ts";
import { agreeable, checkTwoPersons, loosenable, type TwoPersonsRule } from "./two-persons.ts";

const now = new Date("2031-03-04T03:00:00Z");
const [sari, bima, wayan] = people as [Id, Id, Id];
const officer = (id: Id, roles: Officer["roles"], more: Partial<Officer> = {}): Officer => ({
  ...{ kind: "officer", id, node: "id" as NodeCode, agency: agencies[0]!, agencyKind: "cyber-crime" },
  ...{ desk: desks[0]!.id, roles, provenAt: null },
  ...more,
});
const aCase: CaseFacts = {
  ...{ kind: "case", id: "018f0000-0004-7000-8000-000000000417" as Id, covert: false, team: [] },
  ...{ agency: agencies[0]!, desk: desks[0]!.id },
};
const by = (...rules: TwoPersonsRule[]) =>
  loadPolicy(cedar, { twoPersons: checkTwoPersons({ version: "2031-03", rules }) });
const base = { purpose: "crime-investigation", now } as const;

/** Her own request, approved by herself with her passkey shown. */
function ownRequest(policy: ReturnType<typeof by>, type: RequestType, codes: HandlingCode[]): Decision {
  const record: RequestFacts = {
    ...{ kind: "request", id: "018f0000-0005-7000-8000-000000000001" as Id, direction: "outgoing" },
    ...{ desk: desks[0]!.id, agency: agencies[0]!, author: sari, case: aCase, type, codes },
  };
  const proof = { act: "request.approve", record: record.id, officer: sari, at: now } as const;
  return policy.decide({
    ...{ ...base, officer: officer(sari, ["supervisor"]), act: "request.approve", record, proof },
  });
}

test("an ordinary message takes one person where this state says so, by type and handling, and two everywhere else", () => {
  const usual = by();
  const lighter = by({ act: "request.approve", types: ["information"], handling: ["H0", "H1"], persons: 1 });
  const one = { allowed: true };
  const two = { allowed: false, needs: "second-person", because: ["policy.request.needs-second-person"] };
  expect(ownRequest(usual, "information", ["H1"])).toMatchObject(two);
  expect(ownRequest(lighter, "information", ["H1"])).toMatchObject(one);
  expect(ownRequest(lighter, "information", ["H0"])).toMatchObject(one);
  expect(ownRequest(lighter, "request", ["H1"])).toMatchObject(two);
  expect(ownRequest(lighter, "information", ["H1", "H2"])).toMatchObject(two);
  // Whose handling nobody knows is not taken for light.
  expect(ownRequest(lighter, "information", [])).toMatchObject(two);
  // The first rule that fits decides.
  const strict = by(
    { act: "request.approve", types: ["warning"], persons: 2 },
    { act: "request.approve", handling: ["H0", "H1"], persons: 1 },
  );
  expect(ownRequest(strict, "warning", ["H1"])).toMatchObject(two);
  expect(ownRequest(strict, "request", ["H1"])).toMatchObject(one);
});

test("where this state wants a second person, only the word of one counts who could do it herself, for this act and record", () => {
  const asking: Asking<"evidence.export"> = {
    ...base,
    ...{ officer: officer(sari, ["investigator"]), act: "evidence.export", record: aCase },
  };
  const word = (who: Officer, more: Partial<NonNullable<typeof asking.proof>> = {}) => ({
    ...({ act: "evidence.export", record: aCase.id, officer: sari, at: now } as const),
    word: { officer: who, purpose: "crime-investigation" } as const,
    ...more,
  });
  const colleague = officer(bima, ["investigator"]);
  const policy = by({ act: "evidence.export", persons: 2 });
  const missing = {
    ...{ allowed: false, needs: "second-word" },
    because: expect.arrayContaining(["policy.two-persons.word-of-colleague"]) as unknown,
  };
  expect(policy.decide(asking)).toMatchObject(missing);
  expect(policy.decide({ ...asking, proof: word(colleague) })).toMatchObject({ allowed: true });
  const noWord = [
    word(asking.officer),
    word(officer(wayan, ["caseworker"])),
    word(officer(bima, ["investigator"], { agency: agencies[1]!, desk: desks[3]!.id })),
    word(colleague, { record: sari }),
    word(colleague, { act: "retention.delete" }),
    word(colleague, { officer: wayan }),
    { ...word(colleague), word: null },
  ];
  for (const proof of noWord) expect(policy.decide({ ...asking, proof })).toMatchObject({ allowed: false });
  // Her word stands before the other shows her passkey, which is still asked for.
  expect(policy.decide({ ...asking, proof: word(colleague, { at: null }) })).toMatchObject({
    needs: "step-up",
  });
  // By handling: only what another state has bound.
  const bound = by({ act: "evidence.export", handling: ["H2", "H3"], persons: 2 });
  const terms = { codes: ["H2" as const], foreign: true, permitted: ["court" as const] };
  const proof = { ...word(colleague), word: null };
  expect(bound.decide({ ...asking, proof })).toMatchObject({ allowed: true });
  expect(bound.decide({ ...asking, proof, record: { ...aCase, terms } })).toMatchObject(missing);
  // Who may not at all is not told that a colleague is missing.
  const stranger = officer(wayan, ["caseworker"]);
  expect(policy.decide({ ...asking, officer: stranger })).toEqual({
    allowed: false,
    because: ["policy.none"],
  });
});

test("no setting goes below the floor, and one that means nothing is refused by its place", () => {
  const refused: [TwoPersonsRule | Record<string, unknown>, string][] = [
    [{ act: "release", persons: 1 }, "H2"],
    [{ act: "release", persons: 1, handling: ["H1", "H2"] }, "H2"],
    [{ act: "request.approve", persons: 1, handling: ["H3"] }, "H2"],
    [{ act: "case.nothing", persons: 2 }, "no such act"],
    [{ act: "recall.approve", persons: 1, handling: ["H1"] }, "handling"],
    [{ act: "recall.approve", persons: 1, types: ["request"] }, "types"],
    [{ act: "evidence.export", persons: 2, handling: ["H9"] }, "no such handling code"],
  ];
  for (const [rule, why] of refused) {
    const rules = [{ act: "assistance.freeze", persons: 1 }, rule] as TwoPersonsRule[];
    const read = () => checkTwoPersons({ version: "1", rules });
    expect(read, JSON.stringify(rule)).toThrow("TWO_PERSONS_INVALID");
    expect(read).toThrow("rule 2");
    expect(read).toThrow(why);
  }
  // Every other act takes what it takes.
  const settable: readonly string[] = [...agreeable, ...loosenable];
  for (const act of Object.keys(acts).filter((one) => !settable.includes(one)))
    for (const persons of [1, 2] as const)
      expect(() => by({ act, persons } as never), `${act} ${persons}`).toThrow("TWO_PERSONS_INVALID");
});

test("what may be loosened takes two by itself, and what may be made to take two takes one", () => {
  const { bySecond } = by();
  for (const act of loosenable) expect([act, bySecond.has(act)]).toEqual([act, true]);
  for (const act of agreeable) expect([act, bySecond.has(act)]).toEqual([act, false]);
});
