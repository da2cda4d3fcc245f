// Cambodia answers in Khmer: an officer translates beside the original; a machine may have some texts, others never.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readSettings } from "@simpul/server";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look, sits } from "@simpul/testing/pages";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseHead } from "../cases/contract.ts";
import type { AskAnswer, Translations } from "./contract.ts";
import { noMachine } from "./free-texts.ts";
import { libreTranslate, tryTranslator } from "./libre-translate.ts";
import { wire } from "./shapes.ts";
import english from "./words/en.json" with { type: "json" };
import say from "./words/id.json" with { type: "json" };
import { answer, arrival, ask, caseNamed, draft, prove, recordsOf, stands, view } from "./testing.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, sari: Person;
let ours: CaseHead;
let asked: string, given: string;
let service: Server, address: string;
const heard: { q: string; source: string; target: string; format: string }[] = [];
let says: (asked: IncomingMessage) => { status: number; body: string } | null = () => null;

const khmer = "លំហាត់៖ លេខនេះត្រូវបានចុះបញ្ជីនៅសណ្ឋាគារថ្ងៃទី ៥ កុម្ភៈ។";
const inEnglish = "EXERCISE: this number was registered at a hotel on 5 February.";
const looks = (who: Person) => who.must<Translations>("GET", `/api/requests/${asked}/translations`);
const place = (more = {}) => ({ about: given, field: "narrative.0", language: "km", into: "id", ...more });
const machine = (more = {}) => rina.ask("POST", `/api/requests/${asked}/translations/machine`, place(more));

/** The form that LibreTranslate speaks: languages, and one text at a time. */
function speak(): Server {
  return createServer((from, to) => {
    const odd = says(from);
    to.setHeader("content-type", "application/json");
    if (odd !== null) {
      to.writeHead(odd.status).end(odd.body);
      return;
    }
    if (from.url === "/languages") {
      to.end(JSON.stringify([{ code: "km", name: "Khmer", targets: ["id", "en"] }]));
      return;
    }
    let body = "";
    from.on("data", (part: Buffer) => (body += part.toString("utf8")));
    from.on("end", () => {
      const said = JSON.parse(body) as (typeof heard)[number];
      heard.push(said);
      to.end(JSON.stringify({ translatedText: `[${said.target}] ${said.q}` }));
    });
  });
}

