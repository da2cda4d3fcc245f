// Indonesia hands a case over to Cambodia: two persons, one owner at every moment, and nothing of a victim on the way.
import { Id, type NodeCode } from "@simpul/model";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { Item } from "../evidence/contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import { recordsOf } from "../requests/testing.ts";
import type { HandOverView, Preview } from "./contract.ts";
import { returnSilent } from "./jobs.ts";
import { jobStanding, rowOf } from "./node.ts";
import { withHandedOver } from "./others.ts";
import { takesIn } from "../../testing/legal-assistance.ts";
import {
  acceptedBy,
  asked,
  cameIn,
  caseOf,
  look,
  newCase,
  offered,
  prove,
  roomOf,
  stands,
  twoStates,
  until,
} from "../../testing/hand-overs.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person, sreymom: Person;
let desk: string;

beforeAll(async () => {
  ({ id, kh, rina, agus, sophea, sreymom, desk } = await twoStates());
}, 120_000);

const editing = (who: Person, number: string, kind: string, record: string, field: string, value: unknown) =>
  who.ask<{ error: { code: string } }>("PATCH", `/api/cases/${number}/records/${kind}/${record}`, {
    ...{ field, value, read: 1 },
  });

test("a case goes by two persons and the other contact point, and from then on has one owner, there", async () => {
  const made = await newCase(rina);
  const what = asked(made.number, "kh");
  const { goes, stays } = await rina.must<Preview>("POST", "/api/hand-overs/preview", {
    ...{ case: made.number, to: "kh" },
  });
  expect(goes.map((one) => one.kind).sort()).toEqual(["link", "selector", "subject"]);
  expect(stays.map((one) => one.because).sort()).toEqual(["conditions", "not-chosen", "protected"]);
  const { id: handing } = await rina.must<{ id: string }>("POST", "/api/hand-overs", what);
  expect(await rina.ask("POST", "/api/hand-overs", what)).toMatchObject({
    ...{ status: 409, body: { error: { code: "OFFERED_ALREADY" } } },
  });
  // Who put it together does not let it go, whatever her role.
  await prove(rina, "hand-over.approve", handing);
  expect((await rina.ask("POST", `/api/hand-overs/${handing}/approve`, {})).status).toBe(403);
  expect((await agus.ask("POST", `/api/hand-overs/${handing}/approve`, {})).status).toBe(403);
  const waits = await agus.must<InboxView>("GET", "/api/inbox");
  expect(waits.entries.find((one) => one.id === handing)).toMatchObject({ kind: "hand-over-approval" });
  await prove(agus, "hand-over.approve", handing);
  await agus.must("POST", `/api/hand-overs/${handing}/approve`, {});

  // Pending on both sides, with one clock; nothing has changed hands.
  const there = await cameIn(sophea, handing);
  expect(there).toMatchObject({ state: "pending", ours: false, lines: null, case: null });
  expect(there.offer).toMatchObject({
    ...{ case: made.number, whole: true, title: what.title, after: what.after, remains: what.remains },
    stays: [
      { kind: "place", because: "conditions", count: 1 },
      { kind: "link", because: "not-chosen", count: 1 },
    ],
  });
  const here = await look(rina, handing);
  expect(here).toMatchObject({ state: "pending", due: there.due, reference: there.reference });
  expect((await caseOf(rina, made.number)).may).toContain("case.edit");
  const inbox = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === handing)).toMatchObject({
    ...{ kind: "hand-over", due: there.due, to: `/hand-overs/${handing}` },
  });
  expect((await sreymom.ask("GET", `/api/hand-overs/${handing}`)).status).toBe(404);

  await acceptedBy(sophea, handing, desk, sreymom.id);
  const taken = await until(
    () => sreymom.ask<HandOverView>("GET", `/api/hand-overs/${handing}`),
    ({ status, body }) => status === 200 && body.case !== null,
  ).then(({ body }) => body);
  expect(taken).toMatchObject({ state: "handed", signed: { offered: true, accepted: true, handed: true } });
  const theirs = await caseOf(sreymom, taken.case!.number);
  expect(theirs).toMatchObject({
    title: what.title,
    state: "open",
    holds: { subject: 1, selector: 1, link: 1 },
  });
  expect(theirs.team).toMatchObject([{ officer: sreymom.id, role: "lead" }]);
  const records = await recordsOf(sreymom, theirs.number);
  expect(records.subject![0]).toMatchObject({
    ...{
      names: [{ text: "Pak Exercise" }],
      source: { kind: "handed-over", from: "id" },
      handling: { codes: ["H1", "H2"] },
    },
  });
  expect(records.selector![0]).toMatchObject({ subject: records.subject![0]!.id });
  expect(records.link![0]).toMatchObject({ from: records.subject![0]!.id, to: records.selector![0]!.id });
  // Nothing of the victim, nothing of the source's house, in anything that came.
  const kept = await kh.node.store.read(jobStanding, (db) => rowOf(db, Id.parse(handing)));
  expect(JSON.stringify(kept)).not.toMatch(/V-1|victim|safe house/);
  const { selector } = await recordsOf(sreymom, theirs.number);
  expect(
    (
      await editing(
        sreymom,
        theirs.number,
        "selector",
        selector![0]!.id,
        "note",
        "EXERCISE: seen at the hotel",
      )
    ).status,
  ).toBe(200);
  const tasks = (await sreymom.must<InboxView>("GET", "/api/inbox")).entries;
  expect(tasks.some((one) => one.kind === "task" && one.case?.number === theirs.number)).toBe(true);

  // At home it is read and not changed, nor opened again by anybody.
  const gone = await until(
    () => caseOf(rina, made.number),
    (seen) => seen.state === "closed",
  );
  expect(gone).toMatchObject({ stateReason: "handed-over", handed: expect.arrayContaining([]) as unknown });
  expect(gone.handed.find((one) => one.whole)).toMatchObject({ to: "kh", reference: taken.reference });
  expect((await editing(rina, made.number, "subject", made.suspect, "birth", "1990")).body.error.code).toBe(
    "CASE_CLOSED",
  );
  expect(await rina.ask("POST", `/api/cases/${made.number}/state`, { state: "open" })).toMatchObject({
    ...{ status: 409, body: { error: { code: "HANDED_OVER" } } },
  });
  const done = await look(rina, handing);
  expect(done).toMatchObject({
    state: "handed",
    answer: { lead: "Kim Sreymom" },
    signed: { accepted: true },
  });

  // What is learned here since goes there as a proposal, which its owner takes.
  expect(done.may).toContain("propose");
  const says = { text: "EXERCISE: he was seen at the airport.", language: "en" };
  expect((await rina.ask("POST", `/api/hand-overs/${handing}/proposals`, says)).status).toBe(403);
  await prove(rina, "hand-over.propose", handing);
  const { id: proposal } = await rina.must<{ id: string }>(
    "POST",
    `/api/hand-overs/${handing}/proposals`,
    says,
  );
  const proposed = await until(
    () => look(sreymom, handing),
    (seen) => seen.proposals.length === 1,
  );
  expect(proposed.proposals[0]).toMatchObject({ id: proposal, ours: false, state: "open", text: says.text });
  await sreymom.must("POST", `/api/hand-overs/${handing}/settle`, { proposal, taken: true });
  const settled = await until(
    () => look(rina, handing),
    (seen) => seen.proposals[0]!.state === "taken",
  );
  expect(settled.proposals).toHaveLength(1);
  const hendra = await id.as("hendra");
  const { entries } = await hendra.must<{ entries: { kind: string }[] }>(
    ...(["GET", "/api/oversight/log?log=main&kind=hand-over."] as const),
  );
  expect(new Set(entries.map((one) => one.kind))).toEqual(
    new Set([
      "hand-over.submitted",
      "hand-over.offered",
      "hand-over.said",
      "hand-over.closed",
      "hand-over.proposed",
      "hand-over.settled",
    ]),
  );
});

