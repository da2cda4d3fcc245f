// Charges between two states: prepared, reviewed like every other (VIC-2), filed, told to who contributed, and what goes wrong.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation, type Person } from "@simpul/testing";
import type { Id } from "@simpul/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseHead } from "../cases/contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { Chosen } from "../requests/contract.ts";
import { chosen, prove, recordsOf, until } from "../requests/testing.ts";
import { exercisePassphrase } from "../reviews/keys.ts";
import { givenByCambodia } from "../../testing/justice.ts";
import { look as matter, refused, saves, standsAt, step } from "../../testing/legal-assistance.ts";
import type { Form } from "../assistance/contract.ts";
import type { Export } from "../evidence/contract.ts";
import type { ArrivedOutcome, ChargeHead, ChargeView, GapCount } from "./contract.ts";
import { legalGaps } from "./legal-gaps.ts";
import { pagesOf } from "./testing.ts";

let id: Nation, kh: Nation;
let rina: Person, ratna: Person, sreymom: Person, sophea: Person;
let ours: CaseHead, theirs: CaseHead;
let home: string, given: Id, came: string, broker: Id, firm: Id, youth: Id;
let charge: Id, ofFirm: Id, ofYouth: Id, sought: Id;
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

/** The month by the node's clock, which goes two days on before a review is over. */
const monthOf = ({ clock }: Nation): string => clock.now().toISOString().slice(0, 7);
let notedIn = "";

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-charges-"));
  ({ id, kh } = await nations("id", "kh"));
  ({ ours, theirs, broker, came, item: given } = await givenByCambodia(id, kh, { court: true, home }));
  [rina, ratna] = [await id.as("rina"), await id.as("ratna")];
  [sreymom, sophea] = [await kh.as("sreymom"), await kh.as("sophea")];
  const add = async (fields: object): Promise<Id> =>
    (await rina.must<{ id: Id }>("POST", `/api/cases/${ours.number}/records/subject`, { fields })).id;
  firm = await add({
    kind: "organisation",
    role: "business",
    names: [{ text: "LATIHAN PT", language: "id" }],
  });
  youth = await add({
    ...{ kind: "person", role: "suspect", birth: "2015-03-01" },
    names: [{ text: "LATIHAN Dimas Pratama", language: "id" }],
  });
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

test("who works on the case prepares it; what is no charge is refused, and a stranger finds nothing", async () => {
  // Two who charge her at once: one charge, and the other hears why.
  const both = await Promise.all(
    [1, 2].map(() => rina.ask<{ id: Id; error?: { code: string } }>("POST", "/api/charges", asking(broker))),
  );
  expect(both.map(({ body }) => body.error?.code ?? "made").toSorted()).toEqual(["CHARGE_ALREADY", "made"]);
  charge = both.find(({ body }) => body.error === undefined)!.body.id;
  ofFirm = (await rina.must<{ id: Id }>("POST", "/api/charges", asking(firm, { offences: ["laundering"] })))
    .id;
  const ofImmigration = asking(youth, { offences: ["immigration"] });
  ofYouth = (await rina.must<{ id: Id }>("POST", "/api/charges", ofImmigration)).id;
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
  // Nothing of a victim stands in the plan but the word by which the case knows her (VIC-1).
  const safe = { ...witness, state: null, protection: "LATIHAN: suara diubah" };
  for (const named of [
    { state: "ph" },
    { label: "LATIHAN Dimas Pratama" },
    { protection: "LATIHAN: hubungi +62 854-0000-1777" },
    { protection: "LATIHAN: rumah@example.org" },
  ])
    expect(await act(rina, charge, "witnesses", { ...safe, ...named })).toBe("WITNESS_NAMED");
  expect(await act(rina, charge, "witnesses", safe)).toBe("");
});

