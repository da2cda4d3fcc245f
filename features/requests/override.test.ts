// A life at risk: Indonesia passes on what Cambodia wants to be asked about, Cambodia hears of it at once, others review it.
import { nations, type Nation, type Person } from "@simpul/testing";
import {
  answers,
  arrived,
  asks,
  callsBack,
  givenWith,
  held,
  heldBy,
  peopleOf,
  why,
  type People,
  type Thread,
} from "../../testing/calling-back.ts";
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import { Id, type NodeCode } from "@simpul/model";
import { casesNode, checksNode, requestsNode } from "@simpul/server";
import { newSigner, systemClock, systemRandom } from "@simpul/store/keys";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { checksForOthers } from "../checks/others.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { Grant, OverrideView, Preview } from "./contract.ts";
import { signGrant } from "./grants.ts";
import { jobStanding, type RequestsNode } from "./node.ts";
import { requestsPart } from "./peer.ts";
import { arrival, chosen, draft, prove, recordsOf, until, view } from "./testing.ts";

let id: Nation, kh: Nation, ph: Nation;
let people: People;
let putri: Person, hendra: Person;
let thread: Thread;
let melly: string, phone: string, van: string;
let first: string, there: string;

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
  [putri, hendra] = [await id.as("putri"), await id.as("hendra")];
  thread = await asks(people);
  const { selector, subject } = await recordsOf(people.sreymom, thread.theirs.number);
  melly = subject![0]!.id;
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  const named = {
    codes: ["H2" as const, "H3" as const],
    text: "EXERCISE: for Indonesia alone.",
    conditions: { recipients: ["id"] },
  };
  await answers(people, thread, {
    records: [
      chosen(melly, { link: "" }),
      chosen(phone, { link: "", handling: named }),
      chosen(van, { link: "" }),
    ],
  });
  await arrived(people.rina, thread.asked);
}, 180_000);

const say = {
  authority: "EXERCISE: Anti-trafficking task force, Manila",
  reason: "being-moved-or-sold",
  facts: "EXERCISE: she wrote at 01:40 that a van takes her to the pier at five.",
};
const drafted = async (records: string[], to: string[] = ["ph"]): Promise<string> =>
  (
    await people.rina.must<{ id: string }>(
      "POST",
      "/api/requests",
      draft(thread.ours.number, to, { records: records.map((one) => chosen(one)) }),
    )
  ).id;
const override = async (request: string, how = say) => {
  await prove(people.rina, "override.make", request);
  return people.rina.ask<{ state: string; error: { code: string; facts: object } }>(
    "POST",
    `/api/requests/${request}/override`,
    how,
  );
};
const listed = async (who: Person | People["rina"], request?: string): Promise<OverrideView[]> =>
  (
    await who.must<{ overrides: OverrideView[] }>(
      "GET",
      `/api/requests/overrides${request === undefined ? "" : `?request=${request}`}`,
    )
  ).overrides;
const waits = async (who: Person | People["rina"], kind: string) =>
  (await who.must<InboxView>("GET", "/api/inbox")).entries.filter((one) => one.kind === kind);
/** Envelopes of this kind that stand in Indonesia's outbox or have left it. */
const sent = (kind: string): Promise<number> =>
  id.node.store.read(jobStanding("test"), async (db) => {
    db.noteRead("request.counted", {});
    const { rows } = await sql<{
      count: string;
    }>`select count(*) from simpul.outbox where kind = ${kind}`.execute(db.rows);
    return Number(rows[0]!.count);
  });

test("H2 alone is set aside: not for a state its owner did not name, not without a reason of the list", async () => {
  const both = await drafted([melly, phone]);
  // The owner's H2 stands before its condition; the condition holds all the same (HC-6).
  expect((await override(both)).body.error).toMatchObject({
    code: "TERMS_FORBID",
    facts: { record: phone, because: "H3-recipient" },
  });
  const one = await drafted([melly]);
  expect((await override(one, { ...say, reason: "it-is-quicker" })).body.error.code).toBe(
    "NOT_A_LISTED_CODE",
  );
  expect((await override(one, { ...say, facts: "hurry" })).status).toBe(422);
  expect((await override(await drafted([melly], ["ph", "kh"]))).body.error.code).toBe("TOO_MUCH");
  expect((await override(await drafted([]))).body.error).toMatchObject({
    code: "NOT_NOW",
    facts: { state: "not-stopped" },
  });
  expect(await sent("override.notified")).toBe(0);
  expect(await listed(people.rina)).toEqual([]);
});