test("chosen records and files go, the case stays, and what went is no longer changed here", async () => {
  const made = await newCase(rina);
  const item = await takesIn(id, "rina", made.id, "tickets.csv");
  const handing = await offered(rina, agus, asked(made.number, "kh", { only: [made.phone, item] as Id[] }));
  expect((await cameIn(sophea, handing)).offer).toMatchObject({
    whole: false,
    goes: [
      { kind: "selector", count: 1 },
      { kind: "item", count: 1 },
    ],
  });
  await acceptedBy(sophea, handing, desk, sreymom.id);
  await stands(rina, handing, "handed");
  // The file comes with its whole story, and is sealed in their case.
  const there = await until(
    () => look(sophea, handing),
    ({ items }) => items[0]?.state === "sealed",
  );
  expect(there.items).toMatchObject([{ id: item, title: "tickets.csv", code: null }]);
  const sealed = await sreymom.must<Item>("GET", `/api/evidence/items/${item}`);
  expect(sealed).toMatchObject({ fileName: "tickets.csv", origin: "peer" });
  const terms = withHandedOver({ termsOf: () => Promise.resolve({ permitted: [], permissions: [] }) });
  const used = await kh.node.store.read(jobStanding, (db) =>
    terms.termsOf(db, Id.parse(item), "kh" as NodeCode),
  );
  expect(used.permitted).toEqual(["court", "onward"]);
  expect(await editing(rina, made.number, "selector", made.phone, "note", "late")).toMatchObject({
    ...{ status: 409, body: { error: { code: "HANDED_OVER", facts: { to: "kh" } } } },
  });
  expect((await editing(rina, made.number, "subject", made.suspect, "birth", "1990")).status).toBe(200);
  expect((await caseOf(rina, made.number)).state).toBe("open");
  // What went is another state's, and does not go a second time.
  const { goes } = await rina.must<Preview>("POST", "/api/hand-overs/preview", {
    case: made.number,
    to: "ph",
  });
  expect(goes.some((one) => one.id === made.phone)).toBe(false);
});

