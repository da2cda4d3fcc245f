// Screening at a node: every answer is sealed as it is given, two teams ask one person, the desk reads both and decides.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import { entriesOf, randomId, sealEntry, statusKind } from "../victims/contract.ts";
import type { DeskKey } from "../victims/contract.ts";
import { inParts, toldOf } from "./contract.ts";
import type { Answer, Given, ScreeningsView, Told, Work } from "./contract.ts";
import { toldKind } from "./kinds.ts";

let id: Nation;
let maya: VictimDesk;
let yusuf: Person;
let rina: Person;
let key: DeskKey;
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  [yusuf, rina] = await Promise.all([id.as("yusuf"), id.as("rina")]);
  for (const officer of [yusuf, rina])
    await officer.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  key = await yusuf.must<DeskKey>("GET", "/api/victims/seal-to");
}, 120_000);

const workOf = (began = "2031-04-17T02:00:00.000Z"): Work => ({
  ...{ id: randomId(), set: "2026.1", began, given: [] },
  setup: { hers: "my", officers: "id", interpreter: { name: "U Tin EXERCISE", contact: "" }, mark: "G-17" },
});
const said = (question: string, answer: Answer, at: string, details = ""): Given => ({
  ...{ id: randomId(), question, answer, details, at },
});
const seal = (person: Id, data: Told, entry: string = randomId()) =>
  sealEntry(key, {
    ...{ id: entry as Id, person, kind: toldKind.kind, at: "2031-04-17T02:10:00.000Z", data },
    by: { node: "id", officer: null, door: "field" },
  });
/** As the page does it: one sealed entry an answer, named by the answer's id. */
async function asks(
  officer: Person,
  person: Id,
  work: Work,
  answers: Record<string, Answer>,
): Promise<Given[]> {
  const given: Given[] = [];
  for (const [at, [question, answer]] of Object.entries(answers).entries()) {
    const one = said(question, answer, `2031-04-17T02:${String(10 + at)}:00.000Z`);
    given.push(one);
    const sealed = [await seal(person, toldOf(work, [one], null), one.id)];
    await officer.must("POST", "/api/victims/left", { sealed });
  }
  return given;
}
const view = (person: Id) => maya.person.must<ScreeningsView>("GET", `/api/screening/people/${person}`);

test("an immigration officer screens: each answer is sealed, he reads nothing back, the desk reads and the rule presumes", async () => {
  const person = randomId();
  const work = workOf();
  const given = await asks(yusuf, person, work, {
    adult: "yes",
    papers: "yes",
    strangers: "yes",
    sex: "does-not-want",
  });
  // The line broke before the answer of the node came: the same answer again is kept once.
  const again = [await seal(person, toldOf(work, [given[1]!], null), given[1]!.id)];
  expect(await yusuf.must("POST", "/api/victims/left", { sealed: again })).toEqual({
    taken: [],
    known: [given[1]!.id],
  });
  await yusuf.must("POST", "/api/victims/left", {
    sealed: [await seal(person, toldOf(work, [], "finished"))],
  });
  expect((await yusuf.ask("GET", `/api/screening/people/${person}`)).status).toBe(404);

  const read = await view(person);
  expect(read.conversations).toMatchObject([
    { hers: "my", mark: "G-17", ended: "finished", by: { door: "field" } },
  ]);
  expect(read.conversations[0]!.given).toHaveLength(4);
  expect(read.presumption).toMatchObject({
    kind: "presumed",
    age: "adult",
    reasons: [{ code: "means-and-purpose" }],
  });
  expect(read.decided).toBeNull();
});

test("two teams screened one person, one of them without a line: both stand side by side and are read together", async () => {
  const person = randomId();
  await asks(yusuf, person, workOf(), { adult: "yes", papers: "no", hours: "yes" });
  const offline = {
    ...workOf("2031-04-17T03:00:00.000Z"),
    given: [
      said("adult", "no", "2031-04-17T03:01:00.000Z"),
      said("papers", "yes", "2031-04-17T03:02:00.000Z", "က".repeat(4000)),
    ],
  };
  const sealed = await Promise.all(inParts(offline, "stopped").map((part) => seal(person, part)));
  await rina.must("POST", "/api/victims/left", { sealed });
  const read = await view(person);
  expect(read.conversations.map(({ ended, given }) => [ended, given.length])).toEqual([
    [null, 3],
    ["stopped", 2],
  ]);
  // A child recorded as adult is a child.
  expect(read.presumption).toMatchObject({ kind: "presumed", age: "child" });
  expect(read.presumption.needs).toContain("child-protection");
});

test("the status is an officer's own decision with the rule's reasons; more than the rule says is refused", async () => {
  const person = randomId();
  await asks(yusuf, person, workOf(), { adult: "yes", violence: "yes" });
  expect((await view(person)).presumption.kind).toBe("indicators");
  const ask = { note: "", language: "id" } as const;
  const path = `/api/screening/people/${person}/status`;
  const more = await maya.person.ask("POST", path, { ...ask, status: "presumed" });
  expect([more.status, more.body]).toMatchObject([422, { error: { code: "RULE_SAYS_LESS" } }]);
  await maya.person.must("POST", path, { ...ask, status: "indicators" });
  await asks(yusuf, person, workOf("2031-04-17T04:00:00.000Z"), { refuse: "no" });
  await maya.person.must("POST", path, { ...ask, status: "presumed", note: "Ia gemetar." });
  expect((await view(person)).decided).toMatchObject({ status: "presumed", name: "Maya Anggraini" });

  // The log says that two screenings were decided, and of nobody.
  const { rows } = await id.node.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "oversight" },
    (db) =>
      sql<{ about_id: string | null }>`select about_id from simpul.leaves where kind = 'screening.decided'
      and officer_id = ${maya.who.officer.id}`.execute(db.rows),
  );
  expect(rows).toEqual([{ about_id: null }, { about_id: null }]);
  const kept = (await maya.desk()).person(person)!;
  const [, last] = entriesOf(kept, statusKind);
  expect(last).toMatchObject({
    by: { officer: maya.who.officer.id },
    data: { status: "presumed", state: "id" },
  });
  expect(last!.data.reason).toContain("Tidak bisa menolak");
  expect(last!.data.reason).toContain("Ia gemetar.");
  // Her look stands on the page of whom she looked at, once an hour.
  const looks = kept.entries.filter((one) => JSON.stringify(one.data).includes('"screenings"'));
  expect(looks).toHaveLength(1);
});

test("to everybody else the doors are not there, and an answer of a strange shape counts for nothing", async () => {
  const person = randomId();
  const work = workOf();
  const strange = { ...toldOf(work, [], null), given: [{ ...said("papers", "yes", "yesterday"), score: 9 }] };
  await yusuf.must("POST", "/api/victims/left", { sealed: [await seal(person, strange)] });
  expect((await view(person)).presumption.kind).toBe("not-screened");
  for (const key of ["sari", "yusuf", "hendra", "tono", "ratna"]) {
    const stranger = await id.as(key);
    expect((await stranger.ask("GET", `/api/screening/people/${person}`)).status, key).toBe(404);
    const decide = { status: "indicators", note: "", language: "en" };
    expect((await stranger.ask("POST", `/api/screening/people/${person}/status`, decide)).status, key).toBe(
      404,
    );
  }
  expect((await maya.person.ask("GET", `/api/screening/people/${randomId()}`)).status).toBe(404);
});
