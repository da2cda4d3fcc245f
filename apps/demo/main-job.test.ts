// The main job in a real browser over three nodes: from a returned worker's chat to a bundle that anybody can check.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { casesNode, checksNode } from "@simpul/server";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser, picture, widths } from "@simpul/testing/browser";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { buildIndex } from "../../features/checks/holding/build.ts";
import { numbers, wallets } from "./story/facts.ts";

const story = fileURLToPath(new URL("./story/files/", import.meta.url));
let id: Nation;
let kh: Nation;
let ph: Nation;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  // What officers graded before is searchable at once, instead of ten seconds after the last change.
  for (const { node } of [kh, ph]) await buildIndex(checksNode(node, casesNode(node)));
  browser = await openBrowser();
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-main-job-"));
}, 240_000);
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** An officer's own browser, signed in by the exercise's click and reading English, so that the story can be read here. */
async function at(nation: Nation, officer: string): Promise<Page> {
  const person = await nation.as(officer);
  await person.must("PATCH", "/api/access/session", { language: "en" });
  const viewport = { width: widths.desk, height: 800 };
  const context = await browser.newContext({
    viewport,
    locale: "en-GB",
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  const [name, value] = person.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: nation.web.address }]);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(nation.web.address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** The exercise's click that stands for a passkey, after the red button. */
async function leave(page: Page, label: string | RegExp, reason: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  const dialog = page.getByRole("dialog", { name: label });
  await dialog.getByLabel("Why does this leave the state?").fill(reason);
  await dialog.getByRole("button", { name: label }).click();
  await page.getByRole("button", { name: /EXERCISE: confirm/ }).click();
  await dialog.waitFor({ state: "detached" });
}

const next = (page: Page): Promise<void> => page.getByRole("button", { name: "Continue" }).click();
/** Goes on through questions that stand answered already. */
async function until(page: Page, question: string): Promise<void> {
  const there = page.getByRole("heading", { name: question });
  for (let step = 0; step < 8 && !(await there.isVisible()); step++) {
    await next(page);
    await page.waitForTimeout(200);
  }
  await there.waitFor();
}
const value = (page: Page, text: string) => page.locator(".e-values li", { hasText: text });

/** Says whose a value is: its line, then the holder. */
async function whose(page: Page, text: string, holder: string): Promise<void> {
  await value(page, text).getByRole("button").click();
  await page.getByRole("button", { name: new RegExp(`^${holder}`) }).click();
  await value(page, text).getByText(holder).waitFor();
}

/** Clicks what downloads, and gives where the file lies. */
async function saved(page: Page, what: Locator, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), what.click()]);
  const file = path.join(folder, name);
  await download.saveAs(file);
  return file;
}

