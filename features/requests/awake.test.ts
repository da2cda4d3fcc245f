// Nobody asleep: an urgent request that nobody opens climbs by the clock, and whoever is away is told through another.
import { casesNode, checksNode, requestsNode } from "@simpul/server";
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { CaseHead, Names } from "../cases/contract.ts";
import { checksForOthers } from "../checks/others.ts";
import type { InboxView } from "../inbox/contract.ts";
import { escalate } from "./awake.ts";
import { tellUnopened } from "./evidences.ts";
import type { DutyView, PermissionView, RequestView, RosterView } from "./contract.ts";
import type { RequestsNode } from "./node.ts";
import { addDays } from "./roster-rules.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  chosen,
  draft,
  prove,
  recordsOf,
  stands,
  until,
  view,
} from "./testing.ts";

type Named<T> = T & { names: Names };
const minute = 60_000;
let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person, rithy: Person;
let ours: CaseHead;
let there: RequestsNode;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus] = [await id.as("rina"), await id.as("agus")];
  [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
  ours = await caseNamed(rina, "pembayar tiket");
  const cases = casesNode(kh.node);
  there = requestsNode(kh.node, cases, checksForOthers(checksNode(kh.node, cases)));
}, 120_000);

/** So many minutes later in Cambodia, with both signed in anew: a session rests only so long. */
async function at(minutes: number): Promise<void> {
  kh.clock.offMs = minutes * minute;
  [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
}

const urgent = () =>
  draft(ours.number, ["kh"], { urgent: true, urgencyReason: "danger-to-life", urgencyText: "EXERCISE" });
const waits = async (who: Person, which: string) =>
  (await who.must<InboxView>("GET", "/api/inbox")).entries.find((one) => one.id === which);

test("an urgent request that nobody opens is told to the duty desk, its supervisor, then to the phone", async () => {
  const phones = [{ name: "EXERCISE: officer on call", phone: "+855 23 000 000" }];
  expect((await sophea.ask("PUT", "/api/requests/duty/phones", { phones })).status).toBe(403);
  await rithy.must("PUT", "/api/requests/duty/phones", { phones });
  const sent = await ask(rina, agus, urgent());
  await stands(rina, sent, "delivered");
  const came = await arrival(sophea);
  expect(await escalate(there)).toBe(0);
  expect(await waits(sophea, came)).toMatchObject({ kind: "request-new", for: "desk" });

  await at(16);
  expect(await escalate(there)).toBe(1);
  // Told once, however often the clock looks.
  expect(await escalate(there)).toBe(0);
  const first = await waits(sophea, came);
  expect(first).toMatchObject({ kind: "request-unopened", for: "me" });
  expect(first!.told!.map((one) => one.name).sort()).toEqual(["ហេង រិទ្ធី", "លី សុភា"].sort());

  await at(61);
  await escalate(there);
  await at(121);
  await escalate(there);
  // MSG-4: in the agreed time nobody opened it; that is signed, once, and told to who waits for it.
  expect(await tellUnopened(there)).toBe(1);
  expect(await tellUnopened(there)).toBe(0);
  await at(0);
  await until(
    () => waits(rina, sent),
    (one) => one?.kind === "request-not-opened",
  );
  expect((await rithy.must<DutyView>("GET", "/api/requests/duty")).phones).toEqual(phones);
  // Looking opens it; what was told stays told, and the call is logged with what came of it.
  const seen = await view(rithy, came);
  expect(seen.notices.map((one) => one.level)).toEqual(["duty", "duty", "supervisor", "phone"]);
  expect(seen.notices[2]!.officer).toBe(rithy.id);
  const call = seen.notices[3]!;
  const where = `/api/requests/${came}/called`;
  expect((await rithy.ask("POST", where, { notice: call.id, text: " " })).status).toBe(422);
  await rithy.must("POST", where, { notice: call.id, text: "EXERCISE: reached, on her way" });
  expect((await rithy.ask("POST", where, { notice: call.id, text: "again" })).status).toBe(404);
  const after = await view(rithy, came);
  expect(after.notices[3]!.done).toMatchObject({ by: rithy.id, text: "EXERCISE: reached, on her way" });
  expect((await waits(sophea, came))!.kind).toBe("request-new");
  const opened = await stands(rina, sent, "opened");
  expect(opened.full[0]!.steps.map((one) => `${one.side} ${one.kind}`)).toContain("theirs unopened");
  const events = ({ full }: RequestView) => full[0]!.evidences.map(({ event, by }) => `${by} ${event}`);
  await until(
    () => view(rina, sent),
    (one) => events(one).length === 2,
  );
  for (const seen of [await view(rina, sent), await view(sophea, came)])
    expect(events(seen).toSorted()).toEqual(["kh not-retrieved", "kh retrieved"]);
  expect(await waits(rina, sent)).toBeUndefined();
});

test("whoever is away is told through her stand-in, and is back at once when she says so", async () => {
  const [from, until] = [new Date(), new Date(Date.now() + 86_400_000)].map((one) => one.toISOString());
  const { id: absence } = await sophea.must<{ id: string }>("POST", "/api/requests/duty/absences", {
    from,
    until,
    standIn: rithy.id,
  });
  expect((await rithy.ask("DELETE", `/api/requests/duty/absences/${absence}`)).status).toBe(404);
  const duty = await rithy.must<Named<DutyView>>("GET", "/api/requests/duty");
  expect(duty.officers.find((one) => one.officer === sophea.id)).toMatchObject({ away: true });
  expect(Object.values(duty.names.officers).map((one) => one.name)).toContain("លី សុភា");
  const known = (
    await sophea.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming")
  ).requests.map((one) => one.id);
  const sent = await ask(rina, agus, urgent());
  await stands(rina, sent, "delivered");
  const came = await arrival(sophea, known);
  await at(16);
  await escalate(there);
  await at(0);
  expect((await waits(sophea, came))!.told).toHaveLength(1);
  expect((await view(rithy, came)).notices).toMatchObject([{ officer: rithy.id, insteadOf: sophea.id }]);
  await sophea.must("DELETE", `/api/requests/duty/absences/${absence}`);
  const back = await rithy.must<DutyView>("GET", "/api/requests/duty");
  expect(back.officers.every((one) => !one.away)).toBe(true);
  const wrong = { from: until, until: from, standIn: null };
  expect((await sophea.ask("POST", "/api/requests/duty/absences", wrong)).status).toBe(422);
});

test("with a roster those on duty are told and nobody else; who is away is not, and hours without anybody are shown", async () => {
  const roster = "/api/requests/duty/roster";
  const { week, version, officers, gaps } = await rithy.must<RosterView>("GET", roster);
  expect([version, gaps.length, officers.some((one) => one.officer === sophea.id)]).toEqual([0, 1, true]);
  const shifts = [0, 1, 2, 3, 4, 5, 6].flatMap((n) => {
    const day = new Date(Date.parse(week) + n * 86_400_000).toISOString().slice(0, 10);
    // Sunday's evening is nobody's.
    return [{ officer: sophea.id, day, from: "00:00", until: n === 6 ? "18:00" : "00:00" }];
  });
  const at7 = `${roster}/${week}`;
  const nextWeek = addDays(week, 7);
  const later = (one: { day: string }) => ({ ...one, day: addDays(one.day, 7) });
  expect((await sophea.ask("PUT", at7, { version, shifts })).status).toBe(403);
  const agusThere = shifts.map((one) => ({ ...one, officer: agus.id }));
  expect((await rithy.ask("PUT", at7, { version, shifts: agusThere })).status).toBe(404);
  // Two write it at once: one is told that the other was first.
  const both = await Promise.all([1, 2].map(() => rithy.ask("PUT", at7, { version, shifts })));
  expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  const sunday = shifts[6]!.day;
  const kept = await sophea.must<RosterView>("GET", roster);
  expect(kept).toMatchObject({
    shifts,
    mayKeep: false,
    gaps: [{ from: `${sunday}T18:00`, until: expect.stringMatching(/T00:00$/) as unknown }],
  });

  // The head finds it in her inbox, with when it begins and where it is filled; a colleague does not, and it goes with the gap.
  const gaps7 = async (who: Person) =>
    (await who.must<InboxView>("GET", "/api/inbox")).entries.filter((one) => one.kind === "roster-gap");
  const [told] = await gaps7(rithy);
  expect(told).toMatchObject({ for: "me", due: expect.stringMatching(/Z$/) as unknown });
  expect(told!.title).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d – /);
  expect(await gaps7(sophea)).toEqual([]);
  const whole = shifts.map((one) => ({ ...one, until: "00:00" }));
  await rithy.must("PUT", at7, { version: 1, shifts: whole });
  const ahead = await rithy.must<RosterView>("GET", `${roster}?week=${nextWeek}`);
  await rithy.must("PUT", `${roster}/${nextWeek}`, { version: ahead.version, shifts: whole.map(later) });
  expect(await gaps7(rithy)).toEqual([]);
  await rithy.must("PUT", `${roster}/${nextWeek}`, { version: ahead.version + 1, shifts: [] });
  expect((await gaps7(rithy))[0]!.to).toBe(`/requests/duty/roster?week=${nextWeek}`);
  await rithy.must("PUT", at7, { version: 2, shifts });

  const unopened = async (): Promise<string[]> => {
    const known = (
      await sophea.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming")
    ).requests.map((one) => one.id);
    await stands(rina, await ask(rina, agus, urgent()), "delivered");
    const came = await arrival(sophea, known);
    await at(16);
    await escalate(there);
    await at(0);
    return (await view(rithy, came)).notices.map((one) => one.officer!);
  };
  // In the story's hour somebody is on duty; on a Sunday evening everybody of the desk would be told.
  const onDuty = (await rithy.must<RosterView>("GET", roster)).now;
  expect(await unopened()).toEqual(onDuty.length === 0 ? [rithy.id, sophea.id].sort() : [sophea.id]);
  const away = {
    from: new Date().toISOString(),
    until: new Date(Date.now() + 7_200_000).toISOString(),
    standIn: null,
  };
  const { id: absence } = await sophea.must<{ id: string }>("POST", "/api/requests/duty/absences", away);
  const without = await rithy.must<RosterView>("GET", roster);
  expect(without.gaps.length).toBeGreaterThan(onDuty.length === 0 ? 0 : 1);
  expect(await unopened()).toEqual([rithy.id]);
  await sophea.must("DELETE", `/api/requests/duty/absences/${absence}`);
  await rithy.must("PUT", at7, { version: 3, shifts: [] });
});

