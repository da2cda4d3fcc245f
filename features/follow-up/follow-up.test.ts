// The follow-up on a real node: the board without a tick, published tables kept as they were, refusals that name the row.
import { readFile } from "node:fs/promises";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { nurul } from "../../testing/shares.ts";
import Excel from "exceljs";
import { beforeAll, expect, test } from "vitest";
import { followUpNode } from "../../apps/server/follow-up.ts";
import { loadPolicy } from "../../packages/policy/index.ts";
import { cedar } from "../../packages/policy/cedar.ts";
import type { Id } from "@simpul/model";
import type { InboxView } from "../inbox/contract.ts";
import type { BoardView, GapLine, ReportHead, ReportView, SideBySide, TableView } from "./contract.ts";
import type { WorkView } from "../picture/contract.ts";
import { prove } from "../requests/testing.ts";
import { writeDue } from "./reports/write.ts";
import { lastMonth } from "./rules.ts";

let id: Nation;
let sari: Person, bima: Person;
beforeAll(async () => {
  ({ id } = await nations("id"));
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
});

const about = {
  publisher: "UNODC GLOTIP",
  title: "Detected victims",
  address: "unodc.org",
  licence: "UNODC terms",
};
const sample = (name: string): Promise<Buffer> => readFile(new URL(`samples/${name}.csv`, import.meta.url));
async function send(
  who: Person,
  path: string,
  query: Record<string, string>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const search = new URLSearchParams({ name: "table.csv", ...query }).toString();
  const got = await fetch(`${id.web.address}/api/follow-up/${path}?${search}`, {
    method: "POST",
    headers: { origin: id.web.address, cookie: who.cookie, "content-type": "application/octet-stream" },
    body: bytes,
  });
  return { status: got.status, body: (await got.json()) as Record<string, unknown> };
}
const bytesOf = (text: string | Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));

test("the board shows fifteen points, none of them ticked, for the region and for one state", async () => {
  const region = await sari.must<BoardView>("GET", "/api/follow-up/board");
  expect(region.points).toHaveLength(15);
  expect(region.states).toHaveLength(11);
  const own = await sari.must<BoardView>("GET", "/api/follow-up/board?state=id");
  expect(own.states).toEqual(["id"]);
  expect(own.points[0]!.figures[0]!.missing).toEqual(["id"]);
  await sari.must("POST", "/api/charges/gaps", { state: "kh", kind: "no-video", step: "trial" });
  const { gaps } = await bima.must<{ gaps: GapLine[] }>("GET", "/api/follow-up/gaps");
  expect(gaps).toMatchObject([{ state: "kh", kind: "no-video", count: 1 }]);
  const written = await sari.ask("POST", "/api/follow-up/board", { point: 1, done: true });
  expect(written.status).toBe(404);
});

test("a table is read, shown, kept as it was, and stands beside another that contradicts it", async () => {
  const glotip = bytesOf(await sample("detected-victims-glotip"));
  expect((await send(bima, "tables/read", {}, glotip)).body).toMatchObject({ rows: 26, contradictory: 0 });
  const kept = await send(bima, "tables", { ...about, publishedOn: "2025-04-14" }, glotip);
  expect(kept.status).toBe(201);
  const book = new Excel.Workbook();
  const rows = (await sample("us-report-thailand")).toString().trim().split("\n");
  book.addWorksheet("Thailand").addRows(rows.map((row) => row.split(",")));
  const us = Uint8Array.from(Buffer.from(await book.xlsx.writeBuffer()));
  const ask = { publisher: "US report", title: "Thailand", licence: "public", name: "thailand.xlsx" };
  expect((await send(bima, "tables", { ...about, ...ask }, us)).status).toBe(201);
  const { places } = await sari.must<{ places: SideBySide[] }>(
    "GET",
    "/api/follow-up/sources?state=th&measure=victims",
  );
  expect(places.map((one) => [one.year, one.comparison, one.said.map((said) => said.count)])).toEqual([
    [2022, "differ", [295, 444]],
    [2021, "itself", [190, 424, 414]],
    [2020, "one", [155]],
    [2019, "one", [1541]],
  ]);
  const view = await sari.must<TableView & { names: object }>(
    "GET",
    `/api/follow-up/tables/${String(kept.body["id"])}`,
  );
  expect(view).toMatchObject({ publishedOn: "2025-04-14", rows: 26, names: { [bima.id]: "Bima Nugroho" } });
  expect(view.shown.find((one) => one.state === "sg")).toMatchObject({
    written: "<5",
    count: null,
    below: 5,
  });
});

