// Charts in a real browser, of a large case and of a network of 10,000 things and 50,000 links: frames a second while an
// officer drags and zooms them.
import { signIn } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { framesOf, opened, runs } from "./chart/frames.ts";
import { putNetwork } from "./chart/put-network.ts";
import type { Figure } from "./figure.ts";
import { atExercise } from "./story-node.ts";

const companies = 150;
const accountsOfEach = 6;

/** Needs built pages, as the first screen does. The browser draws in software where the machine has no graphics card. */
export const chart = (): Promise<Figure[]> =>
  atExercise(async ({ server, open, serve }) => {
    const { node, database } = await open("id");
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
      const whole = await putNetwork({ server, database, sari });
      const page = await opened(browser, web.address);
      await page.goto(`${web.address}/cases/${number}/chart`);
      const ofCase = await framesOf(page);
      const began = performance.now();
      await page.goto(`${web.address}/actors/network`);
      const ofAll = await framesOf(page);
      const figure = (name: string, ours: number, unit: string, bound: number | null = null): Figure => ({
        figure: name,
        ours: Number(ours.toFixed(1)),
        ...{ unit, peer: null, peerName: null, bound, ratio: null, runs },
      });
      const points = companies * (1 + accountsOfEach);
      return [
        figure(
          `link chart of ${points} points, frames a second while it is dragged`,
          ofCase.dragged,
          "frames/s",
        ),
        figure(`${whole}, from the address to the picture`, (ofAll.drawnAt - began) / 1000, "s"),
        figure(`${whole}, frames a second while it is dragged`, ofAll.dragged, "frames/s", 30),
        figure(`${whole}, frames a second while it is zoomed`, ofAll.zoomed, "frames/s", 30),
        figure(`${whole}, script of the page a frame`, ofAll.script, "ms"),
      ];
    } finally {
      await browser.close();
    }
  });
