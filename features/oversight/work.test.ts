// Oversight at work: what is drawn and marked, what stands out, what rests; and that she can do nothing else.
import { createHash } from "node:crypto";

import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { features } from "../../apps/server/features.ts";
import type { InboxView } from "../inbox/contract.ts";
import { draft } from "../requests/testing.ts";
import type { Freeze, Notice, Sample, SampleView } from "./contract.ts";
import { draw } from "./draw.ts";
import { circle, cosignAll } from "./testing.ts";

let id: Nation;
let kh: Nation;
let hendra: Person;
let sari: Person;
let number: string;
const day = 86_400_000;

/** Does what is due by the clock. */
async function chore(name: string): Promise<void> {
  await features(id.node, id.web.address)
    .chores.find((one) => one.name.includes(name))!
    .run();
}

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  // Last week Sari worked.
  id.clock.offMs = -7 * day;
  const then = await id.as("sari");
  const asked = { title: "The Park", crimeType: "online-fraud" };
  ({ number } = await then.must<{ number: string }>("POST", "/api/cases", asked));
  for (let looks = 0; looks < 30; looks++) await then.must("GET", `/api/cases/${number}`);
  id.clock.offMs = 0;
  [hendra, sari] = [await id.as("hendra"), await id.as("sari")];
}, 120_000);

test("a week is drawn once another state has cosigned it, once only, and anybody draws the same entries again", async () => {
  await id.node.ledger.sequence(true);
  await kh.node.ledger.sequence(true);
  expect(await cosignAll(circle({ id: id.node, kh: kh.node }))).toEqual([]);
  await chore("sample");
  await chore("sample");
  const samples = await hendra.must<Sample[]>("GET", "/api/oversight/samples");
  expect(samples.map((one) => one.log).sort()).toEqual(["main", "reads"]);
  const of = samples.find((one) => one.log === "reads")!;
  const view = await hendra.must<SampleView>("GET", `/api/oversight/samples/reads/${of.week}`);
  expect(view.cosigners).toContain("kh");
  expect(view.entries).toHaveLength(20);
  const seed = createHash("sha256").update(view.head).digest();
  expect(seed.toString("hex")).toBe(view.seed);
  const places = view.entries.map((one) => one.entry.index);
  // Whatever else was drawn is no officer's look of that week.
  const drawn = draw(seed, view, (place) => places.includes(place));
  expect(drawn).toEqual(places);
});

test("she marks each; what is not in order needs a note, and a later mark stands beside the earlier", async () => {
  const [of] = await hendra.must<Sample[]>("GET", "/api/oversight/samples");
  const at = `/api/oversight/samples/${of!.log}/${of!.week}`;
  expect((await hendra.ask("POST", `${at}/0`, { mark: "not-in-order" })).status).toBe(422);
  await hendra.must("POST", `${at}/0`, { mark: "ask", note: "EXERCISE: why this case?" });
  await hendra.must("POST", `${at}/0`, { mark: "in-order" });
  const view = await hendra.must<SampleView>("GET", at);
  expect(view.entries[0]!.mark).toMatchObject({ mark: "in-order", by: "Hendra Saputra" });
  expect(view).toMatchObject({ marked: 1, found: 0 });
  expect((await hendra.ask("POST", `${at}/999`, { mark: "in-order" })).status).toBe(404);
  const { entries } = await hendra.must<InboxView>("GET", "/api/inbox");
  expect(entries.some((one) => one.kind === "oversight-sample" && one.title === of!.week)).toBe(true);
});

test("to everybody else the samples and notices do not exist, and nobody marks in her place", async () => {
  const [of] = await hendra.must<Sample[]>("GET", "/api/oversight/samples");
  const at = `/api/oversight/samples/${of!.log}/${of!.week}`;
  for (const key of ["sari", "tono", "putri"]) {
    const nobody = await id.as(key);
    for (const path of ["/api/oversight/samples", at, "/api/oversight/notices"])
      expect((await nobody.ask("GET", path)).status, `${key} ${path}`).toBe(404);
    expect((await nobody.ask("POST", `${at}/0`, { mark: "in-order" })).status).toBe(404);
  }
  // She reads the case's entries and not the case.
  expect((await hendra.ask("GET", `/api/cases/${number}`)).status).toBe(404);
  expect((await hendra.ask("PATCH", `/api/cases/${number}/records/case/x`, {})).status).not.toBe(200);
});

test("own name, a colleague's case, many searches without a hit stand out in words; a named officer decides", async () => {
  id.clock.offMs = -day;
  const yusuf = await id.as("yusuf");
  const bima = await id.as("bima");
  for (let asked = 0; asked < 16; asked++) await yusuf.must("GET", `/api/cases/search?q=zzyzx${asked}q`);
  await yusuf.must("GET", "/api/cases/search?q=hidayat");
  const at = (await id.as("sari")).must;
  await at("POST", `/api/cases/${number}/records/subject`, {
    fields: { kind: "person", role: "suspect", names: [{ text: "Agus Setyawan", language: "id" }] },
  });
  await bima.must("GET", `/api/cases/${number}`);
  id.clock.offMs = 0;
  await chore("stands out");
  await chore("stands out");
  hendra = await id.as("hendra");
  const notices = await hendra.must<Notice[]>("GET", "/api/oversight/notices");
  const kinds = (name: string): string[] =>
    notices.filter((one) => one.officer.name === name).map((one) => one.kind);
  expect(kinds("Yusuf Hidayat")).toEqual(expect.arrayContaining(["own-name", "no-hits"]));
  expect(kinds("Bima Nugroho")).toContain("colleague");
  // Her own team's case is her work.
  expect(kinds("Sari Wulandari")).not.toContain("colleague");
  const own = notices.find((one) => one.kind === "own-name")!;
  const decide = { decision: "explained", note: "EXERCISE: his cousin's case, known" };
  await hendra.must("POST", `/api/oversight/notices/${own.id}`, decide);
  expect((await hendra.ask("POST", `/api/oversight/notices/${own.id}`, decide)).status).toBe(409);
  const after = await hendra.must<Notice[]>("GET", "/api/oversight/notices");
  expect(after.find((one) => one.id === own.id)!.decision).toMatchObject({ by: "Hendra Saputra" });
  // What was asked stands nowhere.
  const kept = await id.node.store.chore("test", ({ rows }) =>
    sql`select 1 from simpul.leaves where record ilike '%hidayat%' or record ilike '%zzyzx%'`.execute(rows),
  );
  expect(kept.rows).toEqual([]);
});

