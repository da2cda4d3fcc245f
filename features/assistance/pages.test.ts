// From police to court as its officers do it: the draft with what is missing beside it, the prosecutor, the red button, the
// central authority over there; looked at on a desk and on a phone.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look, sits } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseNamed } from "../requests/testing.ts";
import { attached, saves, standsAt, step, takesIn } from "../../testing/legal-assistance.ts";
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation;
let browser: Browser;
let ours: Page, mony: Page;
let made: string, number: string, contract: string;

beforeAll(async () => {
  [browser, { id, kh }] = await Promise.all([openBrowser(), nations("id", "kh")]);
  const desk = { language: "en" };
  [ours, mony] = await Promise.all([enter(browser, id, "rina", desk), enter(browser, kh, "mony", desk)]);
}, 180_000);
afterAll(() => browser.close());

test("the checklist leads to each field that is missing, and what she writes saves itself", async () => {
  ({ number } = await caseNamed(await id.as("rina"), "pembayar tiket"));
  contract = await takesIn(id, "rina", number, "EXERCISE-contract.txt");
  await ours.goto(`${id.web.address}/assistance/new?case=${number}&kind=formal`);
  await ours.getByRole("combobox", { name: say["assistance.what"] }).click();
  await ours.getByRole("option", { name: say["assistance.type.business-records"] }).click();
  const rests = ours.getByRole("region", { name: say["assistance.rests"] });
  await rests.getByText("Rules of Cambodia").waitFor();
  // A state without a node is written to: the page asks to whom.
  const to = ours.getByRole("combobox", { name: say["assistance.to"] });
  await to.click();
  await ours.getByRole("option", { name: "Myanmar" }).click();
  const written = ours.getByRole("combobox", { name: say["assistance.letter.to"] });
  await written.click();
  await ours.getByRole("option", { name: /^Central Body/ }).click();
  await look(ours, "assistance-new");
  await to.click();
  await ours.getByRole("option", { name: "Cambodia" }).click();
  await written.waitFor({ state: "detached" });
  await ours.getByRole("button", { name: say["assistance.begin"] }).click();
  await ours.waitForURL(/\/assistance\/[0-9a-f-]{36}$/);
  made = ours.url().split("/").at(-1)!;
  const list = ours.getByRole("region", { name: say["assistance.checklist"] });
  await list.getByRole("button", { name: `Fill in: ${say["assistance.field.matter"]}` }).click();
  await ours.keyboard.type("EXERCISE matter 17/2031");
  await list
    .getByRole("button", { name: `Fill in: ${say["assistance.field.matter"]}` })
    .waitFor({ state: "detached" });
  await ours.getByText(/^Saved at /).waitFor();
  await rests.getByText(say["assistance.rule.address"], { exact: true }).waitFor();
  await rests.locator("summary").click();
  await look(ours, "assistance-draft");
  await ours.getByRole("button", { name: say["assistance.toFirst"] }).first().waitFor();
  await ours.getByRole("checkbox", { name: "EXERCISE-contract.txt" }).waitFor();
  // It began from a case: nothing was copied from an enquiry.
  expect(await ours.getByText(say["assistance.hint.facts"]).count()).toBe(0);
}, 90_000);

