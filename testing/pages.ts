// An officer's own browser in a test: signed in at her node, and each page of hers looked at for what a machine can see.
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { axe, picture, widths } from "./browser.ts";
import { whole } from "./whole.ts";

export interface Desk {
  /** The language that her session is put to; without it the one that her state begins with. */
  language?: string;
  width?: number;
  options?: BrowserContextOptions;
}

/** What her page still waits for: all but the line that never ends. */
const waiting = new WeakMap<Page, Set<Request>>();

/** A page of a browser of her own, at nobody's desk yet. */
export async function blank(browser: Browser, desk: Desk = {}): Promise<Page> {
  const width = desk.width ?? widths.desk;
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: "light",
    // What moves is not what is tested, and waiting for it is most of a test's time.
    reducedMotion: "reduce",
    ...desk.options,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const asked = new Set<Request>();
  waiting.set(page, asked);
  page.on("request", (request) => {
    if (request.resourceType() !== "eventsource") asked.add(request);
  });
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => asked.delete(request));
  return page;
}

/** An officer of the exercise at her node, by one click on her name. */
export async function enter(
  browser: Browser,
  { web }: { web: { address: string } },
  officer: string,
  desk: Desk = {},
): Promise<Page> {
  const page = await blank(browser, desk);
  await page.goto(web.address);
  await page.locator(`[data-officer="${officer}"]`).click();
  await page.getByRole("navigation").first().waitFor();
  if (desk.language !== undefined) await speaks(page, web, desk.language);
  return page;
}

const speaks = (page: Page, { address }: { address: string }, language: string): Promise<unknown> =>
  page.request.patch(`${address}/api/access/session`, {
    data: { language },
    headers: { origin: address, "x-simpul": "page" },
  });

/** Another officer sits down at this browser, or the same one signs in again: what it read of the house it keeps. */
export async function sits(
  page: Page,
  { web }: { web: { address: string } },
  officer: string,
  language: string,
): Promise<void> {
  await page.request.post(`${web.address}/api/access/exercise/sign-in`, {
    data: { officer },
    headers: { origin: web.address },
  });
  await speaks(page, web, language);
}

/** Comes back when nothing has been on its way for a moment and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  const asked = waiting.get(page);
  for (let quiet = 0, rounds = 0; quiet < 3 && rounds < 300; rounds += 1) {
    await page.waitForTimeout(40);
    quiet = (asked?.size ?? 0) === 0 ? quiet + 1 : 0;
  }
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => null))).then(() => true)`);
}

const looks = [
  [widths.desk, "light"],
  [widths.phone, "dark"],
] as const;

/** Both for what decides a landing (.ci/run) and for pictures; else one is drawn. */
export const both = whole || process.env["SIMPUL_PICTURES"] !== undefined;

/**
 * Looks at the page as it stands, on a desk in the light and on a phone in the dark. Throws with what axe finds, and
 * where something runs over the right edge. With SIMPUL_PICTURES set, a picture of each is kept.
 */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [width, colorScheme] of both ? looks : [looks[Math.random() < 0.5 ? 0 : 1]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await settled(page);
    if (process.env["SIMPUL_PICTURES"] !== undefined) await picture(page, `${name}-${colorScheme}`, width);
    const found: unknown[] = await axe(page);
    const over = await page.evaluate<
      string[]
    >(`[document.documentElement, ...document.querySelectorAll("main td, main td button")]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        || (one === document.documentElement && one.scrollWidth > one.clientWidth))
      .map((one) => "runs over the edge: " + one.outerHTML.slice(0, 120))`);
    found.push(...over);
    if (found.length > 0)
      throw new Error(`${name}, ${String(width)} px, ${colorScheme}: ${JSON.stringify(found, null, 2)}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before !== null) await page.setViewportSize(before);
}
