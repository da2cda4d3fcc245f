// VIC-3, VIC-4: which word of hers covers what, and what becomes of an offer when both sides move at once.
import { Id, NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import { serviceKinds, shareStates, type Consent } from "./contract.ts";
import {
  answered,
  basisFor,
  dueAt,
  moved,
  notNeeded,
  ownerBy,
  shareSteps,
  stands,
  type Facts,
} from "./rules.ts";
import { readReferralTerms } from "./terms.ts";
import { clocksOf, nextOnTrack } from "./tracks.ts";

const terms = readReferralTerms();
const shelter = { kind: "service", id: Id.parse("0193a000-0000-7000-8000-000000000001") } as const;
const clinic = { kind: "service", id: Id.parse("0193a000-0000-7000-8000-000000000002") } as const;
const id = (n: number) => Id.parse(`0193b000-0000-7000-8000-00000000000${n}`);
const word = (more: Partial<Consent> = {}): Consent => ({
  recipient: shelter,
  recipientName: "Rumah Aman (EXERCISE)",
  purpose: "help",
  data: ["name", "language"],
  onward: false,
  answer: "given",
  language: "my",
  text: "1",
  how: "read",
  interpreter: "",
  guardian: null,
  ...more,
});
const facts = (consents: [number, string, Consent][], withdrawn: number[] = []): Facts => ({
  consents: consents.map(([n, at, consent]) => ({ id: id(n), at, consent })),
  withdrawn: new Map(withdrawn.map((n) => [id(n), "2031-04-02"])),
  overrides: [],
});
const ask = { recipient: shelter, purpose: "help", data: ["name"] } as const;

test("consent covers exactly the recipient, the purpose and the data that she said yes to", () => {
  const said = facts([[1, "2031-04-01", word()]]);
  expect(basisFor(said, ask)).toEqual({ kind: "consent", id: id(1) });
  for (const other of [
    { ...ask, recipient: clinic },
    { ...ask, purpose: "return" as const },
    { ...ask, data: ["name", "health"] as const },
  ])
    expect(basisFor(said, other)).toEqual({ kind: "none", because: "NO_CONSENT" });
});

test("her last word counts: a no after a yes, a yes after a withdrawal", () => {
  const yes = word();
  const no = word({ answer: "refused" });
  expect(
    basisFor(
      facts([
        [1, "2031-04-01", yes],
        [2, "2031-04-02", no],
      ]),
      ask,
    ).kind,
  ).toBe("none");
  expect(basisFor(facts([[1, "2031-04-01", yes]], [1]), ask)).toEqual({
    kind: "none",
    because: "CONSENT_WITHDRAWN",
  });
  expect(
    basisFor(
      facts(
        [
          [1, "2031-04-01", yes],
          [2, "2031-04-03", yes],
        ],
        [1],
      ),
      ask,
    ),
  ).toMatchObject({ id: id(2) });
});

test("an override covers until a second officer does not uphold it", () => {
  const { purpose, data, recipient, recipientName } = word();
  const override = {
    recipient,
    recipientName,
    purpose,
    data,
    because: "danger-to-life",
    reason: "EXERCISE",
  } as const;
  const one = { id: id(3), at: "2031-04-01", by: "maya", override };
  const base = facts([]);
  expect(basisFor({ ...base, overrides: [{ ...one, review: null }] }, ask)).toMatchObject({
    kind: "override",
  });
  expect(basisFor({ ...base, overrides: [{ ...one, review: { upheld: false } }] }, ask).kind).toBe("none");
});

test("a bed tonight has two hours, a usual referral a day, and every clock names its source", () => {
  const now = new Date("2031-04-01T20:00:00Z");
  const at = (more: object) => dueAt(terms, { what: "referral", ...more }, now).toISOString();
  expect(at({ kind: "shelter", urgent: true })).toBe("2031-04-01T22:00:00.000Z");
  expect(at({ kind: "shelter", urgent: false })).toBe("2031-04-02T20:00:00.000Z");
  for (const clock of Object.values(terms.hours)) expect(clock.source).not.toBe("");
  expect(Object.keys(terms.kinds).sort()).toEqual([...serviceKinds].sort());
  expect(Object.keys(terms.states)).toHaveLength(11);
});

test("a track's next step has the clock of its state: a bed in Thailand is for fifteen days, and what is over waits for nothing", () => {
  const on = { kind: "shelter", acceptedAt: "2031-04-01T20:00:00.000Z", noted: ["accepted"] } as const;
  expect(nextOnTrack(terms, "id", on)).toMatchObject({ step: "arrived", due: "2031-04-02T20:00:00.000Z" });
  const arrived = { ...on, noted: ["accepted", "arrived"] };
  expect(nextOnTrack(terms, "id", arrived)).toBeNull();
  expect(nextOnTrack(terms, "th", arrived)).toMatchObject({
    ...{ step: "left", due: "2031-04-16T20:00:00.000Z", confirmed: true },
    source: expect.stringContaining("15 days") as string,
  });
  // A later step says that the earlier one was taken too.
  expect(nextOnTrack(terms, "th", { ...on, noted: ["left"] })).toBeNull();
  for (const over of ["done", "rejected", "told-to-stop"])
    expect(nextOnTrack(terms, "th", { ...arrived, noted: [...arrived.noted, over] })).toBeNull();
  for (const kind of serviceKinds.filter((one) => one !== "victim-desk"))
    for (const state of Object.keys(terms.states)) {
      const clocks = clocksOf(terms, state, kind);
      expect(clocks.length, `${state} ${kind}`).toBeGreaterThan(0);
      for (const clock of clocks) expect(clock.source).not.toBe("");
    }
});

test("an interpreter learns no name, and a clinic nothing of the case", () => {
  expect(notNeeded(terms, "interpreter", ["name", "language"])).toEqual(["name"]);
  expect(notNeeded(terms, "medical", ["health", "account", "legal"])).toEqual(["account", "legal"]);
});

test("each side takes only its own steps, and what is over stays over", () => {
  for (const state of shareStates)
    for (const step of shareSteps) {
      const [giver, taker] = (["giver", "taker"] as const).map((by) =>
        moved({ what: "referral", state }, step, by),
      );
      expect([giver, taker].filter((one) => one === null)).toHaveLength(1);
      const next = giver ?? taker;
      if (state === "withdrawn") expect(next).toBe("ignored");
    }
  expect(moved({ what: "referral", state: "accepted" }, "revoked", "giver")).toEqual({ state: "revoked" });
  expect(moved({ what: "transfer", state: "accepted" }, "revoked", "giver")).toBe("ignored");
});

test("an acceptance given in time stands although the line was down; a late one does not", () => {
  const due = new Date("2031-04-01T12:00:00Z");
  const returned = { what: "referral", state: "returned", due } as const;
  expect(answered(returned, "accepted", new Date("2031-04-01T11:59:00Z"))).toEqual({ state: "accepted" });
  expect(answered(returned, "accepted", new Date("2031-04-01T12:00:01Z"))).toBe("late");
  // Recalled before the answer came: a referral stays recalled, a person who was taken over is taken over.
  expect(answered({ what: "referral", state: "revoked", due }, "accepted", due)).toBe("ignored");
  expect(answered({ what: "transfer", state: "revoked", due }, "accepted", due)).toEqual({
    state: "accepted",
  });
});

test("of two offers that cross, both sides let the same one stand", () => {
  expect([stands(id(1), id(2)), stands(id(2), id(1))]).toEqual(["mine", "theirs"]);
  const kh = NodeCode.parse("kh");
  const given = { at: "2031-04-01", state: "accepted", to: kh, ours: true } as const;
  expect(ownerBy([given])).toBe("kh");
  expect(ownerBy([given, { at: "2031-05-01", state: "accepted", to: kh, ours: false }])).toBeNull();
  expect(ownerBy([{ ...given, state: "revoked" }])).toBeNull();
});
