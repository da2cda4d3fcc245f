// Screening in a real browser: a Burmese speaker at an Indonesian airport, a line that breaks, and what the desk then reads.
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openBrowser, picture } from "@simpul/testing/browser";
import { enter, look, settled } from "@simpul/testing/pages";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { whole } from "@simpul/testing/whole";
import type { Browser, Page } from "playwright-core";
import { exercisePassphrase } from "../victims/opening.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

let id: Nation;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  ({ id } = await nations("id"));
  [browser] = await Promise.all([openBrowser(), openVictimDesk(id, "maya")]);
}, 180_000);
afterAll(() => browser.close());

const pictures = process.env["SIMPUL_PICTURES"] !== undefined;
const inLetters = [
  ["မြန်မာ", "my"],
  ["ភាសាខ្មែរ", "km"],
  ["ไทย", "th"],
  ["Tiếng Việt", "vi"],
  ["ລາວ", "lo"],
] as const;
/** Runs in the page: what sticks out of the phone, or out of a box that hides it. */
const stickingOut = `[...document.querySelectorAll("main *")].filter((one) =>
  one.getBoundingClientRect().right > innerWidth + 1 || (one.clientWidth > 1
    && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== "visible"))
  .map((one) => one.className + " " + one.textContent.slice(0, 60))`;
const answer = (key: string) => page.keyboard.press(key);
const heading = () => page.locator("#sc-title").innerText();
const saved = () => page.locator('.sc-saved[data-state="saved"]').waitFor();

test("an officer screens in Burmese with Indonesian beside it, answers by one key, and a broken line loses nothing", async () => {
  page = await enter(browser, id, "yusuf", { language: "id", width: 390 });
  await page.goto(`${id.web.address}/screening`);
  await page.getByRole("button", { name: "Bertindak dengan tujuan ini" }).click();
  await page.getByRole("button", { name: "မြန်မာ" }).click();
  await page.getByLabel("Dibantu juru bahasa").check();
  await page.getByLabel("Nama juru bahasa").fill("U Tin EXERCISE");
  await look(page, "screening-setup");
  await page.getByRole("button", { name: "Mulai" }).click();
  await page.locator(".sc-acts button").first().waitFor();
  expect(await heading()).toContain("မစတင်မီ");
  expect(await heading()).toContain("Sebelum kita mulai");
  await look(page, "screening-intro");
  await page.locator(".sc-acts button").first().click();

  await answer("1");
  // Somebody listens: another place comes first.
  expect(await heading()).toContain("Kita pindah ke tempat lain dulu");
  await page.keyboard.press("ArrowRight");
  for (const key of ["2", "2", "2", "1"]) await answer(key);
  expect(await heading()).toContain("18 tahun");
  await saved();

  await page.context().setOffline(true);
  await answer("1");
  await page.locator('.sc-saved[data-state="unsaved"]').waitFor();
  await look(page, "screening-question");
  for (const key of ["1", "1", "2", "2"]) await answer(key);
  // A reload would need the line; back and forth does not.
  await page.keyboard.press("ArrowLeft");
  await page.context().setOffline(false);
  await saved();
});

test("after a reload she goes on where she was, checks the answers, and ends without being able to read them", async () => {
  await page.reload();
  await page.locator(".sc-answer").first().waitFor();
  expect(await heading()).toContain("tempat lain, bukan tempat yang mereka katakan");
  // Whatever is left is skipped; skipping is always allowed.
  for (let n = 0; n < 60 && (await page.locator(".sc-section").count()) === 0; n++) {
    if ((await heading()).includes("mengambil paspor")) await answer("1");
    else if ((await heading()).includes("mendapatkan uang mereka")) {
      await page.getByRole("button", { name: "bercerita lebih banyak" }).click();
      await page.getByRole("textbox", { name: "bercerita lebih banyak" }).fill("လူစိမ်းတွေကို စာပို့ရတယ်။");
      await page.locator(".sc-answer").first().click();
    } else await page.keyboard.press("ArrowRight");
  }
  await look(page, "screening-check");
  await page.getByRole("button", { name: "Selesai" }).click();
  expect(await heading()).toContain("Terima kasih");
  await look(page, "screening-end");
  await page.locator(".sc-acts button").first().click();
  await page.getByRole("heading", { name: "Diduga korban" }).waitFor();
  await look(page, "screening-done");
  const kept = await page.evaluate<string>("JSON.stringify({ ...sessionStorage, ...localStorage })");
  expect(kept).not.toContain("papers");
  expect(kept).not.toContain("လူစိမ်း");
}, 120_000);