const freezeOf = async (name: string): Promise<Freeze> =>
  (await hendra.must<Freeze[]>("GET", "/api/freezes")).find((one) => one.name === name)!;

test("a case that rests is looked at by all who see it, and neither changed, asked about nor handed over", async () => {
  sari = await id.as("sari");
  const bundle = { recipient: "EXERCISE court", recipientState: "id", reason: "EXERCISE", fields: [] };
  const note = { fields: { body: "EXERCISE", language: "id" } };
  const { id: request } = await sari.must<{ id: string }>("POST", "/api/requests", draft(number, ["kh"]));
  const { id: of } = await sari.must<{ id: string }>("POST", `/api/cases/${number}/records/note`, note);
  await hendra.must("POST", "/api/freezes", { what: "case", ref: number, reason: "EXERCISE: who asked?" });
  expect(
    (await hendra.ask("POST", "/api/freezes", { what: "case", ref: number, reason: "again" })).status,
  ).toBe(409);
  const view = await sari.must<{ rests: { by: string } | null; may: string[]; id: string }>(
    "GET",
    `/api/cases/${number}`,
  );
  expect(view).toMatchObject({ rests: { by: "Hendra Saputra" }, may: [] });
  expect(JSON.stringify(view)).not.toContain("who asked");
  const refused: [string, string, unknown][] = [
    ["POST", `/api/cases/${number}/records/note`, note],
    ["PATCH", `/api/cases/${number}/records/note/${of}`, { field: "body", value: "x", read: 1 }],
    ["DELETE", `/api/cases/${number}/records/note/${of}`, undefined],
    ["POST", `/api/cases/${number}/state`, { state: "suspended", reason: "resources" }],
    ["POST", `/api/cases/${number}/team`, { officer: hendra.id, role: "observer" }],
    ["POST", "/api/requests", draft(number, ["kh"])],
    ["PUT", `/api/requests/${request}`, { ...draft(number, ["kh"]), subject: "EXERCISE other", version: 1 }],
    ["POST", "/api/evidence/exports", { case: view.id, ...bundle }],
  ];
  for (const [method, path, body] of refused) {
    const answer = await sari.ask<{ error: { code: string } }>(method, path, body);
    // A bundle has more that stops it first; none gets through.
    expect([409, 403, 422], `${method} ${path} ${answer.status}`).toContain(answer.status);
    if (!path.includes("exports")) expect(answer.body.error.code, path).toBe("FROZEN");
  }
  // What other rows there are stay free.
  await sari.must("POST", "/api/cases", { title: "Another", crimeType: "online-fraud" });
});

test("two persons end it: who asked does not agree, and the second shows her passkey", async () => {
  const freeze = await freezeOf(number);
  const [putri, agus] = [await id.as("putri"), await id.as("agus")];
  expect((await putri.ask("POST", `/api/freezes/${freeze.id}/lift`)).status).toBe(409);
  await hendra.must("POST", `/api/freezes/${freeze.id}/ask`, { reason: "EXERCISE: settled" });
  expect((await hendra.ask("POST", `/api/freezes/${freeze.id}/lift`)).status).toBe(403);
  expect((await agus.ask("POST", `/api/freezes/${freeze.id}/lift`)).status).toBe(404);
  expect((await sari.ask("POST", `/api/freezes/${freeze.id}/lift`)).status).toBe(404);
  const { entries } = await putri.must<InboxView>("GET", "/api/inbox");
  expect(entries.find((one) => one.kind === "freeze-lift")?.title).toBe(number);
  const { status, body } = await putri.ask<{ error: { code: string } }>(
    "POST",
    `/api/freezes/${freeze.id}/lift`,
  );
  expect([status, body.error.code]).toEqual([403, "STEP_UP"]);
  await putri.must("POST", "/api/access/step-up/exercise", { act: "freeze.lift", record: freeze.id });
  await putri.must("POST", `/api/freezes/${freeze.id}/lift`);
  await sari.must("POST", `/api/cases/${number}/records/note`, {
    fields: { body: "EXERCISE", language: "id" },
  });
});

test("an officer who rests is out at once, at every door, until two persons end it", async () => {
  const yusuf = await id.as("yusuf");
  await yusuf.must("GET", "/api/cases");
  await hendra.must("POST", "/api/freezes", { what: "officer", ref: yusuf.id, reason: "EXERCISE: looked" });
  expect((await yusuf.ask("GET", "/api/cases")).status).toBe(401);
  await expect(id.as("yusuf")).rejects.toThrow("RESTS");
  const freeze = await freezeOf("Yusuf Hidayat");
  await hendra.must("POST", `/api/freezes/${freeze.id}/ask`, { reason: "EXERCISE: settled" });
  const putri = await id.as("putri");
  await putri.must("POST", "/api/access/step-up/exercise", { act: "freeze.lift", record: freeze.id });
  await putri.must("POST", `/api/freezes/${freeze.id}/lift`);
  await (await id.as("yusuf")).must("GET", "/api/cases");
});
