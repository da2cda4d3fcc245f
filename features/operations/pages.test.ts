// An operation of two states in their officers' own browsers, from plan to after-action; the board on a phone whose line fails.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser, widths } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import step from "../access/words/en.json" with { type: "json" };
import { prove, until } from "../requests/testing.ts";
import type { OperationView } from "./contract.ts";
import { wallIn } from "./rules.ts";
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation;
let browser: Browser;
let bima: Page, sophea: Page;
let it: string;
const hour = 3_600_000;

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh } = await nations("id", "kh"));
  // His laptop still has the zone of another journey.
  bima = await enter(browser, id, "bima", {
    language: "en",
    options: { timezoneId: "America/New_York" },
  });
  sophea = await enter(browser, kh, "sophea", { language: "en", width: widths.phone });
}, 120_000);
afterAll(() => browser.close());

const press = (page: Page, label: string): Promise<void> =>
  page.getByRole("button", { name: label, exact: true }).click();
const type = (page: Page, label: string, text: string): Promise<void> =>
  page.getByRole("textbox", { name: label }).first().fill(text);

/** The red button, the preview behind it, and yes with a second factor. */
async function leave(page: Page, label: string): Promise<void> {
  await press(page, label);
  await page.getByRole("dialog").getByRole("button", { name: label, exact: true }).click();
  await press(page, step["access.stepUp.exercise"]);
  await page.getByRole("dialog").first().waitFor({ state: "detached" });
}
const shows = async (nation: Nation, who: string, is: (one: OperationView) => boolean): Promise<void> => {
  const person = await nation.as(who);
  await until(
    async () => (await person.ask<OperationView>("GET", `/api/operations/${it}`)).body,
    (one) => "id" in one && is(one),
  );
};

test("the plan is written on one page, in the clock of the state; a colleague sends it", async () => {
  await bima.goto(`${id.web.address}/operations`);
  await bima.getByRole("link", { name: say["operations.new"] }).first().click();
  await type(bima, say["operations.title"], "EXERCISE Two doors");
  await type(bima, say["operations.aim"], "EXERCISE: bring out who is held");
  await bima.getByRole("checkbox", { name: "Cambodia" }).check();
  const wall = (hours: number) => wallIn(id.node.code, new Date(Date.now() + hours * hour).toISOString());
  await bima.getByLabel(say["operations.starts"]).first().fill(wall(-1));
  await bima.getByLabel(say["operations.ends"]).fill(wall(9));
  await type(bima, say["operations.fallback"], "EXERCISE satellite phone, every full hour");
  await look(bima, "operation-new");
  await press(bima, say["operations.save"]);
  await bima.waitForURL(/\/operations\/[0-9a-f-]{36}$/);
  it = bima.url().split("/").at(-1)!;
  const plan = await (await id.as("bima")).must<OperationView>("GET", `/api/operations/${it}`);
  expect(wallIn(id.node.code, plan.window.starts)).toBe(wall(-1));
  await bima.getByRole("tab", { name: say["operations.tab.sites"] }).click();
  await bima.getByRole("link", { name: say["operations.site.add"] }).click();
  await bima.getByRole("combobox", { name: say["operations.site.state"] }).click();
  await bima.getByRole("option", { name: "Cambodia" }).click();
  await type(bima, say["operations.site.label"], "EXERCISE gate B");
  // On the map with the keys; then typed to the metre. Both stay in step.
  const map = bima.getByRole("application");
  await map.focus();
  await map.press("ArrowUp");
  expect(await bima.getByLabel(say["operations.site.place"]).inputValue()).toBe("12.5, 105");
  await map.click({ position: { x: 100, y: 100 } });
  expect(await bima.getByLabel(say["operations.site.place"]).inputValue()).toMatch(
    /^-?\d+(\.\d+)?, \d+(\.\d+)?$/,
  );
  await look(bima, "operations-site-map");
  await type(bima, say["operations.site.place"], "11.5561, 104.9282");
  await press(bima, say["operations.save"]);
  await bima.getByRole("article", { name: "EXERCISE gate B" }).waitFor();
  const agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(`${id.web.address}/operations/${it}`);
  await leave(agus, say["operations.send"]);
}, 60_000);

