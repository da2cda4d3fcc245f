// A surge at the victim desk: lists that contradict themselves, an import killed midway, doubles, queues, embassies.
import { webcrypto } from "node:crypto";
import { Wristband } from "@simpul/model";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { entriesOf, randomId, sealEntry } from "../victims/contract.ts";
import { metKind } from "../field/contract.ts";
import type { Board, InHand } from "./queue.ts";
import type { PairView } from "./duplicates.ts";
import type { Paper, StateLine } from "./papers.ts";
import { listedKind, toldKind } from "./kinds.ts";
import { goOn, listLists } from "./lists.ts";
import { newSurgeMemory, type SurgeNode } from "./node.ts";
import { readSheets } from "../evidence/reading/rows.ts";
import { embassiesAt, readEmbassies } from "./embassies.ts";
import { stateReader } from "./reading/states.ts";
import type { ListLine, ListView } from "./contract.ts";

let id: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  lestari = await openVictimDesk(id, "lestari");
}, 120_000);

const csv = (...rows: string[][]): string =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");
async function upload(path: string, name: string, text: string): Promise<{ status: number; body: never }> {
  const answer = await fetch(`${id.web.address}/api/surge/${path}?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: {
      origin: id.web.address,
      "content-type": "application/octet-stream",
      cookie: maya.person.cookie,
    },
    body: text,
  });
  return { status: answer.status, body: (await answer.json()) as never };
}
const lists = async (): Promise<ListLine[]> =>
  (await maya.person.must<{ lists: ListLine[] }>("GET", "/api/surge/lists")).lists;
async function whole(list: string): Promise<ListView> {
  for (;;) {
    const view = await maya.person.must<ListView>("GET", `/api/surge/lists/${list}`);
    if (view.state === "done") return view;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const heading = ["No", "Full name", "Nationality", "Sex", "Date of birth", "Age", "Passport", "Language"];

test("a list of 312 whose states add up to 309 is taken in with what contradicts it; a child called an adult is doubt", async () => {
  const text = csv(
    ["Total: 312 people (EXERCISE)", "", "", "", "", "", "", ""],
    heading,
    ["1", "Budi Santoso", "Indonesian", "M", "12/05/1998", "", "C1234567", "Bahasa Indonesia"],
    ["2", "សុខ ដារា", "Cambodian", "M", "03/02/2000", "", "N0099881", "Khmer"],
    ["3", "Somchai Jaidee", "Thai", "M", "12/05/2558", "21", "", "Thai"],
    ["4", "Abebe", "ETH", "M", "31/02/1999", "", "", ""],
    ["5", "Karim", "stateless", "M", "", "30", "", "Bangla"],
    ["", "Indonesia", "150", "", "", "", "", ""],
    ["", "Thai", "159", "", "", "", "", ""],
  );
  const before = await upload("read", "list.csv", text);
  expect(before.body).toMatchObject({
    rows: 5,
    statesAddUpTo: 309,
    issues: { "child-as-adult": 1, mononym: 2 },
  });
  expect((await lists()).length).toBe(0);
  const { id: list } = (await upload("lists", "list.csv", text)).body as { id: string };
  const view = await whole(list);
  expect(view).toMatchObject({ rows: 5, done: 5, contradictions: 4, statesAddUpTo: 309 });
  expect(view.totals[0]).toEqual({ of: "all", stated: 312, counted: 5, at: "1" });
  const desk = await maya.desk();
  const person = (row: number) => desk.person(view.people[row]!.person!)!;
  expect(person(2)).toMatchObject({
    age: "child",
    facts: { ageSaid: "doubt", born: { read: "2015-05-12", calendar: "buddhist" } },
  });
  expect(person(3).facts).toMatchObject({
    born: { written: "31/02/1999", read: null },
    nationalities: ["ET"],
  });
  expect(person(4).facts).toMatchObject({ stateless: true, nationalities: [], languages: ["bn"] });
  expect(entriesOf(person(0), listedKind)[0]!.data.written).toMatchObject({ Passport: "C1234567" });
  for (const [name, body] of [
    ["x.csv", "only,two\n1,2\n"],
    ["x.xlsx", "PK\u0003\u0004 torn"],
    ["x.csv", ""],
  ] as const)
    expect((await upload("lists", name, body)).status).toBe(422);
});

/** The room as the server makes it, with a compartment that can be interrupted. */
const roomOf = (compartment: SurgeNode["compartment"]): SurgeNode => ({
  ...{
    code: id.node.code,
    exercise: true,
    store: id.node.store,
    random: id.node.random,
    compartment,
    readSheets,
  },
  ...{ directory: maya.room.directory, states: stateReader(), embassies: embassiesAt(readEmbassies(), "id") },
  zawgyi: { likelihood: () => 0, toUnicode: (text) => text },
  memory: newSurgeMemory(),
  wake: () => undefined,
  failed: () => undefined,
});

test("an import killed in the middle of a portion goes on where it stood: nobody is left out, nobody is made twice", async () => {
  const rows = Array.from({ length: 600 }, (_, i) => [
    String(i + 1),
    `Orang Latihan ${i + 1}`,
    "MY",
    "",
    "",
    "",
    "",
    "",
  ]);
  let portions = 0;
  const torn = roomOf({
    ...maya.compartment,
    open: async (who) => {
      const desk = await maya.compartment.open(who);
      return {
        ...desk,
        act: (fn) =>
          desk.act(async (tx) => {
            const done = await fn(tx);
            // The first act keeps the list, the second a portion; the third dies with its rows made and not committed.
            if (++portions === 3) throw new Error("killed");
            return done;
          }),
      };
    },
  });
  const { takeList } = await import("./lists.ts");
  const bytes = new TextEncoder().encode(csv(heading, ...rows));
  const list = await takeList(torn, maya.who, { name: "600.csv", bytes });
  await torn.memory.running.get(list);
  const counted = async () => {
    let people = 0;
    for (const one of (await maya.desk()).people())
      people += entriesOf(one, listedKind).filter(({ data }) => data.list === list).length;
    return people;
  };
  expect(await counted()).toBe(500);
  // Whoever looks at the lists with an open desk lets it go on; twice at once changes nothing.
  const room = roomOf(maya.compartment);
  expect((await listLists(room, maya.who)).find((one) => one.id === list)).toMatchObject({
    done: 500,
    state: "coming",
  });
  goOn(room, maya.who, list);
  const second = roomOf(maya.compartment);
  goOn(second, maya.who, list);
  await Promise.all([room.memory.running.get(list), second.memory.running.get(list)]);
  expect(await counted()).toBe(600);
  expect(await whole(list)).toMatchObject({ done: 600, contradictions: 0 });
});

test("doubles are shown with reasons across scripts, and only an officer makes two records one", async () => {
  const text = csv(
    heading,
    ["1", "Sok Dara", "Cambodian", "M", "03/02/2000", "", "", ""],
    ["2", "Budi Santosa", "Indonesian", "M", "05/12/1998", "", "C-1234567", ""],
    ["3", "Budi Hartono", "Indonesian", "M", "01/01/1970", "", "", ""],
  );
  const { id: list } = (await upload("lists", "second.csv", text)).body as { id: string };
  await whole(list);
  const pairs = async () => (await maya.person.must<{ pairs: PairView[] }>("GET", "/api/surge/pairs")).pairs;
  const found = await pairs();
  const names = (pair: PairView) => pair.sides.map((side) => side.names[0]).sort();
  const dara = found.find((pair) => names(pair).includes("សុខ ដារា"))!;
  expect(dara.reasons).toEqual(expect.arrayContaining(["same-born"]));
  const budi = found.find((pair) => names(pair).join() === "Budi Santosa,Budi Santoso")!;
  expect(budi.reasons).toEqual(expect.arrayContaining(["same-document", "turned-born"]));
  expect(found.some((pair) => names(pair).includes("Budi Hartono"))).toBe(false);
  const decide = (pair: PairView, one: boolean) =>
    maya.person.must("POST", "/api/surge/pairs", {
      ...{ keep: pair.sides[0].id, other: pair.sides[1].id, one, reason: "EXERCISE: compared by eye" },
    });
  await decide(dara, true);
  await decide(budi, false);
  const after = await pairs();
  expect(after.some((pair) => names(pair).includes("សុខ ដារា") || names(pair).includes("Budi Santosa"))).toBe(
    false,
  );
  const desk = await maya.desk();
  expect(
    desk
      .person(dara.sides[1].id)!
      .facts.names.map((one) => one.text)
      .sort(),
  ).toEqual(["Sok Dara", "សុខ ដារា"]);
  expect(desk.person(budi.sides[1].id)!.id).toBe(budi.sides[1].id);
});

test("two teams at once get two people, children first; who is screened under her wristband leaves the queue", async () => {
  const board = () => maya.person.must<Board>("GET", "/api/surge/board");
  const take = (desk: VictimDesk, team: string, language: string) =>
    desk.person.ask<InHand>("POST", "/api/surge/queue/next", { language, team });
  const [one, two] = await Promise.all([take(maya, "Team A", "ms"), take(lestari, "Team B", "ms")]);
  expect(one.body.person).not.toBe(two.body.person);
  expect((await take(maya, "Team A", "th")).body).toMatchObject({ name: "Somchai Jaidee", child: true });
  expect((await take(maya, "Team A", "th")).body).toMatchObject({ error: { code: "NOBODY_WAITS" } });
  expect((await board()).inHand).toHaveLength(3);
  expect((await maya.person.ask("POST", `/api/surge/queue/${two.body.person}/back`)).status).toBe(409);
  await lestari.person.must("POST", `/api/surge/queue/${two.body.person}/back`);
  // Two phones without a line meet her under her wristband; both are kept, on her one record.
  const code = Wristband.parse(one.body.wristband!);
  const met = await Wristband.person(code, (bytes) => webcrypto.subtle.digest("SHA-256", bytes));
  const to = (await maya.compartment.sealTo())!;
  const sealed = await Promise.all(
    ["2031-03-04T03:00:00.000Z", "2031-03-04T05:00:00.000Z"].map((at) =>
      sealEntry(to, {
        ...{
          id: randomId(),
          person: met,
          kind: metKind.kind,
          at,
          data: { wristband: code, began: at, phone: randomId() },
        },
        by: { node: "id", officer: null, door: "field" },
      }),
    ),
  );
  await maya.person.must("POST", "/api/victims/left", { sealed });
  const now = await board();
  expect(now).toMatchObject({ screened: 1 });
  expect(now.inHand.map((line) => line.person)).not.toContain(one.body.person);
  expect(entriesOf((await maya.desk()).person(one.body.person)!, metKind)).toHaveLength(2);
  expect(await maya.person.must("POST", "/api/surge/wearer", { code: one.body.wristband })).toMatchObject({
    person: one.body.person,
  });
  expect((await maya.person.ask("POST", "/api/surge/wearer", { code: "7F3K" })).status).toBe(422);
});

test("an embassy is told of those alone who allowed it, what they allowed, after a second person agreed", async () => {
  const states = async () =>
    (await maya.person.must<{ states: StateLine[] }>("GET", "/api/surge/states")).states;
  const malaysia = (await states()).find((line) => line.state === "MY")!;
  expect(malaysia).toMatchObject({ people: 600, allowed: 0, embassy: "here" });
  expect((await states()).find((line) => line.state === "stateless")).toMatchObject({ embassy: null });
  expect((await maya.person.ask("POST", "/api/surge/papers", { state: "MY" })).status).toBe(409);
  const people = [...(await maya.desk()).people()]
    .filter((one) => one.facts.nationalities[0] === "MY")
    .slice(0, 3);
  const say = (who: string[], allow: boolean, fields: string[]) =>
    maya.person.must("POST", "/api/surge/embassy-word", {
      people: who,
      word: { allow, fields, reason: "EXERCISE: asked in Malay" },
    });
  await say(
    people.map((one) => one.id),
    true,
    ["name"],
  );
  // On this list all have one name: that they are three is decided first.
  const namesakes = people.flatMap((one, at) => people.slice(at + 1).map((other) => [one.id, other.id]));
  for (const [keep, other] of namesakes)
    await maya.person.must("POST", "/api/surge/pairs", { keep, other, one: false, reason: "EXERCISE" });
  const { id: paper } = await maya.person.must<{ id: string }>("POST", "/api/surge/papers", { state: "MY" });
  expect((await maya.person.ask("POST", `/api/surge/papers/${paper}/agree`)).body).toMatchObject({
    error: { code: "OWN_LIST" },
  });
  // She takes her word back before the second person agrees.
  await say([people[2]!.id], false, []);
  await lestari.person.must("POST", `/api/surge/papers/${paper}/agree`);
  const told = await maya.person.must<Paper>("GET", `/api/surge/papers/${paper}`);
  expect(told.rows).toHaveLength(2);
  expect(told.rows[0]).toMatchObject({
    name: expect.stringContaining("Orang Latihan") as never,
    born: null,
    document: null,
  });
  const desk = await maya.desk();
  expect(people.map((one) => entriesOf(desk.person(one.id)!, toldKind).length)).toEqual([1, 1, 0]);
  expect((await states()).find((line) => line.state === "MY")).toMatchObject({
    allowed: 2,
    refused: 1,
    untold: 0,
  });
});

test("no list for an embassy has one person twice: who may be the same is decided first, and is then told once", async () => {
  const twice = await (
    await maya.desk()
  ).act(async (tx) => {
    const made = [];
    for (const name of ["Tan Wei Ming", "Tan Weiming"])
      made.push(
        await tx.create({
          names: [{ text: `${name} LATIHAN`, use: "own" }],
          born: { written: "1999-04-02", read: "1999-04-02", calendar: "common" },
          nationalities: ["SG"],
        }),
      );
    return made;
  });
  await maya.person.must("POST", "/api/surge/embassy-word", {
    people: twice,
    word: { allow: true, fields: ["name"], reason: "LATIHAN" },
  });
  const ask = () => maya.person.ask<{ id: string }>("POST", "/api/surge/papers", { state: "SG" });
  expect((await ask()).body).toMatchObject({ error: { code: "PAIRS_UNDECIDED" } });
  const [keep, other] = twice;
  await maya.person.must("POST", "/api/surge/pairs", { keep, other, one: true, reason: "LATIHAN: one face" });
  const { id: paper } = (await ask()).body;
  expect((await maya.person.must<Paper>("GET", `/api/surge/papers/${paper}`)).rows).toHaveLength(1);
});

test("to strangers the room is not there; without an open desk, and in the database, nothing of anybody can be read", async () => {
  for (const key of ["sari", "bima", "tono", "hendra", "ratna", "rina"]) {
    const stranger = await id.as(key);
    for (const path of ["board", "lists", "pairs", "states"])
      expect((await stranger.ask("GET", `/api/surge/${path}`)).status, `${key} ${path}`).toBe(404);
    expect((await stranger.ask("POST", "/api/surge/queue/next", { language: "ms", team: "x" })).status).toBe(
      404,
    );
    expect((await stranger.ask("POST", "/api/surge/wristbands", { count: 1 })).status).toBe(404);
  }
  const again = await id.as("maya");
  await again.must("PATCH", "/api/access/session", { purpose: "victim-assistance" });
  expect((await again.ask("GET", "/api/surge/board")).body).toMatchObject({ error: { code: "DESK_CLOSED" } });
  const job = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
  const seen = await id.node.store.read(job, async (db) => {
    const { rows } = await sql`select record from simpul.leaves where record like '%surge.%'`.execute(
      db.rows,
    );
    return JSON.stringify(rows);
  });
  expect(seen).toContain("surge.list-taken");
  expect(seen).not.toMatch(/Budi|Malay|MY|600\.csv/);
});
