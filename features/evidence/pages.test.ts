// The evidence room in a real browser: a chat is taken in, decided and becomes a case; bad files say what happened.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Item, ListedItems } from "./contract.ts";
import { lockedPdf, tornZip } from "./testing.ts";

const story = fileURLToPath(new URL("../../apps/demo/story/files/", import.meta.url));
let id: Nation;
let browser: Browser;
/** Before Sari, in English; her device signs with a key of its own. */
let page: Page;

beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  page = await enter(browser, id, "sari", { language: "en" });
}, 120_000);
afterAll(() => browser.close());

async function opens(where: string): Promise<void> {
  await page.goto(`${id.web.address}${where}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
}
const choose = (files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> =>
  page.locator("main input[type=file]").first().setInputFiles(files);
const chat = async () => ({
  name: "WhatsApp Chat with Kak Melly.txt",
  mimeType: "text/plain",
  buffer: await readFile(path.join(story, "id-whatsapp-chat.txt")),
});

async function takeIn(): Promise<void> {
  await page.getByLabel("Handed over").check();
  await page.getByLabel("From whom or what").fill("Mother of the missing man (EXERCISE)");
  await page.getByRole("button", { name: /^Sign and take in/ }).click();
}

test("she takes in a chat, says whose each number is, and opens the case from it", async () => {
  await opens("/evidence/take-in");
  await choose([await chat()]);
  // Hashed before anything is asked; nothing leaves before she signs.
  await page.getByText("Ready for your signature; nothing was sent yet").waitFor();
  expect((await (await id.as("sari")).must<ListedItems>("GET", "/api/evidence/items")).items).toEqual([]);
  await page.getByRole("button", { name: /^Sign and take in/ }).click();
  await page.getByText("Say how it came to you; your device signs it.").waitFor();
  await takeIn();
  await page.getByRole("link", { name: "WhatsApp Chat with Kak Melly.txt" }).click();

  const recruiter = page.locator(".e-values li", { hasText: "+6285400001702" });
  await recruiter.waitFor();
  // Keys alone: the first value is the recruiter's number; then his account; then one that is rejected and taken back.
  await page.locator(".e-part").first().click();
  await page.keyboard.press("1");
  await recruiter.getByText("Suspect").waitFor();
  await page.keyboard.press("2");
  await page
    .locator(".e-values li", { hasText: "telegram:melly_kerja_kh" })
    .getByText("Facilitator")
    .waitFor();
  const wallet = page.locator(".e-values li", { hasText: "TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y" });
  await page.keyboard.press("x");
  await wallet.getByText("rejected").waitFor();
  await page.keyboard.press("u");
  await wallet.getByText("rejected").waitFor({ state: "detached" });
  // By hand: the number of the missing man's mother is family, and protected.
  await page.locator(".e-values li", { hasText: "+6285400002977" }).getByRole("button").click();
  await page.getByRole("button", { name: /Family/ }).click();
  await page.locator(".e-values li", { hasText: "+6285400002977" }).getByText("Family").waitFor();
  // The doubtful link cannot be confirmed, only corrected or rejected.
  await page.locator(".e-values li", { hasText: "kerja-cepat" }).getByRole("button").click();
  await page.getByText("This cannot be confirmed as it stands. Correct it, or reject it.").waitFor();

  await page.getByRole("link", { name: "Open a case (3 confirmed)" }).click();
  await page.getByLabel("Title").fill("Recruited to a compound (EXERCISE)");
  await page.getByRole("combobox", { name: "Crime type" }).click();
  await page.getByRole("option").first().click();
  await page.getByRole("button", { name: "Open the case" }).click();
  await page.waitForURL(/\/cases\/ID-\d{4}-\d{6}$/);
  const number = page.url().split("/").at(-1)!;
  await page.goto(`${id.web.address}/cases/${number}/selectors`);
  await page.getByText("+6285400001702", { exact: true }).waitFor();
  await page.getByText("+6285400002977", { exact: true }).waitFor();
  expect(await page.getByText("TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y").count()).toBe(0);

  // The case leads back to its evidence, and the item to what was confirmed since.
  await page.goto(`${id.web.address}/cases/${number}`);
  await page.locator("main").getByRole("link", { name: "Evidence", exact: true }).click();
  await page.waitForURL(new RegExp(`/evidence\\?case=${number}`));
  await page.getByRole("link", { name: "WhatsApp Chat with Kak Melly.txt" }).click();
  await page
    .locator(".e-values li", { hasText: "TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y" })
    .getByRole("button")
    .click();
  await page.keyboard.press("1");
  await wallet.getByText("Suspect").waitFor();
  await page.getByRole("button", { name: `Put what is confirmed into ${number}` }).click();
  await page.getByText("1 value came in anew.").waitFor();

  await page.getByRole("tab", { name: "Custody" }).click();
  await page.getByText("Checked just now").waitFor();
  await page.getByText("Mother of the missing man (EXERCISE)").waitFor();
}, 180_000);

test("what is wrong with a file is said in words, with what was kept and what to do", async () => {
  await opens("/evidence/take-in");
  await choose([
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
    { name: "export.zip", mimeType: "application/zip", buffer: tornZip() },
    { name: "statement.pdf", mimeType: "application/pdf", buffer: lockedPdf() },
  ]);
  await page.getByText("The file is empty.").waitFor();
  await page.getByText("Nothing of it is at the node; the file on your device is untouched.").waitFor();
  // The button names how many are hashed; what is not yet would be left for a second signature.
  await page.getByRole("button", { name: "Sign and take in 2 files" }).waitFor();
  await takeIn();
  // Both are at the node before she goes on: a page loaded anew breaks off what is still under way.
  await page.getByRole("link", { name: "statement.pdf" }).waitFor();
  await page.getByRole("link", { name: "export.zip" }).click();
  await page.getByText("The file is torn: its end or an inner part is missing.").waitFor();
  await page.getByText(/The file is sealed all the same/).waitFor();
  await page.goto(`${id.web.address}/evidence?stage=refused`);
  await page.getByRole("link", { name: "statement.pdf" }).click();
  await page.getByText("It is locked with a password.").waitFor();
  await page.getByText(/take the unlocked file in as well/).waitFor();
}, 120_000);

test("a reload in the middle of sending loses nothing: the same file chosen again goes on", async () => {
  await opens("/evidence/take-in");
  const buffer = Buffer.from("Rekening BCA 0000 (LATIHAN)\n".repeat(400_000));
  const file = { name: "long.txt", mimeType: "text/plain", buffer };
  // The line breaks after the first piece.
  let pieces = 0;
  await page.route("**/api/evidence/upload/*", async (route) => {
    if (route.request().method() === "PATCH" && ++pieces > 1) await route.abort("connectionfailed");
    else await route.continue();
  });
  await choose([file]);
  await page.getByText("Ready for your signature; nothing was sent yet").waitFor();
  await takeIn();
  await expect.poll(() => pieces, { timeout: 20_000 }).toBeGreaterThan(1);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.unroute("**/api/evidence/upload/*");
  await page.getByText("4.2 MB of 11 MB arrived").waitFor();
  await page.getByRole("button", { name: /waiting/ }).click();
  await page.getByText("long.txt: interrupted; choose the file again").waitFor();
  await page.keyboard.press("Escape");
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "PATCH") sent += request.postDataBuffer()?.length ?? 0;
  });
  await choose([file]);
  await page.getByRole("link", { name: "long.txt" }).waitFor({ timeout: 30_000 });
  expect(sent).toBeLessThan(buffer.length);
}, 180_000);

test("every page of the room is free of faults, on a desk and on a phone", async () => {
  const sari = await id.as("sari");
  const { items } = await sari.must<{ items: Item[] }>("GET", "/api/evidence/items");
  const item = items.find((one) => one.fileName.startsWith("WhatsApp"))!;
  const refused = items.find((one) => one.reading.state === "refused")!;
  const places = [
    "",
    "?row=" + item.id,
    "/take-in",
    `/${item.id}`,
    `/${item.id}?tab=custody`,
    `/${refused.id}`,
  ];
  for (const [nth, where] of places.entries()) {
    await opens(`/evidence${where}`);
    await look(page, `evidence-${String(nth)}`);
  }
}, 60_000);
