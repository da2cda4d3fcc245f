// A hand-over in a real browser: put together with what they will see, decided there by the contact point, read here.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prove, stands } from "../../testing/hand-overs.ts";
import { caseNamed } from "../requests/testing.ts";
import indonesian from "../access/words/id.json" with { type: "json" };
import km from "../access/words/km.json" with { type: "json" };
import here from "./words/id.json" with { type: "json" };
import there from "./words/km.json" with { type: "json" };

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

let id: Nation, kh: Nation;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id, kh } = await nations("id", "kh"));
});
afterAll(() => browser.close());

const choose = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
  await page.getByRole("combobox", { name: label }).or(page.getByLabel(label)).first().click();
  await page.getByRole("option", { name: option }).click();
};

test("a case is handed over on screen, and both sides read in words whose it is", async () => {
  const [rina, agus, sreymom] = [await id.as("rina"), await id.as("agus"), await kh.as("sreymom")];
  const { number } = await caseNamed(rina, "pembayar tiket");
  const page = await enter(browser, id, "rina");
  await page.goto(`${id.web.address}/cases/${number}`);
  await page.getByRole("link", { name: here["hand-overs.new"] }).click();
  await choose(page, here["hand-overs.to"], "Kamboja");
  await page.getByText(here["hand-overs.because.protected"]).first().waitFor();
  await page.getByLabel(here["hand-overs.title"]).fill("LATIHAN: pembayar tiket");
  await page
    .getByLabel(here["hand-overs.summary"])
    .fill("LATIHAN: pembayar tiket bekerja dari hotel di sana.");
  await choose(page, here["hand-overs.reason"], here["hand-overs.reason.suspects-there"]);
  await choose(page, here["hand-overs.basis"], here["hand-overs.basis.untoc-21"]);
  await page.getByLabel(here["hand-overs.after"]).fill("LATIHAN: Kamboja memimpin; di sini tanyakan Rina.");
  await page.getByLabel(here["hand-overs.remains"]).fill("LATIHAN: dakwaan terhadap perekrut.");
  await look(page, "hand-overs-new");
  await page.getByRole("button", { name: here["hand-overs.submit"] }).click();
  await page.getByText(here["hand-overs.ours.submitted"]).waitFor();
  const handing = page.url().split("/").at(-1)!;
  await letGo(agus, handing);
  await page.getByText(here["hand-overs.act.take-back"]).waitFor();
  await look(page, "hand-overs-pending");

  const sophea = await enter(browser, kh, "sophea");
  await sophea.goto(`${kh.web.address}/inbox`);
  await sophea.getByText("LATIHAN: pembayar tiket").first().waitFor();
  await sophea.goto(`${kh.web.address}/hand-overs/${handing}`);
  await sophea.getByRole("button", { name: there["hand-overs.act.accept"] }).click();
  const { officer } = await sreymom.must<{ officer: { desk: { name: string }; name: string } }>(
    ...(["GET", "/api/access/session"] as const),
  );
  await choose(sophea, there["hand-overs.desk"], officer.desk.name);
  await choose(sophea, there["hand-overs.lead"], officer.name);
  await look(sophea, "hand-overs-decide");
  await sophea.getByRole("button", { name: there["hand-overs.act.accept"] }).click();
  await sophea.getByRole("button", { name: km["access.stepUp.exercise"] }).click();
  await sophea.getByText(/ជារបស់យើងតាំងពី/).waitFor();
  await look(sophea, "hand-overs-taken-over");

  expect((await stands(rina, handing, "handed")).answer).toMatchObject({ lead: "Kim Sreymom" });
  await page.goto(`${id.web.address}/cases/${number}`);
  await page.getByText(/memiliki kasus ini, menurut serah terima/).waitFor();
  await look(page, "hand-overs-case-handed");
  await page.goto(`${id.web.address}/hand-overs/${handing}`);
  await page.getByLabel(here["hand-overs.proposal.text"]).fill("LATIHAN: terlihat di bandara.");
  await page.getByRole("button", { name: here["hand-overs.proposal.send"] }).click();
  await page.getByRole("button", { name: indonesian["access.stepUp.exercise"] }).click();
  await page.getByText(here["hand-overs.proposal.open"]).waitFor();
  await look(page, "hand-overs-handed");
  await page.goto(`${id.web.address}/hand-overs`);
  await page.getByText("LATIHAN: pembayar tiket").waitFor();
  await look(page, "hand-overs-list");
});

async function letGo(second: Person, handing: string): Promise<void> {
  await prove(second, "hand-over.approve", handing);
  await second.must("POST", `/api/hand-overs/${handing}/approve`, {});
}
