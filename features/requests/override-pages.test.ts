// A life at risk as officers of two states meet it: from the stop to the red button, the second officer, the owner's notice.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answers, arrived, asks, peopleOf, type People } from "../../testing/calling-back.ts";
import { chosen, draft, recordsOf } from "./testing.ts";
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation, ph: Nation;
/** So that the test reads. */
const english = { language: "en" };
let browser: Browser;
let people: People;
let request: string;

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
  const thread = await asks(people);
  const { subject } = await recordsOf(people.sreymom, thread.theirs.number);
  await answers(people, thread, { records: [chosen(subject![0]!.id, { link: "" })] });
  await arrived(people.rina, thread.asked);
  const what = draft(thread.ours.number, ["ph"]);
  request = (await people.rina.must<{ id: string }>("POST", "/api/requests", what)).id;
}, 180_000);
afterAll(() => browser.close());

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("button", { name, exact: typeof name === "string" }).click();
async function leave(page: Page, label: RegExp, reason: string | null): Promise<void> {
  await press(page, label);
  const dialog = page.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  if (reason !== null) await dialog.getByLabel("Why does this leave the state?").fill(reason);
  await dialog.getByRole("button", { name: label }).click();
  await press(page, "EXERCISE: confirm with a click");
  await dialog.waitFor({ state: "detached" });
}

test(
  "from the stop on she says who is in danger, and a second officer lets it go",
  { timeout: 150_000 },
  async () => {
    const rina = await enter(browser, id, "rina", english);
    await rina.goto(`${id.web.address}/requests/new?draft=${request}`);
    for (let step = 0; step < 3; step++) await press(rina, "Continue");
    await press(rina, say["requests.override.put"]);
    await look(rina, "override-choose");
    for (let step = 0; step < 2; step++) await press(rina, "Continue");
    await rina.getByText("Check your answers").waitFor();
    await press(rina, say["requests.submit"]);
    await rina.getByText(say["requests.override.begin"]).click();
    await rina.getByLabel(say["requests.override.authority"]).fill("EXERCISE: Task force, Manila");
    await rina.getByRole("combobox", { name: say["requests.override.reason"] }).click();
    await rina.getByRole("option", { name: say["requests.overrideReasons.being-moved-or-sold"] }).click();
    await rina
      .getByLabel(say["requests.override.facts"])
      .fill("EXERCISE: she wrote at 01:40 that a van takes her to the pier at five.");
    await look(rina, "override-stop");
    await leave(rina, /Pass on to Philippines/, null);
    await rina.waitForURL(/\/requests\/[0-9a-f-]{36}$/);
    await rina.getByText(/Cambodia was not asked/).waitFor();
    const agus = await enter(browser, id, "agus", english);
    await agus.goto(`${id.web.address}/requests/${request}`);
    await agus.getByText(/Cambodia was not asked/).waitFor();
    await look(agus, "override-second");
    await leave(agus, /Approve and send to Philippines/, "EXERCISE: she is in danger");
    await rina.getByText(/and was told/).waitFor();
  },
);

test("its owner finds the notice in the inbox and says what it finds", { timeout: 120_000 }, async () => {
  const sophea = await enter(browser, kh, "sophea", english);
  await sophea.goto(kh.web.address);
  await sophea.getByRole("link", { name: /Melly/ }).first().click();
  await sophea.waitForURL(/\/overrides/);
  await sophea.getByText(/Indonesia passed Melly, which is ours, on to/).waitFor();
  await look(sophea, "override-notice");
  await sophea.getByLabel(say["requests.override.review"]).fill("EXERCISE: she was found at the pier.");
  await press(sophea, say["requests.override.justified"]);
  await sophea.getByText(/she was found at the pier/).waitFor();
  const hendra = await enter(browser, id, "hendra", english);
  await hendra.goto(`${id.web.address}/overrides`);
  await hendra
    .getByText(/EXERCISE: Task force, Manila/)
    .first()
    .waitFor();
  expect(await hendra.content()).not.toContain("Melly");
  await look(hendra, "override-oversight");
});
