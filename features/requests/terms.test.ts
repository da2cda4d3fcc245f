// Others' terms on every way out: by message, in an answer, in a bundle, at the bare interface; permitted, and over again.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation, type Person } from "@simpul/testing";
import type { Standing } from "@simpul/store";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { typed } from "@simpul/testing/typed";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { CaseHead } from "../cases/contract.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { ExportPreview } from "../evidence/contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { Chosen, ItemReport, ReceivedItem, ReceivedRecord, RequestHead } from "./contract.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  chosen,
  draft,
  prove,
  recordsOf,
  refusedWith,
  stands,
  until,
  view,
} from "./testing.ts";
import say from "./words/en.json" with { type: "json" };

type Held = { records: ReceivedRecord[]; items: ReceivedItem[] };
const day = 86_400_000;
const isoDay = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);
let id: Nation, kh: Nation, ph: Nation;
let rina: Person, agus: Person, sophea: Person, rithy: Person, sreymom: Person, grace: Person;
let ours: CaseHead, theirs: CaseHead;
let home: string;
let files: string[];
let record: string;
let asked: string, came: string;

/** Cambodia gives one record and two items to Indonesia's case: under H2, and one only for today. */
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-terms-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [rina, agus, grace] = [await id.as("rina"), await id.as("agus"), await ph.as("grace")];
  [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
  sreymom = await kh.as("sreymom");
  ours = await caseNamed(rina, "pembayar tiket");
  theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  files = [];
  for (const name of ["registration.csv", "camera.csv", "altered.csv"]) {
    const file = path.join(home, name);
    await writeFile(file, `date,name,phone\n2031-02-05,${name},+62 854-0000-1702\n`);
    const { text: said } = await typed(takeInCommand, [file, "--case", theirs.id, "--json"]);
    files.push((JSON.parse(said) as { id: string }).id);
  }
  // Somebody at its database took a signature out of the third one's story.
  await forgeSignature(kh, files[2]!);
  asked = await ask(rina, agus, draft(ours.number, ["kh"]));
  came = await arrival(sophea);
  const { subject } = await recordsOf(sreymom, theirs.number);
  record = subject![0]!.id;
  const today: Chosen["handling"] = {
    codes: ["H3"],
    text: "EXERCISE: for a week",
    conditions: { notAfter: isoDay(7) },
  };
  const { officer } = await sreymom.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session");
  await view(sophea, came);
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const given = answer({
    case: theirs.number,
    records: [chosen(record, { handling: { codes: ["H2"] }, link: "" })],
    items: [
      chosen(files[0]!, { handling: { codes: ["H2"] }, link: "" }),
      chosen(files[1]!, { handling: today, link: "" }),
      chosen(files[2]!, { handling: { codes: ["H2"] }, link: "" }),
    ],
  });
  const { id: written } = await sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, given);
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  await stands(rina, asked, "answered");
  await until(
    () => rina.must<Held>("GET", `/api/requests/received?case=${ours.number}`),
    ({ items }) => items.length === 3 && items.every((one) => one.arrival.state !== "fetching"),
    60,
  );
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

async function forgeSignature(of: Nation, item: string): Promise<void> {
  const owner = new pg.Client(of.node.settings.databaseUrl!);
  await owner.connect();
  await owner.query("alter table simpul.evidence_statements no force row level security");
  const { rowCount } = await owner.query(
    `update simpul.evidence_statements set signed = regexp_replace(signed, '"sig":"[^"]{8}', '"sig":"AAAAAAAA')
      where item_id = $1 and number = 1`,
    [item],
  );
  await owner.query("alter table simpul.evidence_statements force row level security");
  await owner.end();
  expect(rowCount).toBe(1);
}

/** Days later everywhere, with everybody signed in anew; sessions do not last so long. */
async function later(days: number): Promise<void> {
  for (const nation of [id, kh, ph]) nation.clock.offMs = days * day;
  [rina, agus, grace] = [await id.as("rina"), await id.as("agus"), await ph.as("grace")];
}

