// Main actors and targets in a browser: found in two cases, followed over days, nominated, under review like every other.
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import actors from "../actors/words/en.json" with { type: "json" };
import words from "./words/en.json" with { type: "json" };

vi.setConfig({ testTimeout: 120_000 });

let id: Nation;
let browser: Browser;
const numbers: string[] = [];
beforeAll(async () => {
  ({ id } = await nations("id"));
  const sari = await id.as("sari");
  for (const [country, began] of [
    ["KH", "2030-09-01"],
    ["LA", "2031-02-20"],
  ]) {
    const { number } = await sari.must<{ number: string }>("POST", "/api/cases", {
      ...{ title: "LATIHAN", crimeType: "trafficking-forced-criminality" },
    });
    const put = async (kind: string, fields: object): Promise<string> => {
      const ask = { fields, evaluation: { source: "B", information: "2" } };
      return (await sari.must<{ id: string }>("POST", `/api/cases/${number}/records/${kind}`, ask)).id;
    };
    const named = (text: string, language = "en") => ({ names: [{ text, language }] });
    const palm = await put("subject", {
      kind: "organisation",
      role: "business",
      ...named("EXERCISE Golden Palm"),
    });
    const boss = await put("subject", {
      ...{ kind: "person", role: "suspect", birth: "1980-05-05", ...named("陈伟 EXERCISE", "zh") },
    });
    const park = await put("place", { kind: "site", country, ...named(`EXERCISE Park ${country!}`) });
    await put("selector", {
      ...{ type: "wallet", written: "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", role: "business", subject: palm },
    });
    await put("link", { kind: "controls", from: palm, toKind: "place", to: park, began });
    await put("link", { kind: "directs", from: boss, toKind: "subject", to: palm, began });
    await put("event", { kind: "raid", title: "LATIHAN", began: began!, place: park, subjects: [palm] });
    numbers.push(number);
  }
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser.close());

test("an investigator finds a company in two cases, and follows it from country to country, and nominates it", async () => {
  const sari = await enter(browser, id, "sari", { language: "en" });
  await sari.goto(`${id.web.address}/actors`);
  await sari.getByRole("link", { name: "EXERCISE Golden Palm" }).waitFor();
  await look(sari, "actors-list");
  await sari.getByRole("link", { name: actors["actors.network.see"] }).click();
  await sari.locator('[role="img"][aria-busy="false"] canvas').first().waitFor();
  await look(sari, "actors-network");
  await sari
    .getByRole("table", { name: actors["actors.network.table"] })
    .getByRole("link", { name: "EXERCISE Golden Palm" })
    .waitFor();
  await sari.goBack();
  await sari.getByRole("link", { name: "EXERCISE Golden Palm" }).click();
  await sari.getByRole("img", { name: /Picture of/ }).waitFor();
  await sari.getByRole("slider").fill("0");
  await sari.getByText(actors["actors.on.later"]).first().waitFor();
  await look(sari, "actors-one");
  const moves = sari.getByRole("table", { name: actors["actors.moves"] });
  expect(await moves.getByText("EXERCISE Park KH").count()).toBeGreaterThan(0);
  expect(await moves.getByText("EXERCISE Park LA").count()).toBe(0);

  await sari.getByRole("link", { name: words["targets.new"] }).click();
  await sari
    .getByRole("textbox", { name: words["targets.reasons"] })
    .fill("EXERCISE: controls two compounds, paid through one wallet");
  await look(sari, "targets-new");
  await sari.getByRole("button", { name: words["targets.new.act"] }).click();
  await sari.getByText(words["targets.steps.none"]).waitFor();
  await sari.getByRole("button", { name: words["targets.freeze.ask"] }).click();
  await sari.getByRole("combobox", { name: words["targets.freeze.what"] }).click();
  await sari.getByRole("option").first().click();
  await sari.getByLabel(words["targets.freeze.recipient"]).fill("EXERCISE Exchange");
  await sari.getByLabel(words["targets.freeze.basis"]).fill("pasal 71 UU 8/2010");
  await sari.getByRole("combobox", { name: words["targets.freeze.to"] }).click();
  await sari.getByRole("option", { name: /by letter: EXERCISE Straits Coin/ }).click();
  const question = sari.getByLabel(words["targets.freeze.question"]);
  expect(await question.inputValue()).toMatch(/the wallet \S+ at EXERCISE Exchange/);
  await look(sari, "targets-freeze");
  await sari.getByRole("button", { name: words["targets.freeze.draft"] }).click();
  // The draft stands in the requests room, where it is finished and approved like every other.
  await sari.getByRole("link", { name: words["targets.freeze.request.finish"] }).waitFor();
  await sari.getByText(words["targets.freeze.asked"], { exact: true }).waitFor();
  await sari.getByText(words["targets.freeze.due.notYet"]).waitFor();
  await sari.getByRole("button", { name: words["targets.act.step"] }).click();
  await look(sari, "targets-one");
});
