// The compartment: only an open desk reads, anybody may seal to it, entries add up to a person, and forgetting forgets.
import type { Id } from "@simpul/model";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { factsKind, randomId, sealEntry, statusKind } from "./contract.ts";
import type { DeskView, EntryKind, LeftEntry, PeoplePage, PersonView } from "./contract.ts";
import { mergedKind } from "./kinds.ts";
import { idleLimit } from "./memory.ts";
import { closeIdle, exercisePassphrase } from "./opening.ts";

let id: Nation;
let maya: VictimDesk;
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
}, 120_000);

const nurul = { names: [{ text: "Nurul EXERCISE", use: "own" as const }], languages: ["id"] };

test("an officer who opened the desk keeps a person, and entries add up", async () => {
  const desk = await maya.desk();
  const person = await desk.act((tx) => tx.create(nurul));
  expect(desk.person(person)).toMatchObject({ facts: { languages: ["id"] }, age: "not-said", statuses: [] });
  await desk.act(async (tx) => {
    for (const need of ["legal", "return", "interpreter", "documents"] as const)
      await tx.append(person, factsKind, { needs: [need] });
    await tx.append(person, factsKind, { needs: ["shelter", "medical"], ageSaid: "adult" });
    await tx.append(person, factsKind, {
      born: { written: "2015", read: "2015", calendar: "common" },
    });
    await tx.append(person, statusKind, {
      ...{ state: "id", authority: "Meja Korban", status: "presumed", basis: "UU 21/2007" },
      ...{ reason: "", appeal: "" },
    });
  });
  const read = desk.person(person)!;
  expect(read.facts.names[0]!.text).toBe("Nurul EXERCISE");
  expect(read.facts.needs).toEqual(["shelter", "medical"]);
  // A child recorded as adult is a child.
  expect(read.age).toBe("child");
  expect(read.statuses).toMatchObject([
    { status: "presumed", by: { node: "id", officer: maya.who.officer.id } },
  ]);
  expect(read.pseudonym).toMatch(/^ID-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(desk.byPseudonym(read.pseudonym.toLowerCase())?.id).toBe(person);
});

test("not-identified needs a reason and the way to appeal; what does not fit is refused and kept nowhere", async () => {
  const desk = await maya.desk();
  const [person] = desk.people();
  const said = { state: "id", authority: "Meja Korban", basis: "UU 21/2007", reason: "", appeal: "" };
  await expect(
    desk.act((tx) => tx.append(person!.id, statusKind, { ...said, status: "not-identified" })),
  ).rejects.toMatchObject({ code: "UNFIT" });
  const strange: EntryKind<{ a: number }> = { kind: "nobody.knows", schema: z.object({ a: z.number() }) };
  await expect(desk.act((tx) => tx.append(person!.id, strange, { a: 1 }))).rejects.toMatchObject({
    code: "UNKNOWN_KIND",
  });
  expect(desk.person(person!.id)!.entries).toHaveLength(person!.entries.length);
});

test("to everybody who is not of the desk the room is not there, and a closed desk says so to its own", async () => {
  for (const key of ["sari", "bima", "tono", "hendra", "ratna", "agus"]) {
    const stranger = await id.as(key);
    expect((await stranger.ask("GET", "/api/victims/due")).status, key).toBe(404);
    expect((await stranger.ask("GET", "/api/victims/desk")).status, key).toBe(404);
    const open = await stranger.ask("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
    expect(open.status, key).toBe(404);
    const agree = `/api/victims/desk/officers/${randomId()}/agree`;
    expect((await stranger.ask("POST", agree, { fingerprint: "1" })).status, key).toBe(404);
    for (const act of ["found", "ask"])
      expect(
        (await stranger.ask("POST", `/api/victims/desk/${act}`, { passphrase: exercisePassphrase })).status,
      ).toBe(404);
  }
  const closed = { ...maya.who, session: randomId() };
  await expect(maya.compartment.open(closed)).rejects.toMatchObject({ code: "DESK_CLOSED" });
  const rina = { ...maya.who, officer: { ...maya.who.officer, agencyKind: "police" as const } };
  await expect(maya.compartment.open(rina)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

const left = (kind: string, data: unknown, person = randomId()): LeftEntry => ({
  ...{ id: randomId(), person, kind, at: "2031-03-04T03:00:00.000Z", data },
  by: { node: "id", officer: null, door: "field" },
});

test("anybody who identifies victims seals to the desk, twice if the line broke, and an open desk takes it in once", async () => {
  const sari = await id.as("sari");
  const key = await sari.must<{ kid: string; key: object }>("GET", "/api/victims/seal-to");
  const facts = left(factsKind.kind, { ...nurul, names: [{ text: "Budi EXERCISE", use: "own" }] });
  const more = left("victims.unheard-of", { said: "as it came" }, facts.person);
  const sealed = [await sealEntry(key, facts), await sealEntry(key, more)];
  expect((await sari.ask("POST", "/api/victims/left", { sealed })).status).toBe(403);
  await sari.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  expect(await sari.must("POST", "/api/victims/left", { sealed })).toEqual({
    taken: [facts.id, more.id],
    known: [],
  });
  expect(await sari.must("POST", "/api/victims/left", { sealed })).toMatchObject({ taken: [] });
  const came = (await maya.desk()).person(facts.person)!;
  expect(came.facts.names[0]!.text).toBe("Budi EXERCISE");
  expect(came.entries.map(({ kind, unfit, by }) => [kind, unfit === true, by.door])).toEqual(
    expect.arrayContaining([
      [factsKind.kind, false, "field"],
      ["victims.unheard-of", true, "field"],
    ]),
  );
  expect(await sari.must("POST", "/api/victims/left", { sealed })).toMatchObject({ taken: [] });
  // What is sealed to no key of this desk, or is for another row, is not taken for somebody's word.
  const other = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const jwk = await crypto.subtle.exportKey("jwk", other.publicKey);
  const foreign = await sealEntry({ kid: "A".repeat(43), key: jwk }, facts);
  const refused = await sari.ask("POST", "/api/victims/left", { sealed: [foreign] });
  expect(refused.body).toMatchObject({ error: { code: "NOT_SEALED" } });
  const swapped = { ...(await sealEntry(key, left(factsKind.kind, nurul))), person: facts.person };
  const before = came.entries.length;
  await sari.must("POST", "/api/victims/left", { sealed: [swapped] });
  expect((await maya.desk()).person(facts.person)!.entries).toHaveLength(before);
  expect(await maya.person.must("GET", "/api/victims/desk")).toMatchObject({ unread: 1, state: "open" });
});

test("two records of one person are seen as one, with undo, and nothing is lost", async () => {
  const desk = await maya.desk();
  const [one, other] = await desk.act(async (tx) => [
    await tx.create({ ...nurul, needs: ["shelter"], ageSaid: "adult" }),
    await tx.create({ names: [{ text: "နူရူး EXERCISE", use: "own" }], needs: ["medical"], ageSaid: "doubt" }),
  ]);
  await desk.act((tx) => tx.merge(one, other, "same wristband"));
  const both = desk.person(other)!;
  expect(both.id).toBe(one);
  expect(both.facts.needs).toEqual(["shelter", "medical"]);
  expect(both.facts.names).toHaveLength(2);
  expect(both.age).toBe("doubt");
  expect([...desk.people()].some((person) => person.id === other)).toBe(false);
  await expect(desk.act((tx) => tx.merge(one, other, "again"))).rejects.toMatchObject({
    code: "ALREADY_ONE",
  });
  await desk.act((tx) => tx.part(one, other, "two wristbands"));
  expect(desk.person(other)!.facts.needs).toEqual(["medical"]);
  expect(desk.person(one)!.entries.some(({ kind }) => kind === mergedKind.kind)).toBe(true);
});

test("a colleague who opens reads the same; the last who closes leaves nothing in memory; forgetting forgets", async () => {
  const lestari = await openVictimDesk(id, "lestari");
  const gone = await (await maya.desk()).act((tx) => tx.create(nurul));
  expect((await lestari.desk()).person(gone)).not.toBeNull();
  await (await lestari.desk()).act((tx) => tx.forget(gone));
  expect((await maya.desk()).person(gone)).toBeNull();
  // What comes late about her is not kept.
  const key = (await maya.compartment.sealTo())!;
  const late = await sealEntry(key, left(factsKind.kind, nurul, gone));
  expect(await maya.person.must("POST", "/api/victims/left", { sealed: [late] })).toEqual({
    taken: [],
    known: [late.id],
  });

  const people = [...(await maya.desk()).people()].map((one) => [one.id, one.facts, one.entries]);
  const desk = await maya.desk();
  await lestari.person.must("DELETE", "/api/access/session");
  id.clock.offMs += (idleLimit - 30) * 1000;
  await maya.desk();
  expect(await closeIdle(maya.room)).toBe(1);
  await maya.person.must("POST", "/api/victims/desk/close");
  expect(maya.room.memory.book).toBeNull();
  expect(() => [...desk.people()]).toThrow("DESK_CLOSED");
  await expect(maya.desk()).rejects.toMatchObject({ code: "DESK_CLOSED" });

  maya = await openVictimDesk(id, "maya");
  const again = [...(await maya.desk()).people()].map((one) => [one.id, one.facts, one.entries]);
  expect(new Map(again.map((one) => [one[0], one]))).toEqual(new Map(people.map((one) => [one[0], one])));
  id.clock.offMs += (idleLimit + 1) * 1000;
  expect(await closeIdle(maya.room)).toBe(1);
});

test("a wrong passphrase opens nothing and is noted; after six she waits; two persons let a third in", async () => {
  const lestari = await id.as("lestari");
  for (let tries = 0; tries < 6; tries++)
    expect(
      (await lestari.ask("POST", "/api/victims/desk/open", { passphrase: "not the words of mine" })).status,
    ).toBe(403);
  const then = await lestari.ask("POST", "/api/victims/desk/open", { passphrase: exercisePassphrase });
  expect(then).toMatchObject({ status: 429, body: { error: { code: "TOO_MANY" } } });
  const view = await lestari.must<DeskView>("GET", "/api/victims/desk");
  expect(view).toMatchObject({ state: "shut", exercise: exercisePassphrase });
  expect(view.officers.map(({ state }) => state)).toEqual(["in", "in"]);
  const found = await lestari.ask("POST", "/api/victims/desk/found", { passphrase: exercisePassphrase });
  expect(found.body).toMatchObject({ error: { code: "DESK_FOUNDED" } });
});

test("her page shows what she needs, masks the rest, and says who looked and why", async () => {
  maya = await openVictimDesk(id, "maya");
  const ask = <T>(method: string, path: string, body?: unknown) =>
    maya.person.must<T>(method, `/api/victims/people${path}`, body);
  const { id: ayu } = await ask<{ id: string }>("POST", "", {
    names: [{ text: "Ayu Lestari EXERCISE", use: "own" }],
    ...{ born: "2/4/2560", ageSaid: "adult", needs: ["shelter"], risks: ["retaliation"], languages: ["th"] },
    contacts: [{ how: "phone", text: "+66 2 000 1702", safe: true }],
    place: "Rumah Aman 7 EXERCISE",
  });
  const view = await ask<PersonView>("GET", `/${ayu}`);
  expect(view).toMatchObject({ age: "child", ageSaid: "adult", masked: ["contacts", "place"] });
  expect(JSON.stringify(view)).not.toContain("Rumah Aman");
  const open = { fields: ["place"], reason: "the ambulance asks" };
  expect(await ask("POST", `/${ayu}/reveal`, open)).toEqual({ place: "Rumah Aman 7 EXERCISE" });
  expect(
    (await maya.person.ask("POST", `/api/victims/people/${ayu}/reveal`, { fields: ["place"] })).status,
  ).toBe(422);
  const { seen } = await ask<PersonView>("GET", `/${ayu}`);
  expect(seen.map(({ what, reason, by }) => [what, reason, by.name])).toEqual([
    [["place"], "the ambulance asks", "Maya Anggraini"],
    [["page"], "", "Maya Anggraini"],
  ]);

  const find = (body: object) => ask<PeoplePage>("POST", "/find", { limit: 50, ...body });
  expect((await find({ q: "lestari ayu" })).people.map((one) => one.id)).toEqual([ayu]);
  expect((await find({ q: "+66 2 000 1702", need: "shelter", age: "child" })).total).toBe(1);
  expect((await find({ q: "lestari ayu", need: "medical" })).total).toBe(0);
  // Burmese typed in Zawgyi is kept, and found, in Unicode.
  const zawgyi = await ask<{ id: string }>("POST", "", { names: [{ text: "ေအာင္ေက်ာ္ျမင့္", use: "own" }] });
  const kept = (await ask<PersonView>("GET", `/${zawgyi.id}`)).facts.names[0]!.text;
  expect(kept).toBe("အောင်ကျော်မြင့်");
  expect((await find({ q: "အောင်ကျော်" })).people.map((one) => one.id)).toEqual([zawgyi.id]);

  // Two states' decisions stand side by side; the same paper makes a pair.
  const status = {
    authority: "Meja Korban",
    status: "presumed",
    basis: "UU 21/2007",
    reason: "",
    appeal: "",
  };
  await ask("POST", `/${ayu}/status`, status);
  const peer = { ...status, state: "kh", authority: "CNC", status: "not-identified" as const };
  await (
    await maya.desk()
  ).act((tx) =>
    tx.append(ayu as Id, statusKind, { ...peer, reason: "no means seen", appeal: "30 days, CNC" }),
  );
  const { statuses } = await ask<PersonView>("GET", `/${ayu}`);
  expect(statuses.map((one) => [one.state, one.status])).toEqual([
    ["id", "presumed"],
    ["kh", "not-identified"],
  ]);
  const twin = await ask<{ id: string }>("POST", "", {
    names: [{ text: "Ayu L. EXERCISE", use: "own" }],
    contacts: [{ how: "phone", text: "+6620001702", safe: true }],
  });
  expect((await ask<PersonView>("GET", `/${twin.id}`)).alike.map((one) => [one.id, one.by])).toEqual([
    [ayu, "contact"],
  ]);
  // Only a supervisor forgets.
  expect((await maya.person.ask("DELETE", `/api/victims/people/${twin.id}`)).status).toBe(404);
});
