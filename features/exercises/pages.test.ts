// One exercise run by script in real browsers: told, played at three states, paused, ended, and looked back on.
import { readFile } from "node:fs/promises";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseWith, facts as checkFacts } from "../checks/testing.ts";
import { arrival, ask, draft, until } from "../requests/testing.ts";
import type { RunView } from "./contract.ts";
import { shippedScripts } from "./scripts.ts";
import { releases } from "../../testing/exercise-ring.ts";
import say from "./words/en.json" with { type: "json" };

const script = shippedScripts().find(({ id }) => id === "ring")!;
const step = (name: string) => script.steps.find((one) => one.id === name)!.title.en;
const role = (name: string) => script.roles.find((one) => one.id === name)!.title.en;

let id: Nation, kh: Nation, ph: Nation;
let browser: Browser;
let lestari: Page, sari: Page, sophea: Page, dennis: Page;
let run: string;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  lestari = await enter(browser, id, "lestari", { language: "en" });
  sari = await enter(browser, id, "sari", { language: "en" });
  sophea = await enter(browser, kh, "sophea", { language: "en" });
  dennis = await enter(browser, ph, "dennis", { language: "en", width: 390 });
}, 120_000);
afterAll(() => browser.close());

const at = (nation: Nation, path = ""): string => `${nation.web.address}/exercises${path}`;
const line = (page: Page, name: string) => page.getByRole("article", { name: role(name) });

test("the director starts a scenario on one page, gives a part to another state, and each seat finds its role in its own inbox", async () => {
  await lestari.goto(at(id));
  await lestari.getByText(say["exercises.none"]).waitFor();
  await lestari.getByRole("link", { name: say["exercises.start"] }).click();
  await lestari.getByRole("radio", { name: script.title.en }).check();
  const police = say["exercises.playedBy"].replace("{role}", role("police-kh"));
  await lestari.getByRole("combobox", { name: police }).click();
  await lestari.getByRole("option", { name: "Philippines" }).click();
  await look(lestari, "exercises-new");
  await lestari.getByRole("button", { name: say["exercises.announce"] }).click();
  await lestari.waitForURL(/\/exercises\/[0-9a-f-]{36}$/);
  run = lestari.url().split("/").at(-1)!;
  await until(
    async () => (await ph.as("dennis")).ask("GET", `/api/exercises/${run}`),
    ({ status }) => status === 200,
  );
  await dennis.goto(`${ph.web.address}/inbox`);
  await dennis.getByText(say["inbox.kind.exercise-seat"]).first().waitFor();
  await dennis.goto(at(ph, `/${run}`));
  await dennis.getByText(step("hotel")).waitFor();
  await look(dennis, "exercises-seat");
  await line(lestari, "police-kh")
    .getByText(/^seen /)
    .waitFor();
  await look(lestari, "exercises-board");
}, 120_000);

test("she takes what is handed over, does the work where it is always done, and the next step stands there when she comes back", async () => {
  await sari.goto(at(id, `/${run}`));
  const [file] = await Promise.all([
    sari.waitForEvent("download"),
    sari.getByRole("link", { name: /EXERCISE-chat/ }).click(),
  ]);
  expect(await readFile(await file.path(), "utf8")).toContain("Kak Melly");
  await line(lestari, "cyber")
    .getByRole("button", { name: `${say["exercises.skip"]}: ${step("take-in")}` })
    .click();
  await sari.getByRole("article", { name: step("case") }).waitFor();
  const [her, agus, over] = [await id.as("sari"), await id.as("agus"), await kh.as("sophea")];
  const police = await ph.as("dennis");
  const phone = [{ type: "phone", written: "+62 854 0000 1702", role: "suspect" }];
  const mine = await caseWith(her, phone);
  await caseWith(police, phone);
  const stands = (who: typeof her, name: string, kind: string) =>
    until(
      () => who.must<RunView>("GET", `/api/exercises/${run}`),
      (seen) => seen.mine.some(({ steps }) => steps.some((one) => one.id === name && one.kind === kind)),
    );
  await stands(police, "hotel", "done");
  await dennis.reload();
  const hotel = dennis.getByRole("article", { name: step("hotel") });
  await hotel.getByText(say["exercises.kind.done"], { exact: true }).waitFor();
  await stands(her, "ask", "open");
  await sari.getByRole("article", { name: step("ask") }).waitFor();
  await her.must("POST", "/api/checks", {
    ...{ case: mine.number, selectors: mine.records, states: ["kh", "ph"], ...checkFacts },
  });
  await stands(agus, "request", "open");
  await ask(her, agus, draft(mine.number, ["kh"]));
  await stands(over, "release", "open");
  await sophea.goto(at(kh, `/${run}`));
  await sophea.getByRole("article", { name: step("release") }).waitFor();
  await releases(await kh.as("sreymom"), over, await arrival(over));
  await stands(over, "release", "done");
  await line(lestari, "liaison-kh").getByText(/done /).waitFor();
}, 120_000);

test("ended, everybody reads what was measured against the goals, writes what to change, and takes it along as CSV and PDF", async () => {
  await lestari.getByRole("button", { name: say["exercises.end"], exact: true }).click();
  await lestari.getByRole("button", { name: say["exercises.end.sure"] }).click();
  await lestari.getByText(say["exercises.state.ended"]).waitFor();
  await dennis.getByRole("link", { name: say["exercises.hotWash.open"] }).click();
  await dennis.getByText(/Request to release: /).waitFor();
  // The other states' last acts come to her node when they come.
  await expect.poll(() => dennis.getByText(say["exercises.met"]).count(), { timeout: 40_000 }).toBe(2);
  await dennis.getByLabel(say["exercises.note"]).fill("EXERCISE: the book of guests was asked for too late");
  await dennis.getByRole("button", { name: say["exercises.note.write"] }).click();
  await lestari.getByRole("link", { name: say["exercises.hotWash"], exact: true }).click();
  await lestari.getByText("EXERCISE: the book of guests was asked for too late").waitFor();
  await look(lestari, "exercises-hot-wash");
  const [csv] = await Promise.all([
    lestari.waitForEvent("download"),
    lestari.getByRole("button", { name: say["exercises.csv"] }).click(),
  ]);
  expect(await readFile(await csv.path(), "utf8")).toContain("Request to release");
  const [pdf] = await Promise.all([
    lestari.waitForEvent("download"),
    lestari.getByRole("link", { name: say["exercises.pdf"] }).click(),
  ]);
  expect((await readFile(await pdf.path())).subarray(0, 5).toString()).toBe("%PDF-");
}, 120_000);
