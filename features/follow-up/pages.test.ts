// The follow-up in a browser: the board and a point, a table taken in beside another, a report written and signed.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import words from "./words/en.json" with { type: "json" };

const sample = (name: string): string => fileURLToPath(new URL(`samples/${name}.csv`, import.meta.url));
let id: Nation;
let browser: Browser;
beforeAll(async () => {
  ({ id } = await nations("id"));
  const bima = await id.as("bima");
  const ask = "publisher=UNODC+GLOTIP&title=EXERCISE&address=unodc.example&licence=terms&name=glotip.csv";
  const taken = await fetch(`${id.web.address}/api/follow-up/tables?${ask}`, {
    method: "POST",
    headers: { origin: id.web.address, cookie: bima.cookie, "content-type": "application/octet-stream" },
    body: await readFile(sample("detected-victims-glotip")),
  });
  expect(taken.status).toBe(201);
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser.close());

test("a supervisor looks at a point, takes in two tables that contradict each other, and signs what her desk owes", async () => {
  const bima = await enter(browser, id, "bima", { language: "en" });
  await bima.goto(`${id.web.address}/follow-up`);
  await bima.getByRole("link", { name: new RegExp(words["follow-up.point.5"]) }).waitFor();
  await look(bima, "follow-up-board");
  await bima.getByRole("link", { name: new RegExp(words["follow-up.point.5"]) }).click();
  await bima.getByText(words["follow-up.point.5.text"]).waitFor();
  await look(bima, "follow-up-point");

  await bima.goto(`${id.web.address}/follow-up/tables/new`);
  await bima.locator("input[type=file]").setInputFiles(sample("us-report-thailand"));
  await bima.getByLabel(words["follow-up.table.publisher"]).fill("US report 2023");
  await bima.getByLabel(words["follow-up.table.title"]).fill("EXERCISE detected victims");
  await bima.getByLabel(words["follow-up.table.address"]).fill("https://state.example");
  await bima.getByLabel(words["follow-up.table.licence"]).fill("terms of the publisher");
  await bima.getByRole("button", { name: words["follow-up.keep"] }).click();
  await bima.getByRole("button", { name: words["follow-up.withdraw"] }).waitFor();
  await bima.goto(`${id.web.address}/follow-up/sources?state=th`);
  await bima.getByText(/from 295 to 444, 149 apart/).waitFor();
  expect(await bima.getByText(words["follow-up.conflict"], { exact: true }).count()).toBe(2);
  await look(bima, "follow-up-sources");

  await bima.goto(`${id.web.address}/follow-up/reports`);
  await bima.getByRole("button", { name: words["follow-up.report.begin"] }).click();
  await bima
    .getByRole("textbox", { name: words["follow-up.report.of"] })
    .fill(`${String(new Date().getFullYear() - 1)}-12`);
  await bima.getByRole("button", { name: words["follow-up.report.write"] }).click();
  await bima.getByLabel(words["follow-up.text.summary"]).fill("EXERCISE: two compounds were closed.");
  await bima.getByRole("button", { name: words["follow-up.report.save"] }).click();
  await bima.getByRole("button", { name: words["follow-up.report.leave"] }).click();
  await bima.getByRole("button", { name: words["follow-up.report.pdf"] }).waitFor();
  await look(bima, "follow-up-report");
});
