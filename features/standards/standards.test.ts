// A file is looked at, taken in by the open desk, and goes out again by two officers the same as it came.
import { readFileSync } from "node:fs";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { beforeAll, expect, test } from "vitest";
import type { ExportView, FilePreview } from "./contract.ts";

let id: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
beforeAll(async () => {
  ({ id } = await nations("id"));
  [maya, lestari] = [await openVictimDesk(id, "maya"), await openVictimDesk(id, "lestari")];
}, 120_000);
const file = (name: string): string =>
  readFileSync(new URL(`../../conformance/htcds-forced-criminality/${name}`, import.meta.url), "utf8");

test("nothing is kept before she has seen the doubts; then each record is a person, and the same again is noticed", async () => {
  const doubts = await maya.person.must<FilePreview>("POST", "/api/standards/preview", {
    text: file("invalid/doubts.json"),
  });
  expect(doubts.doubts).toHaveLength(9);
  expect([...(await maya.desk()).people()]).toHaveLength(0);
  const text = file("valid/scam-centre.json");
  expect((await maya.person.must<FilePreview>("POST", "/api/standards/preview", { text })).doubts).toEqual(
    [],
  );
  expect(await maya.person.must("POST", "/api/standards/take-in", { text })).toEqual({ made: 2 });
  const people = [...(await maya.desk()).people()];
  expect(people.map((one) => one.facts.names[0]?.text).sort()).toEqual(["Dewi Anggraini", "ស្រីមុំ"]);
  // A status in a file decides nothing.
  expect(people.flatMap((one) => one.statuses)).toEqual([]);
  const again = await maya.person.must<FilePreview>("POST", "/api/standards/preview", { text });
  expect(again.records.every((one) => one.alike !== null)).toBe(true);
  expect(await maya.person.must("POST", "/api/standards/take-in", { text, leaveOut: [0, 1] })).toEqual({
    made: 0,
  });
  for (const bad of ["{", "<a/>", "x,y\n1,2"])
    expect((await maya.person.ask("POST", "/api/standards/take-in", { text: bad })).status).toBe(422);
});

test("it goes out by two officers with a fresh factor, reads as it came, and her page says to whom", async () => {
  const people = [...(await maya.desk()).people()].map((one) => one.pseudonym);
  const ask = {
    people,
    recipient: "EXERCISE: IOM Jakarta",
    reason: "EXERCISE: she asked for help there",
    format: "json",
  };
  expect(
    (await maya.person.ask("POST", "/api/standards/exports", { ...ask, people: ["ID-0000-0000"] })).status,
  ).toBe(404);
  const { id: asked } = await maya.person.must<{ id: string }>("POST", "/api/standards/exports", ask);
  const out = (who: VictimDesk) =>
    who.person.ask<{ text: string; error?: { code: string } }>(
      "POST",
      `/api/standards/exports/${asked}/let-out`,
    );
  const proof = (who: VictimDesk) =>
    who.person.must("POST", "/api/access/step-up/exercise", { act: "standards.export", record: asked });
  await proof(maya);
  expect((await out(maya)).body.error?.code).toBe("SECOND_PERSON");
  expect((await out(lestari)).body.error?.code).toBe("STEP_UP");
  expect((await maya.person.ask("GET", `/api/standards/exports/${asked}/file`)).status).toBe(404);
  await proof(lestari);
  const left = await out(lestari);
  expect(left.status).toBe(200);
  const byName = (text: string) =>
    (JSON.parse(text) as { records: { prs_FirstName: string }[] }).records.sort((a, b) =>
      a.prs_FirstName < b.prs_FirstName ? -1 : 1,
    );
  expect(byName(left.body.text)).toEqual(byName(file("valid/scam-centre.json")));
  expect((await out(lestari)).body.error?.code).toBe("SETTLED");
  expect((await maya.person.must<{ text: string }>("GET", `/api/standards/exports/${asked}/file`)).text).toBe(
    left.body.text,
  );
  for (const person of (await maya.desk()).people())
    expect(person.entries.find((one) => one.kind === "standards.exported")?.data).toMatchObject({
      recipient: ask.recipient,
      reason: ask.reason,
    });
  const [view] = await maya.person.must<ExportView[]>("GET", "/api/standards/exports");
  expect(view).toMatchObject({ state: "let-out", askedBy: "Maya Anggraini", may: ["fetch"] });
  const { id: second } = await maya.person.must<{ id: string }>("POST", "/api/standards/exports", {
    ...ask,
    format: "csv",
  });
  expect((await lestari.person.ask("POST", `/api/standards/exports/${second}/drop`)).status).toBe(204);
  // The ledger says that, and not of whom, to whom or how many.
  const hendra = await id.as("hendra");
  const { entries } = await hendra.must<{ entries: { kind: string; about: object }[] }>(
    "GET",
    "/api/oversight/log?kind=standards.",
  );
  expect(entries.map((one) => one.kind)).toContain("standards.exported");
  expect(entries.every((one) => Object.keys(one.about).every((key) => key === "because"))).toBe(true);
});

test("to everybody who is not of the desk the room is not there", async () => {
  for (const key of ["sari", "tono", "hendra", "ratna"]) {
    const stranger = await id.as(key);
    expect(
      (await stranger.ask("POST", "/api/standards/preview", { text: file("valid/one-row.csv") })).status,
      key,
    ).toBe(404);
    expect(
      (await stranger.ask("POST", "/api/standards/take-in", { text: file("valid/one-row.csv") })).status,
      key,
    ).toBe(404);
    expect((await stranger.ask("GET", "/api/standards/exports")).status, key).toBe(404);
    for (const path of ["let-out", "drop"])
      expect(
        (await stranger.ask("POST", `/api/standards/exports/${crypto.randomUUID()}/${path}`)).status,
        key,
      ).toBe(404);
    expect(
      (await stranger.ask("GET", `/api/standards/exports/${crypto.randomUUID()}/file`)).status,
      key,
    ).toBe(404);
    const ask = { people: ["ID-0000-0000"], recipient: "xxx", reason: "xxxxxxxxxx", format: "csv" };
    expect((await stranger.ask("POST", "/api/standards/exports", ask)).status, key).toBe(404);
  }
});
