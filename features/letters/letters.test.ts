// Indonesia asks Myanmar, which has no node: a letter on paper, two persons, a clock, and an answer by scan and by phone.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation, type Person } from "@simpul/testing";
import { axe, openBrowser, picture, widths } from "@simpul/testing/browser";
import { typed } from "@simpul/testing/typed";
import { sql } from "kysely";
import type { NodeCode } from "@simpul/model";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { CaseHead } from "../cases/contract.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { Given, RecallView } from "../recalls/contract.ts";
import { holds } from "../requests/grants.ts";
import type { Choice, PermissionView, Preview, ReceivedItem, RequestHead } from "../requests/contract.ts";
import { requestCommand } from "../requests/command.ts";
import { ask, caseNamed, chosen, draft, prove, recordsOf, view } from "../requests/testing.ts";
import { letterCommand } from "./command.ts";
import requests from "../requests/words/en.json" with { type: "json" };
import say from "./words/en.json" with { type: "json" };
import type { LetterHead, LetterPreview, LetterView } from "./contract.ts";

let id: Nation;
let rina: Person, agus: Person, sari: Person;
let ours: CaseHead;
let home: string;
let asked: string;
let letter: string;
const items: string[] = [];
const today = () => new Date(id.clock.now()).toISOString().slice(0, 10);
const read = (who: Person, which = letter) => who.must<LetterView>("GET", `/api/letters/${which}`);
const paper = (more = {}) =>
  draft(ours.number, [], { letters: ["mm-atipd"], languages: ["en", "my"], ...more });

/** What the PDF says, as a reader of PDF finds it. */
async function textOf(which: string): Promise<string> {
  const got = await fetch(`${id.web.address}/api/letters/${which}/paper`, {
    headers: { cookie: rina.cookie },
  });
  const open = await getDocument({ data: new Uint8Array(await got.arrayBuffer()), verbosity: 0 }).promise;
  const pages = await Promise.all(
    Array.from({ length: open.numPages }, async (_, at) =>
      (await (await open.getPage(at + 1)).getTextContent()).items.map((one) => ("str" in one ? one.str : "")),
    ),
  );
  return pages.flat().join(" ");
}

/** What waits to be sent to other nodes. */
const outbox = () =>
  id.node.store.read({ actor: { kind: "job", name: "test" }, purpose: "oversight" }, async (db) => {
    db.noteRead("test.looked", {});
    return (await sql`select kind from simpul.outbox`.execute(db.rows)).rows;
  });

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-letters-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id } = await nations("id"));
  [rina, agus, sari] = [await id.as("rina"), await id.as("agus"), await id.as("sari")];
  ours = await caseNamed(rina, "pembayar tiket");
  await typed(signInCommand, ["--node", id.web.address, "--as", "rina"]);
  for (const name of ["answer-1.txt", "answer-2.txt", "answer-3.txt"]) {
    await writeFile(path.join(home, name), `EXERCISE: ${name}, scanned at the counter\n`);
    const { text } = await typed(takeInCommand, [path.join(home, name), "--case", ours.id, "--json"]);
    items.push((JSON.parse(text) as { id: string }).id);
  }
}, 120_000);
afterAll(() => rm(home, { recursive: true }));

test("a letter to nobody we know, or with a character that no font has, is refused by name", async () => {
  expect(await rina.ask("POST", "/api/requests", paper({ letters: ["mm-nobody"] }))).toMatchObject({
    status: 422,
    body: { error: { code: "NOT_A_CORRESPONDENT", facts: { correspondent: "mm-nobody" } } },
  });
  const { id: odd } = await rina.must<{ id: string }>(
    "POST",
    "/api/requests",
    paper({ subject: "EXERCISE 𓀀" }),
  );
  const refused = await rina.ask("GET", `/api/letters/preview?request=${odd}&to=mm-atipd`);
  expect(refused).toMatchObject({
    status: 422,
    body: { error: { code: "CHARACTER_MISSING", facts: { character: "𓀀", code: "U+13000" } } },
  });
  await rina.must("POST", `/api/requests/${odd}/submit`);
  await prove(agus, "request.approve", odd);
  expect((await agus.ask("POST", `/api/requests/${odd}/approve`, { reason: "EXERCISE" })).status).toBe(422);
  expect((await view(agus, odd)).full).toEqual([]);
  await rina.must("POST", `/api/requests/${odd}/withdraw`, { reason: "" });
});

