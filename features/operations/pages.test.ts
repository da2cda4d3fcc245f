// An operation of three states in their officers' own browsers, from plan to after-action; the board on a phone whose line fails.
import { randomUUID } from "node:crypto";
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

let id: Nation, kh: Nation, ph: Nation;
let browser: Browser;
let bima: Page, sophea: Page, grace: Page;
let it: string;
const hour = 3_600_000;
const sites = { kh: "EXERCISE gate B", ph: "EXERCISE pier 3" };

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  // His laptop still has the zone of another journey.
  bima = await enter(browser, id, "bima", {
    language: "en",
    options: { timezoneId: "America/New_York" },
  });
  sophea = await enter(browser, kh, "sophea", { language: "en", width: widths.phone });
  grace = await enter(browser, ph, "grace", { language: "en" });
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
  for (const state of ["Cambodia", "Philippines"]) await bima.getByRole("checkbox", { name: state }).check();
  const wall = (hours: number) => wallIn(id.node.code, new Date(Date.now() + hours * hour).toISOString());
  const starts = wall(-1);
  await bima.getByLabel(say["operations.starts"]).first().fill(starts);
  await bima.getByLabel(say["operations.ends"]).fill(wall(9));
  await type(bima, say["operations.fallback"], "EXERCISE satellite phone, every full hour");
  await look(bima, "operation-new");
  await press(bima, say["operations.save"]);
  await bima.waitForURL(/\/operations\/[0-9a-f-]{36}$/);
  it = bima.url().split("/").at(-1)!;
  const lead = await id.as("bima");
  const plan = await lead.must<OperationView>("GET", `/api/operations/${it}`);
  expect(wallIn(id.node.code, plan.window.starts)).toBe(starts);
  await lead.must("PUT", `/api/operations/${it}/sites/${randomUUID()}`, {
    ...{ state: "ph", label: sites.ph, area: "Manila", place: { lat: 14.5, lon: 120.9 }, authority: null },
    ...{ commander: "", teams: [], takes: null },
  });
  await bima.getByRole("tab", { name: say["operations.tab.sites"] }).click();
  await bima.getByRole("link", { name: say["operations.site.add"] }).click();
  await bima.getByRole("combobox", { name: say["operations.site.state"] }).click();
  await bima.getByRole("option", { name: "Cambodia" }).click();
  await type(bima, say["operations.site.label"], sites.kh);
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
  await bima.getByRole("article", { name: sites.kh }).waitFor();
  const agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(`${id.web.address}/operations/${it}`);
  await leave(agus, say["operations.send"]);
}, 120_000);

/** Takes the state's own site over, on one page. */
async function takesOver(page: Page, nation: Nation): Promise<void> {
  await page.goto(`${nation.web.address}/operations/${it}?tab=sites`);
  await page.getByRole("link", { name: say["operations.site.take"] }).click();
  await type(page, say["operations.site.warrant"], "W-17");
  await type(page, say["operations.site.commander"], "EXERCISE who leads there");
  await type(page, say["operations.team.name"], "EXERCISE entry");
  if (nation === kh) await look(page, "operation-site");
  await press(page, say["operations.save"]);
  await page.getByRole("link", { name: say["operations.hindrance.no-reception"] }).waitFor();
}
async function clears(nation: Nation, officer: string): Promise<void> {
  const person = await nation.as(officer);
  await person.must("POST", `/api/operations/${it}/compare`, {});
  await person.must("POST", `/api/operations/${it}/clear`, { note: "EXERCISE spoken" });
}

test("each other state takes its site over, plans for the people, compares, clears, and all three say go", async () => {
  await shows(kh, "sophea", (one) => one.sites.length === 1);
  await takesOver(sophea, kh);
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
  await shows(ph, "grace", (one) => one.sites.length === 1);
  await takesOver(grace, ph);
  const planned = await (await kh.as("sophea")).must<OperationView>("GET", `/api/operations/${it}`);
  await (await ph.as("grace")).must("PUT", `/api/operations/${it}/reception`, planned.reception);
  await clears(ph, "grace");
  await clears(id, "agus");
  const rithy = await enter(browser, kh, "rithy", { language: "en" });
  await rithy.goto(`${kh.web.address}/operations/${it}`);
  await leave(rithy, say["operations.go"]);
  for (const who of [await id.as("bima"), await ph.as("carlo")]) {
    await prove(who, "operation.vote", it);
    await who.must("POST", `/api/operations/${it}/vote`, { go: true, reason: "" });
  }
}, 120_000);

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
  await bima.getByRole("article", { name: sites.kh }).getByText("312").waitFor();
}, 120_000);

test("afterwards each state hands in its figures, begun with what the board counted, and reads those of the others", async () => {
  for (const nation of [id, kh, ph]) nation.clock.offMs = 10 * hour;
  for (const [nation, officer, counted] of [
    [kh, "sophea", "312"],
    [ph, "grace", "0"],
  ] as const) {
    const page = await enter(browser, nation, officer, { language: "en", width: widths.phone });
    await page.goto(`${nation.web.address}/operations/${it}/after`);
    const met = page.getByRole("textbox", { name: say["operations.count.met"], exact: true });
    await met.waitFor();
    expect(await met.inputValue()).toBe(counted);
    await press(page, say["operations.hand"]);
    await page.getByRole("table", { name: say["operations.after"] }).waitFor();
    if (nation === kh) continue;
    await shows(nation, officer, (one) => one.reports.length === 2);
    await page.getByRole("cell", { name: "312" }).first().waitFor();
    await look(page, "operation-after");
    const down = page.waitForEvent("download");
    await press(page, say["operations.pdf"]);
    expect((await down).suggestedFilename()).toMatch(/^after-action-.*\.pdf$/);
  }
}, 120_000);
