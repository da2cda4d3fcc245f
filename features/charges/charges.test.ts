// Charges between two states: prepared, reviewed like every other (VIC-2), filed, told to who contributed, and what goes wrong.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation, type Person } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import type { Id } from "@simpul/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { CaseHead } from "../cases/contract.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { InboxView } from "../inbox/contract.ts";
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
} from "../requests/testing.ts";
import { exercisePassphrase } from "../reviews/keys.ts";
import type { ArrivedOutcome, ChargeHead, ChargeView, GapCount } from "./contract.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, ratna: Person, sreymom: Person, sophea: Person, rithy: Person;
let ours: CaseHead, theirs: CaseHead;
let home: string, given: string, came: string, broker: Id, firm: Id;
let charge: Id, ofFirm: Id;
const hour = 3_600_000;

const code = async (who: Person, method: string, at: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, at, body);
  return got.status < 300 ? "" : (got.body as { error: { code: string } }).error.code;
};
const act = (who: Person, of: Id, at: string, body?: unknown) =>
  code(who, "POST", `/api/charges/${of}/${at}`, body);
const look = (who: Person, of: Id) => who.must<ChargeView>("GET", `/api/charges/${of}`);
const asking = (subject: Id, more: object = {}) => ({
  ...{ case: ours.number, subject, offences: ["trafficking", "laundering"], began: "2030-12-01" },
  ...{ ended: "2031-02-10", place: "Jakarta", facts: "LATIHAN: membayar tiket dua belas orang", ...more },
});
const waits = async (who: Person): Promise<string[]> =>
  (await who.must<InboxView>("GET", "/api/inbox")).entries.map((one) => one.kind);
const file = { court: "EXERCISE: Pengadilan Negeri", ageBasis: "", sameAct: "" };

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-charges-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, ratna] = [await id.as("rina"), await id.as("agus"), await id.as("ratna")];
  [sreymom, sophea, rithy] = [await kh.as("sreymom"), await kh.as("sophea"), await kh.as("rithy")];
  ours = await caseNamed(rina, "pembayar tiket");
  theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  await rina.must("POST", `/api/cases/${ours.number}/team`, { officer: ratna.id, role: "prosecutor" });
  const { subject } = await recordsOf(rina, ours.number);
  broker = subject!.find((one) => one.kind === "person" && one.pseudonym === null)!.id;
  const put = {
    fields: { kind: "organisation", role: "business", names: [{ text: "LATIHAN PT", language: "id" }] },
  };
  firm = (await rina.must<{ id: Id }>("POST", `/api/cases/${ours.number}/records/subject`, put)).id;
  // Cambodia gives an item for this case and for court use, in answer to a request.
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const table = path.join(home, "registration.csv");
  await writeFile(table, "date,name\n2031-02-05,EXERCISE\n");
  const { text: said } = await typed(takeInCommand, [table, "--case", theirs.id, "--json"]);
  given = (JSON.parse(said) as { id: string }).id;
  const there = await ask(rina, agus, draft(ours.number, ["kh"]));
  came = await arrival(sophea);
  const { officer } = await sreymom.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session");
  await view(sophea, came);
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const { id: written } = await sreymom.must<{ id: string }>(
    ...(["PUT", `/api/requests/${came}/answer`] as const),
    answer({
      case: theirs.number,
      items: [chosen(given, { link: "", grants: { case: true, court: true, recipients: [] } })],
    }),
  );
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await stands(rina, there, "answered");
  await until(
    () =>
      rina.must<{ items: { arrival: { state: string } }[] }>(
        "GET",
        `/api/requests/received?case=${ours.number}`,
      ),
    ({ items }) => items.length === 1 && items[0]!.arrival.state === "sealed",
    60,
  );
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