test("the letter is seen as pages before anybody approves it, filled from the case to at least 80 percent", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const phone = selector!.find((one) => one.role === "facilitator")!;
  const { id: made } = await rina.must<{ id: string }>(
    "POST",
    "/api/requests",
    paper({ records: [chosen(phone.id)] }),
  );
  const where = `/api/letters/preview?request=${made}&to=mm-atipd`;
  const preview = await rina.must<LetterPreview>("GET", where);
  expect(preview.lacks).toEqual(["signature", "received"]);
  expect(preview.filled / preview.fields).toBeGreaterThanOrEqual(0.8);
  const draw = () =>
    fetch(`${id.web.address}${where.replace("preview?", "preview/page?")}&page=1`, {
      headers: { cookie: rina.cookie },
    });
  const page = await draw();
  expect(page.headers.get("content-type")).toContain("image/svg+xml");
  const before = await page.text();
  expect(before).toMatch(/^<svg /);
  // An officer's translation into the language of the letter stands in it, beneath the original.
  await rina.must("POST", `/api/requests/${made}/translations`, {
    ...{ about: made, field: "subject", language: "en", into: "my" },
    text: "EXERCISE: စုဆောင်းသူ၏ ဖုန်းနံပါတ်ပိုင်ရှင်",
  });
  expect(await (await draw()).text()).not.toBe(before);
  // Nobody outside the case and the contact point sees it, nor that it is there.
  expect((await sari.ask("GET", where)).status).toBe(404);
  await rina.must("POST", `/api/requests/${made}/submit`);
  const seen = await agus.must<Preview>("GET", `/api/requests/${made}/preview`);
  expect(seen.pages).toMatchObject([{ to: "mm", letter: "mm-atipd", stops: [] }]);
  await rina.must("POST", `/api/requests/${made}/withdraw`, { reason: "" });
});

test("a second person lets it go; the exact bytes are kept, their digest is in the ledger, nothing is sent", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const phone = selector!.find((one) => one.role === "facilitator")!;
  asked = await ask(rina, agus, paper({ records: [chosen(phone.id)] }));
  const seen = await view(rina, asked);
  expect(seen.threads).toMatchObject([
    { peer: "mm", correspondent: "mm-atipd", state: "queued", clock: null },
  ]);
  expect(seen.threads[0]!.reference).toMatch(/^ID-MM-L\d{4}-000001$/);
  expect(seen.releases).toMatchObject([{ what: "request", to: "mm", records: 1 }]);
  letter = seen.threads[0]!.id;
  const got = await fetch(`${id.web.address}/api/letters/${letter}/paper`, {
    headers: { cookie: rina.cookie },
  });
  const bytes = new Uint8Array(await got.arrayBuffer());
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe("%PDF-");
  const digest = createHash("sha256").update(bytes).digest("hex");
  const view1 = await read(rina);
  expect(view1).toMatchObject({ digest, size: bytes.length, standing: "queued", may: ["posted"] });
  // The pen is left two lines, the sender's and the recipient's; whoever approved it stands there by name.
  expect(view1.fields - view1.filled).toBe(2);
  const { activity } = await rina.must<{ activity: { kind: string; facts: Record<string, unknown> }[] }>(
    "GET",
    `/api/requests/${asked}/activity`,
  );
  expect(activity.find((one) => one.kind === "letter.made")!.facts["paper"]).toBe(digest);
  expect(activity.some((one) => one.kind === "letter.printed")).toBe(true);
  expect(await outbox()).toEqual([]);
  // The page shown is a picture of exactly these bytes.
  const shown = await fetch(`${id.web.address}/api/letters/${letter}/page?page=1`, {
    headers: { cookie: rina.cookie },
  });
  expect(shown.status).toBe(200);
  const inbox = await agus.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === letter)).toMatchObject({ kind: "letter-to-send" });
});