test("the open desk reads what was said, sees why the rule presumes, and decides", async () => {
  const desk = await openVictimDesk(id, "maya");
  const [person] = [...(await desk.desk()).people()].filter((one) =>
    one.entries.some(({ kind }) => kind === "screening.told"),
  );
  page = await enter(browser, id, "maya", { language: "en" });
  const at = (method: string, path: string, data: object) =>
    page.request.fetch(`${id.web.address}/api/${path}`, {
      ...{ method, data, headers: { origin: id.web.address, "x-simpul": "page" } },
    });
  await at("PATCH", "access/session", { purpose: "victim-assistance" });
  await at("POST", "victims/desk/open", { passphrase: exercisePassphrase });
  await page.goto(`${id.web.address}/screening/people/${person!.id}`);
  await page.getByRole("heading", { name: "Presumed a victim" }).waitFor();
  await page.getByText("Made to scam strangers").first().waitFor();
  await page.getByText("လူစိမ်းတွေကို စာပို့ရတယ်။").waitFor();
  await look(page, "screening-person");
  await page.getByLabel("Presume a victim: protection starts").check();
  await page.getByRole("button", { name: "Decide on the status" }).click();
  await page.getByText("Presumed a victim · Maya Anggraini").waitFor();
  // What was told is not asked again.
  await page.getByRole("link", { name: "Ask what is still open" }).click();
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await page.locator(".sc-acts button").first().click();
  for (let n = 0; n < 60 && (await page.locator(".sc-section").count()) === 0; n++) {
    expect(await heading()).not.toContain("နိုင်ငံကူးလက်မှတ်");
    await page.keyboard.press("ArrowRight");
  }
  await settled(page);
  await page.getByText("You have told us this before").first().waitFor();
});

test.each(whole || pictures ? inLetters : inLetters.slice(0, 1))(
  "in %s every question stays inside a phone and is written in letters that we bring along",
  async (name, code) => {
    page = await enter(browser, id, "yusuf", { language: "en", width: 390 });
    await page.request.patch(`${id.web.address}/api/access/session`, {
      data: { purpose: "victim-identification" },
      headers: { origin: id.web.address, "x-simpul": "page" },
    });
    await page.goto(`${id.web.address}/screening`);
    await page.getByRole("button", { name, exact: true }).click();
    await page.getByRole("button", { name: "Begin", exact: true }).click();
    await page.locator(".sc-acts button").first().click();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("DOM.enable");
    await devtools.send("CSS.enable");
    const used = new Set<string>();
    let asked = 0;
    for (; asked < 60 && (await page.locator(".sc-section").count()) === 0; asked++) {
      await page.evaluate("document.fonts.ready.then(() => true)");
      if (pictures) await picture(page, `screening-${code}-${String(asked).padStart(2, "0")}`, 390);
      expect(await page.evaluate<string[]>(stickingOut)).toEqual([]);
      const { root } = await devtools.send("DOM.getDocument");
      const written = "#sc-title, #sc-title span, .sc-answer span";
      const { nodeIds } = await devtools.send("DOM.querySelectorAll", {
        ...{ nodeId: root.nodeId, selector: written },
      });
      for (const nodeId of nodeIds) {
        const { fonts } = await devtools.send("CSS.getPlatformFontsForNode", { nodeId });
        expect(fonts.filter(({ isCustomFont }) => !isCustomFont)).toEqual([]);
        for (const { familyName } of fonts) used.add(familyName);
      }
      // What the officer saw herself is asked in her language alone, the count too.
      if ((await page.locator(".sc-own").count()) === 1)
        expect(await page.locator(".sc-where").innerText()).toMatch(/ \d+ of \d+$/);
      await page.keyboard.press("ArrowRight");
    }
    expect(asked).toBeGreaterThan(30);
    expect([...used].join()).toMatch(
      { km: /Khmer/, th: /Thai/, vi: /Noto Sans/, my: /Myanmar/, lo: /Lao/ }[code],
    );
    await page.context().close();
  },
  120_000,
);
