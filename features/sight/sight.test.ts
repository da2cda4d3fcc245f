// Why she sees it, who else can, who did: told exactly, and never more than she may know.
import type { WhyView } from "@simpul/policy";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import { draft } from "../requests/testing.ts";
import { linesOf } from "./command.ts";

let id: Nation;
let sari: Person;
let rina: Person;
let agus: Person;
let everybody: { person: Person; name: string; purposes: string[] }[];
let ordinary: { id: string; number: string };
let covert: { id: string; number: string };

beforeAll(async () => {
  ({ id } = await nations("id", "kh"));
  [sari, rina, agus] = [await id.as("sari"), await id.as("rina"), await id.as("agus")];
  const crimeType = "online-fraud";
  ordinary = await sari.must("POST", "/api/cases", { title: "The Park", crimeType });
  covert = await rina.must("POST", "/api/cases", { title: "The Pier", crimeType, covert: true });
  const listed = await sari.must<{ name: string; number: string }[]>("GET", "/api/access/exercise/officers");
  everybody = [];
  for (const one of listed) {
    const person = await id.as(one.number).catch(() => null);
    if (person === null) continue;
    const { purposes } = await person.must<{ purposes: string[] }>("GET", "/api/access/session");
    everybody.push({ person, name: one.name, purposes });
  }
}, 120_000);

const why = (who: Person, ref: string): Promise<WhyView> => who.must("GET", `/api/why/${ref}`);

/** Who reaches the record over the node's own door, for one of her purposes. */
async function reaching(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const { person, name, purposes } of everybody)
    for (const purpose of purposes) {
      await person.must("PATCH", "/api/access/session", { purpose });
      if ((await person.ask("GET", path)).status !== 200) continue;
      found.push(name);
      break;
    }
  return found;
}

test("who else can is exactly who reaches the record, with nobody forgotten or made up", async () => {
  const note = await sari.must<{ id: string }>("POST", `/api/cases/${ordinary.number}/records/note`, {
    fields: { body: "EXERCISE", language: "id" },
  });
  const request = await rina.must<{ id: string }>("POST", "/api/requests", draft(covert.number, ["kh"]));
  for (const [who, ref, path] of [
    [sari, ordinary.number, `/api/cases/${ordinary.number}`],
    [sari, note.id, `/api/cases/${ordinary.number}`],
    [rina, covert.number, `/api/cases/${covert.number}`],
    [agus, request.id, `/api/requests/${request.id}`],
  ] as const) {
    const told = await why(who, ref);
    // Herself is not among the others.
    expect(told.officers, ref).toBe((await reaching(path)).length - 1);
    expect(told.whole).toBe(true);
  }
}, 120_000);

test("the contact point sees a covert case's request, and of the case's people only how many", async () => {
  const request = await rina.must<{ id: string }>("POST", "/api/requests", draft(covert.number, ["kh"]));
  await rina.must("POST", `/api/cases/${covert.number}/team`, { officer: sari.id, role: "observer" });
  await sari.must("GET", `/api/requests/${request.id}`);
  const told = await why(agus, request.id);
  expect(told.because).toEqual(["policy.request.seen-by-contact-point"]);
  expect(told.persons).toEqual([]);
  expect(told.hidden).toBeGreaterThan(0);
  const hers = await why(rina, request.id);
  expect(hers.hidden).toBe(0);
  expect(hers.persons.map((one) => one.name)).toContain("Sari Wulandari");
  expect(hers.officers).toBe(told.officers);
});

test("who looked is told with how often, and her asking is itself noted", async () => {
  for (let times = 0; times < 3; times++) await sari.must("GET", `/api/cases/${ordinary.number}`);
  const before = await why(sari, ordinary.number);
  const look = before.seen.find((one) => one.name === "Sari Wulandari");
  expect(look!.times).toBeGreaterThanOrEqual(3);
  const hendra = await id.as("hendra");
  const { entries } = await hendra.must<{ entries: { kind: string }[] }>(
    "GET",
    `/api/oversight/log?kind=sight.asked&case=${ordinary.number}`,
  );
  expect(entries.length).toBeGreaterThan(0);
});

test("what she does not see is not found, by number or id, and so is what is not there", async () => {
  const answers = await Promise.all(
    [covert.number, covert.id, "ID-2031-999999", "018f0000-0004-7000-8000-000000000417", "%"].map(
      async (ref) => {
        const putri = await id.as("putri");
        const { status, body } = await putri.ask<{ error: { code: string } }>(
          "GET",
          `/api/why/${encodeURIComponent(ref)}`,
        );
        return `${status} ${body.error.code}`;
      },
    ),
  );
  expect(new Set(answers)).toEqual(new Set(["404 NOT_FOUND"]));
});

test("the command line says it in words", async () => {
  const lines = linesOf(await why(sari, ordinary.number), "en");
  expect(lines).toContain("you\tYou are on the team of this case.");
  expect(lines.some((one) => one.startsWith("did\tSari Wulandari"))).toBe(true);
});
