// The story as the three nodes know it when the exercise begins, seen by its own officers.
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { tellProtected } from "./tell-protected.ts";
import { nations } from "@simpul/testing";
import { expect, test } from "vitest";
import { numbers } from "./facts.ts";

interface Listed {
  cases: { number: string; title: string; covert: boolean }[];
}

test("each state knows its part, marked as an exercise, and nobody else's", async () => {
  const { id, kh, ph } = await nations("id", "kh", "ph");
  const seen = async (nation: typeof id, who: string): Promise<Listed["cases"]> =>
    (await (await nation.as(who)).must<Listed>("GET", "/api/cases")).cases;

  expect((await seen(id, "rina")).map((one) => one.number)).toHaveLength(1);
  expect(await seen(id, "sari")).toEqual([]);
  expect(await seen(kh, "sreymom")).toHaveLength(2);
  expect((await seen(kh, "dara")).map((one) => one.covert)).toEqual([true]);
  expect(await seen(ph, "joel")).toHaveLength(1);
  for (const one of [
    ...(await seen(id, "rina")),
    ...(await seen(kh, "sreymom")),
    ...(await seen(ph, "joel")),
  ]) {
    expect(one.title).toMatch(/^(LATIHAN|លំហាត់|PAGSASANAY)/);
  }
  // An administrator sees no case data, and a caseworker none by her role.
  for (const nobody of ["tono", "maya", "hendra"]) {
    const answer = await (await id.as(nobody)).ask<Listed>("GET", "/api/cases");
    expect(answer.status === 403 || answer.body.cases.length === 0, nobody).toBe(true);
  }
}, 120_000);

test("the recruiter's number lies in Cambodia in its one canonical form", async () => {
  const { kh } = await nations("kh");
  const sreymom = await kh.as("sreymom");
  const found = await sreymom.must<{ found: { text: string }[] }>(
    "GET",
    `/api/cases/search?q=${encodeURIComponent("+62 854 0000 1702")}`,
  );
  expect(JSON.stringify(found)).toContain(numbers.recruiterPhone);
}, 120_000);

test("the victim desk of Cambodia knows those who came out, and the girl whose passport says 21 is a child", async () => {
  const { kh } = await nations("kh");
  const thida = await openVictimDesk(kh, "thida");
  await tellProtected(kh.node, thida.who.officer);
  const desk = await thida.desk();
  const girl = [...desk.people()].find(({ facts }) => facts.names.some(({ text }) => /Jasmine/.test(text)))!;
  expect(girl).toMatchObject({ age: "child", statuses: [{ status: "presumed" }] });
  const [list] = (
    await thida.person.must<{ lists: { rows: number; done: number }[] }>("GET", "/api/surge/lists")
  ).lists;
  expect(list).toMatchObject({ rows: 312, done: 312, contradictions: 1 });
  const { out } = await thida.person.must<{ out: unknown[] }>("GET", "/api/referrals/board");
  expect(out).toHaveLength(1);
}, 120_000);
