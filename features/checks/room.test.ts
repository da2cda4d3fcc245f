// The room Check in a real browser: from a case's selectors to the answers, on a desk and a phone, and the holder's side.
import { numbers } from "@simpul/demo";
import { casesNode, checksNode } from "@simpul/server";
import { nations, type Nation } from "@simpul/testing";
import { axe, openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser } from "playwright-core";
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

test("from the case's selectors to the answer with one choice made", async () => {
  const page = await enter(browser, id, "sari");
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

test("every page of the room is free of faults, on a desk and on a phone", async () => {
  const page = await enter(browser, id, "sari");
  const visit = async (where: string, name: string, on = page, of = id): Promise<void> => {
    await on.goto(of.web.address + where);
    await on.getByRole("heading", { level: 1 }).waitFor();
    await look(on, `check-${name}`);
  };
  await visit("/check", "list");
  await visit("/check/new", "new");
  await visit(new URL(check).pathname, "answers");
  await visit(`/cases/${number}/selectors`, "selectors");
  for (const step of ["values", "states", "why", "check"])
    await visit(`/check/new?case=${number}${step === "values" ? "" : `&step=${step}`}`, `step-${step}`);
  await page.context().close();
  const held = await enter(browser, kh, "sophea");
  await visit("/check/answered", "answered", held, kh);
  await held.context().close();
}, 120_000);

test("the contact point switches Indonesia off: a reason, her proof, and it says so", async () => {
  const page = await enter(browser, kh, "sophea");
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
