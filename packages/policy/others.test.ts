// Who else may: the shortened way of asking against Cedar asked for each officer, over worlds that nobody thought of.
import { agencyKinds, roles, type Id, type NodeCode, type Role } from "@simpul/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cedar } from "./cedar.ts";
import { loadPolicy } from "./decide.ts";
import { officerAt, whoMay, type Post } from "./others.ts";
import { purposesFor } from "./purposes.ts";
import type { ItemFacts, RequestFacts } from "./records.ts";
import { arbitraryCase, desks, people } from "./testing.ts";

const policy = loadPolicy(cedar);
const now = new Date("2031-03-04T03:00:00Z");
const node = "id" as NodeCode;

const arbitraryPosts: fc.Arbitrary<Post[]> = fc.array(
  fc
    .record({
      officer: fc.constantFrom(...people),
      desk: fc.constantFrom(...desks),
      agencyKind: fc.constantFrom(...agencyKinds),
      roles: fc.uniqueArray(fc.constantFrom<Role>(...roles), { minLength: 1, maxLength: 3 }),
    })
    .map(({ desk, ...post }) => ({ ...post, desk: desk.id, agency: desk.agency })),
  { maxLength: 8 },
);
const arbitraryRecord = fc
  .tuple(arbitraryCase, fc.constantFrom(...people), fc.constantFrom(...desks), fc.boolean())
  .chain(([of, officer, desk, loose]) => {
    const item: ItemFacts = {
      ...{ kind: "item", id: of.id, agency: desk.agency, desk: desk.id, takenInBy: officer },
      case: loose ? null : of,
    };
    const request: RequestFacts = {
      ...{ kind: "request", id: of.id, agency: desk.agency, desk: desk.id, author: officer },
      ...{ direction: loose ? "incoming" : "outgoing", case: loose ? null : of },
    };
    return fc.constantFrom(
      { act: "case.view", record: of } as const,
      { act: "evidence.view", record: item } as const,
      { act: "request.view", record: request } as const,
    );
  });

test("who else may is exactly whom Cedar lets in, officer by officer", () => {
  fc.assert(
    fc.property(arbitraryPosts, arbitraryRecord, (posts, { act, record }) => {
      const asked = { act: act as "case.view", record: record as never, now };
      const each = posts.filter((post) =>
        purposesFor(post).some(
          (purpose) => policy.decide({ ...asked, purpose, officer: officerAt(node, post, purpose) }).allowed,
        ),
      );
      const short = whoMay(policy, { node, ...asked }, posts);
      expect(short.map((one) => one.post)).toEqual(each);
      for (const one of short) expect(one.because.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("ten thousand officers of one desk are one question for each purpose", () => {
  let asked = 0;
  const counting = {
    decide: ((asking) => {
      asked += 1;
      return policy.decide(asking);
    }) as typeof policy.decide,
  };
  const of = { kind: "case", agency: desks[0]!.agency, desk: desks[0]!.id, covert: false, team: [] } as const;
  const posts = Array.from({ length: 10_000 }, (_, n): Post => ({
    officer: `018f0000-0003-7000-8000-${String(n + 100).padStart(12, "0")}` as Id,
    agency: desks[0]!.agency,
    agencyKind: "police",
    desk: desks[0]!.id,
    roles: ["investigator"],
  }));
  const record = { ...of, id: people[0]! };
  expect(whoMay(counting, { node, act: "case.view", record, now }, posts)).toHaveLength(10_000);
  expect(asked).toBeLessThan(10);
});
