// A case opened in an emergency: seen for some hours, told to its owner and to oversight, reviewed by somebody else.
import type { WhyView } from "@simpul/policy";
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { InboxView } from "../inbox/contract.ts";
import type { CaseView, Opening } from "./contract.ts";

let id: Nation;
let sari: Person, rina: Person, hendra: Person, tono: Person;
let ordinary: { id: string; number: string };
let covert: { id: string; number: string };
const reason = "EXERCISE: a worker called, violence tonight, her unit is away";

beforeAll(async () => {
  ({ id } = await nations("id"));
  [sari, rina, hendra, tono] = [
    await id.as("sari"),
    await id.as("rina"),
    await id.as("hendra"),
    await id.as("tono"),
  ];
  const open = (hidden: boolean) =>
    rina.must<{ id: string; number: string }>("POST", "/api/cases", {
      title: "EXERCISE: people held at the harbour",
      crimeType: "trafficking-forced-criminality",
      covert: hidden,
    });
  [ordinary, covert] = [await open(false), await open(true)];
}, 120_000);

const opening = async (who: Person): Promise<Opening | undefined> =>
  (await who.must<{ openings: Opening[] }>("GET", "/api/cases/emergencies")).openings[0];
const emergency = (who: Person, number: string, why = reason) =>
  who.ask<{ until: string; error?: { code: string } }>("POST", "/api/cases/emergencies", {
    number,
    reason: why,
  });

test("a covert case, and one that is not there, cannot be opened and answer alike", async () => {
  const [hidden, none] = [await emergency(sari, covert.number), await emergency(sari, "ID-2026-999997")];
  expect([hidden.status, none.status]).toEqual([404, 404]);
  expect(hidden.body.error!.code).toBe(none.body.error!.code);
  expect((await sari.ask("GET", `/api/cases/${covert.number}`)).status).toBe(404);
});

test("without a reason that somebody can judge, or with a role that has no emergencies, nothing opens", async () => {
  expect((await emergency(sari, ordinary.number, "urgent")).status).toBe(422);
  expect((await emergency(tono, ordinary.number)).status).toBe(404);
  expect((await emergency(hendra, ordinary.number)).status).toBe(404);
  expect(await emergency(rina, ordinary.number)).toMatchObject({ body: { error: { code: "SEEN_ALREADY" } } });
});

test("she sees the case for three hours, and can look but not change", async () => {
  const before = Date.now();
  const { status, body } = await emergency(sari, ordinary.number);
  expect(status).toBe(201);
  expect(Date.parse(body.until) - before).toBeGreaterThan(2.9 * 3_600_000);
  const view = await sari.must<CaseView>("GET", `/api/cases/${ordinary.number}`);
  expect(view.title).toContain("harbour");
  expect(view.may).toEqual([]);
  const note = { fields: { body: "EXERCISE", language: "id" } };
  expect((await sari.ask("POST", `/api/cases/${ordinary.number}/records/note`, note)).status).toBe(403);
  expect(
    (await sari.ask("POST", `/api/cases/${ordinary.number}/team`, { officer: sari.id, role: "lead" })).status,
  ).toBe(403);
});

test("the case tells why she sees it, who else does, and who looked", async () => {
  const why = await sari.must<WhyView>("GET", `/api/why/${ordinary.number}`);
  expect(why.because).toEqual(["policy.case.seen-in-emergency"]);
  expect(why.seen.map((one) => one.name)).toContain("Sari Wulandari");
  const hers = await rina.must<WhyView>("GET", `/api/why/${ordinary.number}`);
  expect(hers.persons.find((one) => one.name === "Sari Wulandari")?.because).toEqual([
    "policy.case.seen-in-emergency",
  ]);
  expect((await sari.ask("GET", `/api/why/${covert.number}`)).status).toBe(404);
});

test("its owner and oversight find it in their inbox; oversight reads the number and not the title", async () => {
  for (const who of [rina, hendra]) {
    const { entries } = await who.must<InboxView>("GET", "/api/inbox");
    expect(entries.find((one) => one.kind === "case-emergency")?.title).toContain(ordinary.number);
  }
  expect(await opening(rina)).toMatchObject({ officer: sari.id, reason, may: ["review"] });
  const overseen = await opening(hendra);
  expect(overseen).toMatchObject({ case: { number: ordinary.number, title: null }, may: ["review"] });
  // Nobody else hears of it.
  expect(await opening(await id.as("yusuf"))).toBeUndefined();
  const { entries } = await hendra.must<{ entries: { kind: string; because: string[] }[] }>(
    "GET",
    "/api/oversight/log?kind=case.opened-in-emergency",
  );
  expect(entries[0]?.because).toEqual(["policy.case.opened-in-emergency"]);
});

test("she does not review herself; another says once whether it was right", async () => {
  const { id: which } = (await opening(sari))!;
  const say = (who: Person) =>
    who.ask<{ error: { code: string } }>("POST", `/api/cases/emergencies/${which}/review`, {
      finding: "justified",
      text: "EXERCISE: the call is in the log",
    });
  expect((await say(sari)).body.error.code).toBe("OWN_OPENING");
  expect((await say(await id.as("yusuf"))).status).toBe(404);
  expect((await say(hendra)).status).toBe(204);
  expect((await say(rina)).body.error.code).toBe("ALREADY_THERE");
  expect(await opening(rina)).toMatchObject({ review: { finding: "justified", by: hendra.id }, may: [] });
});

test("when she is done, or her time is over, or the case becomes covert, it is out of her sight at once", async () => {
  const sees = async (): Promise<number> => (await sari.ask("GET", `/api/cases/${ordinary.number}`)).status;
  expect(await sees()).toBe(200);
  await sari.must("POST", `/api/cases/emergencies/${(await opening(sari))!.id}/end`);
  expect(await sees()).toBe(404);
  // Opened four hours ago by the node's clock, so that the three are over.
  id.clock.offMs = -4 * 3_600_000;
  const again = await id.as("sari");
  expect((await emergency(again, ordinary.number)).status).toBe(404);
  id.clock.offMs = 0;
  await emergency(sari, ordinary.number);
  expect(await sees()).toBe(200);
  const { versions } = await rina.must<CaseView>("GET", `/api/cases/${ordinary.number}`);
  await rina.must("PATCH", `/api/cases/${ordinary.number}/records/case/${ordinary.id}`, {
    field: "covert",
    value: true,
    read: versions["covert"] ?? 1,
  });
  expect(await sees()).toBe(404);
  const { cases } = await sari.must<{ cases: { id: string }[] }>("GET", "/api/cases?limit=100");
  expect(cases.map((one) => one.id)).not.toContain(ordinary.id);
});
