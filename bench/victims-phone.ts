// A phone of the field in a real browser, for benches: set up, on a slow line, filled with sealed screenings, killed and opened.
import { metKind } from "@simpul/features/field/contract.ts";
import { randomId, sealEntry, type DeskKey, type SealedEntry } from "@simpul/features/victims/contract.ts";
import { signIn } from "@simpul/testing";
import type { BrowserContext, Page } from "playwright-core";

const pin = "481516";

/** An officer's phone with its PIN, its pages kept for days without a line. */
export async function setUpPhone(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  const person = await signIn(address, "rina");
  await person.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  const [name, value] = person.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: address }]);
  await page.goto(`${address}/field`);
  await page.getByLabel("Name of this phone").fill("Bench");
  await page.getByLabel("New PIN").fill(pin);
  await page.getByLabel("The PIN once more").fill(pin);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("button", { name: "Screen a person" }).waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  return page;
}

/** What DevTools calls Slow 3G: two seconds of latency, 50 kB a second. */
const slow3g = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Seconds from the tap on its icon to the field for the PIN, on a processor `slower` times as slow. */
export async function openingOf(
  context: BrowserContext,
  address: string,
  { slower, line }: { slower: number; line: "none" | "slow" },
): Promise<{ page: Page; seconds: number }> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  if (line === "slow") {
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", slow3g);
  }
  const began = performance.now();
  await page.goto(`${address}/field`);
  await page.getByLabel("PIN", { exact: true }).waitFor();
  return { page, seconds: (performance.now() - began) / 1000 };
}

/** As the app itself puts them into its outbox: sealed to the desk's key, without a line. */
async function sealMet(to: DeskKey, count: number): Promise<SealedEntry[]> {
  const sealed: SealedEntry[] = [];
  for (let nth = 0; nth < count; nth++) {
    const at = new Date().toISOString();
    const data = { wristband: null, began: at, phone: randomId() };
    const entry = { id: randomId(), person: randomId(), kind: metKind.kind, at, data };
    sealed.push(await sealEntry(to, { ...entry, by: { node: "id", officer: null, door: "field" } }));
  }
  return sealed;
}

const putIntoOutbox = (page: Page, sealed: readonly SealedEntry[]): Promise<unknown> =>
  page.evaluate(
    `(async (all) => {
      const db = await new Promise((done) => { const o = indexedDB.open("simpul-field", 1); o.onsuccess = () => done(o.result); });
      const run = db.transaction("outbox", "readwrite");
      for (const one of all) run.objectStore("outbox").put({ ...one, at: new Date().toISOString() }, one.id);
      await new Promise((done) => { run.oncomplete = done; });
    })(${JSON.stringify(sealed)})`,
  );

/** A phone without a line and with so many finished screenings in its outbox; its app is open and has counted them. */
export async function withOutbox(
  context: BrowserContext,
  address: string,
  { to, screenings }: { to: DeskKey; screenings: number },
): Promise<{ page: Page; sealed: SealedEntry[] }> {
  const first = await setUpPhone(context, address);
  await context.setOffline(true);
  const sealed = await sealMet(to, screenings);
  await putIntoOutbox(first, sealed);
  // The app reads its outbox as it opens.
  await first.close();
  const page = await context.newPage();
  await page.goto(`${address}/field`);
  await page.getByText(`${String(screenings)} not sent yet`).waitFor();
  return { page, sealed };
}

/**
 * Sends until everything is sent. The app is killed wherever it stands, at most so many times, 150 to 850 ms after it was
 * opened, and opened again at once. Gives how often it was.
 */
export async function sendAll(
  context: BrowserContext,
  first: Page,
  address: string,
  most: number,
): Promise<number> {
  let page = first;
  let kills = 0;
  for (;;) {
    const sent = await page
      .getByText("Everything is sent")
      .waitFor({ timeout: 150 + Math.random() * 700 })
      .then(() => true)
      .catch(() => false);
    if (sent) return kills;
    if (kills < most) {
      await page.close();
      kills += 1;
      page = await context.newPage();
      await page.goto(`${address}/field`);
    }
  }
}
