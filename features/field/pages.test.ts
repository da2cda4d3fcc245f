// The phone in a real browser: set up, without a line, screening, and what its thief finds: nothing, even with the PIN.
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

const planted = "Nurlela Planted EXERCISE";
const pin = "481516";
let id: Nation;
let maya: VictimDesk;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  ({ id } = await nations("id"));
  maya = await openVictimDesk(id, "maya");
  browser = await openBrowser();
  page = await enter(browser, id, "rina", { language: "en", width: 390 });
  await page.request.patch(`${id.web.address}/api/access/session`, {
    data: { purpose: "victim-identification" },
    headers: { origin: id.web.address, "x-simpul": "page" },
  });
  page.context().setDefaultTimeout(12_000);
  await page.evaluate(`localStorage.setItem("simpul.language", "en")`);
}, 120_000);
afterAll(() => browser.close());

/** Everything that this browser keeps of the node's pages, as text: tables, caches, storage, cookies, address, title, history. */
const all = (): Promise<string> =>
  page.evaluate(`(async () => {
    const parts = [document.title, location.href, JSON.stringify(history.state), JSON.stringify(localStorage),
      JSON.stringify(sessionStorage), document.cookie];
    const text = (value) => {
      if (value instanceof CryptoKey) return value.extractable && value.type !== "public" ? "EXTRACT" + "ABLE" : "key";
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer ?? value);
        return Array.from(bytes, (one) => String.fromCharCode(one)).join("");
      }
      if (value === null || typeof value !== "object") return String(value);
      return Object.entries(value).map(([name, one]) => name + "=" + text(one)).join(";");
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((done) => { const o = indexedDB.open(name); o.onsuccess = () => done(o.result); });
      for (const table of db.objectStoreNames)
        for (const one of await new Promise((done) => { const r = db.transaction(table).objectStore(table).getAll(); r.onsuccess = () => done(r.result); }))
          parts.push("kept/" + table + ":" + text(one));
      db.close();
    }
    for (const name of await caches.keys())
      for (const asked of await (await caches.open(name)).keys()) {
        parts.push(asked.url);
        parts.push(await (await (await caches.open(name)).match(asked)).text());
      }
    return parts.join("\\n");
  })()`);

const unlock = async (): Promise<void> => {
  await page.getByLabel("PIN", { exact: true }).fill(pin);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("heading", { name: "In the field" }).waitFor();
};

test("she screens without a line; the thief of the phone learns nothing, and when the line is back the desk reads it once", async () => {
  await page.goto(`${id.web.address}/field`);
  await page.getByLabel("Name of this phone").fill("Border team 2");
  await page.getByLabel("New PIN").fill("123456");
  await page.getByLabel("The PIN once more").fill("123456");
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByText("Too easy to guess").waitFor();
  await page.getByLabel("New PIN").fill(pin);
  await page.getByLabel("The PIN once more").fill(pin);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("button", { name: "Screen a person" }).waitFor();
  await look(page, "field-home");
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");

  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole("heading", { name: "Locked" }).waitFor();
  await unlock();
  await page.getByRole("button", { name: "Screen a person" }).click();
  await page.getByLabel("Code on the wristband").fill("7F3K-9Q2M-4TXD");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("This is not a code of a wristband").waitFor();
  await page.getByRole("button", { name: "No wristband" }).click();
  await page.locator("button", { hasText: "မြန်မာ" }).click();
  await page.getByLabel("An interpreter helps").check();
  await page.getByLabel("Interpreter's name").fill(planted);
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await page.locator(".sc-acts button").first().waitFor();
  await page.locator(".sc-acts button").first().click();
  await page.keyboard.press("2");
  await page.locator('.sc-saved[data-state="kept"]').waitFor();
  await page.getByRole("button", { name: /Put aside/ }).click();
  await page.getByRole("button", { name: /Without a wristband/ }).waitFor();
  // While it is not finished it lies there, and nobody reads it without the PIN.
  const held = await all();
  expect(held).toContain("kept/drafts:");
  expect(held).not.toContain("Nurlela");
  expect(held).not.toContain("EXTRACTABLE");

  await page.getByRole("button", { name: /Without a wristband/ }).click();
  await page.getByRole("button", { name: /Stop here/ }).click();
  await page.getByRole("button", { name: /Finish/ }).click();
  await page.getByText("Finished and sealed").waitFor();
  await page.getByText(/2 not sent yet, oldest from/).waitFor();
  const sealed = await all();
  expect(sealed).toContain("kept/outbox:");
  expect(sealed).not.toMatch(/Nurlela|kept\/drafts:|EXTRACTABLE/);
  // With the PIN: the phone opens, and there is nothing to open.
  await page.reload();
  await unlock();
  expect(await page.locator("main").innerText()).not.toContain("Not finished");
  expect(await all()).not.toContain("Nurlela");

  await page.context().setOffline(false);
  await page.getByText("Everything is sent").waitFor();
  const told = [...(await maya.desk()).people()].filter((one) =>
    JSON.stringify(one.entries).includes(planted),
  );
  expect(told.map((one) => one.entries.map((entry) => entry.kind).sort())).toEqual([
    ["field.met", "screening.told"],
  ]);
}, 120_000);

test("a week unopened or five wrong PINs destroy what is being worked on; revoked, the phone destroys everything and says so", async () => {
  const begins = async (): Promise<void> => {
    await page.getByRole("button", { name: "Screen a person" }).click();
    await page.getByRole("button", { name: "No wristband" }).click();
    await page.locator("button", { hasText: "ไทย" }).click();
    await page.getByRole("button", { name: "Begin", exact: true }).click();
    await page.locator(".sc-acts button").first().click();
    await page.keyboard.press("2");
    await page.locator('.sc-saved[data-state="kept"]').waitFor();
    expect(await all()).toContain("kept/drafts:");
  };
  await begins();
  await page.clock.setSystemTime(Date.now() + 8 * 86_400_000);
  await page.reload();
  await page.getByText("too long unopened").waitFor();
  expect(await all()).not.toMatch(/kept\/(lock|drafts):/);
  await page.clock.setSystemTime(Date.now());
  await page.getByLabel("Name of this phone").fill("Border team 2");
  await page.getByLabel("New PIN").fill(pin);
  await page.getByLabel("The PIN once more").fill(pin);
  await page.getByRole("button", { name: "Set up" }).click();
  await begins();
  await page.getByRole("button", { name: /Put aside/ }).click();
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  for (let tries = 1; tries <= 5; tries++) {
    await page.getByLabel("PIN", { exact: true }).fill(`wrong-${tries}`);
    await page.getByRole("button", { name: "Unlock" }).click();
    if (tries < 5)
      await page.getByText(tries === 4 ? "One try is left" : `${5 - tries} tries are left`).waitFor();
  }
  await page.getByText("too many wrong PINs").waitFor();
  expect(await all()).not.toMatch(/kept\/(lock|drafts):/);
  const { phones } = await maya.person.must<{ phones: { id: string }[] }>("GET", "/api/field/phones");
  for (const one of phones) await maya.person.must("POST", `/api/field/phones/${one.id}/revoke`);
  await page.reload();
  await page.getByText("The node revoked this phone").waitFor();
  expect(await all()).not.toMatch(/kept\/(phone|outbox):/);
}, 60_000);
