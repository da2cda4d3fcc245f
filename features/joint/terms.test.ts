// The terms of others in a joint space: what a third state gave, what is called back, and from whom all of it is kept.
import type { SessionView } from "../access/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import { callsBack, recallStands, why } from "../../testing/calling-back.ts";
import { exclude, lift } from "../../testing/excluding.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  chosen,
  draft,
  prove,
  recordsOf,
  stands as answered,
  until,
} from "../requests/testing.ts";
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { ThingView } from "./contract.ts";
import { agency, named, releases, takes, wired } from "../../testing/joint-room.ts";
import { approve, noteOfThree, propose, stands, things, writes } from "./testing.ts";

let id: Nation, kh: Nation, ph: Nation;
let agus: Person, sophea: Person, rithy: Person;
let rina: Person, sreymom: Person, dennis: Person;
let ours: CaseHead, theirs: CaseHead;
let it: string;

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [agus, sophea, rithy] = [await id.as("agus"), await kh.as("sophea"), await kh.as("rithy")];
  [rina, sreymom, dennis] = [await id.as("rina"), await kh.as("sreymom"), await ph.as("dennis")];
  ours = await caseNamed(rina, "pembayar tiket");
  theirs = (await sreymom.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1")).cases[0]!;
  it = await propose(agus, noteOfThree());
  const grace = await ph.as("grace");
  for (const liaison of [sophea, grace]) await approve(liaison, it);
  for (const [liaison, who] of [
    [agus, rina],
    [sophea, sreymom],
    [grace, dennis],
  ] as const) {
    await stands(liaison, it, (one) => one.parties.every((party) => party.stands === "in"));
    await liaison.must("POST", `/api/joint/${it}/members`, { officer: who.id, role: "contributor" });
  }
  await stands(sophea, it, (one) => one.parties.every((party) => party.members.length === 2));
  await rina.must("POST", `/api/joint/${it}/things`, writes("EXERCISE: ours, corrected"));
}, 240_000);

const seen = (who: Person, so: (all: ThingView[]) => boolean) => until(() => things(who, it), so);

const excluded = ["officer", "desk", "agency"] as const;
test.each(excluded)(
  "what a state puts in is kept from the %s that it excludes at another; others there have it",
  async (kind) => {
    const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
    const who = { officer: officer.number, desk: officer.desk.id, agency: officer.agency.id }[kind];
    const putri = await id.as("putri");
    const exclusion = await exclude(agus, putri, { peer: "kh", kind, who });
    const title = `EXERCISE: the raid is on Friday, without that ${kind}`;
    await rina.must("POST", `/api/joint/${it}/things`, writes(title));
    const hasIt = (found: ThingView[]) => named(found, title) !== undefined;
    const raid = named(await seen(sophea, hasIt), title)!;
    await seen(dennis, hasIt);
    // The space is one room: all of it is kept from her, also what the third state puts in, and that there is one.
    await dennis.must("POST", `/api/joint/${it}/things`, writes(`${title}, two more vans`));
    await seen(sophea, (found) => named(found, `${title}, two more vans`) !== undefined);
    for (const [method, path, body] of [
      ["GET", `/api/joint/${it}`],
      ["GET", `/api/joint/${it}/things`],
      ["GET", `/api/joint/${it}/picture`],
      ["GET", `/api/joint/${it}/choices?case=${theirs.number}`],
      ["GET", `/api/joint/${it}/export`],
      ["GET", `/api/why/${it}`],
      ["GET", `/api/why/${raid.id}`],
      ["POST", `/api/joint/${it}/things`, writes("EXERCISE: hers")],
      ["POST", `/api/joint/${it}/things/${raid.id}/keep`, { proceeding: "EXERCISE 12/2031" }],
    ] as const)
      expect((await sreymom.ask(method, path, body)).status, path).toBe(404);
    for (const path of ["/api/joint", "/api/inbox", "/api/actors", "/api/operations"])
      expect(JSON.stringify(await sreymom.must("GET", path)), path).not.toContain(it);
    await lift(agus, putri, exclusion);
    await until(
      () => sreymom.ask("GET", `/api/joint/${it}`),
      ({ status }) => status === 200,
    );
    expect(hasIt(await things(sreymom, it))).toBe(true);
  },
);

