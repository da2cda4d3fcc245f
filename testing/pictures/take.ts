// Takes pages as pictures (and as paper), and says what a machine can see: what is cut, what does not fit, what was never put into words.
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { axe } from "../browser.ts";
import type { Stage } from "../main-job/index.ts";
import { at } from "./pages.ts";
import type { Ask, Person, Pictured } from "./pages.ts";

export interface Look {
  language: string;
  theme: "light" | "dark";
  width: number;
}

export interface Seen {
  /** The page. */
  name: string;
  /** What is wrong with it, in words. */
  says: string;
}

interface Wanted {
  addresses: Stage["addresses"];
  pages: readonly Pictured[];
  look: Look;
  to: string;
  paper: boolean;
  axe: boolean;
}

/** Takes the pages one after the other; gives what a look at the page's own lengths and words finds. */
export async function take(browser: Browser, wanted: Wanted): Promise<Seen[]> {
  const found: Seen[] = [];
  const people = [...new Set(wanted.pages.map((one) => one.who))];
  for (const who of people) {
    const page = await open(browser, who, wanted);
    for (const one of wanted.pages.filter((other) => other.who === who))
      for (const says of await takeOne(page, one, wanted)) found.push({ name: one.name, says });
    await page.context().close();
  }
  return found;
}

/** A browser of her own, signed in by the exercise's click, in the language and theme. */
async function open(browser: Browser, who: Person | null, wanted: Wanted): Promise<Page> {
  const { look, addresses } = wanted;
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 844 : 800 },
    locale: look.language,
    colorScheme: look.theme,
    reducedMotion: "reduce",
    hasTouch: look.width < 600,
  });
  await context.addInitScript(`localStorage.setItem("simpul.language", "${look.language}")`);
  const page = await context.newPage();
  await page.goto(addresses[who === null ? "id" : at[who]]);
  if (who === null) return page;
  await page.locator(`[data-officer="${who}"]`).click();
  await page.locator(".s-frame").waitFor();
  await page.evaluate(
    `fetch("/api/access/session", { method: "PATCH", body: JSON.stringify({ language: "${look.language}" }), headers: { "content-type": "application/json", "x-simpul": "page" } })`,
  );
  return page;
}

async function takeOne(page: Page, one: Pictured, { look, to, paper, ...wanted }: Wanted): Promise<string[]> {
  const ask: Ask = (address) =>
    page.evaluate(
      `fetch("${address}", { headers: { accept: "application/json" } }).then((answer) => answer.json())`,
    );
  const address = await one.at(ask);
  if (address === null) return ["nothing of the kind is in this exercise"];
  await page.goto(new URL(address, page.url()).href);
  const headed = await page
    .getByRole("heading", { level: 1 })
    .first()
    .waitFor({ timeout: 10_000 })
    .then(
      () => true,
      () => false,
    );
  // The stream of what is new stays open: the network never falls silent.
  await page.waitForTimeout(700);
  await page.evaluate("document.fonts.ready.then(() => true)");
  await one.first?.(page);
  if (one.first !== undefined) await page.waitForTimeout(400);
  const folder = path.join(to, `${look.language}-${look.theme}-${look.width}`);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${one.name}.png`), fullPage: one.first === undefined });
  if (paper) await onPaper(page, path.join(folder, one.name), look.width);
  const seen = await page.evaluate<string[], string>(lookAt, look.language);
  if (!headed) seen.push("has no first heading");
  if (wanted.axe) seen.push(...(await axe(page)).map((rule) => `axe ${rule.id}: ${rule.nodes.join(" | ")}`));
  return seen;
}
/** As a sheet of A4 would have it: the file itself, and a picture to look at. */
async function onPaper(page: Page, file: string, width: number): Promise<void> {
  await page.pdf({ path: `${file}.pdf`, format: "A4", margin: margins });
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.screenshot({ path: `${file}-paper.png`, fullPage: true });
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
}
const margins = { top: "14mm", bottom: "14mm", left: "14mm", right: "14mm" };

interface Drawn {
  scrollWidth: number;
  clientWidth: number;
  className: unknown;
  textContent: string | null;
  children: { length: number };
  closest(selector: string): unknown;
}

/** Runs in the page. */
function lookAt(language: string): string[] {
  const { document, getComputedStyle } = globalThis as unknown as {
    document: {
      documentElement: Drawn;
      body: { innerText: string };
      querySelectorAll(of: string): Iterable<Drawn>;
    };
    getComputedStyle(of: Drawn): { overflowX: string; textOverflow: string };
  };
  const says: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth + 1) says.push(`wider than the window by ${scrollWidth - clientWidth} px`);
  for (const one of document.querySelectorAll("main *, .s-top *, .s-rooms *, .s-dock *")) {
    const style = getComputedStyle(one);
    // What ends in three dots was meant to.
    if (style.textOverflow === "ellipsis") continue;
    const cut = style.overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2;
    if (cut && (one.textContent ?? "") !== "" && one.closest(".s-hidden") === null)
      says.push(`cut: ${(one.textContent ?? "").slice(0, 60)}`);
  }
  const text = document.body.innerText;
  // A key that no catalogue has stands there as itself.
  for (const [key] of text.matchAll(
    /(?<!policy\.)\b(?:web|access|cases|checks|evidence|inbox|oversight|peers|requests|problem|role|purpose)\.[a-z][\w.-]+/g,
  ))
    says.push(`not in words: ${key}`);
  if (language === "km")
    for (const [date] of text.matchAll(
      /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{4}|\b(?:ago|minutes?|hours?|days?)\b/g,
    ))
      says.push(`English in Khmer: ${date}`);
  return [...new Set(says)];
}
