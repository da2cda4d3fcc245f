// From police to court as its officers do it: the draft with what is missing beside it, the prosecutor, the red button, the
// central authority over there; looked at on a desk and on a phone.
import { nations, type Nation } from "@simpul/testing";
import { axe, openBrowser, picture, widths } from "@simpul/testing/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseNamed } from "../requests/testing.ts";
import { saves, standsAt, step } from "../../testing/legal-assistance.ts";
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation;
let browser: Browser;
let rina: Page, dian: Page, mony: Page;
let made: string;

/** An officer at her node, in English so that the test reads. */
async function enter(nation: Nation, officer: string): Promise<Page> {
  const viewport = { width: widths.desk, height: 900 };
  const context = await browser.newContext({ locale: "en-GB", viewport });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(nation.web.address);
  await page.locator(`[data-officer="${officer}"]`).click();
  await page.getByRole("navigation").first().waitFor();
  await page.request.patch(`${nation.web.address}/api/access/session`, {
    data: { language: "en" },
    headers: { origin: nation.web.address, "x-simpul": "page" },
  });
  return page;
}

/** Light on a desk, dark on a phone; looked at by axe and kept as a picture, nothing wider than the phone. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  for (const [scheme, width] of [
    ["light", widths.desk],
    ["dark", widths.phone],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await picture(page, `assistance-${name}-${scheme}`, width);
    expect(await axe(page), `${name} ${scheme} at ${width}`).toEqual([]);
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide, name).toBeLessThanOrEqual(width);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: widths.desk, height: 900 });
}

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh } = await nations("id", "kh"));
  [rina, dian, mony] = [await enter(id, "rina"), await enter(id, "dian"), await enter(kh, "mony")];
}, 180_000);
afterAll(() => browser.close());

test("the checklist leads to each field that is missing, and what she writes saves itself", async () => {
  const { number } = await caseNamed(await id.as("rina"), "pembayar tiket");
  await rina.goto(`${id.web.address}/assistance/new?case=${number}&kind=formal`);
  await rina.getByRole("combobox", { name: say["assistance.what"] }).click();
  await rina.getByRole("option", { name: say["assistance.type.business-records"] }).click();
  const rests = rina.getByRole("region", { name: say["assistance.rests"] });
  await rests.getByText("Rules of Cambodia").waitFor();
  await look(rina, "new");
  await rina.getByRole("button", { name: say["assistance.begin"] }).click();
  await rina.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
  made = rina.url().split("/").at(-1)!;
  const list = rina.getByRole("region", { name: say["assistance.checklist"] });
  await list.getByRole("button", { name: `Fill in: ${say["assistance.field.matter"]}` }).click();
  await rina.keyboard.type("EXERCISE matter 17/2031");
  await list
    .getByRole("button", { name: `Fill in: ${say["assistance.field.matter"]}` })
    .waitFor({ state: "detached" });
  await rina.getByText(/^Saved at /).waitFor();
  await rests.getByText(say["assistance.rule.address"], { exact: true }).waitFor();
  await rests.locator("summary").click();
  await look(rina, "draft");
  await rina.getByRole("button", { name: say["assistance.toFirst"] }).first().waitFor();
}, 90_000);

test("the prosecutor passes it on; the central authority sees the paper and sends it with the red button", async () => {
  const people = { rina: await id.as("rina"), ratna: await id.as("ratna") };
  await saves(people.rina, made);
  await step(people.rina, made, { step: "submit" });
  await step(people.ratna, made, { step: "review" });
  await dian.goto(`${id.web.address}/assistance`);
  await dian.getByRole("link", { name: /EXERCISE: hotel registration/ }).click();
  await dian.getByText(say["assistance.paper.formal"]).first().waitFor();
  await dian.getByText("Prepared by the rules of Cambodia").waitFor();
  await look(dian, "central");
  const label = "Send to Cambodia";
  await dian.getByRole("button", { name: label }).click();
  const dialog = dian.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  await dialog.getByText("EXERCISE matter 17/2031").waitFor();
  await dialog.getByLabel("Why does this leave the state?").fill("EXERCISE: agreed");
  await dialog.getByRole("button", { name: label }).click();
  await dian.getByRole("button", { name: "EXERCISE: confirm with a click" }).first().click();
  await dialog.waitFor({ state: "detached" });
  await standsAt(await kh.as("mony"), made, "arrived");
}, 90_000);

test("over there it is registered and refused with a ground, from a phone too; each state's rules stand on a page", async () => {
  await mony.goto(`${kh.web.address}/assistance/${made}`);
  await mony.getByRole("button", { name: say["assistance.step.register"] }).click();
  await mony.getByText(say["assistance.state.registered"]).first().waitFor();
  await mony.getByRole("button", { name: say["assistance.step.ask"] }).click();
  await look(mony, "incoming");
  await mony.emulateMedia({ media: "print" });
  expect(await mony.getByRole("button", { name: say["assistance.step.ask"] }).isVisible()).toBe(false);
  expect(await mony.getByText(say["assistance.sign"]).isVisible()).toBe(true);
  await mony.emulateMedia({ media: "screen" });
  await mony.goto(`${kh.web.address}/assistance/states`);
  await mony.getByRole("heading", { name: "Timor-Leste" }).waitFor();
  await look(mony, "states");
  await mony.goto(`${kh.web.address}/assistance/states?of=id`);
  await mony.getByRole("link", { name: say["assistance.states.all"] }).waitFor();
  expect(await mony.getByRole("heading", { level: 2 }).count()).toBe(1);
  await rina.goto(`${id.web.address}/assistance`);
  await rina.getByText(say["assistance.state.acknowledged"]).waitFor();
  await look(rina, "list");
}, 90_000);