test("who may not take in a table is told so; the same file, a bad row and a file that is none are refused by name", async () => {
  const exercise = bytesOf(await sample("exercise"));
  expect((await send(sari, "tables", about, exercise)).status).toBe(403);
  const { body } = await send(bima, "tables", { ...about, publisher: "LATIHAN" }, exercise);
  const again = await send(bima, "tables", { ...about, publisher: "LATIHAN" }, exercise);
  expect(again).toMatchObject({ status: 409, body: { error: { code: "TABLE_ALREADY" } } });
  const bad = bytesOf("Country,Year,Indicator,Value\nThailand,2022,Victims,12\nThailand,2023,Victims,-3\n");
  expect(await send(bima, "tables", about, bad)).toMatchObject({
    ...{
      status: 422,
      body: { error: { code: "TABLE_ROW", facts: { row: 3, column: "value", stands: "-3" } } },
    },
  });
  const none = bytesOf("\u0000\u0001\u0002");
  expect((await send(bima, "tables/read", {}, none)).body).toMatchObject({ error: { code: "NOT_A_TABLE" } });
  const large = new Uint8Array(4 * 1024 * 1024 + 1);
  expect((await send(bima, "tables/read", {}, large)).status).toBe(413);

  const path = `/api/follow-up/tables/${String(body["id"])}/withdraw`;
  expect((await sari.ask("POST", path, { reason: "LATIHAN" })).status).toBe(403);
  await bima.must("POST", path, { reason: "LATIHAN: salah berkas" });
  expect((await bima.ask("POST", path, { reason: "LATIHAN" })).status).toBe(409);
  const { places } = await sari.must<{ places: SideBySide[] }>("GET", "/api/follow-up/sources?state=kh");
  expect(places.flatMap((one) => one.said).map((one) => one.publisher)).not.toContain("LATIHAN");
  expect((await send(bima, "tables", { ...about, publisher: "LATIHAN" }, exercise)).status).toBe(201);
});

const refused = async (who: Person, method: string, path: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, path, body);
  return got.status < 300 ? "" : got.body!.error.code;
};

/** The figures of a month, counted and let go by two of the contact point. */
async function release(month: string): Promise<void> {
  const [agus, putri] = [await id.as("agus"), await id.as("putri")];
  await agus.must("POST", "/api/picture/count", { month });
  const work = await agus.must<WorkView>("GET", "/api/picture/work");
  const drafts = work.drafts.map((one) => one.id);
  const { id: proposal } = await agus.must<{ id: Id }>("POST", "/api/picture/proposals", { drafts });
  await prove(putri, "picture.release", proposal);
  await putri.must("POST", `/api/picture/proposals/${proposal}/release`);
}

test("a month that ended writes its report, which waits in the inbox of its desk until a named officer lets it leave", async () => {
  const node = followUpNode(id.node, loadPolicy(cedar), () => Promise.resolve([]));
  expect(await writeDue(node)).toBe(0);
  // So many that chance hides the whole of them hardly ever; of twenty it does once in six.
  for (let nth = 0; nth < 80; nth++)
    await sari.must("POST", "/api/cases", { title: "LATIHAN", crimeType: "online-fraud" });
  const now = new Date();
  id.clock.offMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 12) - now.getTime();
  // Nobody's session lasts that long.
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
  await release(lastMonth(id.clock.now()));
  const begun = await writeDue(node);
  expect(begun).toBeGreaterThan(4);
  expect(await writeDue(node)).toBe(0);

  const { reports } = await sari.must<{ reports: ReportHead[] }>("GET", "/api/follow-up/reports");
  const report = reports.find((one) => one.template === "cyber-crime-month")!;
  expect(report).toMatchObject({ state: "draft", overdue: true });
  const own = await sari.must<BoardView>("GET", "/api/follow-up/board?state=id");
  expect(own.points[1]!.figures[0]).toMatchObject({ code: "cases-opened", gave: ["id"], missing: [] });
  const path = `/api/follow-up/reports/${report.id}`;
  const [written] = (await sari.must<ReportView>("GET", path)).all;
  const cases = written!.figures.find((one) => one.figure === "cases-opened")!;
  expect(cases).toMatchObject({ months: [report.of], missing: [] });
  expect(cases.whole).toBeGreaterThanOrEqual(10);
  expect(cases.rows.find((one) => one.row === "online-fraud")!.count! % 5).toBe(0);
  const waits = async (): Promise<string[]> =>
    (await sari.must<InboxView>("GET", "/api/inbox")).entries
      .filter((one) => one.to === `/follow-up/reports/${report.id}`)
      .map((one) => one.kind);
  expect(await waits()).toEqual(["report-month"]);
  const rina = await id.as("rina");
  expect(await refused(rina, "GET", path)).toBe("NOT_FOUND");
  expect(await refused(rina, "POST", `${path}/leave`, { version: 1 })).toBe("NOT_FOUND");

  expect(await refused(sari, "POST", `${path}/leave`, { version: 1 })).toBe("REPORT_TEXT_MISSING");
  const texts = { summary: "LATIHAN: dua kompleks ditutup.", difficulties: "", next: "" };
  const revise = (more: object = {}) =>
    refused(sari, "POST", `${path}/versions`, { after: 1, texts, renew: false, ...more });
  expect(await revise({ texts: { ...texts, next: "+62 854-0000-1777" } })).toBe("REPORT_NAMES_SOMEBODY");
  expect(await revise()).toBe("");
  expect(await revise()).toBe("REPORT_CHANGED");
  expect(await revise({ after: 2 })).toBe("REPORT_UNCHANGED");
  expect(await refused(sari, "POST", `${path}/leave`, { version: 2 })).toBe("");
  expect(await refused(sari, "POST", `${path}/leave`, { version: 2 })).toBe("REPORT_LEFT");
  expect(await waits()).toEqual([]);

  await bima.must("POST", `${path}/versions`, {
    ...{ after: 2, texts: { ...texts, summary: "LATIHAN: tiga kompleks ditutup." }, renew: true },
  });
  const view = await bima.must<ReportView>("GET", path);
  expect(view).toMatchObject({ state: "corrected", versions: 3, due: { standing: "to-be-confirmed" } });
  expect(view.all[2]!.changes).toEqual([
    { kind: "text", of: "summary", before: texts.summary, after: "LATIHAN: tiga kompleks ditutup." },
  ]);
  expect(view.all[1]!.left).toMatchObject({ by: sari.id });
  const paper = await fetch(`${id.web.address}${path}/versions/2/paper`, {
    headers: { cookie: sari.cookie },
  });
  const pdf = Buffer.from(await paper.arrayBuffer()).toString("latin1");
  expect(pdf.startsWith("%PDF-1.7")).toBe(true);
  expect(pdf).toContain("/Marked true");
  expect(await refused(sari, "GET", `${path}/versions/3/paper`)).toBe("NOT_FOUND");
  const { rows } = await sari.must<{ rows: string[][] }>("GET", `${path}/versions/2/table`);
  expect(rows.length).toBeGreaterThan(4);
});