test("the other state takes its site over, plans for the people, compares, clears, and both say go", async () => {
  await shows(kh, "sophea", (one) => one.sites.length === 1);
  await sophea.goto(`${kh.web.address}/operations/${it}?tab=sites`);
  await sophea.getByRole("link", { name: say["operations.site.take"] }).click();
  await type(sophea, say["operations.site.warrant"], "W-17");
  await type(sophea, say["operations.site.commander"], "EXERCISE Chan Vanna");
  await type(sophea, say["operations.team.name"], "EXERCISE entry");
  await look(sophea, "operation-site");
  await press(sophea, say["operations.save"]);
  // What is missing leads to where it is mended.
  await sophea.getByRole("link", { name: say["operations.hindrance.no-reception"] }).click();
  await type(sophea, say["operations.reception.shelter"], "EXERCISE school hall");
  await type(sophea, say["operations.reception.places"], "320");
  await sophea.getByRole("combobox", { name: say["operations.reception.language"] }).click();
  await sophea.getByRole("option", { name: "Indonesian" }).click();
  await sophea.getByRole("textbox", { name: say["operations.people.count"], exact: true }).fill("3");
  await type(sophea, say["operations.reception.screeners"], "6");
  await type(sophea, say["operations.reception.medical"], "EXERCISE two doctors");
  await press(sophea, say["operations.save"]);
  await sophea.getByRole("link", { name: say["operations.hindrance.not-compared"] }).click();
  await press(sophea, say["operations.compare"]);
  await press(sophea, say["operations.clear"]);
  await sophea
    .getByRole("link", { name: say["operations.hindrance.not-cleared"] })
    .waitFor({ state: "detached" });
  await look(sophea, "operation");
  const rithy = await enter(browser, kh, "rithy", { language: "en" });
  await rithy.goto(`${kh.web.address}/operations/${it}`);
  await leave(rithy, say["operations.go"]);
  const agus = await id.as("agus");
  await agus.must("POST", `/api/operations/${it}/compare`, {});
  await agus.must("POST", `/api/operations/${it}/clear`, { note: "EXERCISE spoken" });
  const lead = await id.as("bima");
  await prove(lead, "operation.vote", it);
  await lead.must("POST", `/api/operations/${it}/vote`, { go: true, reason: "" });
}, 60_000);

test("a line written while the phone has no line is kept, and stands on both boards when it is back", async () => {
  await shows(kh, "sophea", (one) => one.state === "running");
  await sophea.goto(`${kh.web.address}/operations/${it}/board`);
  const write = sophea.getByRole("button", { name: say["operations.entry.new"], exact: true });
  await write.waitFor();
  await sophea.context().setOffline(true);
  await write.click();
  await sophea.getByText(say["operations.status.people-out"], { exact: true }).click();
  await type(sophea, say["operations.tally.met"], "312");
  await look(sophea, "operation-line");
  await press(sophea, say["operations.entry.keep"]);
  await sophea.getByText("1 line is kept here").waitFor();
  await sophea.context().setOffline(false);
  await sophea.getByText("1 line is kept here").waitFor({ state: "detached" });
  await look(sophea, "operation-board");
  await bima.goto(`${id.web.address}/operations/${it}/board`);
  await bima.getByRole("article", { name: "EXERCISE gate B" }).getByText("312").waitFor();
}, 60_000);

test("afterwards each state hands in its figures, begun with what the board counted", async () => {
  for (const nation of [id, kh]) nation.clock.offMs = 10 * hour;
  sophea = await enter(browser, kh, "sophea", { language: "en", width: widths.phone });
  await sophea.goto(`${kh.web.address}/operations/${it}/after`);
  const met = sophea.getByRole("textbox", { name: say["operations.count.met"], exact: true });
  await met.waitFor();
  expect(await met.inputValue()).toBe("312");
  await press(sophea, say["operations.hand"]);
  await sophea.getByRole("table", { name: say["operations.after"] }).waitFor();
  await look(sophea, "operation-after");
  const down = sophea.waitForEvent("download");
  await press(sophea, say["operations.pdf"]);
  expect((await down).suggestedFilename()).toMatch(/^after-action-.*\.pdf$/);
}, 60_000);