test("it takes her second factor and, where one is on duty, a second officer; until then nothing leaves", async () => {
  first = await drafted([melly]);
  const bare = await people.rina.ask("POST", `/api/requests/${first}/override`, say);
  expect(bare).toMatchObject({
    status: 403,
    body: { error: { code: "STEP_UP", facts: { act: "override.make" } } },
  });
  expect((await override(first)).body).toEqual({ state: "waiting" });
  expect(await view(people.rina, first)).toMatchObject({
    urgent: true,
    urgencyReason: "danger-to-life",
    full: [],
  });
  expect(await sent("override.notified")).toBe(0);
  expect((await listed(people.agus, first))[0]).toMatchObject({
    state: "waiting",
    ...say,
    to: "ph",
    peer: "kh",
  });
  // Sent back, it is over; whoever still wants it says anew why.
  await people.agus.must("POST", `/api/requests/${first}/return`, { reason: "EXERCISE: which pier?" });
  expect(await listed(people.agus, first)).toEqual([]);
  expect((await override(first)).body).toEqual({ state: "waiting" });
  const { pages } = await people.agus.must<Preview>("GET", `/api/requests/${first}/preview`);
  expect(pages[0]!.stops).toEqual([]);
  await prove(people.agus, "request.approve", first);
  await people.agus.must("POST", `/api/requests/${first}/approve`, { reason: "EXERCISE" });
  expect((await listed(people.rina, first))[0]).toMatchObject({
    state: "done",
    alone: false,
    askedBy: people.rina.id,
    secondBy: people.agus.id,
    records: [{ record: melly, title: "Melly" }],
  });
  expect(await sent("override.notified")).toBe(1);
});

test("the other state gets it marked, under the owner's terms as they were; nothing chosen later goes by it", async () => {
  there = await arrival(people.grace);
  const { records } = await heldBy(people.grace, there);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    originator: "kh",
    handling: { codes: ["H1", "H2"] },
    grants: [{ action: "override", holder: "id", originator: "kh", recipients: ["ph"] }],
    may: { court: false, onward: [] },
  });
  const again = await drafted([melly]);
  const { pages } = await people.rina.must<Preview>("GET", `/api/requests/${again}/preview`);
  expect(pages[0]!.stops).toMatchObject([{ because: "H2", originator: "kh" }]);
  expect(await people.rina.ask("POST", `/api/requests/${again}/submit`)).toMatchObject({ status: 403 });
});

test("its owner has the notice in its inbox, says what it finds, and can call back from where it went", async () => {
  const told = await until(
    () => waits(people.sophea, "override-told"),
    (list) => list.length > 0,
  );
  expect(told[0]!.title).toBe("Melly");
  const [notice] = await listed(people.sophea);
  expect(notice).toMatchObject({
    direction: "theirs",
    peer: "id",
    to: "ph",
    ...say,
    alone: false,
    records: [{ record: melly, kind: "subject" }],
    askedBy: null,
    may: ["review"],
  });
  const given = await givenWith(people.sreymom, thread.came);
  expect(given.find((one) => one.record === melly)!.to).toEqual(["id", "ph"]);
  await people.sophea.must("POST", `/api/requests/overrides/${notice!.id}/review`, {
    finding: "justified",
    text: "EXERCISE: she was found at the pier.",
  });
  expect(await waits(people.sophea, "override-told")).toEqual([]);
});

test("supervisor and oversight find it; neither of the two who let it go reviews it, and oversight reads the rule", async () => {
  const [mine] = await listed(people.rina, first);
  const which = `/api/requests/overrides/${mine!.id}/review`;
  const finding = { finding: "not-justified", text: "EXERCISE: the liaison in Phnom Penh was awake." };
  expect((await people.rina.ask("POST", which, finding)).status).toBe(404);
  expect((await people.agus.ask("POST", which, finding)).status).toBe(404);
  expect((await (await id.as("yusuf")).ask("POST", which, finding)).status).toBe(404);
  expect(await waits(putri, "override")).toHaveLength(1);
  // Oversight reads what was decided and why, not whom it is about.
  expect((await waits(hendra, "override"))[0]!.title).toBe(say.authority);
  expect((await listed(hendra))[0]).toMatchObject({
    request: null,
    ...say,
    records: [{ title: "" }],
    may: ["review"],
  });
  await putri.must("POST", which, finding);
  expect(await hendra.ask("POST", which, finding)).toMatchObject({ status: 409 });
  expect((await listed(people.rina, first))[0]!.review).toMatchObject({
    finding: "not-justified",
    by: putri.id,
  });
  const { entries } = await hendra.must<{ entries: { because: string[] }[] }>(
    "GET",
    "/api/oversight/log?kind=override.done",
  );
  expect(entries[0]!.because).toContain("policy.override.agreed-by-second");
});

