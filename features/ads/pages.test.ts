// The queue in a real browser: given adverts taken in by file, worked off by keyboard, undone, and looked at closely.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { given } from "../../testing/data.ts";
import { enter, look } from "@simpul/testing/pages";
import { poster, posterTexts } from "@simpul/testing/posters";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import words from "./words/en.json" with { type: "json" };

const file = given("ads/emscad_fraud_433.jsonl.gz");
let id: Nation;
let browser: Browser;
beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  const sari = await id.as("sari");
  await sari.must("POST", "/api/ads/sources", {
    ...{ name: "EXERCISE job board", kind: "file", origin: "EXERCISE", legalBasis: "UU 21/2007" },
    ...{ givenBy: "EXERCISE NGO", region: null, daily: 500 },
  });
}, 120_000);
afterAll(() => browser.close());

test.skipIf(file === null)(
  "an officer takes given adverts in by file and works the queue by keyboard, with a way back",
  async () => {
    const rows = gunzipSync(readFileSync(file!)).toString("utf8").split("\n").slice(0, 40).join("\n");
    const sari = await enter(browser, id, "sari", { language: "en" });
    await sari.goto(`${id.web.address}/ads/sources`);
    await sari.getByRole("button", { name: words["ads.take"] }).click();
    await sari.locator("input[type=file]").setInputFiles({
      ...{ name: "board.jsonl", mimeType: "application/json", buffer: Buffer.from(rows) },
    });
    await sari.getByText("description", { exact: true }).first().waitFor();
    await look(sari, "ads-file");
    await sari.getByRole("button", { name: words["ads.take"], exact: true }).click();
    await sari.getByText(words["ads.import.done"], { exact: true }).waitFor();

    await sari.goto(`${id.web.address}/ads`);
    const hand = sari.locator("[aria-current=true]");
    const first = await hand.textContent();
    await sari.getByText(words["ads.panel.flags"]).waitFor();
    await sari.getByText(/Low: no labelled data/).waitFor();
    await look(sari, "ads-queue");
    await sari.keyboard.press("j");
    await expect.poll(() => hand.textContent()).not.toBe(first);
    await sari.keyboard.press("k");
    await expect.poll(() => hand.textContent()).toBe(first);
    const left = await sari.getByRole("list", { name: words["ads.queue"] }).getByRole("listitem").count();
    await sari.keyboard.press("1");
    await expect
      .poll(() => sari.getByRole("list", { name: words["ads.queue"] }).getByRole("listitem").count())
      .toBe(left - 1);
    await sari.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => sari.getByRole("list", { name: words["ads.queue"] }).getByRole("listitem").count())
      .toBe(left);
    await sari.keyboard.press("Enter");
    await sari.getByRole("heading", { name: words["ads.outcomes"] }).waitFor();
    await look(sari, "ads-advert");
    await sari.goto(`${id.web.address}/ads/evaluation`);
    await sari.getByText("EXERCISE job board", { exact: false }).first().waitFor();
    await look(sari, "ads-evaluation");
  },
  120_000,
);

test("a poster is dropped in, read, corrected beside the picture and ranked", async () => {
  const sari = await enter(browser, id, "sari", { language: "en" });
  await sari.goto(`${id.web.address}/ads/sources`);
  await sari.getByRole("button", { name: words["ads.take"] }).click();
  await sari.getByRole("tab", { name: words["ads.picture"] }).click();
  await sari.locator("input[accept^=image]").setInputFiles({
    ...{ name: "EXERCISE poster.png", mimeType: "image/png", buffer: await poster(browser, posterTexts.th) },
  });
  await sari.getByText("EXERCISE poster.png").waitFor();
  await look(sari, "ads-picture-take");
  await sari.getByRole("button", { name: words["ads.picture.read"] }).click();
  const text = sari.getByRole("textbox", { name: words["ads.picture.text"] });
  await text.waitFor({ timeout: 90_000 });
  await sari.getByRole("img", { name: /EXERCISE poster/ }).waitFor();
  expect(await text.inputValue()).toContain("081-000-1234");
  await text.fill(`${await text.inputValue()} EXERCISE`);
  await look(sari, "ads-picture");
  await sari.getByRole("button", { name: words["ads.picture.judge"] }).click();
  await sari.getByRole("button", { name: words["ads.picture.show"] }).click();
  await sari.getByRole("img", { name: /EXERCISE poster/ }).waitFor();
  await sari.getByText(words["ads.picture.corrected"], { exact: false }).waitFor();
  await look(sari, "ads-picture-advert");
}, 180_000);
