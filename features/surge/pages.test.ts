// A surge in a real browser: a list that contradicts itself is taken in, shown with what is doubtful, queued and given wristbands.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { exercisePassphrase } from "../victims/opening.ts";

let id: Nation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  page = await enter(browser, id, "maya", { language: "en" });
  const at = (method: string, path: string, data: object) =>
    page.request.fetch(`${id.web.address}/api/${path}`, {
      ...{ method, data, headers: { origin: id.web.address, "x-simpul": "page" } },
    });
  await at("PATCH", "access/session", { purpose: "victim-assistance" });
  await at("POST", "victims/desk/open", { passphrase: exercisePassphrase });
}, 180_000);
afterAll(() => browser.close());

const list = [
  "Total: 312 people (EXERCISE),,,,,,",
  "Full name,Nationality,Sex,Date of birth,Age,Passport,Language",
  "Budi Santoso LATIHAN,Indonesian,M,12/05/1998,,C1234567,Bahasa Indonesia",
  "Boedi Santosa LATIHAN,Indonesian,M,12/05/1998,,,Bahasa Indonesia",
  "សុខ ដារា,Cambodian,M,03/02/2000,,N0099881,Khmer",
  "Somchai Jaidee,Thai,M,12/05/2558,21,,Thai",
  "Abebe,ETH,M,31/02/1999,,,",
  "Indonesia,150,,,,,",
  "Thai,159,,,,,",
].join("\n");

test("the list says what contradicts it before it is taken in and after, row by row", async () => {
  await page.goto(`${id.web.address}/surge`);
  await page.getByText("Nobody yet").waitFor();
  await look(page, "surge-empty");
  await page.goto(`${id.web.address}/surge/take`);
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "park.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  await page.getByText("5 rows").waitFor();
  await page.getByText(/add up to 309/).waitFor();
  await look(page, "surge-take");
  await page.getByRole("button", { name: "Take in 5 people" }).click();
  await page.getByText(/Everybody: the list says 312/).waitFor();
  await page.getByText("Child recorded as adult").first().waitFor();
  await look(page, "surge-list");
}, 120_000);

test("people who may be one are decided by an officer; queues by language hand out the next; wristbands are printed", async () => {
  await page.goto(`${id.web.address}/surge?tab=pairs`);
  await page.getByRole("button", { name: "One person" }).first().waitFor();
  await look(page, "surge-pairs");
  await page.goto(`${id.web.address}/surge`);
  await page.getByLabel("Your team").fill("Hall 2 (EXERCISE)");
  await page.getByRole("button", { name: "Take the next: Thai" }).click();
  await page.getByText(/Hall 2 \(EXERCISE\) ·/).waitFor();
  await page.getByLabel("Whose wristband").fill("7F3K");
  await page.getByRole("button", { name: "Open her page" }).click();
  await page.getByText("Look again at each sign").waitFor();
  await look(page, "surge-queues");
  await page.goto(`${id.web.address}/surge?tab=states`);
  await page.getByText("Of this state").waitFor();
  await look(page, "surge-states");
  await page.goto(`${id.web.address}/surge/wristbands`);
  await page.getByLabel("How many").fill("6");
  await page.getByRole("button", { name: "Make 6" }).click();
  await page.getByRole("button", { name: "Print" }).waitFor();
  await look(page, "surge-wristbands");
}, 120_000);
