// The rules of the check as tables: whose selectors are shared, on what facts, how much, and what looks like counting.
import fc from "fast-check";
import { holderRoles, Id, NodeCode } from "@simpul/model";
import { describe, expect, test } from "vitest";
import { admit, fishing, pattern } from "./limits.ts";
import { indexing, mayBeAsked, queryRuling, replyAt, type IndexCandidate, type QueryFacts } from "./rules.ts";
import { fromBase64url, readElements, toBase64url } from "./wire.ts";

const now = new Date("2031-07-04T08:00:00Z");
const good: IndexCandidate = {
  role: "suspect",
  covert: false,
  legalBasis: "KUHAP 5",
  evaluation: { source: "B", information: "2" },
  reviewBy: new Date("2032-07-04T00:00:00Z"),
  originator: null,
  handling: { codes: ["H1", "H2"] },
};

describe("HIT-1: a victim's own phone never leaves", () => {
  test.each(holderRoles.map((role) => [role]))("%s", (role) => {
    const shared = ["suspect", "facilitator", "business", "place"].includes(role);
    expect(mayBeAsked(role)).toBe(shared);
    expect(indexing({ ...good, role }, now).kind).toBe(shared ? "indexed" : "left-out");
  });
});

describe("what stays out of the index", () => {
  const kh = NodeCode.parse("kh");
  test.each<[string, Partial<IndexCandidate>]>([
    ["covert", { covert: true }],
    ["no-legal-basis", { legalBasis: " " }],
    ["not-evaluated", { evaluation: null }],
    ["no-review-date", { reviewBy: null }],
    ["review-overdue", { reviewBy: now }],
    ["others-terms", { originator: kh }],
    [
      "no-automated-matching",
      { handling: { codes: ["H3"], text: "x", conditions: { noAutomatedMatching: true } } },
    ],
    ["victim-sensitive", { handling: { codes: ["H3"], text: "x", conditions: { victimSensitive: true } } }],
  ])("%s", (because, change) => {
    expect(indexing({ ...good, ...change }, now)).toEqual({ kind: "left-out", because });
  });
  test("what another state gave under H0 may be indexed", () => {
    expect(indexing({ ...good, originator: kh, handling: { codes: ["H0"] } }, now)).toEqual({
      kind: "indexed",
    });
  });
});

describe("HIT-2: no case, no query", () => {
  const id = Id.parse("0198a000-0000-7000-8000-000000000001");
  const boss = Id.parse("0198a000-0000-7000-8000-000000000002");
  const facts: QueryFacts = {
    case: id,
    purpose: "crime-investigation",
    offence: "trafficking",
    legalBasis: "ACTIP 20",
    operator: id,
    supervisor: null,
  };
  const terms = { offences: ["trafficking"], purposes: ["crime-investigation" as const], bulkFrom: 50 };
  test.each<[string, Partial<QueryFacts>, number, string[]]>([
    ["complete", {}, 1, []],
    ["without a case", { case: null }, 1, ["case"]],
    ["for a purpose nobody agreed to", { purpose: "administration" }, 1, ["purpose"]],
    ["for an offence off the list", { offence: "parking" }, 1, ["offence"]],
    ["without legal basis", { legalBasis: "" }, 1, ["legal-basis"]],
    ["many without a supervisor", {}, 50, ["supervisor"]],
    ["many, agreed by the operator herself", { supervisor: id }, 50, ["supervisor"]],
    ["many, agreed", { supervisor: boss }, 50, []],
    ["of nothing", {}, 0, ["selectors"]],
    [
      "with nothing",
      { case: null, purpose: null, offence: null, legalBasis: null, operator: null },
      1,
      ["case", "purpose", "offence", "legal-basis", "operator"],
    ],
  ])("%s", (_, change, count, missing) => {
    const ruling = queryRuling({ ...facts, ...change }, count, terms);
    expect(ruling).toEqual(missing.length ? { kind: "incomplete", missing } : { kind: "complete" });
  });
});