test("noted as sent, its clock runs as a target; a day that has not come is refused; nobody else may note it", async () => {
  const posted = { on: today(), channel: "courier", note: "EXERCISE: bag 17" };
  expect((await sari.ask("POST", `/api/letters/${letter}/posted`, posted)).status).toBe(404);
  expect(
    await agus.ask("POST", `/api/letters/${letter}/posted`, { ...posted, on: "2099-01-01" }),
  ).toMatchObject({
    body: { error: { code: "DAY_AHEAD" } },
  });
  await agus.must("POST", `/api/letters/${letter}/posted`, posted);
  expect(await agus.ask("POST", `/api/letters/${letter}/posted`, posted)).toMatchObject({
    status: 409,
    body: { error: { code: "LETTER_NOT_NOW", facts: { state: "posted" } } },
  });
  const seen = await read(rina);
  expect(seen).toMatchObject({
    standing: "posted",
    channel: "courier",
    may: ["acknowledged", "answer", "refused"],
  });
  expect(seen.clock).toMatchObject({
    state: "running",
    standing: "target",
    limit: { amount: 20, unit: "working-days" },
  });
  const list = await rina.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=outgoing&state=posted");
  expect(list.requests.map((one) => one.id)).toEqual([asked]);
  await rina.must("POST", `/api/letters/${letter}/acknowledged`, { on: today(), theirReference: "MM/EX/77" });
  expect(await read(rina)).toMatchObject({ standing: "delivered", theirReference: "MM/EX/77" });
});

test("when the target has passed it waits in the inbox as overdue", async () => {
  id.clock.offMs = 60 * 86_400_000;
  const rinaLater = await id.as("rina");
  const inbox = await rinaLater.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === letter)).toMatchObject({ kind: "letter-overdue", for: "me" });
  expect((await read(rinaLater)).clock!.over).toBe(true);
  id.clock.offMs = 0;
});

test("a call is logged in one step, not evaluated, under the terms of whoever gave it", async () => {
  const call = {
    kind: "interim",
    way: "phone",
    saidBy: "EXERCISE: duty officer, Nay Pyi Taw",
    saidAt: today(),
  };
  expect(await rina.ask("POST", `/api/letters/${letter}/answer`, call)).toMatchObject({
    body: { error: { code: "EMPTY_LETTER_ANSWER" } },
  });
  await rina.must("POST", `/api/letters/${letter}/answer`, {
    ...call,
    text: "EXERCISE: the number is known there.",
  });
  const seen = await read(rina);
  expect(seen.standing).toBe("delivered");
  expect(seen.answers).toMatchObject([
    {
      way: "phone",
      handling: { codes: ["H1", "H2"] },
      evaluation: { source: "X", information: "4" },
      items: [],
    },
  ]);
});

test("a scan is joined once, belongs to the state that answered, and goes on only by its terms (HC-11)", async () => {
  const scan = {
    kind: "full",
    way: "letter",
    saidBy: "EXERCISE: Police Colonel",
    saidAt: today(),
    theirReference: "MM/EX/78",
    text: "EXERCISE: နံပါတ်သည် ဟိုတယ်တွင် မှတ်ပုံတင်ထားသည်။",
    language: "my",
    evaluation: { source: "B", information: "2" },
    items: [items[0]],
  };
  expect((await read(rina)).joinable.map((one) => one.id).toSorted()).toEqual(items.toSorted());
  const strange = { ...scan, items: ["01890000-0000-7000-8000-000000000000"] };
  expect(await rina.ask("POST", `/api/letters/${letter}/answer`, strange)).toMatchObject({
    body: { error: { code: "NOT_AN_ITEM_HERE" } },
  });
  await rina.must("POST", `/api/letters/${letter}/answer`, scan);
  expect(await rina.ask("POST", `/api/letters/${letter}/answer`, scan)).toMatchObject({
    status: 409,
    body: { error: { code: "ALREADY_JOINED", facts: { item: items[0] } } },
  });
  const seen = await view(rina, asked);
  expect(seen.threads[0]).toMatchObject({ state: "answered", outcome: "full", clock: { state: "ended" } });
  expect(seen.full[0]!.answers.at(-1)).toMatchObject({
    originators: ["mm"],
    narrative: [{ language: "my" }],
  });
  const { items: held } = await rina.must<{ items: ReceivedItem[] }>(
    "GET",
    `/api/requests/received?case=${ours.number}`,
  );
  expect(held).toMatchObject([
    { id: items[0], originator: "mm", from: "mm", may: { court: false, onward: [] } },
  ]);
  // To another correspondent it is stopped as any other state's: by H2, and by its originator's name.
  const { items: choices } = await rina.must<{ items: Choice[] }>(
    "GET",
    `/api/requests/choices?case=${ours.number}&to=th`,
  );
  expect(choices.filter((one) => one.id === items[0])).toMatchObject([
    { originator: "mm", foreign: true, stop: { because: "H2", originator: "mm" } },
  ]);
  const onward = paper({ letters: ["th-atpd"], items: [chosen(items[0]!)] });
  const { id: drafted } = await rina.must<{ id: string }>("POST", "/api/requests", onward);
  expect((await rina.ask("POST", `/api/requests/${drafted}/submit`)).status).toBe(403);
  // In court only with permission.
  expect(
    await rina.ask("POST", "/api/evidence/exports", {
      case: ours.id,
      items: [items[0]],
      recipient: "EXERCISE: court",
      recipientState: "id",
      reason: "EXERCISE: trial",
      fields: [],
    }),
  ).toMatchObject({ body: { error: { facts: { originator: "mm" } } } });
});

