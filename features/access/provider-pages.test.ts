// In a real browser: in by the ministry's sign-in, an act confirmed there in a window of its own, out there too; and an
// officer who lost every passkey comes back by two persons.
import { openBrowser } from "@simpul/testing/browser";
import { blank, enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { returnPath } from "./provider.ts";
import { withPasskeys } from "./testing-browser.ts";
import { card, ministry, type Ministry } from "./testing-provider.ts";
import en from "./words/en.json" with { type: "json" };

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let id: Nation;
let ours: Ministry;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
  const origin = id.web.address;
  ours = await ministry({ employees: { tono: "tono" }, origin, returnPath });
  // The same node, with the ministry in its settings.
  await id.leave();
  Object.assign(id.node.settings, { port: Number(new URL(origin).port), provider: ours.settings });
  await id.comeBack();
}, 120_000);
afterAll(async () => {
  await browser.close();
  ours.close();
});

test("an administrator comes by the ministry's sign-in, confirms an act there while her page waits, and is out at both", async () => {
  const page = await blank(browser);
  await page.goto(id.web.address);
  const byMinistry = page.getByRole("button", { name: "Sign in with Ministry" });
  await byMinistry.waitFor();
  await look(page, "provider-door");
  ours.sits({ account: "tono", acr: "urn:ministry:password" });
  await byMinistry.click();
  await page.getByRole("navigation").first().waitFor();
  await page.request.patch(`${id.web.address}/api/access/session`, {
    data: { language: "en" },
    headers: { origin: id.web.address, "x-simpul": "page" },
  });

  await page.goto(`${id.web.address}/settings/people`);
  await page
    .getByRole("row", { name: /Sari Wulandari/ })
    .getByRole("checkbox")
    .check();
  await page.getByRole("button", { name: en["access.people.invite"] }).click();
  const confirm = page.getByRole("button", { name: "Confirm with Ministry" });
  await confirm.waitFor();
  await look(page, "provider-dialog");
  // The password alone is not enough: said in the window and on her page, and she goes on with her card.
  const [refused] = await Promise.all([page.waitForEvent("popup"), confirm.click()]);
  await refused.getByText(en["problem.PROVIDER_REFUSED"]).waitFor();
  await page.getByText(en["problem.PROVIDER_REFUSED"]).waitFor();
  await look(refused, "provider-refused");
  await refused.close();
  ours.sits({ account: "tono", acr: card });
  await confirm.click();
  await expect.poll(() => page.locator("code").last().innerText()).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);

  await page.goto(`${id.web.address}/settings`);
  await page
    .getByRole("button", { name: /Tono Wibowo/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.origin === ours.settings.issuer);
  await page.locator("button[name=logout]").click();
  await page.waitForURL((url) => url.origin === new URL(id.web.address).origin);
  await byMinistry.waitFor();
  const session = await page.request.get(`${id.web.address}/api/access/session`);
  expect(session.status()).toBe(401);
  await page.context().close();
});

test("two persons of two desks who saw her let an officer in again, and she makes her new passkey", async () => {
  const saw = "EXERCISE: at the front desk, with her service card";
  const tono = await enter(browser, id, "tono", { language: "en" });
  await tono.goto(`${id.web.address}/settings/recovery`);
  await tono.getByRole("combobox", { name: en["access.recovery.who"] }).click();
  await tono.getByRole("option", { name: /Sari Wulandari/ }).click();
  await tono.getByLabel(en["access.recovery.saw"]).fill(saw);
  await tono.getByRole("button", { name: en["access.recovery.vouch"] }).click();
  await tono.getByRole("button", { name: en["access.stepUp.exercise"] }).click();
  await tono.getByRole("region", { name: "Sari Wulandari" }).waitFor();
  await tono.context().close();

  const putri = await enter(browser, id, "putri", { language: "en" });
  await putri.goto(`${id.web.address}/settings/recovery`);
  const waiting = putri.getByRole("region", { name: "Sari Wulandari" });
  await waiting.getByLabel(en["access.recovery.saw"]).fill(saw);
  await look(putri, "recovery-second");
  await waiting.getByRole("button", { name: en["access.recovery.vouch"] }).click();
  await putri.getByRole("button", { name: en["access.stepUp.exercise"] }).click();
  const code = await putri.locator("code").first().innerText();
  await look(putri, "recovery-code");
  await putri.context().close();

  const page = await blank(browser);
  await withPasskeys(page);
  await page.goto(id.web.address);
  await page.getByRole("button", { name: "I have a one-time code" }).click();
  await page.getByLabel("One-time code").fill(code);
  await look(page, "recovery-door");
  await page.getByRole("button", { name: "Add my passkey" }).click();
  await page.getByRole("navigation").first().waitFor();
  const session = await page.request.get(`${id.web.address}/api/access/session`);
  expect(await session.json()).toMatchObject({ officer: { name: "Sari Wulandari" } });
  await page.context().close();
});
