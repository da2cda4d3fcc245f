// Letters about adverts and feeds in a real browser: written, shown as it will leave, let go by a colleague; a feed switched on.
import type { Id } from "@simpul/model";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import words from "./words/en.json" with { type: "json" };

let id: Nation;
let browser: Browser;
let advert: Id;
beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  const sari = await id.as("sari");
  const source = { origin: "EXERCISE", legalBasis: "UU 21/2007", givenBy: "EXERCISE NGO", region: "ID" };
  const make = (kind: string) =>
    sari.must<{ id: Id }>("POST", "/api/ads/sources", {
      ...source,
      kind,
      name: `EXERCISE ${kind}`,
      daily: 500,
    });
  const board = await make("feed");
  await sari.must("POST", `/api/ads/sources/${board.id}/feed`, {
    ...{ address: "https://board.example/feed.xml", legalBasis: "UU ITE", minutes: 60 },
  });
  const { id: pasted } = await make("pasted");
  ({ id: advert } = await sari.must<{ id: Id }>("POST", `/api/ads/sources/${pasted}/adverts`, {
    text: "LATIHAN Dibutuhkan segera admin di Sihanoukville, gaji 25 juta per bulan, tiket dan visa ditanggung. 0854-0000-1234",
    origin: "https://chat.example/latihan/1",
  }));
}, 120_000);
afterAll(() => browser.close());

test("an officer writes to a platform, a colleague sees the paper and lets it go, and it is noted as sent", async () => {
  const sari = await enter(browser, id, "sari", { language: "en" });
  await sari.goto(`${id.web.address}/ads/adverts/${advert}`);
  await sari.getByRole("button", { name: words["ads.outcome.platform"] }).click();
  await sari.getByLabel(words["ads.outcome.recipient"]).fill("EXERCISE Chat, trust and safety");
  await sari.getByLabel(words["ads.outcome.platform.text"]).fill("LATIHAN: please take the advert down.");
  await look(sari, "ads-letter-write");
  await sari.getByRole("button", { name: words["ads.letter.write"] }).click();
  await sari.getByText(words["ads.letter.other"]).waitFor();

  const bima = await enter(browser, id, "bima", { language: "en" });
  await bima.goto(`${id.web.address}/ads/adverts/${advert}`);
  await bima.getByRole("button", { name: words["ads.letter.release"] }).click();
  await bima.getByRole("img", { name: "Page 1" }).waitFor();
  await look(bima, "ads-letter-release");
  await bima.getByRole("dialog").getByRole("button", { name: words["ads.letter.release"] }).click();
  await bima.getByRole("button", { name: "EXERCISE: confirm with a click" }).click();
  await bima.getByRole("button", { name: words["ads.letter.sent"] }).click();
  await bima.getByRole("button", { name: words["ads.letter.sent"] }).click();
  await bima.getByText(words["ads.outcome.due"]).waitFor();
  await bima.getByRole("button", { name: words["ads.letter.show"] }).click();
  await bima.getByRole("img", { name: "Page 1" }).waitFor();
  await look(bima, "ads-letter-sent");

  // All letters of the agency in one place, with their clocks; there the answer is written down, and it is over.
  await bima.goto(`${id.web.address}/ads`);
  await bima.getByRole("link", { name: words["ads.letters"] }).click();
  await bima.getByText("EXERCISE Chat, trust and safety").waitFor();
  await look(bima, "ads-letters");
  await bima.getByRole("button", { name: words["ads.outcome.answer"] }).click();
  await bima.getByLabel(words["ads.answer.done"]).check();
  await bima.getByRole("button", { name: words["ads.save"] }).click();
  await bima.getByText(words["ads.letters.none"]).waitFor();
  await bima.getByLabel(words["ads.letters.over"]).check();
  await bima.getByText("EXERCISE Chat, trust and safety").waitFor();
}, 240_000);

test("an administrator sees what a feed is for before she switches it on", async () => {
  const tono = await enter(browser, id, "tono", { language: "en" });
  await tono.goto(`${id.web.address}/ads/feeds`);
  await tono.getByText("https://board.example/feed.xml").waitFor();
  await look(tono, "ads-feeds");
  await tono.getByRole("button", { name: words["ads.feed.on"] }).click();
  await tono.getByRole("button", { name: words["ads.feed.off"] }).waitFor();
  const sari = await enter(browser, id, "sari", { language: "en" });
  await sari.goto(`${id.web.address}/ads/sources`);
  await sari.getByText("https://board.example/feed.xml").waitFor();
  await look(sari, "ads-sources-feed");
  expect(await sari.getByText(words["ads.feed.is.off"], { exact: true }).count()).toBe(0);
}, 120_000);