test("a later letter may be refused, and what became of it is counted with the others", async () => {
  const second = await ask(rina, agus, paper({ letters: ["mm-central-body"] }));
  const thread = (await view(rina, second)).threads[0]!;
  expect(thread.reference).toMatch(/^ID-MM-L\d{4}-000002$/);
  await agus.must("POST", `/api/letters/${thread.id}/posted`, { on: today(), channel: "diplomatic" });
  const no = { ground: "no-such", way: "email", saidBy: "EXERCISE: registry", saidAt: today() };
  expect(await rina.ask("POST", `/api/letters/${thread.id}/refused`, no)).toMatchObject({
    body: { error: { code: "NOT_A_GROUND" } },
  });
  await rina.must("POST", `/api/letters/${thread.id}/refused`, { ...no, ground: "not-held" });
  const { letters } = await rina.must<{ letters: LetterHead[] }>("GET", "/api/letters");
  expect(letters.map((one) => [one.reference.slice(-6), one.standing])).toEqual([
    ["000002", "refused"],
    ["000001", "answered"],
  ]);
  await rina.must("POST", `/api/requests/${second}/close`, { thread: thread.id, usefulness: "not-useful" });
});

test("what went by letter is called back by letter: numbered, tracked, overdue, its acknowledgement taken in by scan (COR-1)", async () => {
  const { given } = await rina.must<{ given: Given[] }>("GET", `/api/recalls/given/${asked}`);
  expect(given).toMatchObject([{ what: "selector", to: ["mm"] }]);
  const said = {
    kind: "withdraw",
    reasonCode: "inaccurate",
    reason: "EXERCISE: wrong number",
    safety: false,
  };
  const { id: recall } = await rina.must<{ id: string }>("POST", `/api/recalls/given/${asked}`, {
    ...said,
    records: [given[0]!.record],
  });
  await prove(agus, "recall.approve", recall);
  await agus.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  const tree = async () => (await rina.must<RecallView>("GET", `/api/recalls/${recall}`)).tree;
  expect(await tree()).toMatchObject([
    {
      holder: "mm",
      onPaper: true,
      outcome: null,
      letters: [{ correspondent: "mm-atipd", standing: "queued" }],
    },
  ]);
  expect(await outbox()).toEqual([]);
  const back = (await tree())[0]!.letters[0]!.id;
  const shown = await read(rina, back);
  expect(shown).toMatchObject({
    about: "recall",
    of: { kind: "recall", id: recall, recall: "withdraw" },
    approvedBy: agus.id,
    may: ["posted"],
  });
  expect(shown.reference).toMatch(/^ID-MM-L\d{4}-00000[3-9]$/);
  // It names the earlier letter and the entry there, and repeats no word of what it calls back.
  const words = await textOf(back);
  expect(words).toContain(shown.subject);
  expect(words).toMatch(/Entry\s+5\.1/);
  expect(words).not.toContain(given[0]!.title);
  expect((await sari.ask("GET", `/api/letters/${back}`)).status).toBe(404);
  const note = { outcome: "complied", way: "letter", saidBy: "EXERCISE: Police Colonel", saidAt: today() };
  expect((await rina.ask("POST", `/api/letters/${back}/recalled`, note)).status).toBe(409);
  await agus.must("POST", `/api/letters/${back}/posted`, { on: today(), channel: "courier" });
  // Nobody answers: it waits as overdue, at the letter and at the recall.
  id.clock.offMs = 60 * 86_400_000;
  const later = await id.as("agus");
  const waits = (await later.must<InboxView>("GET", "/api/inbox")).entries;
  expect(waits.find((one) => one.id === back)).toMatchObject({ kind: "letter-overdue" });
  expect(waits.find((one) => one.id === recall)).toMatchObject({ kind: "recall-late", title: "MM" });
  id.clock.offMs = 0;
  const door = `/api/letters/${back}/recalled`;
  expect((await sari.ask("POST", door, note)).status).toBe(404);
  expect((await rina.ask("POST", door, { ...note, outcome: "partly" })).status).toBe(422);
  const { outcome: _done, ...plain } = note;
  const strange = { ...plain, kind: "full", text: "EXERCISE" };
  expect((await rina.ask("POST", `/api/letters/${back}/answer`, strange)).status).toBe(409);
  const byHand = { holder: "mm", outcome: "complied", text: "EXERCISE" };
  expect((await rina.ask("POST", `/api/recalls/${recall}/on-paper`, byHand)).status).toBe(409);
  const answered = await typed(letterCommand, [
    ...["recalled", back, "--outcome", "complied", "--who", note.saidBy],
    ...["--theirs", "MM/EX/79", "--items", items[1]!, "--json"],
  ]);
  expect(JSON.parse(answered.text)).toMatchObject({ outcome: "complied" });
  expect((await rina.ask("POST", door, note)).status).toBe(409);
  expect(await tree()).toMatchObject([
    { outcome: "complied", officer: "Rina Kartika", letters: [{ standing: "answered" }] },
  ]);
  expect((await tree())[0]!.text).toContain("MM/EX/79");
  expect(await read(rina, back)).toMatchObject({
    ...{ standing: "answered", outcome: "complied", may: [] },
    answers: [{ kind: "complied", items: [{ id: items[1] }] }],
  });
});

