// What a note allows, from values alone.
import type { Digest, Id, NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import type { Approval, Clause, Content, Ending, Note } from "./contract.ts";
import {
  approvedOf,
  clauseFinding,
  findingsOf,
  givenTo,
  mayPut,
  noteOf,
  partiesIn,
  phaseOf,
  recipientsOf,
  type Putting,
  type SpaceFacts,
} from "./rules.ts";

const [id, kh, ph] = ["id", "kh", "ph"] as NodeCode[] as [NodeCode, NodeCode, NodeCode];
const now = new Date("2031-03-10T03:00:00Z");
const note = (more: Partial<Note> = {}): Note => ({
  ...{
    space: "s" as Id,
    version: 1,
    proposer: id,
    parties: [id, kh, ph],
    title: "EXERCISE",
    facts: "EXERCISE",
  },
  ...{ offences: ["online-fraud"], from: "2031-03-01", until: "2031-03-31", share: ["subject", "note"] },
  ...{ backfill: "all", court: false, leads: [], purgeDays: 28 },
  ...more,
});
const yes = (party: NodeCode, version = 1, at = `2031-03-0${version}T00:00:00.000Z`): Approval => ({
  ...{ space: "s" as Id, version, digest: "" as Digest, party, officer: "", office: "", at },
});
const out = (party: NodeCode, by: NodeCode, at = "2031-03-09T00:00:00.000Z"): Ending => ({
  ...{
    space: "s" as Id,
    party,
    by,
    kind: party === by ? "withdrawn" : "removed",
    reason: "EXERCISE",
    officer: "",
    at,
  },
});
const facts = (more: Partial<SpaceFacts> = {}): SpaceFacts => ({
  ...{ notes: [note()], approvals: [yes(id), yes(kh)], endings: [], purged: false },
  ...more,
});

test("a space opens with two approvals; who did not sign is not in, and is sent nothing", () => {
  expect(phaseOf(facts({ approvals: [yes(id)] }), id, now)).toBe("proposed");
  expect(phaseOf(facts(), id, now)).toBe("open");
  expect(phaseOf(facts(), ph, now)).toBe("proposed");
  expect(recipientsOf(facts(), id, now)).toEqual([kh]);
  expect(recipientsOf(facts(), ph, now)).toEqual([]);
});

test("it begins on its first day and ends by itself after its last", () => {
  expect(phaseOf(facts(), id, new Date("2031-02-28T23:59:59Z"))).toBe("proposed");
  expect(approvedOf(facts(), id, new Date("2031-02-28T23:59:59Z"))).toEqual([kh]);
  expect(phaseOf(facts(), id, new Date("2031-03-31T23:59:59Z"))).toBe("open");
  expect(phaseOf(facts(), id, new Date("2031-04-01T00:00:00Z"))).toBe("ended");
});

test("an extension counts once two approved it, and for those who did", () => {
  const longer = note({ version: 2, until: "2031-04-30" });
  const april = new Date("2031-04-10T00:00:00Z");
  const half = facts({ notes: [note(), longer], approvals: [yes(id), yes(kh), yes(ph), yes(id, 2)] });
  expect(noteOf(half, id)?.version).toBe(1);
  const whole = { ...half, approvals: [...half.approvals, yes(ph, 2)] };
  expect(partiesIn(whole, april)).toEqual([id, ph]);
  expect(phaseOf(whole, kh, april)).toBe("ended");
});

test("a shorter version ends it earlier", () => {
  const shorter = note({ version: 2, until: "2031-03-05" });
  const said = [yes(id), yes(kh), yes(id, 2), yes(kh, 2)];
  expect(phaseOf(facts({ notes: [note(), shorter], approvals: said }), id, now)).toBe("ended");
});

test("who withdraws is out at once; who is removed, once two others said so, and for each of them from its own word on", () => {
  const three = [yes(id), yes(kh), yes(ph)];
  expect(partiesIn(facts({ approvals: three, endings: [out(ph, ph)] }), now)).toEqual([id, kh]);
  const one = facts({ approvals: three, endings: [out(ph, id)] });
  expect(partiesIn(one, now)).toEqual([id, kh, ph]);
  expect(recipientsOf(one, id, now)).toEqual([kh]);
  expect(recipientsOf(one, kh, now)).toEqual([id, ph]);
  expect(partiesIn(facts({ approvals: three, endings: [out(ph, id), out(ph, kh)] }), now)).toEqual([id, kh]);
});

test("to approve again brings it back", () => {
  const again = yes(kh, 2, "2031-03-09T12:00:00.000Z");
  const more = facts({
    notes: [note(), note({ version: 2 })],
    approvals: [yes(id), yes(kh), yes(id, 2), again],
    endings: [out(kh, kh)],
  });
  expect(phaseOf(more, kh, now)).toBe("open");
});

const writer = { role: "contributor", since: "2031-03-02T00:00:00.000Z", ended: null } as const;
const putting = (more: Partial<Putting> = {}): Putting => ({
  ...{ party: kh, kind: "note", state: "standing", content: { own: { text: "EXERCISE", language: "en" } } },
  ...{ member: writer, at: "2031-03-10T00:00:00.000Z", writer: null, stop: "none" },
  ...more,
});
const person = (role: string): Content =>
  ({ record: { kind: "subject", fields: { role } } }) as unknown as Content;

test.each([
  ["what the note names, by a member, goes in", facts(), putting(), null],
  ["a kind that the note does not name", facts(), putting({ kind: "task" }), "KIND_NOT_IN_NOTE"],
  ["before two approved", facts({ approvals: [yes(kh)] }), putting(), "SPACE_NOT_OPEN"],
  ["of a party that did not sign", facts(), putting({ party: ph }), "SPACE_NOT_OPEN"],
  ["after its end", facts({ notes: [note({ until: "2031-03-09" })] }), putting(), "SPACE_NOT_OPEN"],
  ["of a party that withdrew", facts({ endings: [out(kh, kh)] }), putting(), "PARTY_IS_OUT"],
  [
    "of a member who reads only",
    facts(),
    putting({ member: { ...writer, role: "reader" } }),
    "MEMBER_ROLE_ENDED",
  ],
  ["of nobody who is known", facts(), putting({ member: null }), "MEMBER_ROLE_ENDED"],
  [
    "of a member whose role had ended",
    facts(),
    putting({ member: { ...writer, ended: "2031-03-09T00:00:00.000Z" } }),
    "MEMBER_ROLE_ENDED",
  ],
  [
    "of a member while she was one",
    facts(),
    putting({ member: { ...writer, ended: "2031-03-11T00:00:00.000Z" } }),
    null,
  ],
  ["a victim", facts(), putting({ kind: "subject", content: person("victim") }), "PERSON_PROTECTED"],
  ["a relative", facts(), putting({ kind: "subject", content: person("family") }), "PERSON_PROTECTED"],
  ["a suspect", facts(), putting({ kind: "subject", content: person("suspect") }), null],
  ["what its originator was not asked about", facts(), putting({ stop: "ask" }), "ORIGINATOR_NOT_ASKED"],
  ["what its terms bar", facts(), putting({ stop: "bar" }), "TERMS_BAR"],
  ["another's thing", facts(), putting({ writer: id }), "NOT_ITS_WRITER"],
  [
    "its own, taken back after everything ended",
    facts({ endings: [out(kh, kh)] }),
    putting({ state: "withdrawn", content: null, writer: kh }),
    null,
  ],
] as const)("%s", (_, space, asked, refusal) => {
  expect(mayPut(space, asked, now)).toBe(refusal);
});

test("who joins later is given what the back-fill says (rule 12.4)", () => {
  expect(givenTo(note(), "2031-03-05", "2031-03-02")).toBe(true);
  expect(givenTo(note({ backfill: "from-approval" }), "2031-03-05", "2031-03-02")).toBe(false);
  expect(givenTo(note({ backfill: "from-approval" }), "2031-03-05", "2031-03-06")).toBe(true);
});

test("a note says what is missing before it goes anywhere", () => {
  const here = { own: id, peers: [kh], offences: ["online-fraud"], today: "2031-03-10" };
  expect(findingsOf(note({ parties: [id, kh] }), here)).toEqual([]);
  const bare = note({ title: " ", parties: [kh, ph], share: [], offences: ["dancing"], until: "2031-03-09" });
  expect(findingsOf(bare, here).map((one) => `${one.field}:${one.code}`)).toEqual([
    "title:missing",
    "offences:unknown",
    "share:missing",
    "parties:not-us",
    "parties:no-line",
    "until:day-passed",
  ]);
});

test("a clause is common or one party's, stands once, and all of them stay under what is signed in one piece (JIT-1)", () => {
  const basis = (state: NodeCode, text = "EXERCISE") => ({ name: "basis", state, text }) as const;
  const media = { name: "media", state: null, text: "EXERCISE" } as const;
  const finds = (...clauses: Clause[]) => clauseFinding({ parties: [id, kh], clauses });
  expect(finds(media, basis(id), basis(kh))).toBeNull();
  expect(finds(basis(ph))).toBe("unknown");
  expect(finds({ ...media, state: id })).toBe("unknown");
  expect(finds({ ...media, name: "basis" })).toBe("unknown");
  expect(finds(media, media)).toBe("twice");
  expect(finds(basis(id, "a".repeat(20_000)), basis(kh, "a".repeat(20_000)))).toBeNull();
  expect(finds(basis(id, "a".repeat(20_000)), basis(kh, "a".repeat(20_001)))).toBe("too-many-words");
});
