// A page with a chart, moved about as with a hand: how many frames come, and how much of each is script of the page.
import type { Browser, Page } from "playwright-core";
import { median } from "../figure.ts";

export const runs = 5;
const seconds = 3;

export interface Frames {
  /** Frames a second. */
  dragged: number;
  zoomed: number;
  /** Milliseconds of script a frame, while it is dragged; the rest of a frame is drawing. */
  script: number;
  /** When the picture stood there. */
  drawnAt: number;
}

/** Signed in as the cyber investigator. */
export async function opened(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('[data-officer="sari"]').click();
  await page.getByRole("navigation").first().waitFor();
  return page;
}

export async function framesOf(page: Page): Promise<Frames> {
  const picture = page.locator('[role="img"][aria-busy="false"]').first();
  await picture.locator("canvas").first().waitFor({ timeout: 300_000 });
  const drawnAt = performance.now();
  const box = (await picture.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(
    `window.drawn = 0; (function count() { window.drawn++; requestAnimationFrame(count); })()`,
  );
  const metrics = await page.context().newCDPSession(page);
  await metrics.send("Performance.enable");
  const script = async (): Promise<number> =>
    (await metrics.send("Performance.getMetrics")).metrics.find((one) => one.name === "ScriptDuration")!
      .value * 1000;
  const drawn = (): Promise<number> => page.evaluate<number>("window.drawn");
  const moved = async (step: (n: number) => Promise<void>): Promise<{ frames: number; script: number }> => {
    const [frames, spent] = [await drawn(), await script()];
    const began = performance.now();
    for (let n = 0; performance.now() - began < seconds * 1000; n++) await step(n);
    const many = (await drawn()) - frames;
    return { frames: many / ((performance.now() - began) / 1000), script: ((await script()) - spent) / many };
  };
  const dragged: Awaited<ReturnType<typeof moved>>[] = [];
  const zoomed: typeof dragged = [];
  // The third act above the picture shows all of it again.
  const whole = page.locator(".s-noprint", { has: picture }).getByRole("button").nth(2);
  for (let run = 0; run < runs; run++) {
    await whole.click();
    await page.waitForTimeout(1000);
    await page.mouse.move(x, y);
    await page.mouse.down();
    dragged.push(await moved((n) => page.mouse.move(x + 150 * Math.sin(n / 9), y + 100 * Math.cos(n / 7))));
    await page.mouse.up();
    zoomed.push(await moved((n) => page.mouse.wheel(0, Math.floor(n / 20) % 2 === 0 ? -100 : 100)));
  }
  return {
    dragged: median(dragged.map((one) => one.frames)),
    zoomed: median(zoomed.map((one) => one.frames)),
    script: median(dragged.map((one) => one.script)),
    drawnAt,
  };
}
