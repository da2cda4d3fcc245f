// The room in a real browser: two persons introduce a state, a line goes down before their eyes, and every page by axe.
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import step from "../access/words/id.json" with { type: "json" };
import type { OwnCard } from "./contract.ts";
import { heard } from "./testing.ts";
import say from "./words/id.json" with { type: "json" };

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

let id: Nation;
let kh: Nation;
let browser: Browser;
let khCard: OwnCard;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
  ({ kh } = await nations("kh"));
  khCard = await (await kh.as("ratana")).must<OwnCard>("GET", "/api/peers/card");
  await kh.node.peering.introduce(id.node.peering.card());
});
afterAll(() => browser.close());

const at = (page: Page, path: string) => page.goto(id.web.address + path);
test("two administrators introduce a state, the liaison officer watches its line go down, one stops it", async () => {
  const tono = await enter(browser, id, "tono");
  await at(tono, "/peers");
  await tono.getByText(say["peers.empty.title"]).waitFor();
  await look(tono, "peers-empty");
  await at(tono, "/peers/card");
  await tono.getByRole("img", { name: new RegExp(say["peers.fingerprint"]) }).waitFor();
  await look(tono, "peers-card");

  await at(tono, "/peers/enter");
  const field = tono.getByLabel(say["peers.enter.card"]);
  await field.fill('{"node":');
  await tono.getByRole("button", { name: say["peers.enter.do"] }).click();
  await tono.getByText(say["peers.enter.notJson"]).waitFor();
  await look(tono, "peers-enter");
  await field.fill(JSON.stringify(khCard.card));
  await tono.getByRole("button", { name: say["peers.enter.do"] }).click();
  await tono.getByText(say["peers.proposed.title"]).waitFor();
  await look(tono, "peers-proposed");
  await at(tono, "/peers/kh/confirm");
  await tono.getByText(say["problem.SAME_PERSON"]).waitFor();

  const wahyu = await enter(browser, id, "wahyu");
  await at(wahyu, "/peers/kh");
  await wahyu.getByRole("link", { name: say["peers.confirm.go"] }).click();
  await wahyu.getByLabel(say["peers.confirm.heard"]).fill("0000 0000 0000 0000");
  const connect = wahyu.getByRole("button", { name: say["peers.confirm.do"].replace("{state}", "Kamboja") });
  await connect.click();
  await wahyu.getByText(say["problem.FINGERPRINT_DIFFERS"]).waitFor();
  await look(wahyu, "peers-confirm");
  await wahyu.getByLabel(say["peers.confirm.heard"]).fill(heard(khCard));
  await connect.click();
  await wahyu.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await wahyu.getByText(say["peers.health.up"]).first().waitFor();

  // Live: nobody reloads anything.
  const agus = await enter(browser, id, "agus");
  await at(agus, "/peers");
  await agus.getByText(say["peers.health.up"]).first().waitFor();
  await look(agus, "peers-list");
  await kh.node.peering.close();
  await id.node.store.write(
    { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" },
    async (tx) => {
      const letter = tx.newId();
      await tx.send({ id: letter, to: kh.node.code, kind: "weather.report", body: { text: "monsoon" } });
      tx.note("letter.written", { id: letter });
    },
  );
  await agus
    .getByText(/Terputus/)
    .first()
    .waitFor();
  await agus.getByRole("link", { name: "Kamboja" }).click();
  await agus.getByText(say["peers.error.UNREACHABLE"]).first().waitFor();
  await agus.getByText("weather.report").first().waitFor();
  expect(await agus.getByRole("button", { name: say["peers.stop.do"] }).count()).toBe(0);
  expect(await agus.content()).not.toContain("monsoon");
  await look(agus, "peers-down");
  await at(agus, "/peers/kh?tab=node");
  await agus.getByText(say["peers.by.confirmed"]).waitFor();
  await look(agus, "peers-node");

  await at(tono, "/peers/kh");
  await tono
    .getByRole("row", { name: /weather.report/ })
    .getByRole("checkbox")
    .check();
  await look(tono, "peers-letters");
  await tono.getByRole("button", { name: say["peers.letter.tryAgain"] }).first().click();
  await tono.getByText("1 surat dicoba lagi").waitFor();

  await tono.getByRole("link", { name: say["peers.stop.do"] }).click();
  await tono.getByLabel(say["peers.stop.reason"]).fill("Latihan: sakelar darurat");
  await look(tono, "peers-stop");
  await tono.getByRole("button", { name: say["peers.stop.do"] }).click();
  await tono.getByRole("button", { name: step["access.stepUp.exercise"] }).click();
  await tono.getByText("Latihan: sakelar darurat").waitFor();
  await look(tono, "peers-stopped");
  const { rows } = await id.node.store.chore("test", (keeper) =>
    sql<{ state: string }>`select state from simpul.peers where node = 'kh'`.execute(keeper.rows),
  );
  expect(rows).toEqual([{ state: "stopped" }]);
});

test("an investigator sees no such room, and its address says nothing", async () => {
  const sari = await enter(browser, id, "sari");
  expect(await sari.getByRole("link", { name: say["peers.room"] }).count()).toBe(0);
  await at(sari, "/peers");
  await sari.waitForLoadState("networkidle");
  expect(await sari.content()).not.toContain("Kamboja");
});

test("who reads Khmer finds states, days and times in Khmer, though this browser has no Khmer of its own", async () => {
  const tono = await enter(browser, id, "tono");
  expect(await tono.evaluate(() => Intl.DateTimeFormat.supportedLocalesOf(["km"]))).toEqual([]);
  await tono.evaluate(() =>
    fetch("/api/access/session", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ language: "km" }),
    }),
  );
  await at(tono, "/peers/kh?tab=node");
  await tono.getByRole("heading", { level: 1, name: /កម្ពុជា/ }).waitFor();
  const says = await tono.locator("main").innerText();
  expect(says).toMatch(/\d{1,2} \p{Script=Khmer}+ \d{4}/u);
  expect(says).not.toMatch(/Cambodia|\b(ago|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/);
  await look(tono, "peers-khmer");
});