test("what came from a third state under H2 goes in only with its word (HC-6, JIT-4)", async () => {
  // Cambodia answers Indonesia under H2; Indonesia would put it before the Philippines.
  const asked = await ask(rina, agus, draft(ours.number, ["kh"]));
  const came = await arrival(sophea);
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: (await deskOf(sreymom)).id, note: "" });
  const open = (await recordsOf(sreymom, theirs.number)).selector!.filter((one) =>
    ["suspect", "facilitator", "business"].includes(one.role),
  );
  const [held, other] = [open[0]!, open[1]!];
  expect(other).toBeDefined();
  const saved = await sreymom.must<{ id: string }>(
    "PUT",
    `/api/requests/${came}/answer`,
    answer({ case: theirs.number, records: [chosen(held.id), chosen(other.id)] }),
  );
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", saved.id);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await answered(rina, asked, "answered");
  const put = { case: ours.number, records: [chosen(held.id)], items: [], own: [] };
  expect((await releases(rina, it, put)).body).toMatchObject({
    error: { code: "ORIGINATOR_NOT_ASKED", facts: { originator: "kh", because: "H2", states: "ph" } },
  });
  // A node that sends it all the same is not believed: the Philippines hold no word of Cambodia.
  const foreign = await wiredRecord(held.id);
  expect(await takes(ph, "id", "joint.put", { agency, space: it, things: [foreign] })).toContain(
    "NOT_ALLOWED ORIGINATOR_NOT_ASKED",
  );
  given = { came, records: [held.id, other.id] };
}, 60_000);

test("with its originator's word it goes in, and reaches everybody; called back or permitted no more, it is gone on every node", async () => {
  const [one, two] = given.records;
  const { id: permission } = await rina.must<{ id: string }>("POST", "/api/requests/permissions", {
    ...{ case: ours.number, records: [one, two], action: "onward", recipients: ["ph"], court: null },
    ...{ legalBasis: "untoc-27", purpose: "crime-investigation", neededBy: null },
    reason: "EXERCISE: for the joint space",
  });
  const path = `/api/requests/permissions/${permission}`;
  await until(
    () => rithy.ask("GET", path),
    ({ status }) => status === 200,
  );
  await prove(rithy, "permission.decide", permission);
  await rithy.must("POST", `${path}/decide`, {
    ...{ decisions: [one, two].map((record) => ({ record, grant: true })), conditions: "", notAfter: null },
    reason: "",
  });
  await until(
    () => rina.must<{ state: string }>("GET", path),
    (now) => now.state === "granted",
  );
  const records = [chosen(one!), chosen(two!)];
  expect((await releases(rina, it, { case: ours.number, records, items: [], own: [] })).status).toBe(201);
  const of = (all: ThingView[], record: string) => all.find((thing) => thing.id === record);
  const there = await seen(dennis, (all) => of(all, one!) !== undefined && of(all, two!) !== undefined);
  expect(of(there, one!)).toMatchObject({ party: "id", originator: "kh", state: "standing" });
  const desk = { sreymom: await kh.as("sreymom"), sophea };
  await callsBack(desk, given.came, why("withdraw", [one!]));
  const tighter = {
    handling: { codes: ["H1", "H2", "H3"], text: "EXERCISE: not on paper", conditions: { noPrint: true } },
  };
  const stricter = await callsBack(
    desk,
    given.came,
    why("restrict", [two!], { ...tighter, endsGrants: true } as never),
  );
  for (const who of [dennis, rina, sreymom]) {
    const now = await seen(
      who,
      (all) => of(all, one!)?.state === "withdrawn" && of(all, two!)?.state === "withdrawn",
    );
    expect(of(now, one!)).toMatchObject({
      content: null,
      title: "",
      because: "called-back",
      originator: "kh",
    });
    expect(of(now, two!)).toMatchObject({ content: null, title: "", because: "restricted" });
  }
  // Its giver sees who was told, and that nobody still waits for the word; the Philippines answer by themselves.
  await seen(rina, (all) => of(all, one!)!.version === 2 && of(all, one!)!.waits.length === 0);
  const told = await recallStands(sreymom, stricter, (view) =>
    view.tree.some((holder) => holder.holder === "ph" && holder.outcome === "complied"),
  );
  expect(told.tree.map((holder) => holder.holder)).toContain("ph");
  expect(
    await takes(ph, "id", "joint.put", { agency, space: it, things: [await wiredRecord(two!)] }),
  ).toContain("NOT_ALLOWED");
}, 60_000);
let given: { came: string; records: string[] };
const deskOf = async (who: Person) =>
  (await who.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session")).officer.desk;
/** The record as Indonesia holds it, in a letter that its own node would never write. */
async function wiredRecord(record: string): Promise<object> {
  const { records } = await rina.must<{ records: (Record<string, unknown> & { id: string })[] }>(
    "GET",
    `/api/requests/received?case=${ours.number}`,
  );
  const {
    id: of,
    kind,
    originator,
    version,
    fields,
    handling,
    evaluation,
    link,
  } = records.find((one) => one.id === record)!;
  const content = {
    record: { id: of, kind, originator, version, fields, handling, evaluation, link, grants: [] },
  };
  return wired(id, "EXERCISE: ours, corrected", { id: of, kind: "selector", content, handling, evaluation });
}
