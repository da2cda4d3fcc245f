// A person asks what is held about her: found in every script, agreed to by two, told or held back, and never a victim's.
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, describe, expect, test } from "vitest";
import type { InboxView } from "../inbox/contract.ts";
import type { AccessHead, AccessView, ProtectedAsk } from "./contract.ts";
import { letterLanguages } from "./contract.ts";
import { letterOf, letterWords } from "./letter.ts";
import { birthFits, needle, sameName } from "./rules.ts";

describe("a name is hers", () => {
  test.each([
    ["Siti Nurhaliza", "NURHALIZA, Siti", true],
    ["José Ángel Reyes", "Jose Angel Reyes", true],
    ["Maria Clara Santos", "Maria Santos", true],
    ["Budi", "Budi Santoso", false],
    ["Budi", "budi", true],
    ["សុខ សុភា", "សុខសុភា", true],
    ["សុខ សុភា", "សុខ សុភី", false],
    ["สมชาย ใจดี", "สมชายใจดี", true],
    ["Siti Aminah", "Siti Aisyah", false],
    ["", "Siti", false],
  ])("%s and %s: %s", (a, b, same) => {
    expect(sameName(a, b)).toBe(same);
    expect(sameName(b, a)).toBe(same);
  });
  test("a day of birth counts as far as both know it", () => {
    expect(birthFits("1990", "1990-04-02")).toBe(true);
    expect(birthFits("1990-05", "1990-04-02")).toBe(false);
    expect(birthFits(null, "1990")).toBeNull();
    expect(needle("Siti Nurhaliza")).toBe("Nurhaliza");
  });
});

describe("the letter", () => {
  test.each(letterLanguages)("has every fixed sentence in %s, with the same places to fill", (language) => {
    const [en, words] = [letterWords("en"), letterWords(language)];
    expect(Object.keys(words)).toEqual(Object.keys(en));
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(words)) expect(places(text), key).toEqual(places(en[key]!));
  });
  test("takes nothing that was typed for markup", () => {
    const view = {
      ...{
        id: "018f0000-0004-7000-8000-000000000417",
        reference: "SA-2031-00000417",
        state: "answered",
        may: [],
      },
      ...{
        names: ["<script>x</script>"],
        askedOn: "2031-03-01",
        birth: null,
        identifiers: [],
        language: "km",
      },
      ...{ contact: "<img src=x>", checkedHow: "{node}", checkedBy: "&", enteredBy: "", agreedBy: "" },
      ...{ answeredAt: "2031-03-02T00:00:00Z", hits: [] },
    } as unknown as AccessView;
    const html = letterOf(view, { name: "Indonesia", code: "id" }, "n");
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain("{node}");
  });
});

let id: Nation;
let hendra: Person;
let putri: Person;
let sari: Person;
let asked: { id: string };
const ask = {
  names: ["Dewi Lestari", "ឌេវី"],
  birth: "1999-05-04",
  identifiers: [{ type: "phone", written: "0812 3456 7891" }],
  language: "id",
  contact: "LATIHAN: Jalan Melati 7",
  askedOn: "2031-03-01",
  checkedHow: "EXERCISE: passport shown at the counter",
  checkedBy: "Counter 3, Jakarta",
};

beforeAll(async () => {
  ({ id } = await nations("id"));
  [hendra, putri, sari] = [await id.as("hendra"), await id.as("putri"), await id.as("sari")];
  const rina = await id.as("rina");
  const crimeType = "online-fraud";
  const open = await sari.must<{ number: string }>("POST", "/api/cases", { title: "The Park", crimeType });
  const covert = { title: "The Pier", crimeType, covert: true };
  const hidden = await rina.must<{ number: string }>("POST", "/api/cases", covert);
  const add = (who: Person, number: string, kind: string, fields: unknown) =>
    who.must("POST", `/api/cases/${number}/records/${kind}`, { fields });
  const person = (text: string, birth: string | null) => ({
    ...{ kind: "person", role: "suspect", birth },
    names: [{ text, language: "id" }],
  });
  await add(sari, open.number, "subject", person("LESTARI, Dewi", "1999"));
  await add(rina, hidden.number, "subject", person("Dewi Lestari", "1971-01-01"));
  await add(sari, open.number, "subject", person("Dewi Anggraini", null));
  // The same number is a victim's in a case: nobody of oversight hears of it.
  await add(sari, open.number, "selector", { type: "phone", written: "0812-3456-7891", role: "victim" });
  await add(rina, hidden.number, "selector", {
    type: "phone",
    written: "+62 812 3456 7891",
    role: "suspect",
  });
}, 120_000);