test("two authorities of one state are told apart; the state has answered when both have, and the graver word counts", async () => {
  const { subject } = await recordsOf(rina, ours.number);
  const both = await ask(
    rina,
    agus,
    paper({ letters: ["mm-atipd", "mm-central-body"], records: [chosen(subject![0]!.id)] }),
  );
  const { threads } = await view(rina, both);
  expect(threads.map((one) => one.correspondent)).toEqual(["mm-atipd", "mm-central-body"]);
  for (const one of threads)
    await agus.must("POST", `/api/letters/${one.id}/posted`, { on: today(), channel: "courier" });
  const { id: recall } = await rina.must<{ id: string }>("POST", `/api/recalls/given/${both}`, {
    ...{ kind: "withdraw", reasonCode: "inaccurate", reason: "EXERCISE: another person", safety: false },
    records: [subject![0]!.id],
  });
  await prove(agus, "recall.approve", recall);
  await agus.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  const holder = async () => (await rina.must<RecallView>("GET", `/api/recalls/${recall}`)).tree;
  const letters = (await holder())[0]!.letters;
  expect(letters.map((one) => one.correspondent).toSorted()).toEqual(["mm-atipd", "mm-central-body"]);
  const says = { way: "phone", saidBy: "EXERCISE: registry", saidAt: today() };
  const answer = async (which: string, what: object) => {
    const { id: back } = letters.find((one) => one.correspondent === which)!;
    await agus.must("POST", `/api/letters/${back}/posted`, { on: today(), channel: "courier" });
    await rina.must("POST", `/api/letters/${back}/recalled`, { ...says, ...what });
  };
  await answer("mm-central-body", {
    outcome: "refused",
    code: "duty-to-keep",
    text: "EXERCISE: kept by law",
  });
  expect(await holder()).toMatchObject([{ holder: "mm", answeredAt: null }]);
  await answer("mm-atipd", { outcome: "complied", text: "EXERCISE: shredded" });
  const [done] = await holder();
  expect(done).toMatchObject({ holder: "mm", outcome: "refused" });
  expect(done!.answeredAt).not.toBeNull();
  expect(done!.text).toContain("kept by law");
  expect(done!.text).toContain("shredded");
});