test("who works on the case prepares it; what is no charge is refused, and a stranger finds nothing", async () => {
  charge = (await rina.must<{ id: Id }>("POST", "/api/charges", asking(broker))).id;
  ofFirm = (await rina.must<{ id: Id }>("POST", "/api/charges", asking(firm, { offences: ["laundering"] })))
    .id;
  const tries: [object, string][] = [
    [
      asking(broker, { offences: ["trafficking"], began: "2031-01-01", ended: "2031-01-02" }),
      "CHARGE_ALREADY",
    ],
    [asking(broker, { began: "2031-03-01", ended: "2031-02-01" }), "DAYS_REVERSED"],
    [asking(broker, { offences: [] }), "BAD_INPUT"],
    [asking(broker, { case: "ID-2026-999999" }), "NOT_FOUND"],
    [asking("018f0000-0000-7000-8000-000000000001" as Id), "NOT_FOUND"],
  ];
  for (const [what, says] of tries) expect(await code(rina, "POST", "/api/charges", what), says).toBe(says);
  for (const key of ["sari", "maya"]) {
    const stranger = await id.as(key);
    expect((await stranger.must<{ charges: ChargeHead[] }>("GET", "/api/charges")).charges, key).toEqual([]);
    expect(await code(stranger, "GET", `/api/charges/${charge}`), key).toBe("NOT_FOUND");
    expect(await code(stranger, "GET", `/api/charges/${charge}/paper`), key).toBe("NOT_FOUND");
    for (const [at, body] of [
      ["file", file],
      ["events", { event: "hearing", on: "2031-05-01", until: null, text: "", amount: "" }],
      ["withdraw", { reason: "LATIHAN" }],
      ["bundle", { recipient: "EXERCISE", to: "id", reason: "EXERCISE", unproven: "" }],
      [
        "witnesses",
        {
          label: "S-1",
          kind: "expert",
          way: "live",
          state: null,
          language: "id",
          protection: "",
          proves: "",
        },
      ],
    ] as const)
      expect(await act(stranger, charge, at, body), `${key} ${at}`).toBe("NOT_FOUND");
  }
});

test("the checklist says what is open; exhibits prove elements, a gap is a task of a desk, a victim stands with her protection", async () => {
  const open = async (): Promise<unknown[]> =>
    (await look(rina, charge)).objections
      .filter((one) => one.code === "element-open")
      .map((one) => one.facts["element"]);
  expect(await open()).toEqual(["act", "means", "purpose", "proceeds", "dealing", "knowledge"]);
  const what = { kind: "item", of: given, disclosure: "disclosable", reason: "" };
  expect(await act(rina, charge, "exhibits", { ...what, disclosure: "sensitive" })).toBe("DISCLOSURE_REASON");
  const { id: exhibit } = await rina.must<{ id: Id }>("POST", `/api/charges/${charge}/exhibits`, what);
  expect(await act(rina, charge, "exhibits", what)).toBe("EXHIBIT_ALREADY");
  const proof = { exhibit, offence: "trafficking", element: "act", says: "LATIHAN: didaftarkan di hotel" };
  expect(await act(rina, charge, "proofs", proof)).toBe("");
  expect(await act(rina, charge, "proofs", { ...proof, offence: "immigration", element: "gain" })).toBe(
    "OFFENCE_NOT_CHARGED",
  );
  expect(await open()).not.toContain("act");
  const at = await look(rina, charge);
  expect(at.exhibits).toMatchObject([{ originator: "kh", stopped: [], number: 1 }]);
  expect(at.contributors).toMatchObject([{ peer: "kh", letter: false }]);
  const { officer } = await rina.must<{ officer: { desk: { id: Id } } }>("GET", "/api/access/session");
  const gap = {
    offence: "trafficking",
    element: "means",
    text: "LATIHAN: siapa yang menipu?",
    due: "2031-06-01",
  };
  expect(await act(rina, charge, "gaps", { ...gap, to: { desk: officer.desk.id } })).toBe("");
  expect(await act(rina, charge, "gaps", { ...gap, to: { state: "ph" } })).toBe("");
  const { gaps } = await look(rina, charge);
  expect(gaps).toMatchObject([
    { task: { state: "open", desk: officer.desk.id }, state: null },
    { task: null, state: "ph" },
  ]);
  const { task } = await recordsOf(rina, ours.number);
  expect(task!.map((one) => one.title)).toContain("LATIHAN: siapa yang menipu?");
  const witness = {
    label: "V-1",
    kind: "victim",
    way: "video",
    state: "ph",
    language: "fil",
    protection: "",
    proves: "",
  };
  expect(await act(rina, charge, "witnesses", witness)).toBe("PROTECTION_NEEDED");
  expect(await act(rina, charge, "witnesses", { ...witness, protection: "LATIHAN: suara diubah" })).toBe("");
});