test(
  "from the phone of a returned worker to a bundle that a prosecutor abroad can check",
  { timeout: 900_000 },
  async () => {
    // Where it stopped is best seen.
    onTestFailed(async () => {
      for (const [nth, context] of browser.contexts().entries())
        await picture(context.pages()[0]!, `job-stopped-${nth}`, widths.desk).catch(() => undefined);
    });
    // 1. Take in: hashed in the browser, signed by her device, sealed on the node.
    const sari = await at(id, "sari");
    await sari.goto(`${id.web.address}/evidence/take-in`);
    const chat = {
      name: "WhatsApp chat (EXERCISE).txt",
      mimeType: "text/plain",
      buffer: await readFile(path.join(story, "id-whatsapp-chat.txt")),
    };
    await sari.locator("main input[type=file]").first().setInputFiles([chat]);
    await sari.getByText("Ready for your signature; nothing was sent yet").waitFor();
    await sari.getByLabel("Handed over").check();
    await sari.getByLabel("From whom or what").fill("A returned worker (EXERCISE)");
    await sari.getByRole("button", { name: /^Sign and take in/ }).click();
    await sari.getByRole("link", { name: chat.name }).click();

    // 2. Read: the text beside what was found; she says whose each is. His own number is a victim's.
    await value(sari, numbers.recruiterPhone).waitFor();
    await whose(sari, numbers.recruiterPhone, "Suspect");
    await whose(sari, wallets.tickets, "Suspect");
    await whose(sari, numbers.workerPhone, "Victim");
    await whose(sari, numbers.familyPhone, "Family");
    await picture(sari, "job-2-read", widths.desk);
    await picture(sari, "job-2-read", widths.phone);
    await sari.setViewportSize({ width: widths.desk, height: 800 });

    // 3. A case, whose first selectors are what she confirmed.
    await sari.getByRole("link", { name: /^Open a case/ }).click();
    await sari.getByLabel("Title").fill("EXERCISE: recruiter Kak Melly");
    await sari.getByRole("combobox", { name: "Crime type" }).click();
    await sari.getByRole("option", { name: /forced criminality/i }).click();
    await sari.getByRole("button", { name: "Open the case" }).click();
    await sari.waitForURL(/\/cases\/ID-\d{4}-\d{6}$/);
    const number = sari.url().split("/").at(-1)!;

    // 4. Check: only what may be asked is offered; each state answers by itself.
    await sari.goto(`${id.web.address}/cases/${number}/selectors`);
    for (const one of [numbers.recruiterPhone, wallets.tickets])
      await sari.getByRole("row").filter({ hasText: one }).getByRole("checkbox").check();
    expect(
      await sari.getByRole("row").filter({ hasText: numbers.workerPhone }).getByRole("checkbox").count(),
    ).toBe(0);
    await sari.getByRole("link", { name: /^Check with other states/ }).click();
    await sari.getByRole("heading", { name: "Why do you ask?" }).waitFor();
    await sari.getByRole("combobox", { name: /Legal basis/ }).click();
    await sari.getByRole("option", { name: "UNTOC art. 27" }).click();
    await next(sari);
    await sari.getByText("What they will see", { exact: true }).waitFor();
    await sari.getByRole("button", { name: /^Ask Cambodia/ }).click();
    await sari.waitForURL(/\/check\/[0-9a-f-]{36}$/);
    const phone = sari.getByRole("row").filter({ hasText: numbers.recruiterPhone });
    const wallet = sari.getByRole("row").filter({ hasText: wallets.tickets });
    await phone.getByText("Hit: known there").waitFor();
    await wallet.getByText("Hit: known there").waitFor();
    expect(await phone.getByText("No hit among searchable records").count()).toBe(1);
    expect(await wallet.getByText("No hit among searchable records").count()).toBe(1);
    await picture(sari, "job-4-check", widths.desk);

    // 5. Ask: nearly everything stands there already.
    await phone.getByRole("link", { name: "Ask Cambodia" }).click();
    await until(sari, "On which facts, and why there?");
    await sari
      .getByLabel("Facts")
      .fill("EXERCISE: people were flown to Phnom Penh; their passports were taken.");
    await until(sari, "Check your answers");
    await picture(sari, "job-5-ask", widths.desk);
    const waiting = await at(kh, "sophea");
    await waiting.goto(`${kh.web.address}/requests?box=incoming`);
    await sari.getByRole("button", { name: /liaison desk/ }).click();
    await sari.waitForURL(/\/requests\/[0-9a-f-]{36}/);
    const asked = sari.url();

    const agus = await at(id, "agus");
    await agus.goto(asked);
    await leave(agus, /^Approve and send to Cambodia/, "EXERCISE: a hit, and people under control");

    // Cambodia sees it arrive, live, with its clock; its liaison officer gives it to a desk.
    const arrived = waiting.locator("main").getByRole("link", { name: /Trafficking for forced criminality/ });
    await arrived.waitFor({ timeout: 120_000 });
    await picture(waiting, "job-5-arrives", widths.desk);
    await picture(waiting, "job-5-arrives", widths.phone);
    await waiting.setViewportSize({ width: widths.desk, height: 800 });
    await arrived.click();
    await waiting.waitForURL(/\/requests\/[0-9a-f-]{36}/);
    const came = waiting.url();
    await waiting.getByRole("combobox", { name: "Desk" }).click();
    await waiting.getByRole("option", { name: "ការិយាល័យករណីខេត្ត" }).click();
    await waiting.getByRole("button", { name: "Give it to this desk" }).click();
    await waiting.getByText("ការិយាល័យករណីខេត្ត").first().waitFor();

    const sreymom = await at(kh, "sreymom");
    await sreymom.goto(`${came}/answer`);
    await sreymom.getByLabel("answered in full").check();
    await sreymom.getByRole("combobox", { name: "From which case" }).click();
    await sreymom.getByRole("option").filter({ hasText: "សណ្ឋាគារ" }).click();
    await next(sreymom);
    await sreymom
      .getByRole("checkbox", { name: new RegExp(numbers.recruiterPhone.replace("+", "\\+")) })
      .check();
    await next(sreymom);
    await sreymom
      .getByLabel("Answer in words")
      .fill("EXERCISE: she registered six guests at the hotel on 5 February.");
    await until(sreymom, "Check your answers");
    await sreymom.getByRole("button", { name: "Send to be released" }).click();
    await sreymom.waitForURL(/\/requests\/[0-9a-f-]{36}$/);

    const rithy = await at(kh, "rithy");
    await rithy.goto(came);
    await leave(rithy, /^Release to Indonesia/, "EXERCISE: answers what was asked");

    await sari.goto(`${asked}?tab=answers`);
    await sari.getByText("she registered six guests").waitFor();
    await picture(sari, "job-5-answer", widths.desk);
    await picture(sari, "job-5-answer", widths.phone);
    await sari.setViewportSize({ width: widths.desk, height: 800 });

    // 7. Hand over: the bundle waits for the other states' signatures, then proves itself without any of us.
    await sari.goto(`${id.web.address}/evidence/export?case=${number}`);
    await sari
      .getByRole("textbox", { name: "Recipient", exact: false })
      .fill("Prosecution Service, trafficking desk (EXERCISE)");
    for (const { node } of [id, kh, ph]) await node.ledger.sequence(true);
    await leave(sari, "Let the bundle out", "EXERCISE: hearing on Monday");
    const fetched = sari.getByRole("link", { name: /^Fetch the bundle/ });
    await fetched.waitFor({ timeout: 120_000 });
    await picture(sari, "job-7-bundle", widths.desk);
    const bundle = await saved(sari, fetched, "bundle.zip");
    // The policy and the verifier go another way than the bundle.
    const policy = await saved(
      sari,
      sari.getByRole("button", { name: "Save the trust policy" }),
      "policy.txt",
    );
    const page = await saved(sari, sari.getByRole("link", { name: "Save the verifier page" }), "verify.html");
    const sceptic = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await sceptic.goto(pathToFileURL(page).href);
    await sceptic.waitForSelector("body[data-ready]");
    const verdict = async (file: string): Promise<string | null> => {
      await sceptic.setInputFiles("#bundle", file);
      await sceptic.setInputFiles("#policy", policy);
      await sceptic.click("#go");
      await sceptic.waitForSelector("#result:not([hidden])");
      return sceptic.textContent("#verdict");
    };
    expect(await verdict(bundle)).toBe("Proven");
    await picture(sceptic, "job-7-verifier", widths.desk);
    const bytes = await readFile(bundle);
    const place = bytes.indexOf("Kak Melly");
    const changed = path.join(folder, "changed.zip");
    bytes[place > 0 ? place : bytes.length >> 1]! ^= 1;
    await writeFile(changed, bytes);
    expect(await verdict(changed)).not.toBe("Proven");

    // 8. Look back: who did what, and that the three ledgers hold it.
    const hendra = await at(id, "hendra");
    await hendra.goto(`${id.web.address}/oversight`);
    await hendra.getByText("Sari Wulandari").first().waitFor();
    await picture(hendra, "job-8-oversight", widths.desk);
  },
);
