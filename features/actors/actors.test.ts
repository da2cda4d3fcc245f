// Main actors over the cases an officer sees: what stands in two, why, on what each link rests; and what never stands there.
import { nations, type Nation, type Person } from "@simpul/testing";
import type { Id } from "@simpul/model";
import { beforeAll, expect, test } from "vitest";
import type { Actor, ActorsView, ActorView } from "./contract.ts";
import { keyPlayersFrom } from "./rules.ts";

let id: Nation;
let sari: Person, bima: Person;
const wallet = "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC";

async function opened(who: Person, covert = false): Promise<string> {
  const { number } = await who.must<{ number: string }>("POST", "/api/cases", {
    ...{ title: "LATIHAN", crimeType: "trafficking-forced-criminality", covert },
  });
  return number;
}
async function put(number: string, kind: string, fields: object, grade = "B2", who = sari): Promise<Id> {
  const evaluation = { source: grade[0], information: grade[1] };
  const ask = { fields, evaluation };
  return (await who.must<{ id: Id }>("POST", `/api/cases/${number}/records/${kind}`, ask)).id;
}
const name = (text: string) => ({ names: [{ text, language: "en" }] });
const company = (number: string, text: string) =>
  put(number, "subject", { kind: "organisation", role: "business", ...name(text) });
const list = (who: Person) => who.must<ActorsView>("GET", "/api/actors");
const find = async (who: Person, text: string): Promise<Actor | undefined> =>
  (await list(who)).actors.find((one) => one.name.text === text);

let first: string, second: string, hidden: string;
let boss: Id;

beforeAll(async () => {
  ({ id } = await nations("id"));
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
  [first, second, hidden] = [await opened(sari), await opened(sari), await opened(bima, true)];
  for (const [number, grade] of [
    [first, "B2"],
    [second, "X4"],
  ] as const) {
    const palm = await company(number, "EXERCISE Golden Palm Ltd");
    await put(
      number,
      "selector",
      { type: "wallet", written: wallet, role: "business", subject: palm },
      grade,
    );
    const site = await put(number, "place", {
      ...name(number === first ? "EXERCISE Park One" : "EXERCISE Park Two"),
      ...{ kind: "site", country: number === first ? "KH" : "LA" },
    });
    await put(number, "link", {
      ...{ kind: "controls", from: palm, toKind: "place", to: site },
      ...(number === first ? { began: "2030-09", ended: "2031-02-10" } : { began: "2031-02-20" }),
    });
    if (number === first) {
      boss = palm;
      await put(number, "event", {
        ...{ kind: "raid", title: "LATIHAN", began: "2031-02-10", place: site, subjects: [palm] },
      });
    }
  }
  for (const number of [first, second])
    await put(number, "selector", { type: "phone", written: "+62 854-0000-1999", role: "victim" });
  await put(first, "selector", { type: "phone", written: "+62 854-0000-1888", role: "suspect" });
  await put(second, "selector", { type: "phone", written: "+62 854-0000-1888", role: "victim" });
  await put(first, "selector", { type: "phone", written: "+62 854-0000-1666", role: "suspect" });
  await put(hidden, "selector", { type: "phone", written: "+62 854-0000-1666", role: "suspect" }, "B2", bima);
}, 180_000);

test("among few linked things nobody is named a key player, and it is said from how many on", async () => {
  const before = await list(sari);
  expect(before.linked).toBeLessThan(keyPlayersFrom);
  expect(before.actors.filter((one) => one.broker !== null || one.parts !== null)).toEqual([]);
  for (let nth = 0; nth < keyPlayersFrom - before.linked; nth++)
    await put(first, "selector", {
      ...{ type: "phone", written: `+62 854-0000-17${10 + nth}`, role: "business", subject: boss },
    });
  expect((await list(sari)).linked).toBe(keyPlayersFrom);
});

test("a company and its wallet stand in two cases, each with on what it is taken for one", async () => {
  const palm = await find(sari, "EXERCISE Golden Palm Ltd");
  expect(palm).toMatchObject({ kind: "organisation", same: ["name"], roles: ["business"] });
  expect(palm!.seen.map((one) => one.number).sort()).toEqual([first, second].sort());
  expect(palm!.broker).toMatchObject({ rank: 1 });
  const { actors } = await list(sari);
  expect(actors.find((one) => one.kind === "wallet")).toMatchObject({ same: ["value"] });
});

test("each link says on what it rests, and an organisation that moves is followed across the raid", async () => {
  const view = await sari.must<ActorView>("GET", `/api/actors/${boss}`);
  const edge = view.near.edges.find((one) => one.stated.some((each) => each.words === "cases.link.holds"))!;
  expect(edge.stated.map((one) => one.evaluation)).toMatchObject([
    { source: "B", information: "2" },
    { source: "X", information: "4" },
  ]);
  expect(edge.surety).toBe("supported");
  expect(view.stops.map((one) => [one.place.name.text, one.country, one.began])).toEqual([
    ["EXERCISE Park One", "KH", "2030-09"],
    ["EXERCISE Park One", "KH", "2031-02-10"],
    ["EXERCISE Park Two", "LA", "2031-02-20"],
  ]);
  expect(view.raids).toEqual(["2031-02-10"]);
});

test("a possible victim stands nowhere: not the number of hers, not one that is a suspect's in another case", async () => {
  const { actors } = await list(sari);
  expect(JSON.stringify(actors)).not.toMatch(/185400001999|6285400001888|62 854/);
  const view = await sari.must<ActorView>("GET", `/api/actors/${boss}`);
  expect(JSON.stringify(view)).not.toMatch(/6285400001(999|888)/);
});

test("who does not see a covert case learns nothing of it, by list, count or address", async () => {
  expect((await find(bima, "+6285400001666"))!.seen).toHaveLength(2);
  expect(await find(sari, "+6285400001666")).toBeUndefined();
  expect(JSON.stringify(await list(sari))).not.toContain(hidden);
});

test("an officer of another agency, the victim desk and an administrator find nothing of these cases", async () => {
  for (const key of ["rina", "maya", "tono", "hendra"]) {
    const stranger = await id.as(key);
    expect(await find(stranger, "EXERCISE Golden Palm Ltd"), key).toBeUndefined();
    expect((await stranger.ask("GET", `/api/actors/${boss}`)).status, key).toBe(404);
  }
  expect((await sari.ask("GET", "/api/actors/0190b2a0-0000-7000-8000-000000000000")).status).toBe(404);
  expect((await sari.ask("GET", "/api/actors/none")).status).toBe(422);
});

test("the look is noted with why it is allowed", async () => {
  const hendra = await id.as("hendra");
  const { entries } = await hendra.must<{ entries: { kind: string }[] }>(
    "GET",
    "/api/oversight/log?kind=actors.listed",
  );
  expect(entries.length).toBeGreaterThan(0);
});
