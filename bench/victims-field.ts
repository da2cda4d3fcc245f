// A phone in the field: how fast it opens without a line on slow hardware, and how soon 500 screenings are at the node when the
// line is back: left alone, and with the app killed at random.
import { openBrowser } from "@simpul/testing/browser";
import { median, type Figure } from "./figure.ts";
import { alone, atVictimDesk, type Measured } from "./victims-node.ts";
import { openingOf, sendAll, setUpPhone, withOutbox } from "./victims-phone.ts";

const screenings = 500;
const appKills = 12;
const opens = 5;
/** How much slower than this machine's a cheap phone's processor is taken to be. */
const slower = 4;

export const victimsField = (): Promise<Figure[]> =>
  atVictimDesk(async (at) => [...(await opening(at)), await sending(at, 0), await sending(at, appKills)]);

async function opening({ address }: Measured): Promise<Figure[]> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(60_000);
    let page = await setUpPhone(context, address);
    const opened = async (line: "none" | "slow"): Promise<number> => {
      const times: number[] = [];
      for (let nth = 0; nth < opens; nth++) {
        await page.close();
        const { page: next, seconds } = await openingOf(context, address, { slower, line });
        page = next;
        times.push(seconds);
      }
      return median(times);
    };
    const onSlowLine = await opened("slow");
    await context.setOffline(true);
    const withoutLine = await opened("none");
    const at = { unit: "s", bound: 2, runs: opens };
    const times = `processor ${String(slower)} times slower`;
    return [
      alone(`field app opens without a line, ${times}`, withoutLine, at),
      alone(`field app opens on a slow 3G line, ${times}`, onSlowLine, at),
    ];
  } finally {
    await browser.close();
  }
}

async function sending({ address, maya }: Measured, most: number): Promise<Figure> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(60_000);
    const to = (await maya.compartment.sealTo())!;
    const { page, sealed } = await withOutbox(context, address, { to, screenings });
    const began = performance.now();
    await context.setOffline(false);
    const kills = await sendAll(context, page, address, most);
    const took = (performance.now() - began) / 1000;
    const desk = await maya.desk();
    const there = sealed.filter((one) => desk.person(one.person)?.entries.length === 1).length;
    if (there !== screenings) throw new Error(`${String(there)} of ${String(screenings)} are there once`);
    const how = most === 0 ? "nothing killed" : `the app killed ${String(kills)} times, the node never`;
    return alone(
      `500 screenings of one phone at the node after the line's return, ${how}, none lost or doubled`,
      took,
      { unit: "s", bound: 20, runs: 1 },
    );
  } finally {
    await browser.close();
  }
}
