// Who sees a case: Cedar against the plain rule, over officers and cases that nobody thought of.
import type { Officer } from "@simpul/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { acts, type Act } from "./acts.ts";
import { cedar } from "./cedar.ts";
import { loadPolicy } from "./decide.ts";
import type { CaseFacts } from "./records.ts";
import { arbitraryCase, arbitraryOfficer, seesCase } from "./testing.ts";

const policy = loadPolicy(cedar);
const now = new Date("2031-03-04T03:00:00Z");
const may = (officer: Officer, act: Act, record: CaseFacts) =>
  policy.decide({
    officer,
    act: act as "case.view",
    record,
    purpose: "crime-investigation",
    now,
    proof: { act, record: record.id, officer: officer.id, at: now },
  }).allowed;

const caseActs = (Object.keys(acts) as Act[]).filter(
  // To open one in an emergency is exactly for those who do not see it; oversight reviews what it does not see.
  (act) => (acts[act] as readonly string[]).includes("case") && !act.includes("emergency"),
);

test("an officer sees exactly the cases that the plain rule shows her", () => {
  fc.assert(
    fc.property(arbitraryOfficer, arbitraryCase, (officer, record) => {
      expect(may(officer, "case.view", record)).toBe(seesCase(officer, record));
    }),
    { numRuns: 2000 },
  );
});

test("what an officer does not see she cannot touch by any act", () => {
  fc.assert(
    fc.property(arbitraryOfficer, arbitraryCase, fc.constantFrom(...caseActs), (officer, record, act) => {
      if (may(officer, act, record)) expect(seesCase(officer, record)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("an item shows itself exactly as its case does", () => {
  fc.assert(
    fc.property(arbitraryOfficer, arbitraryCase, (officer, record) => {
      const item = { kind: "item", id: record.id, agency: record.agency, desk: record.desk } as const;
      const decision = policy.decide({
        officer,
        act: "evidence.view",
        record: { ...item, takenInBy: officer.id, case: record },
        purpose: "crime-investigation",
        now,
      });
      expect(decision.allowed).toBe(seesCase(officer, record));
    }),
    { numRuns: 500 },
  );
});

test("who administers or oversees sees no case and touches none, whatever team or desk she is on", () => {
  fc.assert(
    fc.property(
      arbitraryOfficer,
      arbitraryCase,
      fc.subarray(["administrator", "oversight"] as const),
      fc.constantFrom(...caseActs),
      (officer, record, roles, act) => {
        const onItsTeam = { ...record, team: [...record.team, officer.id], leads: [officer.id] };
        expect(may({ ...officer, roles }, act, onItsTeam)).toBe(false);
      },
    ),
    { numRuns: 1000 },
  );
});