test("permission is asked by letter, and counts once its scan is there, signed by us for its originator (HC-6)", async () => {
  const wanted = {
    ...{ case: ours.number, records: [items[0]], action: "court", recipients: [], court: "EXERCISE: court" },
    ...{ legalBasis: "untoc-18", purpose: "prosecution", reason: "EXERCISE: trial", neededBy: null },
  };
  const { id: permission } = await rina.must<{ id: string }>("POST", "/api/requests/permissions", wanted);
  expect(await outbox()).toEqual([]);
  const look = () => rina.must<PermissionView>("GET", `/api/requests/permissions/${permission}`);
  const { letter: way } = await look();
  expect(way).toMatchObject({ state: "mm", standing: "queued" });
  const words = await textOf(way!.id);
  expect(words).toContain("silence is no permission");
  expect(words).toContain("answer-1.txt");
  await agus.must("POST", `/api/letters/${way!.id}/posted`, { on: today(), channel: "diplomatic" });
  const door = `/api/letters/${way!.id}/permitted`;
  const yes = {
    ...{ way: "letter", saidBy: "EXERCISE: Police Colonel", saidAt: today() },
    ...{ decisions: [{ record: items[0], grant: true }], conditions: "EXERCISE: this trial alone" },
  };
  // HC-8: what was only said permits nothing, and neither does a letter that nobody took in.
  for (const way of ["phone", "letter"])
    expect(await rina.ask("POST", door, { ...yes, way })).toMatchObject({
      body: { error: { code: "SCAN_NEEDED" } },
    });
  expect((await rina.ask("POST", door, { ...yes, decisions: [] })).status).toBe(422);
  expect((await sari.ask("POST", door, { ...yes, items: [items[2]] })).status).toBe(404);
  const noted = await typed(letterCommand, [
    ...["permitted", way!.id, "--grant", items[0]!, "--conditions", yes.conditions],
    ...["--who", yes.saidBy, "--items", items[2]!, "--json"],
  ]);
  expect(JSON.parse(noted.text)).toMatchObject({ outcome: "conditions" });
  const seen = await look();
  expect(seen).toMatchObject({ state: "conditions", letter: { standing: "answered" } });
  const [grant] = seen.grants;
  expect(grant).toMatchObject({ originator: "mm", holder: "id", paper: { letter: way!.reference } });
  // Its basis is the scan: the same digest as the item's.
  const { items: held } = await rina.must<{ items: ReceivedItem[] }>(
    "GET",
    `/api/requests/received?case=${ours.number}`,
  );
  expect(grant!.paper!.scan).toBe(held.find((one) => one.id === items[2])!.digest);
  expect(held.find((one) => one.id === items[0])).toMatchObject({ may: { court: true } });
  // Another state believes it from the hand that took it in, and never of a state that signs for itself.
  const keys = (of: Record<string, readonly Uint8Array[]>) => ({
    keysOf: (state: NodeCode) => Promise.resolve(of[state] ?? []),
  });
  const own = [id.node.keys.signer.publicKey];
  expect(await holds(keys({ id: own }), grant!)).toBe(true);
  expect(await holds(keys({ id: own, mm: own }), grant!)).toBe(false);
  expect(await holds(keys({ id: own }), { ...grant!, conditions: "" })).toBe(false);
  expect(await holds(keys({ id: own }), { ...grant!, paper: { ...grant!.paper!, saidBy: "X" } })).toBe(false);
});

test("whoever is not of the case nor of the contact point finds no letter, by no door", async () => {
  for (const where of ["", "/paper", "/page?page=1"])
    expect((await sari.ask("GET", `/api/letters/${letter}${where}`)).status, where).toBe(404);
  const said = { way: "phone", saidBy: "EXERCISE", saidAt: today(), text: "EXERCISE" };
  for (const [door, body] of [
    ["acknowledged", { on: today() }],
    ["answer", { ...said, kind: "full" }],
    ["refused", { ...said, ground: "not-held" }],
  ] as const)
    expect((await sari.ask("POST", `/api/letters/${letter}/${door}`, body)).status, door).toBe(404);
  expect((await sari.must<{ letters: unknown[] }>("GET", "/api/letters")).letters).toEqual([]);
});