beforeAll(async () => {
  service = speak();
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`;
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus, sari] = [await id.as("rina"), await id.as("agus"), await id.as("sari")];
  ours = await caseNamed(rina, "pembayar tiket");
  const { selector } = await recordsOf(rina, ours.number);
  const family = selector!.find((one) => one.role === "family")!;
  asked = await ask(
    rina,
    agus,
    draft(ours.number, ["kh"], { whyThere: `EXERCISE: ask at ${family.written}.` }),
  );
  await stands(rina, asked, "delivered");
  const [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
  const came = await arrival(sophea);
  const said = answer();
  const whole: AskAnswer = { ...said, narrative: [{ ...said.narrative[0]!, text: khmer, language: "km" }] };
  const { id: written } = await sophea.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, whole);
  // Hers goes along with the answer; the words are still at home while she writes.
  const door = `/api/requests/${came}/translations`;
  const english = { field: "narrative.0", language: "km", into: "en", text: inEnglish };
  await sophea.must("POST", door, { about: written, ...english });
  expect((await sophea.must<Translations>("GET", door)).texts).toContainEqual(
    expect.objectContaining({ about: written, field: "narrative.0", leaves: true }),
  );
  await sophea.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  given = (await stands(rina, asked, "answered")).full[0]!.answers[0]!.id;
}, 120_000);
afterAll(() => new Promise((resolve) => service.close(resolve)));

test("a text's language is guessed, and nothing is said where nothing tells", async () => {
  const guess = (text: string) =>
    rina.must<{ language: string | null }>("POST", "/api/requests/language", { text });
  expect(await guess(khmer)).toEqual({ language: "km" });
  expect(
    await guess("Pekerja itu dijanjikan gaji yang tinggi dan tidak pernah dibayar oleh mereka."),
  ).toEqual({
    language: "id",
  });
  expect(await guess("12345")).toEqual({ language: null });
});

test("without a service every text says that no machine translates, and none is asked", async () => {
  const seen = await looks(rina);
  expect(seen.machine).toBe("off");
  expect(seen.texts.find((one) => one.about === given)).toEqual({
    ...{ about: given, field: "narrative.0", language: "km", noMachine: "off", leaves: false },
  });
  expect(await machine()).toMatchObject({ status: 403, body: { error: { code: "NO_MACHINE" } } });
});

test("what an officer translated goes along with the words, by her name, and is bound to exactly these (MSG-1)", async () => {
  expect((await looks(agus)).translations).toMatchObject([
    {
      ...{ about: given, field: "narrative.0", language: "km", into: "en", text: inEnglish },
      ...{ by: null, machine: null, from: { state: "kh", officer: "លី សុភា · Ly Sophea" } },
    },
  ]);
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/requests", draft(ours.number, ["kh"]));
  const door = `/api/requests/${made}/translations`;
  const into = { about: made, language: "en", into: "km" };
  await rina.must("POST", door, { ...into, field: "facts.0", text: "លំហាត់៖ ខុស" });
  await rina.must("POST", door, { ...into, field: "facts.0", text: khmer });
  await rina.must("POST", `/api/requests/${made}/submit`);
  await prove(agus, "request.approve", made);
  await agus.must("POST", `/api/requests/${made}/approve`, { reason: "EXERCISE" });
  await stands(rina, made, "delivered");
  const sophea = await kh.as("sophea");
  const thread = (await view(rina, made)).threads[0]!.id;
  const seen = await sophea.must<Translations>("GET", `/api/requests/${thread}/translations`);
  // The last of each language; whose it is stands beside it, and the receipt of the exact words is the same on both sides.
  expect(seen.translations).toMatchObject([
    { field: "facts.0", into: "km", text: khmer, by: null, from: { state: "id", officer: "Rina Kartika" } },
  ]);
  const releases = [await view(rina, made), await view(sophea, thread)].map((one) => one.releases[0]!.digest);
  expect(releases[0]).toBe(releases[1]);
});

test("a translation of nothing, or by nobody, is refused with all that it came with", () => {
  const body = wire["request.sent"].shape.translations;
  const one = { field: "facts.0", language: "en", into: "km", text: khmer, by: "EXERCISE" };
  expect(body.safeParse([one]).success).toBe(true);
  for (const odd of [{ by: "" }, { field: "facts[0]" }, { into: "Khmer!" }, { text: " " }, { machine: "x" }])
    expect(body.safeParse([{ ...one, ...odd }]).success, JSON.stringify(odd)).toBe(false);
});

test("an officer translates under her name; the original stays, and only who sees the request sees it", async () => {
  const words = { ...place(), text: "LATIHAN: nomor ini terdaftar di hotel pada 5 Februari." };
  const door = `/api/requests/${asked}/translations`;
  expect((await sari.ask("POST", door, words)).status).toBe(404);
  expect((await sari.ask("GET", door)).status).toBe(404);
  expect((await sari.ask("POST", `${door}/machine`, place())).status).toBe(404);
  expect((await rina.ask("POST", door, { ...words, text: "  " })).status).toBe(422);
  expect((await rina.ask("POST", door, { ...words, field: "narrative.7" })).status).toBe(404);
  await rina.must("POST", door, words);
  expect((await looks(agus)).translations).toMatchObject([
    {
      about: given,
      field: "narrative.0",
      into: "id",
      text: words.text,
      by: rina.id,
      machine: null,
      from: null,
    },
    { into: "en", by: null },
  ]);
  expect((await view(rina, asked)).full[0]!.answers[0]!.narrative[0]).toMatchObject({
    text: khmer,
    language: "km",
  });
});

test("made after the words had left it goes after them, once to each state, beside exactly these words (MSG-1)", async () => {
  const sophea = await kh.as("sophea");
  const door = `/api/requests/${asked}/translations`;
  const later = "លំហាត់៖ បកប្រែក្រោយពេលផ្ញើ។";
  const { id: made } = await rina.must<{ id: string }>("POST", door, {
    ...{ about: asked, field: "facts.0", language: "en", into: "km", text: later },
  });
  const mine = async () => (await looks(rina)).translations.find((one) => one.id === made)!;
  expect(await mine()).toMatchObject({ sendTo: ["kh"], sentTo: [] });
  expect((await sari.ask("POST", `${door}/${made}/send`)).status).toBe(404);
  await rina.must("POST", `${door}/${made}/send`);
  expect(await mine()).toMatchObject({ sendTo: [], sentTo: ["kh"] });
  expect(await rina.ask("POST", `${door}/${made}/send`)).toMatchObject({
    body: { error: { code: "NOT_NOW" } },
  });
  const thread = (await view(rina, asked)).threads[0]!.id;
  const there = () => sophea.must<Translations>("GET", `/api/requests/${thread}/translations`);
  await expect
    .poll(async () => (await there()).translations.find((one) => one.text === later), { timeout: 30_000 })
    .toMatchObject({ ...{ field: "facts.0", into: "km" }, from: { state: "id", officer: "Rina Kartika" } });
  // What an officer made of their words for herself is not hers to send: the words are not ours.
  const { id: own } = await rina.must<{ id: string }>("POST", door, {
    ...{ about: given, field: "narrative.0", language: "km", into: "ms", text: "LATIHAN" },
  });
  expect((await looks(rina)).translations.find((one) => one.id === own)!.sendTo).toEqual([]);
  expect(await rina.ask("POST", `${door}/${own}/send`)).toMatchObject({
    body: { error: { code: "NOT_NOW" } },
  });
  // And the answering state does the same with its answer.
  const { id: hers } = await sophea.must<{ id: string }>("POST", `/api/requests/${thread}/translations`, {
    ...{ about: given, field: "narrative.0", language: "km", into: "fil", text: "PAGSASANAY: nakarehistro." },
  });
  await sophea.must("POST", `/api/requests/${thread}/translations/${hers}/send`);
  await expect
    .poll(async () => (await looks(rina)).translations.some((one) => one.into === "fil"), { timeout: 30_000 })
    .toBe(true);
});

test("a translation of other words than stand here, or of another state's thread, is refused with its code", async () => {
  const { agency, thread } = { agency: kh.node.code, thread: (await view(rina, asked)).threads[0]!.id };
  const forged = async (more: object): Promise<{ state: string; last_error: string | null }> => {
    const letter = await kh.node.store.write(
      { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" },
      async (tx) => {
        const letter = tx.newId();
        const translation = { field: "narrative.0", language: "km", into: "en", text: "EXERCISE", by: "X" };
        const body = {
          agency: letter,
          thread,
          answer: given,
          original: "ab".repeat(32),
          translation,
          ...more,
        };
        await tx.send({ id: letter, to: id.node.code, kind: "translation.sent", body });
        tx.note("test.sent", { id: letter, agency });
        return letter;
      },
    );
    const look = () =>
      kh.node.store.chore("test", async ({ rows }) => {
        const found = await sql<{ state: string; last_error: string | null }>`
          select state, last_error from simpul.outbox where id = ${letter}`.execute(rows);
        return found.rows[0]!;
      });
    await expect.poll(async () => (await look()).state, { timeout: 30_000 }).not.toBe("waiting");
    return look();
  };
  expect(await forged({})).toEqual({ state: "refused", last_error: "NOT_ALLOWED" });
  expect(await forged({ answer: asked })).toEqual({ state: "refused", last_error: "UNKNOWN_RECORD" });
  expect(await forged({ thread: given })).toEqual({ state: "refused", last_error: "UNKNOWN_RECORD" });
  expect(await forged({ original: "" })).toEqual({ state: "refused", last_error: "BAD_BODY" });
});

test("a draft's translation is of the words that stand there, and goes when they change", async () => {
  const { id: made } = await rina.must<{ id: string }>("POST", "/api/requests", draft(ours.number, ["kh"]));
  const door = `/api/requests/${made}/translations`;
  const words = { about: made, field: "whyThere", language: "en", into: "id", text: "LATIHAN: cocok." };
  await rina.must("POST", door, words);
  expect((await rina.must<Translations>("GET", door)).translations).toHaveLength(1);
  const changed = draft(ours.number, ["kh"], { whyThere: "EXERCISE: another reason." });
  await rina.must("PUT", `/api/requests/${made}`, { ...changed, version: 1 });
  expect((await rina.must<Translations>("GET", door)).translations).toEqual([]);
});

test("a service of the state's own may have it: noted before it goes, kept as made by a machine", async () => {
  id.node.settings.translate = { url: address, key: null, own: false };
  await id.leave();
  await id.comeBack();
  [rina, agus] = [await id.as("rina"), await id.as("agus")];
  expect(await tryTranslator(address)).toEqual({ languages: ["km"] });
  expect((await looks(rina)).machine).toBe("own");
  expect((await machine()).status).toBe(201);
  expect(heard).toEqual([{ q: khmer, source: "km", target: "id", format: "text" }]);
  const made = (await looks(rina)).translations.find((one) => one.machine !== null)!;
  expect(made).toMatchObject({ text: `[id] ${khmer}`, by: rina.id, machine: new URL(address).host });
  const { activity } = await rina.must<{ activity: { kind: string; facts: Record<string, unknown> }[] }>(
    "GET",
    `/api/requests/${asked}/activity`,
  );
  expect(activity.find((one) => one.kind === "request.text-to-machine")!.facts).toMatchObject({
    field: "narrative.0",
    to: new URL(address).host,
  });
});

test("what names a victim, witness or relative of the case goes to no machine, not even our own", async () => {
  const before = heard.length;
  expect(await machine({ about: asked, field: "whyThere", language: "en" })).toMatchObject({
    status: 403,
    body: { error: { code: "NO_MACHINE", facts: { because: "victim" } } },
  });
  expect(heard).toHaveLength(before);
});

test("a service that is silent, refuses or talks nonsense is told as such, and nothing is kept", async () => {
  const kept = (await looks(rina)).translations.length;
  for (const [odd, because] of [
    [{ status: 500, body: "{}" }, "refused"],
    [{ status: 200, body: "<html>" }, "unreadable"],
    [{ status: 200, body: JSON.stringify({ translatedText: "" }) }, "unreadable"],
    [{ status: 200, body: JSON.stringify({ translatedText: "x".repeat(300_000) }) }, "unreadable"],
  ] as const) {
    says = () => odd;
    expect(await machine(), because).toMatchObject({
      status: 502,
      body: { error: { code: "NO_TRANSLATION", facts: { because } } },
    });
  }
  says = () => null;
  const nobody = libreTranslate({ url: "http://127.0.0.1:9", key: null, own: false });
  await expect(nobody.translate("EXERCISE", "km", "id")).rejects.toMatchObject({ code: "NO_TRANSLATION" });
  expect((await looks(rina)).translations).toHaveLength(kept);
});

test("somebody else's service never has another state's words under H2 or H3, nor a victim's", () => {
  const here = {
    code: "id" as const,
    purpose: "crime-investigation",
    hidden: [] as string[],
  } as never as Parameters<typeof noMachine>[1];
  const text = (codes: string[], originator: string, more = {}) =>
    ({ text: "EXERCISE", originator, handling: { codes, ...more } }) as never as Parameters<
      typeof noMachine
    >[0];
  const [theirs, own] = [{ own: false }, { own: true }];
  const cases: [ReturnType<typeof text>, { own: boolean } | null, string | null][] = [
    [text(["H1", "H2"], "kh"), theirs, "terms"],
    [text(["H3"], "kh", { text: "EXERCISE" }), theirs, "terms"],
    [text(["H1"], "kh"), theirs, null],
    [text(["H1", "H2"], "kh"), own, null],
    [text(["H1", "H2"], "id"), theirs, null],
    [text(["H3"], "kh", { text: "EXERCISE", conditions: { victimSensitive: true } }), own, "victim"],
    [text(["H0"], "kh"), null, "off"],
  ];
  for (const [of, translator, because] of cases)
    expect(noMachine(of, { ...here, translator }), JSON.stringify(of)).toBe(because);
  const victims = { ...here, purpose: "victim-identification", translator: own };
  expect(noMachine(text(["H0"], "id"), victims)).toBe("victim");
});

test("on screen the answer stands in Khmer with its translation beside it; a machine is asked by its button, and an officer's word stands first", async () => {
  const browser = await openBrowser();
  try {
    const page = await enter(browser, id, "rina");
    const where = `${id.web.address}/requests/${asked}?tab=answers`;
    await page.goto(where);
    await page.getByText("LATIHAN: nomor ini terdaftar di hotel").waitFor();
    await page.getByText(say["requests.translation.prevails"]).waitFor();
    await page.getByText(khmer).waitFor();
    await look(page, "requests-translation");
    await sits(page, id, "rina", "en");
    await page.goto(where);
    const answer = page.locator(".r-translated").filter({ hasText: khmer });
    await answer.getByText(inEnglish).waitFor();
    await answer.locator("summary").click();
    await look(page, "requests-translation-machine");
    await answer.getByRole("button", { name: english["requests.translation.ask"] }).click();
    const ofMachine = async () =>
      (await looks(rina)).translations.find((one) => one.machine !== null && one.into === "en")?.text;
    await expect.poll(ofMachine, { timeout: 15_000 }).toBe(`[en] ${khmer}`);
    // What an officer answers for stands before a machine's.
    await answer.getByText(inEnglish).waitFor();
    expect(await answer.getByText(`[en] ${khmer}`).count()).toBe(0);
  } finally {
    await browser.close();
  }
}, 60_000);

test("the address is checked at the start: off unless set, https unless it runs on this machine", () => {
  const read = (more: Record<string, string>) => readSettings({ SIMPUL_NODE: "id", ...more }).translate;
  expect(read({})).toBeNull();
  expect(read({ SIMPUL_TRANSLATE_URL: "http://127.0.0.1:5000" })).toMatchObject({ own: false, key: null });
  expect(read({ SIMPUL_TRANSLATE_URL: "https://translate.example/" })).toMatchObject({ own: false });
  for (const wrong of ["ftp://x.example", "translate", "http://translate.example"])
    expect(() => read({ SIMPUL_TRANSLATE_URL: wrong }), wrong).toThrow(/SIMPUL_TRANSLATE_URL/);
});