describe("HIT-5: limits", () => {
  const limits = {
    perQuery: 100,
    perDay: 500,
    perCase: 200,
    freePerDay: 100,
    delayStep: 50,
    delayMs: 1000,
    longestDelayMs: 5000,
  };
  const usage = { today: 0, inCase: 0, stopped: false };
  test("a holder's switch stops everything; too many are limited by what they exceed", () => {
    expect(admit(1, { ...usage, stopped: true }, limits)).toEqual({ kind: "refused", because: "stopped" });
    expect(admit(101, usage, limits)).toEqual({ kind: "limited", because: "per-query" });
    expect(admit(100, { ...usage, today: 401 }, limits)).toEqual({ kind: "limited", because: "per-day" });
    expect(admit(100, { ...usage, inCase: 101 }, limits)).toEqual({ kind: "limited", because: "per-case" });
  });
  test("answers wait longer the more was asked today, up to the longest", () => {
    const delays = [0, 50, 100, 200, 400].map((today) => admit(50, { ...usage, today }, limits));
    expect(delays.map((d) => d.kind === "admitted" && d.delayMs)).toEqual([0, 0, 1000, 3000, 5000]);
  });
  test("no sequence of admitted queries exceeds a day's limit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 60 }), (asks) => {
        let today = 0;
        for (const count of asks)
          if (admit(count, { ...usage, today }, limits).kind === "admitted") today += count;
        expect(today).toBeLessThanOrEqual(limits.perDay);
      }),
    );
  });
});

describe("HIT-5: counting through numbers is noticed", () => {
  const suspicion = { from: 20, share: 0.5, gap: 3 };
  const shuffled = (values: string[]) =>
    values.sort((a, b) => (a.split("").reverse().join("") < b.split("").reverse().join("") ? -1 : 1));
  test("scenario 5: ten thousand sequential passport numbers, shuffled, are seen as a row", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => `KH:N${String(1_000_000 + i)}`);
    expect(pattern(shuffled(values), suspicion).kind).toBe("close");
  });
  test("phones in steps of 997", () => {
    const values = Array.from({ length: 200 }, (_, i) => `+8551${String(2_000_000 + i * 997)}`);
    expect(pattern(shuffled(values), suspicion)).toMatchObject({ kind: "stepped", step: 997n });
  });
  test("phones of a real chat, few values, and handles are usual", () => {
    let seed = 7;
    const next = () => (seed = (seed * 48271) % 2147483647) % 100_000_000;
    const values = Array.from({ length: 500 }, () => `+855${String(next()).padStart(8, "0")}`);
    expect(pattern(values, suspicion).kind).toBe("usual");
    expect(pattern(["+1", "+2", "+3"], suspicion).kind).toBe("usual");
    expect(
      pattern(
        Array.from({ length: 50 }, (_, i) => `telegram:${"abcdefghij".repeat(2).slice(i % 10)}`),
        suspicion,
      ).kind,
    ).toBe("usual");
  });
  test("asking a lot and hardly ever finding anything", () => {
    const limit = { from: 200, hitShare: 0.01 };
    expect(fishing({ asked: 199, hits: 0 }, limit)).toBe(false);
    expect(fishing({ asked: 200, hits: 1 }, limit)).toBe(true);
    expect(fishing({ asked: 200, hits: 2 }, limit)).toBe(false);
  });
});

test("HIT-6: every reply leaves at the end of its slot", () => {
  const at = (ms: number) => replyAt(now, new Date(now.getTime() + ms), 500).getTime() - now.getTime();
  expect([0, 1, 499, 500, 501].map(at)).toEqual([500, 500, 500, 500, 1000]);
});

test("elements travel as base64url with one form only", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect([...fromBase64url(text)]).toEqual([...bytes]);
    }),
  );
  for (const bad of ["A", "AB", "AA==", "A+AA", "AAAAB", "AAB"])
    expect(() => fromBase64url(bad)).toThrow("BAD_LENGTH");
  expect(() => readElements(toBase64url(new Uint8Array(64)), 1)).toThrow("TOO_MANY");
  expect(() => readElements("")).toThrow("EMPTY");
  expect(() => readElements(toBase64url(new Uint8Array(33)))).toThrow("BAD_LENGTH");
});
