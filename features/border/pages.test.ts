// The border in a browser: an officer with a queue, her scanner and one key; the list behind it on a desk and a phone.
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prove } from "../requests/testing.ts";
import lists from "../watch-lists/words/en.json" with { type: "json" };
import type { BorderView } from "./contract.ts";
import { zoneOf } from "./testing.ts";
import words from "./words/en.json" with { type: "json" };

let id: Nation;
let browser: Browser;
let list: string;
const inDays = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  ({ id } = await nations("id"));
  browser = await openBrowser();
  const [sari, bima, yusuf, putri] = [
    await id.as("sari"),
    await id.as("bima"),
    await id.as("yusuf"),
    await id.as("putri"),
  ];
  const person = {
    ...{
      role: "suspect",
      name: "Marco Exercise Dela Cruz",
      birth: "1988-02-17",
      document: "passport PHL P1234567A",
    },
    ...{ evaluation: "B2", legalBasis: "EXERCISE warrant 12", review: inDays(60), whatToDo: "ask-aside" },
    note: "EXERCISE: takes people to Poipet",
  };
  const made = await sari.must<{ id: string }>("POST", "/api/watch-lists", {
    ...{
      title: "EXERCISE recruiters",
      stays: false,
      recipients: [],
      legalBasis: "EXERCISE law 1",
      until: inDays(90),
    },
    ...{ call: "Unit Penyidikan, +62 21 0000, day and night", entries: [person] },
  });
  list = made.id;
  await prove(bima, "watch-list.agree", list);
  await bima.must("POST", `/api/watch-lists/${list}/agree`);
  await yusuf.must("PATCH", "/api/access/session", { purpose: "border-control" });
  const { desks } = await yusuf.must<BorderView>("GET", "/api/border");
  const purpose = await yusuf.must<{ id: string }>("POST", "/api/border/purposes", {
    ...{ title: "EXERCISE airport", legalBasis: "EXERCISE law 6", until: inDays(30), lists: [list] },
    desks: desks.map((one) => one.id),
  });
  await prove(putri, "border.agree", purpose.id);
  await putri.must("POST", `/api/border/purposes/${purpose.id}/agree`);
}, 120_000);
afterAll(() => browser.close());

test("scanned, answered, and with one key the next; all by keyboard", async () => {
  const yusuf = await enter(browser, id, "yusuf", { language: "en" });
  // Her work begins here: nothing to look for after signing in.
  await yusuf.goto(id.web.address);
  await yusuf.getByRole("button", { name: words["border.start"] }).click();
  const scan = yusuf.getByRole("textbox", { name: words["border.scan"] });
  await scan.waitFor();
  await look(yusuf, "border");
  // What a scanner types before the field has the focus is lost.
  const takesKeys = scan.and(yusuf.locator(":focus"));
  // A scanner types both lines with Enter between them, into the field that has the focus.
  await scan.focus();
  const about = { number: "P1234567A", family: "DELA CRUZ", given: "MARCO EXERCISE", birth: "880217" };
  await yusuf.keyboard.insertText(zoneOf(about));
  await yusuf.getByRole("heading", { name: words["border.answer.listed"] }).waitFor();
  await look(yusuf, "border-listed");
  await yusuf.getByRole("button", { name: words["border.next"] }).focus();
  await yusuf.keyboard.press("Enter");
  await takesKeys.waitFor();
  await yusuf.keyboard.insertText("passport PHL P7777777B");
  await yusuf.keyboard.press("Enter");
  await yusuf.getByRole("heading", { name: words["border.answer.nothing"] }).waitFor();
  expect(await yusuf.getByRole("article").count()).toBe(0);
  // The same number under letters of no state: he is told so, and a human compares.
  await yusuf.getByRole("button", { name: words["border.next"] }).click();
  await takesKeys.waitFor();
  await yusuf.keyboard.insertText(zoneOf({ ...about, issuer: "PHI" }));
  await yusuf.getByRole("heading", { name: words["border.answer.compare"] }).waitFor();
  await yusuf.getByText(words["border.unknownState"].replace("{letters}", "PHI")).waitFor();
  await look(yusuf, "border-unknown-state");
  // A photo of the same page, read in his browser: no request carries it.
  await yusuf.getByRole("button", { name: words["border.next"] }).click();
  const carried: string[] = [];
  yusuf.on("request", (request) => carried.push(request.postData() ?? ""));
  const photo = (name: string) =>
    yusuf
      .locator("input[type=file]")
      .setInputFiles(new URL(`specimens/${name}.png`, import.meta.url).pathname);
  await photo("passport-wrong-digit");
  await yusuf.getByText(words["border.photo.wrong.birth"]).waitFor();
  await look(yusuf, "border-photo");
  expect(carried.filter((one) => one.length > 1000)).toEqual([]);
  await photo("passport-listed");
  const listed = yusuf.getByRole("heading", { name: words["border.answer.listed"] });
  // Read surely and with all check digits right it is checked at once.
  await listed.waitFor();
  expect(carried.filter((one) => one.length > 1000)).toEqual([]);
  await yusuf.goto(`${id.web.address}/watch-lists/${list}`);
  await yusuf.getByRole("heading", { name: "EXERCISE recruiters" }).waitFor();
  await look(yusuf, "watch-list");
  // Another authority's list: he reads it, and its own officers change it.
  const another = { name: lists["watch-lists.another"] };
  expect(await yusuf.getByRole("button", another).count()).toBe(0);
  const sari = await enter(browser, id, "sari", { language: "en" });
  await sari.goto(`${id.web.address}/watch-lists/${list}`);
  await sari.getByRole("button", another).click();
  await sari.getByRole("textbox", { name: lists["watch-lists.name"] }).waitFor();
});
