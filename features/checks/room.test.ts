// The room Check in a real browser: from a case's selectors to the answers, on a desk and a phone, and the holder's side.
import { numbers } from "@simpul/demo";
import { casesNode, checksNode } from "@simpul/server";
import { nations, type Nation, type Person } from "@simpul/testing";
import { axe, openBrowser, widths } from "@simpul/testing/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import access from "../access/words/km.json" with { type: "json" };
import { buildIndex } from "./holding/build.ts";
import { caseWith } from "./testing.ts";

let id: Nation;
let kh: Nation;
let browser: Browser;
let number: string;
let check: string;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  await Promise.all([id, kh].map(({ node }) => buildIndex(checksNode(node, casesNode(node)))));
  ({ number } = await caseWith(await id.as("sari"), [
    { type: "phone", written: numbers.recruiterPhone, role: "suspect" },
    { type: "phone", written: numbers.workerPhone, role: "victim" },
  ]));
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser.close());

async function pageOf(of: Nation, who: Person, width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 800 },
    locale: "en-GB",
  });
  const [name, value] = who.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: of.web.address }]);
  return context.newPage();
}

test("from the case's selectors to the answer with one choice made", async () => {
  const page = await pageOf(id, await id.as("sari"), widths.desk);
  await page.goto(`${id.web.address}/cases/${number}/selectors`);
  const row = page.getByRole("row").filter({ hasText: numbers.recruiterPhone });
  await row.getByRole("checkbox").check();
  // A victim's number has no tick at all.
  const hers = page.getByRole("row").filter({ hasText: numbers.workerPhone });
  expect(await hers.getByRole("checkbox").count()).toBe(0);
  await page.getByRole("link", { name: /^Cek ke negara lain/ }).click();
  await page.getByRole("heading", { name: "Mengapa Anda bertanya?" }).waitFor();
  await page.getByRole("combobox", { name: /Dasar hukum/ }).click();
  await page.getByRole("option", { name: "UNTOC art. 27" }).click();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByText("Yang akan mereka lihat").waitFor();
  expect(await page.getByText(numbers.workerPhone).count()).toBe(0);
  await page.getByRole("button", { name: "Tanyakan ke Kamboja" }).click();
  await page.waitForURL(/\/check\/[0-9a-f-]{36}$/);
  check = page.url();
  // The answer comes by itself.
  await page.getByRole("cell", { name: /Cocok: dikenal di sana/ }).waitFor();
  await page.context().close();
}, 60_000);

test.each(Object.values(widths))(
  "every page of the room is free of faults for axe at %i px",
  async (width) => {
    const page = await pageOf(id, await id.as("sari"), width);
    const visit = async (where: string, on = page, of = id): Promise<void> => {
      await on.goto(where.startsWith("http") ? where : of.web.address + where);
      await on.getByRole("heading", { level: 1 }).waitFor();
      await on.waitForTimeout(800);
      expect(await axe(on), where).toEqual([]);
      const over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await on.evaluate(over), `${where} at ${width} px`).toBeLessThanOrEqual(0);
    };
    const steps = ["", "&step=states", "&step=why", "&step=check"];
    for (const where of ["/check", "/check/new", check, `/cases/${number}/selectors`]) await visit(where);
    for (const step of steps) await visit(`/check/new?case=${number}${step}`);
    await page.context().close();
    const held = await pageOf(kh, await kh.as("sophea"), width);
    await visit("/check/answered", held, kh);
    await held.context().close();
  },
  120_000,
);

test("the contact point switches Indonesia off: a reason, her proof, and it says so", async () => {
  const page = await pageOf(kh, await kh.as("sophea"), widths.desk);
  await page.goto(`${kh.web.address}/check/answered`);
  // She reads Khmer.
  const row = page.getByRole("row").filter({ hasText: "ឥណ្ឌូណេស៊ី" }).first();
  await row.getByRole("button").click();
  const dialog = page.getByRole("dialog").first();
  await dialog.getByRole("textbox").fill("EXERCISE: a stolen account");
  expect(await axe(page)).toEqual([]);
  await dialog.locator("button[type=submit]").click();
  // The step-up dialog of the exercise: one click stands for her passkey.
  await page.getByRole("button", { name: access["access.stepUp.exercise"] }).click();
  await page.getByText("EXERCISE: a stolen account").waitFor();
  await page.context().close();
}, 60_000);
