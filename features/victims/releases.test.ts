// What the victim desk lets a case know: frozen, agreed to by a second officer, seen by that case alone, called back; testimony too.
import { createHash, randomBytes } from "node:crypto";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import { testimonyPart, type PersonView, type Released } from "./contract.ts";

let id: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
let rina: Person;
let sari: Person;
let number: string;
let ayu: string;
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  lestari = await openVictimDesk(id, "lestari");
  [rina, sari] = [await id.as("rina"), await id.as("sari")];
  ({ number } = await rina.must<{ number: string }>("POST", "/api/cases", {
    title: "EXERCISE: the river compound",
    crimeType: "trafficking-forced-criminality",
  }));
  ({ id: ayu } = await maya.person.must<{ id: string }>("POST", "/api/victims/people", {
    names: [{ text: "Ayu EXERCISE", use: "own" }],
    ...{ ageSaid: "adult", place: "Rumah Aman 7", heldAt: "Building 3", languages: ["id"] },
  }));
}, 120_000);

const at = (path: string): string => `/api/victims/people/${ayu}${path}`;
const seen = async (who: Person): Promise<Released[]> => who.must("GET", "/api/victims/released");
const bytes = randomBytes(testimonyPart + 1000);
let testimony: string;

test("a recorded testimony comes piece by piece, is whole by its digest, and is read by the desk with a reason", async () => {
  const ask = {
    ...{ name: "statement.webm", type: "video/webm", size: bytes.length },
    digest: createHash("sha256").update(bytes).digest("hex"),
  };
  const begun = await maya.person.must<{ testimony: string }>("POST", at("/testimonies"), ask);
  testimony = begun.testimony;
  const part = (nth: number, from: Buffer) =>
    maya.person.ask("POST", at(`/testimonies/${testimony}/parts/${nth}`), { bytes: from.toString("base64") });
  expect((await part(1, bytes.subarray(testimonyPart))).status).toBe(204);
  const early = await maya.person.ask("POST", at(`/testimonies/${testimony}/whole`));
  expect(early.body).toMatchObject({ error: { code: "NOT_WHOLE" } });
  expect((await part(0, bytes.subarray(0, 100))).status).toBe(413);
  expect((await part(0, bytes.subarray(0, testimonyPart))).status).toBe(204);
  expect((await part(0, bytes.subarray(0, testimonyPart))).status).toBe(204);
  expect((await part(2, Buffer.alloc(1))).status).toBe(413);
  await maya.person.must("POST", at(`/testimonies/${testimony}/whole`));

  const read = await fetch(id.web.address + at(`/testimonies/${testimony}/read`), {
    method: "POST",
    headers: { cookie: maya.person.cookie, origin: id.web.address, "content-type": "application/json" },
    body: JSON.stringify({ reason: "to check the sound" }),
  });
  expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
  const view = await maya.person.must<PersonView>("GET", at(""));
  expect(view.testimonies).toMatchObject([
    { name: "statement.webm", sealedAt: expect.any(String) as string },
  ]);
  expect(view.seen.map(({ what, reason }) => [what, reason])).toContainEqual([
    ["testimony"],
    "to check the sound",
  ]);
});

test("a release shows the case exactly what was chosen, after a second officer typed its number", async () => {
  const fields = ["names", "age", "languages", "documents"];
  const ask = { case: number, fields, testimonies: [testimony], reason: "identification parade" };
  const { release } = await maya.person.must<{ release: string }>("POST", at("/releases"), ask);
  expect(await seen(rina)).toEqual([]);
  const waits = (who: Person) => who.must<{ person: string }[]>("GET", "/api/victims/waiting");
  expect((await waits(lestari.person)).map(({ person }) => person)).toEqual([ayu]);
  expect(await waits(maya.person)).toEqual([]);
  const agree = (who: Person, typed: string) =>
    who.ask("POST", at(`/releases/${release}/agree`), { case: typed });
  expect((await agree(maya.person, number)).body).toMatchObject({ error: { code: "SECOND_OFFICER" } });
  expect((await agree(lestari.person, "ID-2031-999999")).body).toMatchObject({
    error: { code: "OTHER_CASE" },
  });
  expect((await agree(rina, number)).status).toBe(404);
  expect((await agree(lestari.person, number)).status).toBe(204);

  const [one] = await seen(rina);
  expect(one).toMatchObject({ case: number, by: "Maya Anggraini", ended: null });
  expect(one!.reference).toMatch(/^ID-/);
  expect(one!.fields).toEqual([
    { field: "names", values: ["Ayu EXERCISE"] },
    { field: "age", values: ["adult"] },
    { field: "languages", values: ["id"] },
  ]);
  expect(JSON.stringify(one)).not.toMatch(/Rumah Aman|Building 3/);
  const got = await fetch(`${id.web.address}/api/victims/released/${release}/testimonies/${testimony}`, {
    headers: { cookie: rina.cookie },
  });
  expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);

  // Whoever does not see the case learns neither that something was released nor what.
  expect(await seen(sari)).toEqual([]);
  const stranger = `/api/victims/released/${release}/testimonies/${testimony}`;
  expect((await sari.ask("GET", stranger)).status).toBe(404);

  await maya.person.must("POST", at(`/releases/${release}/end`), { reason: "she took her consent back" });
  expect(await seen(rina)).toMatchObject([{ id: release, reference: null, fields: [], testimonies: [] }]);
  expect((await rina.ask("GET", stranger)).status).toBe(404);
  const { releases } = await maya.person.must<PersonView>("GET", at(""));
  expect(releases).toMatchObject([{ state: "ended", ended: "she took her consent back" }]);
});

test("with her everything goes: pieces, releases, entries", async () => {
  const ask = { case: number, fields: ["age"], testimonies: [testimony], reason: "again" };
  const { release } = await maya.person.must<{ release: string }>("POST", at("/releases"), ask);
  await lestari.person.must("POST", at(`/releases/${release}/agree`), { case: number });
  expect((await seen(rina))[0]!.reference).toMatch(/^ID-/);
  await lestari.person.must("DELETE", at(""));
  expect((await seen(rina)).every((one) => one.reference === null)).toBe(true);
  expect((await maya.person.ask("GET", at(""))).status).toBe(404);
});
