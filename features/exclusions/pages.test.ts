// The room of excluded recipients in a browser: proposed by one, agreed to by another, looked at on a desk and a phone.
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import step from "../access/words/en.json" with { type: "json" };
import words from "./words/en.json" with { type: "json" };

let id: Nation;
let browser: Browser;
beforeAll(async () => {
  ({ id } = await nations("id", "kh"));
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser.close());

test("a liaison officer proposes to exclude a desk of another state, and her supervisor agrees", async () => {
  const agus = await enter(browser, id, "agus", { language: "en" });
  await agus.goto(`${id.web.address}/exclusions/new`);
  await agus.getByRole("combobox", { name: words["exclusions.state"] }).click();
  await agus.getByRole("option").first().click();
  await agus.getByRole("combobox", { name: words["exclusions.which.desk"] }).click();
  await agus.getByRole("option").first().click();
  await agus.getByLabel(words["exclusions.why"]).fill("EXERCISE: what we sent was known there a day later");
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await agus.getByLabel(words["exclusions.review"]).fill(day);
  await look(agus, "exclusions-new");
  await agus.getByRole("button", { name: words["exclusions.propose"] }).click();
  await agus.getByText(words["exclusions.state.proposed"]).waitFor();
  expect(await agus.getByRole("button", { name: words["exclusions.agree"] }).count()).toBe(0);

  const putri = await enter(browser, id, "putri", { language: "en" });
  await putri.goto(`${id.web.address}/exclusions`);
  await look(putri, "exclusions-proposed");
  await putri.getByRole("button", { name: words["exclusions.agree"] }).click();
  await putri.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await putri.getByText(words["exclusions.state.active"], { exact: true }).waitFor();
  await putri.getByRole("button", { name: words["exclusions.askLift"] }).click();
  await look(putri, "exclusions-active");
});