test("the prosecutor passes it on; the central authority sees the paper and sends it with the red button", async () => {
  const people = { rina: await id.as("rina"), ratna: await id.as("ratna") };
  await saves(people.rina, made, { items: [attached(contract)] });
  await step(people.rina, made, { step: "submit" });
  await step(people.ratna, made, { step: "review" });
  await sits(ours, id, "dian", "en");
  await ours.goto(`${id.web.address}/assistance`);
  await ours.getByRole("link", { name: /EXERCISE: hotel registration/ }).click();
  await ours.getByText(say["assistance.paper.formal"]).first().waitFor();
  await ours.getByText("Prepared by the rules of Cambodia").waitFor();
  // What goes from here is certified in a form that the other state takes (MLA-9).
  const papers = ours.getByRole("region", { name: say["assistance.certificate"] });
  expect(
    await papers.getByRole("link", { name: say["assistance.certificate.get"] }).getAttribute("href"),
  ).toContain("form=signature-seal");
  await look(ours, "assistance-central");
  const label = "Send to Cambodia";
  await ours.getByRole("button", { name: label }).click();
  const dialog = ours.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  await dialog.getByText("EXERCISE matter 17/2031").waitFor();
  await dialog.getByRole("combobox", { name: say["assistance.rule.channel"] }).click();
  await ours.getByRole("option", { name: say["assistance.code.diplomatic"] }).click();
  await look(ours, "assistance-channel");
  await dialog.getByLabel("Why does this leave the state?").fill("EXERCISE: agreed");
  await dialog.getByRole("button", { name: label }).click();
  await ours.getByRole("button", { name: "EXERCISE: confirm with a click" }).first().click();
  await dialog.waitFor({ state: "detached" });
  await standsAt(await kh.as("mony"), made, "arrived");
  // To a state without a node: the red button shows the pages of the letter, and the matter leads to what became of it.
  const { id: written } = await people.rina.must<{ id: string }>("POST", "/api/assistance", {
    ...{ kind: "formal", type: "business-records", to: "mm", case: number, letter: "mm-central-body" },
  });
  await saves(people.rina, written);
  await step(people.rina, written, { step: "submit" });
  await step(people.ratna, written, { step: "review" });
  await ours.goto(`${id.web.address}/assistance/${written}`);
  await ours.getByRole("button", { name: /^Let the letter to / }).click();
  const sheets = ours.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  await sheets.getByRole("img", { name: /^Page 1 of / }).waitFor();
  await look(ours, "assistance-letter");
  await sheets.getByRole("combobox", { name: say["assistance.rule.channel"] }).click();
  await ours.getByRole("option", { name: say["assistance.code.diplomatic"] }).click();
  await sheets.getByLabel("Why does this leave the state?").fill("EXERCISE: agreed");
  await sheets.getByRole("button", { name: /^Let the letter to / }).click();
  await ours.getByRole("button", { name: "EXERCISE: confirm with a click" }).first().click();
  await sheets.waitFor({ state: "detached" });
  await ours.getByRole("link", { name: say["assistance.letter.open"] }).waitFor();
  await look(ours, "assistance-letter-matter");
}, 90_000);

test("over there it is registered and refused with a ground, from a phone too; each state's rules stand on a page", async () => {
  await mony.goto(`${kh.web.address}/assistance/${made}`);
  await mony.getByRole("button", { name: say["assistance.step.register"] }).click();
  await mony.getByText(say["assistance.state.registered"]).first().waitFor();
  await mony.getByRole("button", { name: say["assistance.step.ask"] }).click();
  await look(mony, "assistance-incoming");
  await mony.emulateMedia({ media: "print" });
  expect(await mony.getByRole("button", { name: say["assistance.step.ask"] }).isVisible()).toBe(false);
  expect(await mony.getByText(say["assistance.sign"]).isVisible()).toBe(true);
  await mony.emulateMedia({ media: "screen" });
  await mony.goto(`${kh.web.address}/assistance/states`);
  await mony.getByRole("heading", { name: "Timor-Leste" }).waitFor();
  await look(mony, "assistance-states");
  await mony.goto(`${kh.web.address}/assistance/states?of=id`);
  await mony.getByRole("link", { name: say["assistance.states.all"] }).waitFor();
  expect(await mony.getByRole("heading", { level: 2 }).count()).toBe(1);
  await sits(ours, id, "rina", "en");
  await ours.goto(`${id.web.address}/assistance`);
  await ours.getByText(say["assistance.state.acknowledged"]).waitFor();
  await look(ours, "assistance-list");
}, 90_000);
