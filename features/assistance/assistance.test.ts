// From police to court between Indonesia and Cambodia: data frozen first, the formal request drafted from the same facts,
// checked, reviewed, sent by the central authority, carried out over there, and what came back bound to its matter.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation, type Person } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import type { WhyView } from "@simpul/policy";
import { beforeAll, expect, test } from "vitest";
import { verifyStatement, type SignedStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { pagesOf } from "../charges/testing.ts";
import { signInCommand } from "../access/command.ts";
import type { GapCount } from "../charges/contract.ts";
import type { LetterPreview, LetterView } from "../letters/contract.ts";
import type { AskDraft, ReceivedRecord } from "../requests/contract.ts";
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
import { numbers } from "@simpul/demo";
import { answerOf, caseWith, checked } from "../checks/testing.ts";
import { transmissions } from "./contract.ts";
import { openOf, restsOn, rulesFor, typeOf, check, emptyForm, dayOf, waysTo } from "./rules.ts";
import { assistanceCommand } from "./command.ts";
import { readAssistanceCodes } from "./codes.ts";
import {
  attached,
  list,
  look,
  refused,
  saves,
  standsAt,
  step,
  takesIn,
  whole,
} from "../../testing/legal-assistance.ts";

let id: Nation, kh: Nation;
type Who = "rina" | "agus" | "ratna" | "dian" | "sari" | "sreymom" | "sophea" | "mony" | "chantha";
const p = {} as Record<Who, Person>;
let number: string, theirs: string;
let asked: string;
let khPhone: string, khVan: string;

const inDays = (count: number) => dayOf(new Date(Date.now() + count * 86_400_000));
const begin = (who: Person, what: object) => who.must<{ id: string }>("POST", "/api/assistance", what);
const kinds = async (who: Person) =>
  (await who.must<{ entries: { kind: string }[] }>("GET", "/api/inbox")).entries.map((one) => one.kind);

const certificate = async (at: Nation, who: Person, of: string, form: string): Promise<string> => {
  const where = `${at.web.address}/api/assistance/${of}/certificate?form=${form}`;
  const got = await fetch(where, { headers: { cookie: who.cookie } });
  return got.status === 200 ? pagesOf(await got.arrayBuffer()) : String(got.status);
};

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  for (const key of ["rina", "agus", "ratna", "dian", "sari"] as const) p[key] = await id.as(key);
  for (const key of ["sreymom", "sophea", "mony", "chantha"] as const) p[key] = await kh.as(key);
  ({ number } = await caseNamed(p.rina, "pembayar tiket"));
  ({ number: theirs } = await caseNamed(p.sreymom, "សណ្ឋាគារ"));
  // Police asked police; Cambodia answered: one record under H1, one open.
  asked = await ask(p.rina, p.agus, draft(number, ["kh"]));
  const came = await arrival(p.sophea);
  const desk = (await p.sreymom.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session"))
    .officer.desk.id;
  await p.sophea.must("POST", `/api/requests/${came}/assign`, { desk, note: "" });
  const { selector } = await recordsOf(p.sreymom, theirs);
  khPhone = selector!.find((one) => one.type === "phone")!.id;
  khVan = selector!.find((one) => one.type === "vehicle")!.id;
  const open = { handling: { codes: ["H0" as const] } };
  const { id: written } = await p.sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, {
    ...answer({ case: theirs, records: [chosen(khPhone), chosen(khVan, open)] }),
    confirmH0: true,
  });
  await p.sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(p.sophea, "release", written);
  await p.sophea.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await stands(p.rina, asked, "answered");
}, 120_000);

