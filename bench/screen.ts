// The first screen of a node on loopback in a browser that never saw it, and what is sent for it; then the first room.
import type { Request } from "playwright-core";
import { openBrowser } from "@simpul/testing/browser";
import { median, type Figure } from "./figure.ts";
import { atExercise } from "./story-node.ts";

const runs = 7;

/** Needs built pages: `npm start` or `npm test` makes them. */
export const screen = (): Promise<Figure[]> =>
  atExercise(async ({ open, serve }) => {
    const { node } = await open("id");
    const web = await serve(node);
    const browser = await openBrowser();
    try {
      const first: number[] = [];
      const room: number[] = [];
      let bytes = 0;
      for (let nth = 0; nth < runs; nth++) {
        // A context of its own has no cache: cold every time.
        const context = await browser.newContext({ locale: "en-GB" });
        const page = await context.newPage();
        const sent: Promise<number>[] = [];
        const count = (request: Request): void => {
          // The fonts' list follows the first screen (apps/web/src/main.tsx); nobody waits for it.
          if (/^\/assets\/(?!fonts-).*\.(js|css)$/.test(new URL(request.url()).pathname))
            sent.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
        };
        // Once is enough, and a page that closes tells no sizes any more.
        if (nth === 0) page.on("requestfinished", count);
        let began = performance.now();
        await page.goto(web.address);
        await page.getByRole("heading").first().waitFor();
        first.push(performance.now() - began);
        page.off("requestfinished", count);
        if (nth === 0) bytes = (await Promise.all(sent)).reduce((sum, one) => sum + one, 0);
        await page.getByRole("button", { name: /Sari Wulandari/ }).click();
        began = performance.now();
        await page.getByRole("navigation").first().waitFor();
        await page.getByRole("heading", { level: 1 }).waitFor();
        room.push(performance.now() - began);
        await context.close();
      }
      const figure = (name: string, ours: number, unit: string, bound: number | null): Figure => ({
        figure: name,
        ours: Number(ours.toFixed(1)),
        unit,
        peer: null,
        peerName: null,
        bound,
        ratio: null,
        runs,
      });
      return [
        figure("first screen, cold", median(first), "ms", 1500),
        figure("first room after signing in, cold", median(room), "ms", 1500),
        figure("scripts and styles of the first screen, compressed", bytes / 1000, "kB", 250),
      ];
    } finally {
      await browser.close();
    }
  });