test("a notice is believed only of what was given, to the state it names, signed by the state that sends it", async () => {
  const newId = (): Id => Id.make({ clock: systemClock, random: systemRandom });
  const roomOf = ({ node }: Nation): RequestsNode => {
    const cases = casesNode(node);
    return requestsNode(node, cases, checksForOthers(checksNode(node, cases)));
  };
  const [signer, cambodia] = [roomOf(id).signer, roomOf(kh)];
  const { records } = await held(people.rina, thread.ours.number);
  const about = records.find((one) => one.id === melly)!;
  const grant = (more: Partial<Grant> = {}, by: RequestsNode["signer"] = signer): Promise<Grant> =>
    signGrant(
      { signer: by },
      {
        id: newId(),
        originator: "kh" as NodeCode,
        holder: "id" as NodeCode,
        record: about.id,
        version: about.version,
        action: "override",
        recipients: ["ph" as NodeCode],
        court: null,
        thread: null,
        conditions: say.reason,
        notAfter: "2031-02-20T03:00:00.000Z",
        at: "2031-02-20T00:00:00.000Z",
        ...more,
      },
    );
  const refused = (grants: Grant[]): Promise<string> => {
    const body = {
      agency: newId(),
      override: newId(),
      thread: about.thread,
      to: "ph",
      ...say,
      alone: false,
      grants,
    };
    const envelope = { id: newId(), type: "override.notified", from: "id", to: "kh", body, attachments: [] };
    return kh.node.store
      .write({ actor: { kind: "peer", node: "id" as NodeCode }, purpose: "mutual-assistance" }, (tx) =>
        requestsPart(cambodia).takes!["override.notified"]!(tx, envelope as unknown as Envelope),
      )
      .then(
        () => "taken",
        (fault: unknown) => (fault instanceof EnvelopeRefused ? fault.code : Promise.reject(fault as Error)),
      );
  };
  expect(await refused([await grant({}, newSigner())])).toBe("BAD_BODY");
  expect(await refused([await grant({ action: "onward" })])).toBe("BAD_BODY");
  expect(await refused([await grant({ recipients: ["id" as NodeCode] })])).toBe("BAD_BODY");
  expect(await refused([await grant({ notAfter: null })])).toBe("BAD_BODY");
  expect(await refused([await grant({ record: newId() })])).toBe("UNKNOWN_RECORD");
  expect(await refused([])).toBe("BAD_BODY");
  expect(await listed(people.sophea)).toHaveLength(1);
});

test("where nobody else is on duty it goes with one, and everybody is told so", async () => {
  const from = new Date(id.clock.now().getTime() - 60_000).toISOString();
  const until_ = new Date(id.clock.now().getTime() + 3_600_000).toISOString();
  const away = { from, until: until_, standIn: null };
  const absences: [Person | People["agus"], string][] = [];
  for (const one of [people.agus, putri])
    absences.push([one, (await one.must<{ id: string }>("POST", "/api/requests/duty/absences", away)).id]);
  const request = await drafted([melly]);
  expect((await override(request)).body).toEqual({ state: "done" });
  expect((await listed(people.rina, request))[0]).toMatchObject({
    state: "done",
    alone: true,
    secondBy: null,
  });
  await arrival(people.grace, [there]);
  const notices = await until(
    () => listed(people.sophea),
    (list) => list.length === 2,
  );
  expect(notices[0]).toMatchObject({ alone: true, to: "ph" });
  const { entries } = await hendra.must<{ entries: { because: string[] }[] }>(
    "GET",
    "/api/oversight/log?kind=override.done",
  );
  expect(entries[0]!.because).toContain("policy.override.with-one-officer");
  for (const [who, absence] of absences) await who.must("DELETE", `/api/requests/duty/absences/${absence}`);
});

test("what its owner called back goes nowhere, whoever is in danger", async () => {
  const request = await drafted([van]);
  await callsBack(people, thread.came, why("withdraw", [van]));
  await until(
    () => held(people.rina, thread.ours.number),
    ({ records }) => !records.some((one) => one.id === van),
  );
  expect((await override(request)).body.error).toMatchObject({ code: "CALLED_BACK", facts: { record: van } });
});
