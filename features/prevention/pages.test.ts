// The open page in a real browser: an offer is read, nothing is sent or kept, and it opens again without a line.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { withHeaders, withReference, type Env } from "@simpul/doors/http";
import { openBrowser } from "@simpul/testing/browser";
import { blank, look } from "@simpul/testing/pages";
import { Hono } from "hono";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assets, builtPages } from "../../apps/server/assets.ts";

const offer =
  "Lowongan di Sihanoukville: gaji 15 juta, tanpa pengalaman, tiket gratis. Kirim foto paspor ke 0812-3456-7890";
const asked: string[] = [];
let browser: Browser;
let address: string;
let up: (port?: number) => Promise<void>;
let down: () => Promise<void>;

beforeAll(async () => {
  const app = new Hono<Env>();
  app.use(withReference((bytes) => crypto.getRandomValues(new Uint8Array(bytes))));
  app.use(withHeaders(false));
  app.use(async (c, next) => {
    asked.push(`${c.req.method} ${c.req.url}`);
    await next();
  });
  app.route("/", assets(builtPages));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  up = (port = 0) => new Promise((done) => void server.listen(port, "localhost", done));
  down = () =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
      server.closeAllConnections();
    });
  await up();
  address = `http://localhost:${(server.address() as AddressInfo).port}/offer`;
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await down();
});

test("a visitor pastes an offer, sees the signs in her language, and the page works without a line", async () => {
  const page = await blank(browser, { width: 390, options: { locale: "id-ID" } });
  const context = page.context();
  context.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("console", (said) => said.type() === "error" && faults.push(said.text()));
  await page.goto(address);
  await page.getByText("Siap tanpa sambungan").waitFor();
  // The node is gone: a service worker would still reach it where only the page is put off line.
  await down();
  const before = asked.length;
  await page.reload();
  await page.getByLabel("Tawaran itu").fill(offer);
  await page.getByRole("button", { name: "Periksa" }).click();
  await page.getByRole("heading", { name: /Banyak tanda/ }).waitFor();
  await expect(page.locator("mark").allTextContents()).resolves.toEqual(
    expect.arrayContaining(["Sihanoukville", "tanpa pengalaman", "tiket gratis", "Kirim foto paspor"]),
  );
  await page.getByText("0812-3456-7890", { exact: true }).waitFor();
  await page.getByLabel("Negara Anda").selectOption("KH");
  await page.getByRole("link", { name: "117" }).waitFor();
  await look(page, "the page for a pasted offer");

  // Another language keeps what she pasted on the screen, and nowhere else.
  await page.getByRole("combobox").first().selectOption("km");
  await page.getByRole("heading", { name: /មានសញ្ញាច្រើន/ }).waitFor();
  const kept = await page.evaluate(`(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
    await indexedDB.databases(),
    (await Promise.all((await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).map((one) => one.url)))).flat(),
  ]))()`);
  expect(kept).not.toMatch(/Sihanoukville|0812|paspor/);
  expect(asked.slice(before)).toEqual([]);
  expect(faults.filter((text) => !/ERR_CONNECTION_REFUSED|ERR_FAILED/.test(text))).toEqual([]);

  // Burmese as an older phone writes it is read, and shown as newer ones show it.
  await page.locator("textarea").fill("လစာေကာင္း၊ အေတြ့အႀကံဳမလိုပါ၊ လက္မွတ္ဖရီး");
  await page.locator("textarea").press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("mark", { hasText: "လစာကောင်း" }).waitFor();

  // Its policy forbids what no line of it does.
  await up(Number(new URL(address).port));
  const sent = await page.evaluate(
    `fetch("/offer?" + document.querySelector("textarea").value).then(() => "sent", () => "refused")`,
  );
  expect(sent).toBe("refused");
  await page.reload();
  await expect(page.locator("textarea").inputValue()).resolves.toBe("");
  expect(asked.join("\n")).not.toContain("Sihanoukville");
  await context.close();
}, 60_000);

test("in Chinese its words are drawn on a device without the signs, and what is pasted fetches none", async () => {
  const page = await blank(browser, { width: 390, options: { locale: "zh-CN" } });
  await page.goto(address);
  await page.getByRole("heading", { name: "这份工作安全吗？" }).waitFor();
  const drawn = `[...document.fonts].some(({ family }) => family.includes("Simpul Chinese")) &&
    document.fonts.check('1em "Simpul Chinese"', document.body.innerText.replace(/[\\u0000-\\u2fff]/g, ""))`;
  await expect.poll(() => page.evaluate(drawn), { timeout: 15_000 }).toBe(true);
  const before = asked.length;
  await page.getByRole("textbox").fill("演习：客服，包机票，高薪，犇骉麤鱻 0812-3456-7890");
  await page.getByRole("button", { name: "检查" }).click();
  await page.locator("mark").first().waitFor();
  await page.waitForTimeout(500);
  expect(asked.slice(before)).toEqual([]);
});