test("data is frozen first: a second person lets it go, the other state says until when, it is renewed before it ends", async () => {
  const { id: freeze } = await begin(p.rina, {
    kind: "preservation",
    type: "preservation",
    to: "kh",
    case: number,
  });
  await saves(p.rina, freeze, {
    special: { holder: "EXERCISE platform", data: "EXERCISE: sign-in records", until: inDays(30) },
    confidentialWhy: "",
  });
  await step(p.rina, freeze, { step: "submit" });
  // Whoever wrote it does not let it go.
  expect(await refused(p.rina, freeze, { step: "freeze" })).toBe("NOT_ALLOWED");
  expect(await refused(p.agus, freeze, { step: "freeze" })).toBe("STEP_UP");
  expect(await kinds(p.agus)).toContain("assistance-freeze");
  await step(p.agus, freeze, { step: "freeze" });
  await standsAt(p.sophea, freeze, "arrived");
  expect(await kinds(p.sophea)).toContain("assistance-keep");
  expect(await refused(p.sophea, freeze, { step: "preserve" })).toBe("DATE_NEEDED");
  await step(p.sophea, freeze, {
    step: "preserve-partly",
    until: inDays(5),
    text: "EXERCISE: only the last week",
  });
  const kept = await standsAt(p.rina, freeze, "partly");
  expect(kept).toMatchObject({ keptUntil: inDays(5), expiry: "near" });
  expect(await kinds(p.rina)).toContain("assistance-expires");
  await step(p.agus, freeze, {
    step: "renew",
    until: inDays(60),
    text: "EXERCISE: the formal request follows",
  });
  expect(await standsAt(p.sophea, freeze, "arrived")).toMatchObject({ askedUntil: inDays(60) });
  await step(p.sophea, freeze, { step: "preserve", until: inDays(60) });
  expect(await standsAt(p.rina, freeze, "preserved")).toMatchObject({ keptUntil: inDays(60), expiry: null });
  // Its request is moved by this room alone.
  expect((await view(p.rina, freeze)).may).toEqual([]);
  expect(
    (
      await p.agus.ask<{ error: { code: string } }>("POST", `/api/requests/${freeze}/withdraw`, {
        reason: "EXERCISE",
      })
    ).body.error.code,
  ).toBe("NOT_NOW");
});

test("the formal request copies facts and references, and names what H1 kept out with the way to ask", async () => {
  const { id: made } = await begin(p.rina, {
    kind: "formal",
    type: "business-records",
    to: "kh",
    request: asked,
  });
  const first = await look(p.rina, made);
  expect(first.form.facts).toContain("EXERCISE: a returned worker was recruited by this number.");
  // The answer's words are under H1 and H2: they are not copied.
  expect(first.form.facts).not.toContain("registration of 5 February");
  // What is Cambodia's own and open is named, not sent back to it.
  expect(first.form.facts).toContain("2AX");
  expect(first.form.records).toEqual([]);
  expect(first.leftOut.map((one) => [one.because, one.wayOut]).toSorted()).toEqual([
    ["H1", "ask"],
    ["H1", "none"],
  ]);
  expect(first.leftOut.find((one) => one.record !== null)?.record).toBe(khPhone);
  const errors = first.findings.filter((one) => one.level === "error").map((one) => one.field);
  for (const field of ["competent", "basis", "matter", "lawText", "special.holder", "undertakings"])
    expect(errors).toContain(field);
  expect(await refused(p.rina, made, { step: "submit" })).toBe("CHECK_FAILS");
  // Put in by hand it goes nowhere all the same.
  const { grants: _grants, ...byHand } = chosen(khPhone);
  await saves(p.rina, made, { records: [byHand] });
  expect((await look(p.rina, made)).records).toEqual([]);
  await p.rina.must("POST", `/api/assistance/${made}/steps`, { step: "withdraw", text: "" });
  expect(await list(p.rina, "?state=open&box=outgoing")).not.toContainEqual(
    expect.objectContaining({ id: made }),
  );
});

