// An emergency in a real browser: opened by its number, looked at, reviewed by its owner; and why one sees a case.
import { nations, type Nation } from "@simpul/testing";
import { axe, openBrowser, picture, widths } from "@simpul/testing/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import say from "./words/id.json" with { type: "json" };

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

let id: Nation;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
});
afterAll(() => browser.close());

async function click(officer: string): Promise<Page> {
  const viewport = { width: widths.desk, height: 800 };
  const page = await (await browser.newContext({ locale: "en-GB", viewport })).newPage();
  await page.goto(id.web.address);
  await page.locator(`[data-officer="${officer}"]`).click();
  await page.getByRole("navigation").first().waitFor();
  return page;
}
async function look(page: Page, name: string): Promise<void> {
  for (const width of Object.values(widths)) {
    await picture(page, `cases-${name}`, width);
    expect(await axe(page), `${name} at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: widths.desk, height: 800 });
}

test("a case is opened in an emergency, tells who sees it, and its owner reviews that", async () => {
  const owner = await id.as("rina");
  const { number } = await owner.must<{ number: string }>("POST", "/api/cases", {
    title: "LATIHAN: orang ditahan di pelabuhan",
    crimeType: "trafficking-forced-criminality",
  });
  const sari = await click("sari");
  await sari.goto(`${id.web.address}/emergencies`);
  await sari.getByLabel(say["cases.emergency.number"]).fill(number);
  await sari
    .getByLabel(say["cases.emergency.reason"])
    .fill("LATIHAN: seorang pekerja menelepon, kekerasan malam ini");
  await look(sari, "emergency-ask");
  await sari.getByRole("button", { name: say["cases.emergency.open"] }).click();
  await sari.getByText("orang ditahan di pelabuhan").first().waitFor();
  await sari.goto(`${id.web.address}/cases/${number}/activity`);
  await sari.getByText(/keadaan darurat, sampai/).waitFor();
  await look(sari, "why");

  const rina = await click("rina");
  await rina.goto(`${id.web.address}/emergencies`);
  await rina.getByText("seorang pekerja menelepon").waitFor();
  await look(rina, "emergency-review");
  await rina.getByLabel(say["cases.emergency.review"]).fill("LATIHAN: benar");
  await rina.getByRole("button", { name: say["cases.emergency.justified"], exact: true }).click();
  await rina.getByText("LATIHAN: benar").waitFor();
});