test("declined with a ground, taken back, or met with silence, it stays where it was", async () => {
  const made = await newCase(rina);
  const first = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, first);
  const no = { ground: "other", text: "" };
  expect(await sophea.ask("POST", `/api/hand-overs/${first}/decline`, no)).toMatchObject({
    body: { error: { code: "REASON_NEEDED" } },
  });
  await sophea.must("POST", `/api/hand-overs/${first}/decline`, {
    ground: "no-jurisdiction",
    text: "EXERCISE",
  });
  expect(await stands(rina, first, "declined")).toMatchObject({
    answer: { ground: "no-jurisdiction" },
    lines: null,
  });

  const second = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, second);
  await rina.must("POST", `/api/hand-overs/${second}/take-back`, { text: "EXERCISE: not yet" });
  expect(await stands(sophea, second, "taken-back")).toMatchObject({
    may: [],
    answer: { text: "EXERCISE: not yet" },
  });
  await prove(sophea, "hand-over.accept", second);
  const late = { desk, lead: sreymom.id, crimeType: "trafficking-forced-criminality" };
  expect(await sophea.ask("POST", `/api/hand-overs/${second}/accept`, late)).toMatchObject({ status: 409 });

  const third = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, third);
  const later = new Date(Date.now() + 60 * 86_400_000);
  await returnSilent({ ...roomOf(id), clock: { now: () => later } });
  expect(await stands(sophea, third, "returned")).toMatchObject({ code: "silence", case: null });
  expect((await caseOf(rina, made.number)).may).toContain("case.edit");

  // AUD-2: what oversight let rest meanwhile goes nowhere, though it was accepted.
  const fourth = await offered(rina, agus, asked(made.number, "kh"));
  await cameIn(sophea, fourth);
  const hendra = await id.as("hendra");
  await hendra.must("POST", "/api/freezes", {
    what: "case",
    ref: made.number,
    reason: "EXERCISE: who asked?",
  });
  expect((await rina.ask("POST", `/api/hand-overs/${fourth}/take-back`, {})).status).toBe(409);
  await acceptedBy(sophea, fourth, desk, sreymom.id);
  expect(await stands(sophea, fourth, "returned")).toMatchObject({ code: "frozen" });
  expect((await caseOf(rina, made.number)).handed).toEqual([]);
});