const onward = (more: { records?: Chosen[]; items?: Chosen[] }) => draft(ours.number, ["ph"], more);
const bundle = (items: string[], to: string) => ({
  case: ours.id,
  items,
  recipient: "EXERCISE: a court",
  recipientState: to,
  reason: "EXERCISE",
  fields: ["fileName"],
});

/** Every way by which the record and the item could reach the Philippines now, with its refusal. */
async function waysOut(): Promise<(string | number)[]> {
  const codeOf = ({ status, body }: { status: number; body: unknown }): string | number =>
    (body as { error?: { code: string } } | null)?.error?.code ?? status;
  const ways: (string | number)[] = [];
  for (const what of [{ records: [chosen(record)] }, { items: [chosen(files[0]!)] }]) {
    // By message: put forward, and past the page at the bare interface.
    const made = await rina.must<{ id: string }>("POST", "/api/requests", onward(what));
    ways.push(codeOf(await rina.ask("POST", `/api/requests/${made.id}/submit`)));
    await rina.ask("POST", `/api/requests/${made.id}/return`, { reason: "EXERCISE" });
  }
  // In an answer to what the Philippines ask.
  const known = await agus.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming");
  const dennis = await ph.as("dennis");
  const theirCase = (await dennis.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1")).cases[0]!;
  await ask(dennis, grace, draft(theirCase.number, ["id"]));
  const came = await arrival(
    agus,
    known.requests.map((one) => one.id),
  );
  await view(agus, came);
  const { officer } = await rina.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session");
  await agus.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const passed = answer({ case: ours.number, records: [chosen(record)], items: [chosen(files[0]!)] });
  await rina.must("PUT", `/api/requests/${came}/answer`, passed);
  ways.push(codeOf(await rina.ask("POST", `/api/requests/${came}/answer/submit`)));
  await rina.ask("POST", `/api/requests/${came}/answer/return`, { reason: "EXERCISE" });
  // In a bundle for a court over there.
  ways.push(codeOf(await rina.ask("POST", "/api/evidence/exports", bundle([files[0]!], "ph"))));
  return ways;
}

test("each item's report goes back signed: what holds, and which check did not; nobody else can report", async () => {
  const reportsAt = async (who: Person, request: string) =>
    (await view(who, request)).full[0]!.answers[0]!.items.map(({ id: item, reports }) => [
      files.indexOf(item),
      ...reports.map(({ by, failed }) => `${by} ${failed ?? "verified"}`),
    ]);
  const told = [
    [0, "id verified"],
    [1, "id verified"],
    [2, "id not-signed-by-node"],
  ];
  const waits = async () =>
    (await sreymom.must<InboxView>("GET", "/api/inbox")).entries.filter(
      (one) => one.kind === "item-not-verified",
    );
  await expect.poll(async () => (await waits()).length, { timeout: 30_000 }).toBe(1);
  expect((await reportsAt(sreymom, came)).sort()).toEqual(told);
  expect(await waits()).toEqual([]);
  expect((await reportsAt(rina, asked)).sort()).toEqual(told);

  // About what was not given in that thread, or otherwise than its sender signed: refused.
  const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" };
  const { rows } = await id.node.store.read(job, async (db) => {
    db.noteRead("test.read", {});
    return sql<{ thread: string; item: string; at: Date; signed: string }>`select thread_id as thread,
      item_id as item, checked_at as at, signed from simpul.item_reports where failed is not null`.execute(
      db.rows,
    );
  });
  const real = { ...rows[0]!, at: rows[0]!.at.toISOString() };
  const sends = async (more: object): Promise<string | null> => {
    const digest = (await rina.must<Held>("GET", `/api/requests/received?case=${ours.number}`)).items.find(
      (one) => one.id === real.item,
    )!.digest;
    const body = { ...real, digest, failed: "not-signed-by-node", ...more };
    return refusedWith(id.node, "kh", "item.reported", body);
  };
  expect(await sends({ item: ours.id })).toBe("UNKNOWN_RECORD");
  expect(await sends({ digest: "ab".repeat(32) })).toBe("UNKNOWN_RECORD");
  const onItem = async (who: Person) =>
    (await who.must<{ reports: ItemReport[] }>("GET", `/api/requests/items/${real.item}/reports`)).reports;
  expect(await sends({ failed: null })).toBe("BAD_BODY");
  // What its giver could not be told stands with the item, with the reason, until the giver's node takes it.
  const untold = async () => (await onItem(rina)).map((one) => one.untold);
  await expect.poll(untold).toEqual(["BAD_BODY"]);
  expect(await sends({})).toBeNull();
  await expect.poll(untold).toEqual([null]);
  expect(await onItem(sreymom)).toMatchObject([
    { by: "id", peer: "id", failed: "not-signed-by-node", request: came },
  ]);
  expect(await onItem(await id.as("intan"))).toEqual([]);

  const browser = await openBrowser();
  try {
    const page = await enter(browser, id, "rina", { language: "en" });
    await page.goto(`${id.web.address}/evidence/${files[0]!}?tab=custody`);
    await page.getByRole("heading", { name: say["requests.report.title"] }).waitFor();
    await page.getByText("verified by Indonesia").waitFor();
    await look(page, "item-reports");
  } finally {
    await browser.close();
  }
  expect((await reportsAt(sreymom, came)).sort()).toEqual(told);
});

test("scenario 1: an H2 item goes by no way; permitted on a condition it goes, and not after the condition expires", async () => {
  const stopped = ["NEEDS_PERMISSION", "NEEDS_PERMISSION", "NEEDS_PERMISSION", "PERMISSION_NEEDED"];
  expect(await waysOut()).toEqual(stopped);
  const { id: permission } = await rina.must<{ id: string }>("POST", "/api/requests/permissions", {
    case: ours.number,
    records: [record, files[0]!],
    action: "onward",
    recipients: ["ph"],
    court: null,
    legalBasis: "untoc-27",
    purpose: "crime-investigation",
    reason: "EXERCISE: the Philippines look for the same person.",
    neededBy: null,
  });
  await until(
    () => rithy.ask("GET", `/api/requests/permissions/${permission}`),
    ({ status }) => status === 200,
  );
  // HC-8: asked and not yet decided is not permitted.
  expect(await waysOut()).toEqual(stopped);
  await prove(rithy, "permission.decide", permission);
  await rithy.must("POST", `/api/requests/permissions/${permission}/decide`, {
    decisions: [record, files[0]!].map((one) => ({ record: one, grant: true })),
    conditions: "EXERCISE: not to be shown to the press",
    notAfter: isoDay(2),
    reason: "",
  });
  await until(
    () => rina.must<{ state: string }>("GET", `/api/requests/permissions/${permission}`),
    (seen) => seen.state === "conditions",
  );
  // Nothing of it is stopped by terms any more; the bundle still asks for her second factor.
  expect(await waysOut()).toEqual([204, 204, 204, "STEP_UP"]);
  await later(4);
  expect(await waysOut()).toEqual(stopped);
  await later(0);
}, 180_000);

test("what was given under H3 for a week goes into no bundle after it, not even at home", async () => {
  const look = async () =>
    (await rina.must<ExportPreview>("GET", `/api/evidence/exports/preview?case=${ours.id}&to=id`)).items.find(
      (one) => one.id === files[1],
    )!;
  expect(await look()).toMatchObject({ missing: [], over: false });
  await later(9);
  expect(await look()).toMatchObject({ over: true });
  expect(await rina.ask("POST", "/api/evidence/exports", bundle([files[1]!], "id"))).toMatchObject({
    status: 403,
    body: { error: { code: "PERMISSION_NEEDED", facts: { originator: "kh", codes: "H3" } } },
  });
});