test("nobody files while the review is pending; a firm waits for none, and only a prosecutor files it", async () => {
  expect(await act(rina, charge, "file", file)).toBe("REVIEW_PENDING");
  expect(await act(ratna, charge, "file", file)).toBe("REVIEW_PENDING");
  expect(await act(rina, ofFirm, "file", file)).not.toBe("");
  expect(
    await act(ratna, ofFirm, "events", {
      event: "hearing",
      on: "2031-05-01",
      until: null,
      text: "",
      amount: "",
    }),
  ).toBe("CHARGE_NOT_FILED");
  expect(await act(ratna, ofFirm, "file", file)).toBe("");
  // Cambodia, whose answer counted, hears it by its own reference and without a name.
  const told = () => sophea.must<{ outcomes: ArrivedOutcome[] }>("GET", "/api/charges/outcomes");
  const { outcomes } = await until(told, (seen) => seen.outcomes.length === 1);
  expect(outcomes).toMatchObject([
    { peer: "id", outcome: "charged", offences: ["laundering"], direction: "incoming", seen: false },
  ]);
  expect(JSON.stringify(outcomes)).not.toContain("LATIHAN");
  expect(await waits(sreymom)).toContain("outcome-told");
  expect(await code(sreymom, "POST", `/api/charges/outcomes/${outcomes[0]!.id}/seen`)).toBe("");
  expect(await waits(sreymom)).not.toContain("outcome-told");
});

test("after its time the prosecutor files the person's charge; the target it concerns hears of it", async () => {
  const target = { case: ours.number, subject: broker, reasons: "LATIHAN: membayar semua tiket" };
  const on = new Date(id.clock.now().getTime() + 5 * 24 * hour).toISOString().slice(0, 10);
  const { id: nominated } = await rina.must<{ id: Id }>("POST", "/api/targets", {
    ...target,
    followUp: { on, text: "" },
  });
  await ratna.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
  const maya = await (await import("@simpul/testing/victim-desk")).openVictimDesk(id, "maya");
  const { letters } = await ratna.must<{ letters: string }>("GET", "/api/reviews/key");
  const { readers } = await maya.person.must<{ readers: { key: Id }[] }>("GET", "/api/reviews/compare");
  await maya.person.must("POST", `/api/reviews/readers/${readers[0]!.key}`, { letters });
  id.clock.offMs = kh.clock.offMs = 49 * hour;
  [rina, ratna] = [await id.as("rina"), await id.as("ratna")];
  await (await import("@simpul/testing/victim-desk")).openVictimDesk(id, "maya");
  await ratna.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  expect(await act(ratna, charge, "file", file)).toBe("REVIEW_PENDING");
  const pass = (review: Id) =>
    code(ratna, "POST", `/api/reviews/results/${review}`, {
      ruling: "pass",
      reason: "LATIHAN: cukup alasan",
    });
  const { review } = await ratna.must<{ review: Id }>("GET", `/api/targets/${nominated}`);
  expect([await pass(review), await pass((await look(ratna, charge)).review!)]).toEqual(["", ""]);
  await ratna.must("POST", `/api/targets/${nominated}/accept`);
  expect(await waits(ratna)).toContain("charge-to-file");
  expect(await act(rina, charge, "file", file)).toBe("REVIEW_PENDING");
  expect(await act(ratna, charge, "file", { ...file, ageBasis: "LATIHAN: paspor dibaca" })).toBe("");
  expect(await look(rina, charge)).toMatchObject({ state: "filed", filedBy: ratna.id });
  const steps = (await rina.must<{ steps: { step: string }[] }>("GET", `/api/targets/${nominated}`)).steps;
  expect(steps.map((one) => one.step)).toContain("charged");
});

const event = (name: string, more: object = {}) => ({
  event: name,
  on: "2031-05-01",
  until: null,
  text: "",
  amount: "",
  ...more,
});

test("while Cambodia is away the verdict is written down and waits for it; back, it hears that its answer led to a conviction", async () => {
  await kh.leave();
  expect(await act(rina, charge, "events", event("convicted"))).not.toBe("");
  expect(await act(ratna, charge, "events", event("sentenced"))).toBe("EVENT_OUT_OF_ORDER");
  expect(await act(ratna, charge, "events", event("detention", { until: "2031-04-01" }))).toBe(
    "DAYS_REVERSED",
  );
  for (const name of ["hearing", "detention", "convicted", "sentenced", "compensated"])
    expect(await act(ratna, charge, "events", event(name, { amount: "100" })), name).toBe("");
  expect((await look(rina, charge)).told.map((one) => one.outcome)).toEqual([
    ...["charged", "convicted", "sentenced", "compensated"],
  ]);
  await kh.comeBack();
  [sreymom, sophea] = [await kh.as("sreymom"), await kh.as("sophea")];
  id.node.peering.wake();
  const { outcomes } = await until(
    () => sophea.must<{ outcomes: ArrivedOutcome[] }>("GET", "/api/charges/outcomes"),
    (seen) => seen.outcomes.some((one) => one.outcome === "compensated"),
    60,
  );
  expect(outcomes.map((one) => one.outcome)).toContain("convicted");
});

