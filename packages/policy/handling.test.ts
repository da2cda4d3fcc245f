// Rights by handling: every role at every place, for every purpose, under every set of codes and every permission, generated
// and not sampled; what other states' terms forbid is forbidden to all, and never more than that.
import {
  handlingCodes,
  roles,
  type HandlingCode,
  type NodeCode,
  type Officer,
  type Purpose,
  type Role,
} from "@simpul/model";
import { expect, test } from "vitest";
import { cedar } from "./cedar.ts";
import { loadPolicy } from "./decide.ts";
import { officerAt, type Post } from "./others.ts";
import { purposesFor } from "./purposes.ts";
import type { CaseFacts, ReleaseFacts, Terms } from "./records.ts";
import { agencies, desks, people } from "./testing.ts";

const policy = loadPolicy(cedar);
const now = new Date("2031-03-04T03:00:00Z");
const [author, other] = [people[0]!, people[1]!];

const subsets = <T>(of: readonly T[]): T[][] =>
  of.reduce<T[][]>((all, one) => [...all, ...all.map((set) => [...set, one])], [[]]);
const everyTerms: Terms[] = subsets<HandlingCode>([...handlingCodes]).flatMap((codes) => [
  // What is ours needs nobody's permission.
  { codes, foreign: false, permitted: [] },
  ...subsets<"court" | "onward">(["court", "onward"]).map((permitted) => ({
    codes,
    foreign: true,
    permitted,
  })),
]);
type Acting = Officer & { purpose: Purpose };
const places = [
  { agencyKind: "police", desk: desks[0]! },
  { agencyKind: "liaison", desk: desks[2]! },
] as const;
const everybody: Acting[] = roles.flatMap((role: Role) =>
  places.flatMap(({ agencyKind, desk }) => {
    const post: Post = { officer: other, agency: desk.agency, agencyKind, desk: desk.id, roles: [role] };
    return purposesFor(post).map((purpose) => ({ ...officerAt("id" as NodeCode, post, purpose), purpose }));
  }),
);

const aCase = (terms: Terms): CaseFacts => ({
  ...{ kind: "case", id: people[4]!, agency: agencies[0]!, desk: desks[0]!.id, covert: false },
  ...{ team: [author], leads: [author], terms },
});
const aRelease = (terms: Terms): ReleaseFacts => ({
  ...{ kind: "release", id: people[3]!, author, terms },
  request: {
    ...{ kind: "request", id: people[2]!, direction: "incoming", desk: desks[0]!.id },
    ...{ agency: agencies[0]!, author: null, case: null },
  },
});
const none: Terms = { codes: [], foreign: false, permitted: [] };
/** The plain words of HC-6: what the originator's codes keep from happening without its permission. */
const kept = (terms: Terms, code: HandlingCode, permission: "court" | "onward"): boolean =>
  terms.foreign && terms.codes.includes(code) && !terms.permitted.includes(permission);

test.each([
  ["evidence.export", "H1", "court", aCase],
  ["release", "H2", "onward", aRelease],
] as const)(
  "%s: %s holds for every officer until %s is permitted, and no other code does",
  (act, code, permission, of) => {
    let cells = 0;
    for (const officer of everybody) {
      const { purpose } = officer;
      const decide = (terms: Terms) => {
        const record = of(terms);
        const proof = { act, record: record.id, officer: officer.id, at: now };
        return policy.decide({
          officer,
          act: act as "release",
          record: record as never,
          purpose,
          now,
          proof,
        });
      };
      const free = decide(none);
      for (const terms of everyTerms) {
        cells += 1;
        const decision = decide(terms);
        const stopped = kept(terms, code, permission);
        const where = `${officer.roles.join()} ${officer.agencyKind} ${purpose} ${JSON.stringify(terms)}`;
        expect(decision.allowed, where).toBe(free.allowed && !stopped);
        // Whoever may not at all is not told that a permission is missing.
        if (!decision.allowed && "needs" in decision) expect(free.allowed && stopped, where).toBe(true);
      }
    }
    expect(cells).toBe(everybody.length * everyTerms.length);
    expect(cells).toBeGreaterThan(1500);
  },
);