test("drafted, reviewed, sent by three persons; carried out, asked back, and what returns is bound to its matter", async () => {
  const { id: made } = await begin(p.rina, {
    kind: "formal",
    type: "business-records",
    to: "kh",
    request: asked,
  });
  // Neither the prosecutor nor the central authority sees a draft, nor an officer of another agency ever.
  for (const who of ["ratna", "dian", "sari"] as const)
    expect((await p[who].ask("GET", `/api/assistance/${made}`)).status, who).toBe(404);
  const { selector: own } = await recordsOf(p.rina, number);
  const phone = own!.find((one) => one.type === "phone" && one.role === "facilitator")!.id;
  const { grants: _grants, ...named } = chosen(phone);
  const contract = await takesIn(id, "rina", number, "EXERCISE-contract.txt");
  // An attachment says why it is there, as a record does (MLA-1).
  await saves(p.rina, made, { items: [{ ...attached(contract), link: "" }] });
  expect((await look(p.rina, made)).findings).toContainEqual(
    expect.objectContaining({ code: "link", field: "items" }),
  );
  const urgent = { urgent: true, urgencyReason: "perishable-data" };
  await saves(p.rina, made, { ...urgent, records: [named], items: [attached(contract)] });
  const draftOf = await look(p.rina, made);
  expect(draftOf.findings.every((one) => one.level === "warning")).toBe(true);
  expect(draftOf.findings.map((one) => one.code)).toContain("address");
  const stale = { form: draftOf.form, version: draftOf.version - 1 };
  expect(
    (await p.rina.ask<{ error: { code: string } }>("PUT", `/api/assistance/${made}`, stale)).body.error.code,
  ).toBe("NEWER_DRAFT");
  await step(p.rina, made, { step: "submit" });
  expect((await p.dian.ask("GET", `/api/assistance/${made}`)).status).toBe(404);
  expect(await kinds(p.ratna)).toContain("assistance-review");
  expect(await refused(p.rina, made, { step: "review" })).toBe("NOT_ALLOWED");
  expect(await refused(p.ratna, made, { step: "return" })).toBe("REASON_NEEDED");
  await step(p.ratna, made, { step: "return", text: "EXERCISE: name the article" });
  expect(await kinds(p.rina)).toContain("assistance-returned");
  await step(p.rina, made, { step: "submit" });
  await step(p.ratna, made, { step: "review" });
  expect(await kinds(p.dian)).toContain("assistance-send");
  expect(await refused(p.dian, made, { step: "send" })).toBe("STEP_UP");
  await prove(p.dian, "assistance.send", made);
  expect(await refused(p.dian, made, { step: "send", code: "pigeon" })).toBe("NOT_A_LISTED_CODE");
  await step(p.dian, made, { step: "send", code: "interpol" });
  const sent = await look(p.rina, made);
  expect(sent).toMatchObject({ state: "sent", provisional: true, sent: { channel: "interpol" } });
  expect(sent.steps.at(-1)).toMatchObject({ step: "send", code: "interpol" });
  expect(sent.reference).toMatch(/^ID-KH-/);
  // Which list it was checked against stays with it, and what of it was to be confirmed then.
  expect(sent.sent!.rules).toEqual({
    version: readAssistanceCodes().statesVersion,
    open: expect.arrayContaining(["address", "copies"]) as unknown,
  });

  const there = await standsAt(p.mony, made, "arrived");
  expect(there.form.matter).toBe("EXERCISE matter 17/2031");
  expect(there.case).toBeNull();
  expect(there.records.map((one) => one.id)).toEqual([phone]);
  // What is attached comes sealed, with its custody.
  const came = await until(
    () => look(p.mony, made),
    (seen) => seen.items[0]?.sealed === true,
    60,
  );
  expect(came.items.map(({ id: item, fileName }) => ({ item, fileName }))).toEqual([
    { item: contract, fileName: "EXERCISE-contract.txt" },
  ]);
  expect(came.exhibits).toEqual([]);
  expect(await certificate(kh, p.mony, made, "affidavit")).toBe("409");
  expect(await refused(p.sreymom, made, { step: "register" })).toBe("NOT_FOUND");
  await step(p.mony, made, { step: "register" });
  await standsAt(p.rina, made, "acknowledged");
  await step(p.mony, made, { step: "complete" });
  expect(await refused(p.mony, made, { step: "ask", code: "because", text: "EXERCISE" })).toBe(
    "NOT_A_LISTED_CODE",
  );
  await step(p.mony, made, {
    step: "ask",
    code: "confidentiality-risk",
    text: "EXERCISE: the hotel must be told.",
  });
  expect((await standsAt(p.rina, made, "information-asked")).code).toBe("confidentiality-risk");
  // It cannot be kept confidential: the answer is go on or withdraw, and until then nobody carries it out (MLA-7).
  expect(await refused(p.rina, made, { step: "supply", text: "EXERCISE: we think about it." })).toBe(
    "NOT_NOW",
  );
  expect((await look(p.rina, made)).may).toEqual(expect.arrayContaining(["go-on"]));
  expect(await refused(p.mony, made, { step: "assign", desk: p.chantha.id as never })).toBe("NOT_NOW");
  await step(p.rina, made, { step: "go-on" });
  await standsAt(p.mony, made, "legal-review");
  const desk = (await p.chantha.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session"))
    .officer.desk.id;
  await step(p.mony, made, { step: "assign", desk: desk as never });
  await step(p.chantha, made, { step: "order", text: "EXERCISE: order of the court", until: inDays(7) });
  await step(p.chantha, made, { step: "execute" });
  await step(p.chantha, made, { step: "product" });
  await standsAt(p.rina, made, "in-execution");
  // Nothing has left yet.
  expect(await refused(p.mony, made, { step: "executed" })).toBe("PRODUCT_NEEDED");
  const limit = "Only for EXERCISE matter 17/2031";
  const { id: theirCase } = await p.chantha.must<{ id: string }>("POST", "/api/cases", {
    ...{ title: "EXERCISE: assistance to Indonesia", crimeType: "trafficking-labour" },
  });
  const registration = await takesIn(kh, "chantha", theirCase, "EXERCISE-registration.csv");
  const { id: product } = await p.chantha.must<{ id: string }>(
    "PUT",
    `/api/requests/${made}/answer`,
    answer({
      case: theirCase,
      items: [chosen(registration)],
      narrative: [
        {
          text: "EXERCISE: certified copy attached.",
          language: "en",
          handling: { codes: ["H2", "H3"], text: limit },
          evaluation: { source: "A", information: "1" },
        },
      ],
    }),
  );
  await p.chantha.must("POST", `/api/requests/${made}/answer/submit`);
  await prove(p.sophea, "release", product);
  await p.sophea.must("POST", `/api/requests/${made}/answer/release`, { reason: "EXERCISE" });
  await stands(p.rina, made, "answered");
  // MLA-9: each side certifies what goes from it, in a form that the other takes; custody to whoever sees the item.
  const { digest } = (await look(p.chantha, made)).exhibits[0]!;
  const sworn = await certificate(kh, p.chantha, made, "affidavit");
  for (const part of [digest, "Sworn before", "EXERCISE-registration.csv", "Taken in by the officer"])
    expect(sworn, part).toContain(part);
  expect(await certificate(kh, p.chantha, made, "custodian-certificate")).not.toContain("Sworn before");
  expect(await certificate(kh, p.mony, made, "affidavit")).toContain("stated by the desk that holds it");
  expect(await certificate(kh, p.chantha, made, "pigeon")).toBe("422");
  expect(await certificate(id, p.rina, made, "apostille")).toContain("EXERCISE-contract.txt");
  // MLA-10: the same as a manifest for other houses' tools, under the node's signature.
  const manifest = await p.chantha.must<SignedStatement>("GET", `/api/assistance/${made}/manifest`);
  const key = kh.node.keys.signer.publicKey;
  const { body } = await verifyStatement(manifest, [key], nodeVerifying);
  const graph = Buffer.from(body).toString();
  expect(graph).toContain(digest);
  expect(graph).toContain("case-investigation:ProvenanceRecord");
  await step(p.mony, made, { step: "executed" });
  const done = await standsAt(p.rina, made, "executed");
  expect(done.back.answers).toHaveLength(1);
  expect(done.provisional).toBe(true);
  await step(p.dian, made, { step: "formal-copy" });
  expect(await refused(p.dian, made, { step: "formal-copy" })).toBe("NOT_NOW");
  for (const [who, act, text] of [
    ["rina", "receive", ""],
    ["ratna", "admit", "EXERCISE: certified by the custodian"],
    ["ratna", "use", "EXERCISE: shown at the hearing"],
    ["ratna", "close", ""],
  ] as const)
    await step(p[who], made, { step: act, text });
  expect(await standsAt(p.mony, made, "closed")).toMatchObject({ provisional: false });
  const story = (await look(p.rina, made)).steps.map((one) => `${one.side} ${one.step}`);
  expect(story).toContain("theirs executed");
  expect(story.at(-1)).toBe("ours close");
  const held = await p.rina.must<{ records: ReceivedRecord[] }>(
    "GET",
    `/api/requests/received?request=${made}`,
  );
  expect(held.records).toEqual([]);
  expect((await look(p.rina, made)).back.items.map((one) => one.id)).toEqual([registration]);
});

test("a state refuses with a ground of the list; a desk that is none, a state without a node, others' codes are refused", async () => {
  const { id: made } = await begin(p.rina, {
    kind: "formal",
    type: "business-records",
    to: "kh",
    case: number,
  });
  await saves(p.rina, made);
  await step(p.rina, made, { step: "submit" });
  await step(p.ratna, made, { step: "review" });
  await step(p.dian, made, { step: "send" });
  await standsAt(p.mony, made, "arrived");
  expect(await refused(p.mony, made, { step: "refuse", code: "own-case", text: "EXERCISE" })).toBe(
    "NOT_A_LISTED_CODE",
  );
  // A confidential request is carried out once somebody says that it stays so (MLA-7).
  await step(p.mony, made, { step: "register" });
  await step(p.mony, made, { step: "complete" });
  const { officer } = await p.chantha.must<{ officer: { desk: { id: string } } }>(
    "GET",
    "/api/access/session",
  );
  await step(p.mony, made, { step: "assign", desk: officer.desk.id as never });
  expect(await refused(p.chantha, made, { step: "execute" })).toBe("CONFIDENTIALITY_OPEN");
  await step(p.chantha, made, { step: "execute", code: "confidentiality-kept" });
  await standsAt(p.rina, made, "in-execution");
  await step(p.mony, made, { step: "refuse", code: "dual-criminality", text: "EXERCISE: no such offence" });
  expect(await standsAt(p.rina, made, "refused")).toMatchObject({ code: "dual-criminality" });
  expect((await stands(p.rina, made, "refused")).threads[0]!.state).toBe("refused");
  // What their law lacks is counted where the step stopped, by its kind and with nothing of the matter; not over there.
  const gaps = async (who: Person) => (await who.must<{ gaps: object[] }>("GET", "/api/charges/gaps")).gaps;
  expect(await gaps(p.rina)).toMatchObject([{ state: "kh", kind: "no-dual-criminality", count: 1 }]);
  expect(await gaps(p.mony)).toEqual([]);

  const code = async (what: object) =>
    (await p.rina.ask<{ error: { code: string } }>("POST", "/api/assistance", what)).body.error.code;
  const good = { kind: "formal", type: "business-records", to: "kh", case: number };
  expect(await code({ ...good, to: "mm" })).toBe("NOT_A_STATE");
  expect(await code({ ...good, type: "preservation" })).toBe("NOT_A_LISTED_CODE");
  expect(await code({ ...good, case: "ID-2031-999999" })).toBe("NOT_FOUND");
  expect(await code({ ...good, request: asked })).toBe("BAD_INPUT");
  expect(await code({ ...good, extra: 1 })).toBe("BAD_INPUT");
  const { form } = await look(p.rina, made);
  const put = async (more: object) =>
    (
      await p.rina.ask<{ error: { code: string } }>("PUT", `/api/assistance/${made}`, {
        form: { ...form, ...more },
        version: 1,
      })
    ).body.error.code;
  expect(await put({ facts: "a\u0000b" })).toBe("BAD_INPUT");
  expect(await put({ facts: "x".repeat(20_001) })).toBe("BAD_INPUT");
  // It has left: nothing of it changes.
  expect(await put({})).toBe("NOT_NOW");
});

test("a state without a node gets the formal request as a letter, with its clock; its answer is taken in and joined", async () => {
  const ask = { kind: "formal", type: "business-records", to: "mm", case: number };
  // A letter goes to an authority of that state; data is not frozen by letter.
  for (const wrong of [{ letter: "kh-ncct" }, { letter: "mm-nobody" }])
    expect((await p.rina.ask("POST", "/api/assistance", { ...ask, ...wrong })).status).toBe(422);
  const freeze = { ...ask, kind: "preservation", type: "preservation", letter: "mm-central-body" };
  expect((await p.rina.ask("POST", "/api/assistance", freeze)).status).toBe(422);
  const { id: made } = await begin(p.rina, { ...ask, letter: "mm-central-body" });
  await saves(p.rina, made, { urgent: true, urgencyReason: "perishable-data" });
  expect(await look(p.rina, made)).toMatchObject({ letter: { to: "mm-central-body", id: null } });
  await step(p.rina, made, { step: "submit" });
  await step(p.ratna, made, { step: "review" });
  // The central authority sees the pages before they leave; nothing of the form is missing on them.
  const preview = await p.dian.must<LetterPreview>(
    "GET",
    `/api/letters/preview?request=${made}&to=mm-central-body`,
  );
  expect(preview.pages).toBeGreaterThan(1);
  await step(p.dian, made, { step: "send" });
  const sent = await look(p.dian, made);
  expect(sent).toMatchObject({ state: "sent", due: null, provisional: false });
  expect(sent.reference).toMatch(/^ID-MM-L/);
  const at = `/api/letters/${sent.letter!.id}`;
  const letter = await p.dian.must<LetterView>("GET", at);
  expect(letter).toMatchObject({ correspondent: "mm-central-body", may: ["posted"] });
  const { draft: said } = (await view(p.rina, made)) as unknown as { draft: AskDraft };
  expect(said.facts.map((one) => one.text).join("\n")).toContain("Matter: EXERCISE matter 17/2031");
  expect(said.questions[0]!.text).toContain("EXERCISE hotel");
  const today = dayOf(id.clock.now());
  await p.dian.must("POST", `${at}/posted`, { on: today, channel: "diplomatic", note: "EXERCISE" });
  const away = await look(p.rina, made);
  expect(away.state).toBe("sent");
  expect(Date.parse(away.due!)).toBeGreaterThan(Date.now());
  await p.rina.must("POST", `${at}/acknowledged`, { on: today, theirReference: "EXERCISE 4/2031" });
  expect((await look(p.rina, made)).state).toBe("acknowledged");
  const item = await takesIn(id, "rina", number, "EXERCISE-scan.txt");
  await p.rina.must("POST", `${at}/answer`, {
    ...{ kind: "full", way: "letter", saidBy: "EXERCISE: Central Body", saidAt: today },
    ...{ theirReference: "", text: "EXERCISE: annexed", language: "en", items: [item] },
    ...{ handling: { codes: ["H1", "H2"] }, evaluation: { source: "X", information: "4" } },
  });
  const done = await look(p.rina, made);
  expect(done).toMatchObject({ state: "executed", due: null });
  expect(done.back).toMatchObject({ answers: [{ final: true }], items: [{ id: item, court: false }] });
  await step(p.rina, made, { step: "receive" });
  await step(p.rina, made, { step: "close" });
  expect((await look(p.rina, made)).steps.map((one) => `${one.side} ${one.step}`)).toEqual(
    expect.arrayContaining(["ours send", "ours posted", "theirs register", "theirs executed", "ours close"]),
  );
  // Refused on paper for their law: noted with a ground of formal requests, and counted like one that came over a node.
  const gapsOf = async () =>
    (await p.rina.must<{ gaps: GapCount[] }>("GET", "/api/charges/gaps")).gaps.filter(
      (one) => one.state === "mm",
    );
  expect(await gapsOf()).toEqual([]);
  const { id: again } = await begin(p.rina, { ...ask, letter: "mm-central-body" });
  await saves(p.rina, again);
  await step(p.rina, again, { step: "submit" });
  await step(p.ratna, again, { step: "review" });
  await step(p.dian, again, { step: "send" });
  const other = `/api/letters/${(await look(p.dian, again)).letter!.id}`;
  await p.dian.must("POST", `${other}/posted`, { on: today, channel: "diplomatic", note: "EXERCISE" });
  const no = { way: "letter", saidBy: "EXERCISE: Central Body", saidAt: today, text: "" };
  expect((await p.rina.ask("POST", `${other}/refused`, { ...no, ground: "not-held" })).status).toBe(422);
  expect((await p.rina.must<LetterView>("GET", other)).grounds).toContain("dual-criminality");
  await p.rina.must("POST", `${other}/refused`, { ...no, ground: "dual-criminality" });
  expect(await look(p.rina, again)).toMatchObject({ state: "refused", code: "dual-criminality" });
  expect(await gapsOf()).toMatchObject([{ kind: "no-dual-criminality", step: "assistance", count: 1 }]);
});

test("what another state sends is taken whole or not at all, and moves nothing that is not its to move", async () => {
  const tell = async (kind: string, body: object) => {
    const envelope = await kh.node.store.write(
      { actor: { kind: "job", name: "forged" }, purpose: "mutual-assistance" },
      async (tx) => {
        const { id: about } = { id: tx.newId() };
        await tx.send({ id: about, to: "id" as never, kind, body, attachments: [] });
        tx.note("request.departed", { envelope: about, peer: "id" });
        return about;
      },
    );
    kh.node.peering.wake();
    return envelope;
  };
  const { id: made } = await begin(p.rina, {
    kind: "formal",
    type: "business-records",
    to: "kh",
    case: number,
  });
  await saves(p.rina, made);
  const before = await look(p.rina, made);
  const nobody = before.author;
  const said = {
    agency: nobody,
    thread: made,
    step: "executed",
    text: "",
    code: null,
    until: null,
    at: "2031-01-01T00:00:00Z",
  };
  // A draft that was never sent, a step that is ours, a body that is none.
  await tell("assistance.said", said);
  await tell("assistance.said", { ...said, step: "use" });
  await tell("assistance.sent", { agency: nobody, thread: made });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const after = await look(p.rina, made);
  expect(after.state).toBe("draft");
  expect(after.steps).toEqual(before.steps);
});

test("the same from the command line: begun, written from a file, checked, shown, and what cannot be said is told", async () => {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  const says = (...words: string[]) => typed(assistanceCommand, words);
  try {
    await typed(signInCommand, ["--node", id.web.address, "--as", "rina"]);
    const made = (
      await says("begin", "--type", "business-records", "--to", "kh", "--case", number)
    ).text.trim();
    expect(await says("check", made)).toMatchObject({
      exit: 1,
      text: expect.stringContaining(
        "error\tmissing\tcompetent\tconfirmed\tASEAN MLAT art. 6; MLA-1",
      ) as string,
    });
    expect(await says("step", made, "submit")).toMatchObject({
      exit: 1,
      wrong: expect.stringContaining("CHECK_FAILS") as string,
    });
    const file = path.join(home, "fields.json");
    const { form } = await look(p.rina, made);
    const { to: _to, records: _records, ...fields } = whole(form);
    await writeFile(file, JSON.stringify(fields));
    expect((await says("write", made, file)).text).not.toContain("error\t");
    await writeFile(file, "{");
    expect(await says("write", made, file)).toMatchObject({ exit: 2 });
    expect(await says("step", made, "melt")).toMatchObject({ exit: 2 });
    expect(await says("begin", "--type", "service", "--to", "kh")).toMatchObject({ exit: 2 });
    expect(await says("step", made, "submit")).toMatchObject({ exit: 0, text: "prosecutor\n" });
    expect((await says("list", "--box", "outgoing")).text).toContain(
      `${made}\tto kh\tbusiness-records\tprosecutor`,
    );
    expect((await says("show", made)).text).toContain("you may: withdraw");
    expect((await says("states")).text).toContain("tl\tto be confirmed\tpt,tet");
  } finally {
    await rm(home, { recursive: true });
  }
});

test("the checker knows all eleven states, and says what is to be confirmed", () => {
  const codes = readAssistanceCodes();
  expect(codes.states.map((one) => one.state).toSorted()).toEqual([
    "bn",
    "id",
    "kh",
    "la",
    "mm",
    "my",
    "ph",
    "sg",
    "th",
    "tl",
    "vn",
  ]);
  const today = "2031-03-04";
  const type = typeOf(codes, "business-records")!;
  for (const rules of codes.states) {
    const form = whole(emptyForm("business-records", rules.state), {
      to: rules.state,
      offence: "trafficking-labour",
    });
    const found = check({
      form: { ...form, language: "km" },
      type,
      rules,
      stopped: 0,
      enquired: true,
      sought: null,
      today,
    });
    const errors = found.filter((one) => one.level === "error").map((one) => one.code);
    const reads = rules.languages.accepted.includes("km");
    expect(errors, rules.state).toEqual(reads ? [] : ["language"]);
    expect(
      found.some((one) => one.standing === "to-be-confirmed"),
      rules.state,
    ).toBe(true);
  }
  const kh = rulesFor(codes, "kh")!;
  // How it goes: what that state accepts where it is known, else every way.
  expect(waysTo(codes, "kh")).toEqual(transmissions);
  const told = { accepted: ["diplomatic" as const], standing: "confirmed" as const, source: "EXERCISE" };
  const knows = { ...kh, centralAuthority: { ...kh.centralAuthority, channel: told } };
  expect(waysTo({ states: [knows] }, "kh")).toEqual(["diplomatic"]);
  const strict = {
    ...kh,
    minimumPenaltyYears: { value: 20, standing: "confirmed" as const, source: "EXERCISE" },
    certification: { accepted: ["affidavit"], standing: "confirmed" as const, source: "EXERCISE" },
  };
  // On what it rests: what is to be confirmed, and what its own authority confirmed, by name.
  const asked = { type: "business-records", to: kh.state, basis: "asean-mlat" };
  const lists = { ...codes, extradition: { ...codes.extradition, bases: [] } };
  const before = restsOn(lists, asked);
  expect(before.map((one) => one.rule).slice(0, 2)).toEqual(["articles", "basis"]);
  expect(openOf(before).map((one) => one.rule)).toEqual(
    expect.arrayContaining(["address", "channel", "copies"]),
  );
  const said = { by: "EXERCISE: Ministry of Justice", on: "2031-03-01" };
  const states = [{ ...kh, copies: { ...kh.copies, standing: "confirmed" as const, confirmation: said } }];
  const after = restsOn({ ...lists, states }, asked);
  expect(after.find((one) => one.rule === "copies")).toMatchObject({
    standing: "confirmed",
    confirmation: said,
  });
  expect(openOf(after)).toHaveLength(openOf(before).length - 1);
  expect(restsOn(lists, { ...asked, to: "xx" as never })).toEqual([]);
  const form = whole(emptyForm("business-records", "kh" as never), {
    offence: "labour-dispute",
    neededBy: "2031-01-01",
  });
  const found = check({ form, type, rules: strict, stopped: 1, enquired: false, sought: null, today });
  const by = (level: string) => found.filter((one) => one.level === level).map((one) => one.code);
  expect(by("error")).toEqual(expect.arrayContaining(["penalty", "certification", "day-passed", "terms"]));
  expect(by("warning")).toEqual(expect.arrayContaining(["dual-criminality", "no-enquiry"]));
});

test("who else can see a formal request is exactly who reaches it: also the prosecutor and the central authority, once it is before them", async () => {
  const { id: matter } = await begin(p.rina, {
    kind: "formal",
    type: "business-records",
    to: "kh",
    case: number,
  });
  const why = (who: Person, ref = matter) => who.must<WhyView>("GET", `/api/why/${ref}`);
  const alone = await why(p.rina);
  expect(alone.because).toContain("policy.request.seen-with-case");
  expect((await p.ratna.ask("GET", `/api/why/${matter}`)).status).toBe(404);
  await saves(p.rina, matter);
  await step(p.rina, matter, { step: "submit" });
  const reviewed = await why(p.ratna);
  expect(reviewed).toMatchObject({
    kind: "assistance",
    because: ["policy.assistance.reviewed-by-prosecutor"],
  });
  expect((await why(p.rina)).officers).toBeGreaterThan(alone.officers);
  expect((await p.dian.ask("GET", `/api/why/${matter}`)).status).toBe(404);
  await step(p.ratna, matter, { step: "review" });
  expect((await why(p.dian)).because).toEqual(["policy.assistance.followed-by-its-side"]);
  let reach = 0;
  for (const one of await p.rina.must<{ number: string }[]>("GET", "/api/access/exercise/officers")) {
    const person = await id.as(one.number).catch(() => null);
    if (person === null) continue;
    const { purposes } = await person.must<{ purposes: string[] }>("GET", "/api/access/session");
    for (const purpose of purposes) {
      await person.must("PATCH", "/api/access/session", { purpose });
      if ((await person.ask("GET", `/api/assistance/${matter}`)).status !== 200) continue;
      reach++;
      break;
    }
  }
  // Herself is not among the others.
  expect((await why(p.rina)).officers).toBe(reach - 1);
});

test("a hit becomes a draft with the number that hit; a hit of another state, or of another's case, begins nothing", async () => {
  const fields = { type: "phone", written: numbers.recruiterPhone, role: "suspect", subject: null };
  const { number: of, records } = await caseWith(p.rina, [fields]);
  const check = await checked(p.rina, { case: of, selectors: records, states: ["kh"] });
  expect(answerOf(check, records[0]!, "kh")).toBe("hit");
  const said = { language: "en", grounds: "EXERCISE: a private check gave a hit", link: "EXERCISE: the hit" };
  const ask = { kind: "formal", type: "subscriber-data", to: "kh", case: of, hit: check.id, said };
  const { id: made } = await begin(p.rina, ask);
  const seen = await look(p.rina, made);
  expect(seen).toMatchObject({ fromHit: check.id, fromRequest: null });
  expect(seen.form).toMatchObject({ offence: check.offence, grounds: said.grounds, language: "en" });
  expect(seen.form.records.map(({ id, link }) => ({ id, link }))).toEqual([
    { id: records[0], link: said.link },
  ]);
  const wrong = async (who: Person, more: object) =>
    (await who.ask<{ error: { code: string } }>("POST", "/api/assistance", { ...ask, ...more })).body.error
      .code;
  expect(await wrong(p.rina, { case: number })).toBe("NOT_FOUND");
  expect(await wrong(p.rina, { hit: made })).toBe("NOT_FOUND");
  expect(await wrong(p.sari, {})).toBe("NOT_FOUND");
});

test("covert means, a person in custody, a witness who travels: each type asks for what its law needs, consent before all", () => {
  const { types } = readAssistanceCodes();
  const needed = (code: string) =>
    types
      .find((one) => one.code === code)!
      .special.filter((one) => one.required)
      .map((one) => one.name);
  expect(needed("controlled-delivery")).toEqual(expect.arrayContaining(["operation", "order", "command"]));
  expect(needed("custody-transfer")).toEqual(expect.arrayContaining(["consent", "custody", "returnBy"]));
  expect(needed("witness-travel")).toEqual(expect.arrayContaining(["consent", "safeConduct", "protection"]));
});