test("charged there for the same days and offence, the other state's prosecutor files only with a reason", async () => {
  const chantha = await kh.as("chantha");
  await sreymom.must("POST", `/api/cases/${theirs.number}/team`, { officer: chantha.id, role: "prosecutor" });
  const { subject } = await recordsOf(sreymom, theirs.number);
  const firmThere = {
    fields: { kind: "organisation", role: "business", names: [{ text: "EXERCISE Hotel", language: "en" }] },
  };
  const made = await sreymom.must<{ id: Id }>(
    "POST",
    `/api/cases/${theirs.number}/records/subject`,
    firmThere,
  );
  expect(subject!.length).toBeGreaterThan(0);
  const twice = asking(made.id, { case: theirs.number, offences: ["trafficking"] });
  const { id: there } = await sreymom.must<{ id: Id }>("POST", "/api/charges", twice);
  expect((await look(sreymom, there)).objections).toContainEqual({
    code: "charged-elsewhere",
    blocks: true,
    facts: { state: "id" },
  });
  expect(await act(chantha, there, "file", file)).toBe("FILE_OBJECTIONS");
  expect(await act(chantha, there, "file", { ...file, sameAct: "EXERCISE: the hotel, not the payer" })).toBe(
    "",
  );
  // And Indonesia, which had asked, hears that somebody is charged there.
  await until(
    () => look(rina, charge),
    (seen) => seen.objections.some((one) => one.code === "charged-elsewhere") || seen.state !== "filed",
  );
});

test("an item called back after filing stops as an exhibit at once: said on the page, in the inbox, and left out on paper", async () => {
  const { id: recall } = await sreymom.must<{ id: Id }>("POST", `/api/recalls/given/${came}`, {
    ...{ kind: "withdraw", records: [given], reasonCode: "inaccurate", reason: "EXERCISE", safety: false },
  });
  await prove(sophea, "recall.approve", recall);
  await sophea.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  const seen = await until(
    () => look(rina, charge),
    (now) => now.exhibits[0]!.stopped.length > 0,
  );
  expect(seen.objections).toContainEqual(expect.objectContaining({ code: "exhibit-stopped", blocks: true }));
  expect(await waits(ratna)).toContain("exhibit-stopped");
  expect(
    await act(rina, charge, "bundle", { recipient: "EXERCISE", to: "id", reason: "EXERCISE", unproven: "" }),
  ).toBe("NO_EXHIBITS");
  const paper = await fetch(`${id.web.address}/api/charges/${charge}/paper?with=kh`, {
    headers: { cookie: rina.cookie },
  });
  expect(paper.headers.get("content-type")).toBe("application/pdf");
  expect(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("nobody charges the dead; what is left of the proceedings is property", async () => {
  expect(await act(ratna, charge, "events", event("died"))).toBe("");
  expect(await act(ratna, charge, "events", event("hearing"))).toBe("EVENT_OUT_OF_ORDER");
  expect(await act(ratna, charge, "events", event("confiscation", { amount: "5" }))).toBe("");
  expect(await code(rina, "POST", "/api/charges", asking(broker, { offences: ["confinement"] }))).toBe(
    "ACCUSED_DEAD",
  );
  expect(await act(ratna, charge, "withdraw", { reason: "LATIHAN" })).toBe("");
  expect(await act(ratna, charge, "events", event("hearing"))).toBe("CHARGE_OVER");
});

test("a gap of the law is counted by state and kind; nothing of a case or a person is kept with it", async () => {
  for (const step of ["trial", "trial", "file"])
    expect(await code(rina, "POST", "/api/charges/gaps", { state: "kh", kind: "no-video", step })).toBe("");
  expect(
    await code(rina, "POST", "/api/charges/gaps", {
      state: "kh",
      kind: "other",
      step: "trial",
      case: ours.id,
    }),
  ).toBe("BAD_INPUT");
  const { gaps } = await ratna.must<{ gaps: GapCount[] }>("GET", "/api/charges/gaps");
  expect(gaps.map(({ state, kind, step, count }) => [state, kind, step, count])).toEqual([
    ["kh", "no-video", "trial", 2],
    ["kh", "no-video", "file", 1],
  ]);
});