test("before our court the certificate is in the bundle, the rest is missing with who can give it; what the law lacks is counted", async () => {
  const needs = async () =>
    (await look(rina, charge)).admissions
      .filter((one) => one.court === "id")
      .map((one) => [one.need, one.stands, one.giver]);
  expect(await needs()).toEqual([
    ["certificate", "met", "kh"],
    ["authentication", "open", "kh"],
    ["translation", "open", "id"],
    ["witness", "open", "kh"],
  ]);
  const [exhibit] = (await look(rina, charge)).exhibits;
  const write = (need: string, stands: string, more: object = {}) =>
    act(rina, charge, "admissions", {
      ...{ exhibit: exhibit!.id, court: "id", need, stands, says: "LATIHAN: tertulis", to: null, due: null },
      ...more,
    });
  const { officer } = await rina.must<{ officer: { desk: { id: Id } } }>("GET", "/api/access/session");
  const due = "2031-06-01";
  expect(await write("translation", "asked")).toBe("BAD_INPUT");
  expect(await write("translation", "met", { exhibit: charge })).toBe("NOT_FOUND");
  expect(await write("translation", "asked", { to: { desk: officer.desk.id }, due })).toBe("");
  expect(await write("authentication", "asked", { to: { state: "kh" }, due })).toBe("");
  expect(await write("authentication", "met")).toBe("");
  expect(await write("witness", "no-law")).toBe("");
  expect((await needs()).map(([, stands]) => stands)).toEqual(["met", "met", "asked", "no-law"]);
  expect((await look(rina, charge)).objections).toContainEqual({
    ...{ code: "admission-open", blocks: false, facts: { count: 2 } },
  });
  const { gaps } = await ratna.must<{ gaps: GapCount[] }>("GET", "/api/charges/gaps");
  expect(gaps).toMatchObject([{ state: "id", kind: "no-early-testimony", step: "trial", count: 1 }]);
  notedIn = monthOf(id);
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

function accused(): Omit<Chosen, "grants"> {
  const { grants: _grants, ...record } = chosen(broker);
  return record;
}

test("after its time the prosecutor files the person's charge; the target it concerns hears of it", async () => {
  const target = { case: ours.number, subject: broker, reasons: "LATIHAN: membayar semua tiket" };
  const on = new Date(id.clock.now().getTime() + 5 * 24 * hour).toISOString().slice(0, 10);
  const { id: nominated } = await rina.must<{ id: Id }>("POST", "/api/targets", {
    ...target,
    followUp: { on, text: "" },
  });
  // Whom an extradition is sought of has a review of her own, as long as the others.
  const begun = { kind: "formal", type: "extradition", to: "kh", case: ours.number };
  sought = (await rina.must<{ id: Id }>("POST", "/api/assistance", begun)).id;
  await saves(rina, sought, { basis: "untoc-16", records: [accused()] });
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
  const [ofExtradition] = (await matter(rina, sought)).reviews;
  const charged = [(await look(ratna, charge)).review!, (await look(ratna, ofYouth)).review!];
  for (const one of [review, ofExtradition!, ...charged]) expect(await pass(one)).toBe("");
  // A child is not charged like a grown person: under which procedure is said first.
  expect(await act(ratna, ofYouth, "file", file)).toBe("FILE_OBJECTIONS");
  const procedure = { ...file, ageBasis: "LATIHAN: acara peradilan anak" };
  expect(await act(ratna, ofYouth, "file", procedure)).toBe("");
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
  // A deadline of the court runs: the exhibits go out at once with the reason, and the other states' signatures follow.
  const tomorrow = id.clock.now().toISOString().slice(0, 10);
  expect(await act(ratna, charge, "events", event("deadline", { on: tomorrow }))).toBe("");
  expect(await waits(ratna)).toContain("court-deadline");
  await prove(rina, "evidence.export", ours.id);
  const unproven = "LATIHAN: batas waktu hari ini";
  const out = { recipient: "Pengadilan (LATIHAN)", to: "id", reason: "LATIHAN", unproven };
  const { id: bundle } = await rina.must<{ id: Id }>("POST", `/api/charges/${charge}/bundle`, out);
  const packed = () => rina.must<Export>("GET", `/api/evidence/exports/${bundle}`);
  expect(await until(packed, (one) => one.state === "ready")).toMatchObject({ proven: false, unproven });
  await kh.comeBack();
  [sreymom, sophea] = [await kh.as("sreymom"), await kh.as("sophea")];
  id.node.peering.wake();
  const { outcomes } = await until(
    () => sophea.must<{ outcomes: ArrivedOutcome[] }>("GET", "/api/charges/outcomes"),
    (seen) => seen.outcomes.some((one) => one.outcome === "compensated"),
    60,
  );
  expect(outcomes.map((one) => one.outcome)).toContain("convicted");
  // With its signature the same exhibits go out a second time, proven, and under no reason of their own.
  for (const { node } of [id, kh]) await node.ledger.sequence(true);
  await prove(rina, "evidence.export", ours.id);
  const { id: second } = await rina.must<{ id: Id }>("POST", `/api/charges/${charge}/bundle`, {
    ...{ ...out, unproven: "" },
  });
  const whole = () => rina.must<Export>("GET", `/api/evidence/exports/${second}`);
  expect(await until(whole, (one) => one.state === "ready", 60)).toMatchObject({
    ...{ proven: true, unproven: null },
  });
  expect((await packed()).proven).toBe(false);
});

test("who was convicted here is asked of Cambodia: the draft says what an extradition lacks, and their refusal is a gap of their law", async () => {
  const [dian, mony] = [await id.as("dian"), await kh.as("mony")];
  const made = sought;
  const errors = async (more: Partial<Form>): Promise<string[]> => {
    await saves(rina, made, { basis: "untoc-16", special, ...more });
    const { findings } = await matter(rina, made);
    return findings.filter((one) => one.level === "error").map((one) => one.code);
  };
  const special = {
    ...{ person: "LATIHAN", identity: "LATIHAN: paspor", nationality: "kh" },
    ...{ warrant: "LATIHAN: 12/2031", lapse: "LATIHAN: 2049" },
  };
  const undertakings = ["speciality", "no-death-penalty", "humane-treatment", "reciprocity", "use-limit"];
  // Without the person whose charge was filed, and without the word that she is tried for nothing else, it leaves nowhere.
  expect(await errors({ records: [] })).toEqual(expect.arrayContaining(["not-charged", "undertaking"]));
  expect(await refused(rina, made, { step: "submit" })).toBe("CHECK_FAILS");
  expect(await errors({ records: [accused()], undertakings })).toEqual([]);
  const { findings } = await matter(rina, made);
  expect(findings.map((one) => one.code)).toContain("national");
  await step(rina, made, { step: "submit" });
  // VIC-2: its own review passed, which only a prosecutor with her key open learns.
  expect(await refused(await id.as("ratna"), made, { step: "review" })).toBe("REVIEW_PENDING");
  await step(ratna, made, { step: "review" });
  await step(dian, made, { step: "send" });
  const there = await standsAt(mony, made, "arrived");
  expect(there.form).toMatchObject({ type: "extradition", undertakings, special: { nationality: "kh" } });
  await step(mony, made, { step: "refuse", code: "own-national", text: "EXERCISE: tried there instead" });
  await standsAt(rina, made, "refused");
  const { gaps } = await rina.must<{ gaps: GapCount[] }>("GET", "/api/charges/gaps");
  expect(gaps).toContainEqual(expect.objectContaining({ state: "kh", kind: "nationals-not-extradited" }));
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

test("permission taken back after filing: on the page and in the inbox, out of paper and bundle, until the court is told", async () => {
  const [filed] = (await look(rina, charge)).exhibits;
  const notice = `exhibits/${filed!.id}/notice`;
  expect(filed).toMatchObject({ filed: true, told: null, stopped: [] });
  expect(await act(ratna, charge, notice, { on: "2031-05-20", text: "" })).toBe("NO_NOTICE_NEEDED");
  const { id: recall } = await sreymom.must<{ id: string }>("POST", `/api/recalls/given/${came}`, {
    ...{
      kind: "restrict",
      records: [given],
      reasonCode: "terms-too-wide",
      reason: "EXERCISE",
      safety: false,
    },
    ...{ handling: { codes: ["H1", "H2", "H3"], text: "EXERCISE: at the desk only" }, endsGrants: true },
  });
  await prove(sophea, "recall.approve", recall);
  await sophea.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  const seen = await until(
    () => look(rina, charge),
    (now) => now.exhibits[0]!.stopped.length > 0,
  );
  const withdrawn = { code: "exhibit-withdrawn", facts: { number: 1, originator: "kh", why: "court" } };
  expect(seen.objections).toContainEqual({ ...withdrawn, blocks: true });
  expect(seen.objections.filter((one) => one.code === "element-open").length).toBe(6);
  expect(await waits(ratna)).toContain("exhibit-stopped");
  const bundle = { recipient: "EXERCISE", to: "id", reason: "EXERCISE", unproven: "" };
  expect(await act(rina, charge, "bundle", bundle)).toBe("NO_EXHIBITS");
  const read = async (at: string): Promise<string> => {
    const got = await fetch(`${id.web.address}/api/charges/${charge}/${at}`, {
      headers: { cookie: rina.cookie },
    });
    expect(got.headers.get("content-type")).toBe("application/pdf");
    return pagesOf(await got.arrayBuffer());
  };
  const paper = await read("paper?with=kh");
  expect(paper).toContain("sudah diajukan, lalu ditarik oleh Kamboja");
  expect(paper).not.toContain("registration.csv");
  // The court hears by number and digest which one; nothing of what is in it.
  const told = await read(notice);
  expect(told).toContain(filed!.digest!);
  expect(told).not.toContain("registration.csv");
  expect(told).toContain("Tanda tangan dan cap");
  expect(await act(rina, charge, notice, { on: "2031-05-20", text: "" })).not.toBe("");
  expect(await act(ratna, charge, notice, { on: "2031-05-20", text: "LATIHAN" })).toBe("");
  expect(await waits(ratna)).not.toContain("exhibit-stopped");
  const after = await look(rina, charge);
  expect(after.exhibits[0]).toMatchObject({ told: "2031-05-20" });
  expect(after.objections).toContainEqual({ ...withdrawn, blocks: false });
  expect(after.last).not.toBe("notice");
  expect(await read("paper")).toContain("2031-05-20");
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
    ["id", "no-early-testimony", "trial", 1],
    ["kh", "nationals-not-extradited", "extradition", 1],
    ["kh", "no-video", "file", 1],
  ]);
  // As the region's picture reads it: month by month.
  const months = await id.node.store.read(
    { actor: { kind: "job", name: "picture" }, purpose: "administration" },
    (db) => {
      db.noteRead("legal-gap.counted", {});
      return legalGaps.byMonth(db);
    },
  );
  const month = monthOf(id);
  expect(months).toEqual([
    { state: "id", kind: "no-early-testimony", month: notedIn, count: 1 },
    { state: "kh", kind: "nationals-not-extradited", month, count: 1 },
    { state: "kh", kind: "no-video", month, count: 3 },
  ]);
});
