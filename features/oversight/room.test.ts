// The oversight room in a real browser: found by who oversees, usable on a desk and a phone, invisible to others.
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { axe, openBrowser, widths } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { sql } from "kysely";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { circle, cosignAll } from "./testing.ts";
import say from "./words/id.json" with { type: "json" };

let id: Nation;
let browser: Browser;
let number: string;

beforeAll(async () => {
  const all = await nations("id", "kh");
  ({ id } = all);
  const sari = await id.as("sari");
  const asked = { title: "The Park", crimeType: "online-fraud" };
  ({ number } = await sari.must<{ number: string }>("POST", "/api/cases", asked));
  await sari.must("GET", `/api/cases/${number}`);
  await id.node.ledger.sequence(true);
  await all.kh.node.ledger.sequence(true);
  await cosignAll(circle({ id: id.node, kh: all.kh.node }));
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser.close());

test("she narrows down to a case, looks at an entry and carries its proof away", async () => {
  const page = await enter(browser, id, "hendra");
  await page.goto(`${id.web.address}/oversight`);
  await page.getByLabel(/case number|nomor kasus/i).fill(number);
  await page.keyboard.press("Enter");
  await page.waitForURL(/case=/);
  await page.getByRole("row").filter({ hasText: "Sari Wulandari" }).first().click();
  const beside = page.getByRole("complementary");
  await beside
    .getByText(/kh|Cambodia|Kamboja/)
    .first()
    .waitFor();
  const saved = page.waitForEvent("download");
  await beside.getByRole("button", { name: /save the proof|simpan bukti/i }).click();
  expect((await saved).suggestedFilename()).toMatch(/^(main|reads)-\d+\.entry\.json$/);
  // The address holds the place: a reload shows the same list and the same entry.
  await page.reload();
  await page.getByRole("complementary").getByText("Sari Wulandari").first().waitFor();
  await page.context().close();
}, 60_000);

test("every page of the room is free of faults, on a desk and on a phone", async () => {
  const hendra = await id.as("hendra");
  const page = await enter(browser, id, "hendra");
  const { entries } = await hendra.must<{ entries: { id: string; log: string }[] }>(
    "GET",
    `/api/oversight/log?case=${number}&kind=case.opened`,
  );
  const entry = entries[0]!;
  for (const where of [
    "",
    "/samples",
    "/notices",
    "/../freezes",
    "/../settings/two-persons",
    "/ledgers",
    `/entries/${entry.log}/${entry.id}`,
  ]) {
    await page.goto(`${id.web.address}/oversight${where}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, `oversight-${where.split("/").findLast((one) => /^[a-z]+$/.test(one)) ?? "log"}`);
  }
  // One act: she orders that the case rests, and reads that it does.
  await page.goto(`${id.web.address}/freezes`);
  await page.getByLabel(/case number|nomor kasus/i).fill(number);
  await page.getByLabel(say["oversight.freeze.reason"]).fill("LATIHAN: hakim meminta.");
  await page.getByRole("button", { name: say["oversight.freeze.order"] }).click();
  await page.getByText("LATIHAN: hakim meminta.").waitFor();
  await page.getByText(say["oversight.freeze.rests"], { exact: true }).waitFor();
  await look(page, "oversight-freeze-ordered");
  await page.context().close();
}, 90_000);

test("an investigator finds no such room, neither in the frame nor by its address", async () => {
  const page = await enter(browser, id, "sari");
  await page.goto(`${id.web.address}/oversight`);
  await page.getByRole("navigation").first().waitFor();
  await page.waitForTimeout(500);
  expect(await page.getByRole("link", { name: /oversight|pengawasan/i }).count()).toBe(0);
  expect(await page.getByRole("table").count()).toBe(0);
  await page.context().close();
}, 60_000);

test("a node that is behind its ledger, and a log of two histories, are alarms that nobody overlooks", async () => {
  await id.node.store.chore("test", ({ rows }) =>
    sql`insert into simpul.split_views (origin, size, first_note, second_note, seen_at)
      values ('ph.simpul/main', 12, 'one', 'other', now())`.execute(rows),
  );
  await id.node.ledger.learnSize("reads", 1_000_000);
  const page = await enter(browser, id, "hendra", { width: widths.phone });
  await page.goto(`${id.web.address}/oversight/ledgers`);
  const alarms = page.getByRole("alert");
  await alarms.first().waitFor();
  expect(await alarms.count()).toBe(2);
  const says = (await alarms.allTextContents()).join(" ");
  expect(says).toContain("id.simpul/reads");
  expect(says).toMatch(/1[.,]000[.,]000/);
  expect(says).toContain("ph.simpul/main");
  expect(await axe(page)).toEqual([]);
  await page.context().close();
}, 60_000);
