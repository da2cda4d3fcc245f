// The link chart of a large case in a real browser: frames a second while an officer drags it about.
import { signIn } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { median, type Figure } from "./figure.ts";
import { atExercise } from "./story-node.ts";

const companies = 150;
const accountsOfEach = 6;
const runs = 5;
const seconds = 3;

/** Needs built pages, as the first screen does. The browser draws in software where the machine has no graphics card. */
export const chart = (): Promise<Figure[]> =>
  atExercise(async ({ open, serve }) => {
    const { node } = await open("id");
    const web = await serve(node);
    const browser = await openBrowser();
    try {
      const sari = await signIn(web.address, "sari");
      const { number } = await sari.must<{ number: string }>("POST", "/api/cases", {
        ...{ title: "EXERCISE: a large network", crimeType: "trafficking-forced-criminality" },
      });
      const put = async (kind: string, fields: object): Promise<string> =>
        (await sari.must<{ id: string }>("POST", `/api/cases/${number}/records/${kind}`, { fields })).id;
      let before: string | null = null;
      for (let n = 0; n < companies; n++) {
        const names = [{ text: `EXERCISE Company ${String(n)}`, language: "en" }];
        const company = await put("subject", { kind: "organisation", role: "business", names });
        for (let m = 0; m < accountsOfEach; m++)
          await put("selector", {
            ...{ type: "phone", role: "business", subject: company },
            written: `+62 812${String(1_000_000 + n * accountsOfEach + m)}`,
          });
        if (before !== null)
          await put("link", { kind: "knows", from: company, toKind: "subject", to: before });
        before = company;
      }
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
      const page = await context.newPage();
      await page.goto(web.address);
      await page.locator('[data-officer="sari"]').click();
      await page.getByRole("navigation").first().waitFor();
      await page.goto(`${web.address}/cases/${number}/chart`);
      const picture = page.locator('[role="img"]').first();
      await picture.locator("canvas").first().waitFor();
      const box = (await picture.boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.evaluate(
        `window.drawn = 0; (function count() { window.drawn++; requestAnimationFrame(count); })()`,
      );
      const frames: number[] = [];
      for (let run = 0; run < runs; run++) {
        await page.mouse.move(x, y);
        await page.mouse.down();
        const from = await page.evaluate<number>("window.drawn");
        const began = performance.now();
        for (let step = 0; performance.now() - began < seconds * 1000; step++)
          await page.mouse.move(x + 150 * Math.sin(step / 9), y + 100 * Math.cos(step / 7));
        const drawn = await page.evaluate<number>("window.drawn");
        frames.push((drawn - from) / ((performance.now() - began) / 1000));
        await page.mouse.up();
      }
      return [
        {
          figure: `link chart of ${companies * (1 + accountsOfEach)} points, frames a second while it is dragged`,
          ours: Number(median(frames).toFixed(1)),
          ...{ unit: "frames/s", peer: null, peerName: null, bound: null, ratio: null, runs },
        },
      ];
    } finally {
      await browser.close();
    }
  });
