// Two liaison officers open a joint space by a page, as they see it: written, signed with the red button, approved, filled.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteOfThree, space, stands, until, writes } from "./testing.ts";
import step from "../access/words/en.json" with { type: "json" };
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation;
let browser: Browser;
let agus: Page, sophea: Page;
let it: string;

beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh } = await nations("id", "kh"));
  agus = await enter(browser, id, "agus", { language: "en" });
  sophea = await enter(browser, kh, "sophea", { language: "en" });
}, 120_000);
afterAll(() => browser.close());

/** The red button, the preview behind it, and yes; with a second factor where it binds the state. */
async function leave(page: Page, label: string, factor = true): Promise<void> {
  await page.getByRole("button", { name: label, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: label, exact: true }).click();
  if (factor) await page.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await page.getByRole("dialog").first().waitFor({ state: "detached" });
}

test("a note is written on one page and leaves with her signature", async () => {
  await agus.goto(`${id.web.address}/joint/new`);
  await agus.getByLabel(say["joint.note.title"]).fill("EXERCISE: the compound by the lake");
  await agus.getByRole("combobox", { name: say["joint.note.parties"] }).click();
  await agus.getByRole("option", { name: "Cambodia" }).click();
  await agus.keyboard.press("Escape");
  await agus.getByRole("textbox", { name: say["joint.note.facts"] }).fill(noteOfThree().facts);
  await agus.getByRole("combobox", { name: say["joint.note.offences"] }).click();
  await agus.getByRole("option", { name: "Trafficking for forced criminality" }).click();
  await agus.keyboard.press("Escape");
  await look(agus, "joint-new");
  await agus.getByRole("button", { name: say["joint.save"] }).click();
  await agus.waitForURL(/\/joint\/[0-9a-f-]{36}$/);
  it = agus.url().split("/").at(-1)!;
  await leave(agus, say["joint.send"]);
  await agus.getByText(say["joint.phase.proposed"]).waitFor();
}, 60_000);

test("the other state reads the same words, approves, and it is open on both nodes", async () => {
  const liaison = await kh.as("sophea");
  await stands(liaison, it, (one) => one.may.includes("approve"));
  await sophea.goto(`${kh.web.address}/joint`);
  await sophea.getByText(say["joint.asksUs"]).waitFor();
  await sophea.getByRole("link", { name: "EXERCISE: the compound by the lake" }).click();
  await sophea.getByText(noteOfThree().facts).waitFor();
  await look(sophea, "joint-asked");
  await leave(sophea, say["joint.approve"]);
  await sophea.getByRole("link", { name: say["joint.put"] }).first().waitFor();
  await stands(await id.as("agus"), it, (one) => one.phase === "open");
}, 60_000);

test("what one puts in stands at the other, with whose it is and every party's time", async () => {
  await sophea.goto(`${kh.web.address}/joint/${it}/put`);
  await sophea.getByLabel(say["joint.text"]).fill("EXERCISE: the owner of the site rents three more.");
  await leave(sophea, say["joint.put"], false);
  await sophea.waitForURL(new RegExp(`/joint/${it}$`));
  const liaison = await id.as("agus");
  const handling = { codes: ["H1", "H2"] as ("H1" | "H2")[] };
  await liaison.must("POST", `/api/joint/${it}/things`, {
    ...writes(""),
    own: [
      ...[
        { kind: "date", fields: { title: "EXERCISE: call", at: "2031-03-10T02:00:00Z", text: "" }, handling },
      ],
      ...[
        {
          kind: "task",
          fields: { title: "EXERCISE: read the hotel's book", for: "kh", due: null, state: "open", text: "" },
          handling,
        },
      ],
    ],
  });
  await until(
    () => space(liaison, it),
    (one) => one.counts.length === 3,
  );
  await agus.goto(`${id.web.address}/joint/${it}`);
  await agus.getByText("EXERCISE: the owner of the site rents three more.").waitFor();
  expect(await agus.getByText(/· (Indonesia|Cambodia)/).count()).toBeGreaterThan(1);
  await look(agus, "joint-space");
  await agus.getByRole("tab", { name: say["joint.parties"] }).click();
  await agus.getByRole("article", { name: "Cambodia" }).waitFor();
  await look(agus, "joint-parties");
}, 60_000);