/** A person in a case of hers. */
async function knows(who: Person, name: string): Promise<void> {
  const { id: of } = await who.must<{ id: Id }>("POST", "/api/cases", {
    ...{ title: "LATIHAN", crimeType: "online-fraud" },
  });
  await who.must("POST", `/api/cases/${of}/records/subject`, {
    fields: { role: "suspect", names: [{ text: name, language: "id" }] },
  });
}

test("a name that the writer knows herself leaves with no report, and a refusal never says whom others know", async () => {
  await knows(sari, "Hartono Latihan");
  await knows(await id.as("rina"), "Wiryawan Latihan");
  const victims = await openVictimDesk(id, "maya");
  await (await victims.desk()).act((tx) => tx.create(nurul));
  /** What a desk's officer is told who writes this into last year's report. */
  const write = async (who: Person, template: string, summary: string): Promise<string> => {
    const { reports } = await who.must<{ reports: ReportHead[] }>("GET", "/api/follow-up/reports");
    const report = reports.find((one) => one.template === template)!;
    const path = `/api/follow-up/reports/${report.id}`;
    const { versions } = await who.must<ReportView>("GET", path);
    const texts = { summary, difficulties: "", next: "" };
    return refused(who, "POST", `${path}/versions`, { after: versions, texts, renew: false });
  };
  expect(await write(sari, "cyber-crime-month", "LATIHAN: hartono latihan ditahan.")).toBe(
    "REPORT_NAMES_SOMEBODY",
  );
  for (const other of ["Wiryawan Latihan", "Nurul Hidayah EXERCISE", "Nobody at all"])
    expect(await write(sari, "cyber-crime-month", `LATIHAN: ${other}.`)).toBe("");
  const her = `LATIHAN: Nurul Hidayah EXERCISE pulang.`;
  expect(await write(victims.person, "victim-services-month", her)).toBe("REPORT_NAMES_SOMEBODY");
  const closed = await id.as("maya");
  expect(await write(closed, "victim-services-month", "LATIHAN")).toBe("DESK_CLOSED");
});

test("an earlier period is begun by the desk that owes it, once, and by no other", async () => {
  const ask = { template: "cyber-crime-year", of: String(new Date().getUTCFullYear() - 1) };
  expect(await refused(await id.as("rina"), "POST", "/api/follow-up/reports", ask)).toBe("NOT_FOUND");
  expect(await refused(sari, "POST", "/api/follow-up/reports", { ...ask, of: "2099" })).toBe("REPORT_PERIOD");
  expect(await refused(sari, "POST", "/api/follow-up/reports", ask)).toBe("");
  expect(await refused(sari, "POST", "/api/follow-up/reports", ask)).toBe("REPORT_ALREADY");
});