test("only oversight enters it; a search waits for a second person, who is not she and shows her passkey", async () => {
  expect((await sari.ask("POST", "/api/subject-access", ask)).status).toBe(404);
  expect(
    (await hendra.ask("POST", "/api/subject-access", { ...ask, names: [], identifiers: [] })).status,
  ).toBe(422);
  asked = await hendra.must("POST", "/api/subject-access", ask);
  expect((await hendra.ask("POST", `/api/subject-access/${asked.id}/agree`)).status).toBe(403);
  expect((await hendra.ask("POST", `/api/subject-access/${asked.id}/answer`)).status).toBe(409);
  for (const key of ["sari", "agus", "tono", "maya"]) {
    const nobody = await id.as(key);
    expect(await nobody.must("GET", "/api/subject-access")).toEqual([]);
    for (const path of ["", "/letter"])
      expect((await nobody.ask("GET", `/api/subject-access/${asked.id}${path}`)).status).toBe(404);
    expect((await nobody.ask("POST", `/api/subject-access/${asked.id}/agree`)).status).toBe(404);
  }
  expect((await putri.must<AccessHead[]>("GET", "/api/subject-access"))[0]?.may).toEqual(["agree"]);
  expect((await putri.ask("POST", `/api/subject-access/${asked.id}/agree`)).status).toBe(403);
  await putri.must("POST", "/api/access/step-up/exercise", { act: "subject.agree", record: asked.id });
  await putri.must("POST", `/api/subject-access/${asked.id}/agree`);
});

test("it finds her in every case, covert ones too, and of a victim's record oversight learns nothing", async () => {
  const view = await hendra.must<AccessView>("GET", `/api/subject-access/${asked.id}`);
  expect(view.hits.map((one) => [one.kind, one.foundBy, one.birthFits, one.role])).toEqual([
    ["subject", "name", true, "suspect"],
    ["subject", "name", false, "suspect"],
    ["selector", "phone", null, "suspect"],
  ]);
  // Not even by a gap in the numbers.
  expect(view.hits.map((one) => one.nth)).toEqual([0, 1, 2]);
  expect(JSON.stringify(view)).not.toMatch(/victim|The Park|The Pier/);
  expect(await hendra.must("GET", "/api/subject-access/protected")).toEqual([]);
  const maya = await id.as("maya");
  const sheltered = await maya.must<ProtectedAsk[]>("GET", "/api/subject-access/protected");
  expect(sheltered).toMatchObject([{ id: asked.id, contact: ask.contact, records: [{}] }]);
  const { entries } = await maya.must<InboxView>("GET", "/api/inbox");
  expect(entries.map((one) => one.kind)).toContain("subject-protected");
  // The log says that it was searched, and not how much it found.
  const log = await hendra.must<{ entries: { about: object }[] }>(
    "GET",
    "/api/oversight/log?kind=subject-access.searched",
  );
  expect(log.entries[0]!.about).toEqual({ id: asked.id });
});

test("each record is told or held back on a ground of the law; then the letter stands in her language", async () => {
  const at = `/api/subject-access/${asked.id}`;
  expect((await hendra.ask("POST", `${at}/hits/0`, { decision: "hold-back" })).status).toBe(422);
  expect((await hendra.ask("POST", `${at}/hits/3`, { decision: "tell" })).status).toBe(404);
  await hendra.must("POST", `${at}/hits/0`, { decision: "tell" });
  await hendra.must("POST", `${at}/hits/1`, { decision: "not-hers", note: "EXERCISE: another day of birth" });
  expect((await hendra.ask("POST", `${at}/answer`)).status).toBe(409);
  expect((await hendra.ask("GET", `${at}/letter`)).status).toBe(409);
  await hendra.must("POST", `${at}/hits/2`, { decision: "hold-back", ground: "investigation" });
  await hendra.must("POST", `${at}/answer`);
  expect((await hendra.ask("POST", `${at}/hits/2`, { decision: "tell" })).status).toBe(409);
  const letter = await fetch(`${id.web.address}${at}/letter`, { headers: { cookie: hendra.cookie } });
  expect(letter.headers.get("content-type")).toContain("text/html");
  const html = await letter.text();
  const words = letterWords("id");
  for (const key of ["title", "subject", "notGiven", "ground.investigation", "elsewhere", "rights"])
    expect(html).toContain(words[key]!);
  expect(html).not.toContain(words["ground.safety"]!);
  expect(html).not.toMatch(/<script|ID-2031|The P/);
  const view = await hendra.must<AccessView>("GET", at);
  expect(view).toMatchObject({ state: "answered", enteredBy: "Hendra Saputra", agreedBy: "Putri Handayani" });
});