test("a permission that nobody decides is told to the originator's supervisor and stays not permitted", async () => {
  const known = (
    await sophea.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming")
  ).requests.map((one) => one.id);
  const sreymom = await kh.as("sreymom");
  const theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  const sent = await ask(rina, agus, draft(ours.number, ["kh"]));
  const came = await arrival(sophea, known);
  await view(sophea, came);
  const { officer } = await sreymom.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session");
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const { subject } = await recordsOf(sreymom, theirs.number);
  const given = answer({ case: theirs.number, records: [chosen(subject![0]!.id, { link: "" })] });
  const { id: written } = await sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, given);
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await stands(rina, sent, "answered");
  const { id: permission } = await rina.must<{ id: string }>("POST", "/api/requests/permissions", {
    case: ours.number,
    records: [subject![0]!.id],
    action: "court",
    recipients: [],
    court: "EXERCISE: a court",
    legalBasis: "untoc-27",
    purpose: "prosecution",
    reason: "EXERCISE",
    neededBy: new Date().toISOString().slice(0, 10),
  });
  await until(
    () => rithy.ask("GET", `/api/requests/permissions/${permission}`),
    ({ status }) => status === 200,
  );
  await at(25 * 60);
  await escalate(there);
  const entry = (await rithy.must<InboxView>("GET", "/api/inbox")).entries.find(
    (one) => one.id === permission,
  );
  // The desk has no supervisor of its own: the contact point's was told.
  expect(entry).toMatchObject({ kind: "permission-overdue", told: [{ name: "ហេង រិទ្ធី" }] });
  const still = await rithy.must<PermissionView>("GET", `/api/requests/permissions/${permission}`);
  expect(still).toMatchObject({ state: "delivered", overdue: true, grants: [] });
  await at(0);
});