test("the same at the command line, from the draft to the PDF and a call", async () => {
  const flags = [
    "--question",
    "EXERCISE: who?",
    "--fact",
    "EXERCISE: a number",
    "--why",
    "EXERCISE",
    "--basis",
    "untoc-27",
  ];
  const offence = [
    "--offence",
    "trafficking-forced-criminality",
    "--subject",
    "EXERCISE: by command",
    "--submit",
  ];
  const drafted = await typed(requestCommand, [
    "draft",
    ours.number,
    "--letters",
    "th-atpd",
    ...flags,
    ...offence,
    "--json",
  ]);
  const made = (JSON.parse(drafted.text) as { id: string }).id;
  await prove(agus, "request.approve", made);
  await agus.must("POST", `/api/requests/${made}/approve`, { reason: "EXERCISE" });
  const listed = await typed(letterCommand, ["list", "--open", "--json"]);
  const one = JSON.parse(listed.text.split("\n")[0]!) as LetterHead;
  expect(one).toMatchObject({ correspondent: "th-atpd", standing: "queued" });
  const file = path.join(home, "letter.pdf");
  await typed(letterCommand, ["paper", one.id, "--to", file]);
  expect((await readFile(file)).subarray(0, 8).toString()).toBe("%PDF-1.7");
  await typed(letterCommand, ["sent", one.id, "--by", "email"]);
  const call = ["--way", "phone", "--who", "EXERCISE: duty officer", "--text", "EXERCISE: not known"];
  const answered = await typed(letterCommand, ["answer", one.id, "--kind", "none-held", ...call, "--json"]);
  expect(JSON.parse(answered.text)).toMatchObject({ outcome: "none-held", answers: [{ way: "phone" }] });
});

test("on screen: chosen with the case, seen as pages before it leaves, noted as sent, a call logged in one step", async () => {
  const browser = await openBrowser();
  try {
    const page = await enter(browser, "rina");
    await page.goto(`${id.web.address}/requests/new?case=${ours.number}`);
    await page.getByRole("combobox", { name: requests["requests.letters"] }).click();
    await page.getByRole("option", { name: /Myanmar Police Force/ }).waitFor();
    await picture(page, "letters-choose", widths.desk);
    const drafted = await rina.must<{ id: string }>("POST", "/api/requests", paper());
    await rina.must("POST", `/api/requests/${drafted.id}/submit`);
    const contact = await enter(browser, "agus");
    await contact.goto(`${id.web.address}/requests/${drafted.id}`);
    const sheet = contact.getByRole("img", { name: /Page 1 of/ }).first();
    await sheet.waitFor();
    await expect
      .poll(() => sheet.evaluate((one: unknown) => (one as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(500);
    await picture(contact, "letters-approve", widths.desk);
    await prove(agus, "request.approve", drafted.id);
    await agus.must("POST", `/api/requests/${drafted.id}/approve`, { reason: "EXERCISE" });
    const made = (await view(agus, drafted.id)).threads[0]!.id;
    await contact.goto(`${id.web.address}/letters/${made}`);
    await contact.getByRole("button", { name: say["letters.act.posted.send"] }).click();
    await contact.getByText(say["letters.act.acknowledged"]).waitFor();
    await contact.getByText(say["letters.act.answer"], { exact: true }).click();
    await contact.getByLabel(say["letters.saidBy"]).first().fill("EXERCISE: duty officer");
    await contact.getByLabel(say["letters.text"]).fill("EXERCISE: known there, a letter follows.");
    await contact.getByRole("button", { name: say["letters.act.answer.send"] }).click();
    await contact.getByText("a letter follows").first().waitFor();
    await contact.getByRole("img", { name: "Page 1 of" }).first().waitFor();
    expect(await axe(contact)).toEqual([]);
    await picture(contact, "letters-letter", widths.desk);
    await picture(contact, "letters-letter", widths.phone);
    // A letter to which a call and a scan came in.
    await contact.goto(`${id.web.address}/letters/${letter}`);
    await contact.getByRole("img", { name: "Page 1 of" }).first().waitFor();
    expect(await axe(contact)).toEqual([]);
    await picture(contact, "letters-answered", widths.desk);
    await picture(contact, "letters-answered", widths.phone);
    await contact.goto(`${id.web.address}/letters`);
    await contact.getByRole("heading", { name: /^Answered/ }).waitFor();
    expect(await axe(contact)).toEqual([]);
    await picture(contact, "letters-board", widths.desk);
  } finally {
    await browser.close();
  }
}, 120_000);

/** An officer at her node, in English so that the test reads. */
async function enter(browser: Browser, officer: string): Promise<Page> {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width: widths.desk, height: 900 },
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(id.web.address);
  await page.locator(`[data-officer="${officer}"]`).click();
  await page.getByRole("navigation").first().waitFor();
  await page.request.patch(`${id.web.address}/api/access/session`, {
    data: { language: "en" },
    headers: { origin: id.web.address, "x-simpul": "page" },
  });
  return page;
}
