// An emergency in a real browser: opened by its number, looked at, reviewed by its owner; and why one sees a case.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { caseWith } from "../checks/testing.ts";
import say from "./words/id.json" with { type: "json" };

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

let id: Nation;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
});
afterAll(() => browser.close());

test("a case is opened in an emergency, tells who sees it, and its owner reviews that", async () => {
  const owner = await id.as("rina");
  const { number } = await owner.must<{ number: string }>("POST", "/api/cases", {
    title: "LATIHAN: orang ditahan di pelabuhan",
    crimeType: "trafficking-forced-criminality",
  });
  const sari = await enter(browser, id, "sari");
  await sari.goto(`${id.web.address}/emergencies`);
  await sari.getByLabel(say["cases.emergency.number"]).fill(number);
  await sari
    .getByLabel(say["cases.emergency.reason"])
    .fill("LATIHAN: seorang pekerja menelepon, kekerasan malam ini");
  await look(sari, "cases-emergency-ask");
  await sari.getByRole("button", { name: say["cases.emergency.open"] }).click();
  await sari.getByText("orang ditahan di pelabuhan").first().waitFor();
  await sari.goto(`${id.web.address}/cases/${number}/activity`);
  await sari.getByText(/dalam keadaan darurat, untuk waktu terbatas/).waitFor();
  await look(sari, "cases-why");

  const rina = await enter(browser, id, "rina");
  await rina.goto(`${id.web.address}/emergencies`);
  await rina.getByText("seorang pekerja menelepon").waitFor();
  await look(rina, "cases-emergency-review");
  await rina.getByLabel(say["cases.emergency.review"]).fill("LATIHAN: benar");
  await rina.getByRole("button", { name: say["cases.emergency.justified"], exact: true }).click();
  await rina.getByText("LATIHAN: benar").waitFor();
});

test("a whole case stands on one sheet, and that it went to paper is noted (AUD-1)", async () => {
  const { number } = await caseWith(await id.as("rina"), [
    { type: "phone", written: "+62 854-0000-1702", role: "suspect" },
  ]);
  const rina = await enter(browser, id, "rina");
  const sheet = `/cases/${number}/paper`;
  await rina.goto(id.web.address + sheet);
  for (const side of ["overview", "selectors"] as const)
    await rina.getByRole("heading", { level: 2, name: say[`cases.side.${side}`], exact: true }).waitFor();
  await look(rina, "cases-whole");
  await rina.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  const hendra = await id.as("hendra");
  await expect
    .poll(() => hendra.must<{ entries: object[] }>("GET", "/api/oversight/log?kind=page.printed"))
    .toMatchObject({ entries: [expect.objectContaining({ kind: "page.printed" })] });
});
