// What one more advert costs among ten thousand held and among a million; a program of its own, that says its figure as JSON.
import { Campaigns } from "@simpul/detect";
import { makeAdverts } from "@simpul/testing/made-adverts";
import { pathToFileURL } from "node:url";
import type { Figure } from "./figure.ts";

const round = (value: number): number => Number(value.toFixed(2));

/** Seconds of this process's own computing: other work on the machine does not count. */
export function computing(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

const few = 10_000;
const many = 1_000_000;

/** What the next 5,000 adverts cost among ten thousand and among a million; short adverts, so that a million fit a run. */
function growth(): Figure {
  const campaigns = new Campaigns();
  const stream = makeAdverts({ adverts: many + 10_000, seed: 9, words: [14, 30] });
  const next = (count: number): string[] =>
    Array.from({ length: count }, () => (stream.next().value as { text: string }).text);
  const cost = (): number => {
    const texts = next(5_000);
    return (computing(() => texts.forEach((text) => campaigns.add(text))) / texts.length) * 1e6;
  };
  for (const text of next(few)) campaigns.add(text);
  const early = cost();
  for (let held = few; held < many - 10_000; held += 10_000)
    for (const text of next(10_000)) campaigns.add(text);
  const late = cost();
  return {
    figure: `cost of one advert with ${many.toLocaleString("en")} held, beside ${few.toLocaleString("en")} held`,
    ours: round(late),
    unit: "µs of computing",
    peer: round(early),
    peerName: `the same with ${few.toLocaleString("en")} held`,
    bound: null,
    ratio: round(late / early),
    runs: 1,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(JSON.stringify(growth()));
