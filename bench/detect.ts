// Reading, gathering and ranking adverts: the figures of detection, each beside a plain model or a plain MinHash.
import { execFile } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  Campaigns,
  find,
  flags,
  language,
  margin,
  ngrams,
  rank,
  train,
  type LinearModel,
} from "@simpul/detect";
import { makeAdverts, madeLanguages, scriptOf, seeded } from "@simpul/testing/made-adverts";
import { jobAdverts, thaiMessages } from "./detect-data.ts";
import { rewordedFigure, unseenFigure, wordingFigures } from "./detect-ranking.ts";
import { computing } from "./detect-growth.ts";
import { pairScores } from "./detect-scores.ts";
import { median, type Figure } from "./figure.ts";

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

/** The peer: MinHash of 128 permutations on letter fives, bands of four rows, joined from 0.35 on by single links. */
class PlainMinHash {
  readonly #salts = Array.from({ length: 128 }, (_, nth) => Math.imul(nth + 1, 0x9e3779b1) | 1);
  readonly #buckets = new Map<string, number[]>();
  readonly #signatures: Uint32Array[] = [];
  readonly #parent: number[] = [];

  top(nth: number): number {
    let at = nth;
    while (this.#parent[at] !== at) at = this.#parent[at] = this.#parent[this.#parent[at]!]!;
    return at;
  }

  add(text: string): number {
    const signature = new Uint32Array(128).fill(0xffff_ffff);
    const plain = text.toLowerCase();
    for (let at = 0; at + 5 <= plain.length; at++) {
      let hash = 0x811c9dc5;
      for (let i = 0; i < 5; i++) hash = Math.imul(hash ^ plain.charCodeAt(at + i), 0x01000193);
      for (let k = 0; k < 128; k++) {
        let own = Math.imul(hash ^ (hash >>> 16), this.#salts[k]!);
        own = (own ^ (own >>> 15)) >>> 0;
        if (own < signature[k]!) signature[k] = own;
      }
    }
    const nth = this.#signatures.push(signature) - 1;
    this.#parent.push(nth);
    for (let band = 0; band < 32; band++) {
      const key = `${band}:${signature.subarray(band * 4, band * 4 + 4).join()}`;
      const held = this.#buckets.get(key);
      if (held === undefined) this.#buckets.set(key, [nth]);
      else {
        for (const other of held) {
          let same = 0;
          for (let k = 0; k < 128; k++) if (this.#signatures[other]![k] === signature[k]) same++;
          if (same / 128 >= 0.35) this.#parent[this.top(nth)] = this.top(other);
        }
        held.push(nth);
      }
    }
    return nth;
  }
}

function campaignFigures(): Figure[] {
  const adverts = [...makeAdverts({ adverts: 20_000, seed: 7 })];
  const truth = adverts.map((one) => one.truth);
  const campaigns = new Campaigns();
  const took = adverts.map(({ text }) => campaigns.add(text).campaign);
  const ours = took.map((one) => campaigns.now(one));
  const plain = new PlainMinHash();
  for (const { text } of adverts) plain.add(text);
  const peer = adverts.map((_, nth) => plain.top(nth));
  const own = pairScores(truth, ours);
  const theirs = pairScores(truth, peer);
  const peerName = "a plain MinHash (128 permutations, letter fives, bands of 4, from 0.35 on)";
  const figure = (name: string, mine: number, others: number, bound: number | null): Figure => ({
    figure: `campaigns of 20,000 made adverts in seven scripts: ${name}`,
    ours: round(mine),
    unit: "",
    peer: round(others),
    peerName,
    bound,
    ratio: null,
    runs: 1,
  });
  const perLanguage = madeLanguages.map((spoken) => {
    const mine = adverts.flatMap((one, nth) => (one.language === spoken ? [nth] : []));
    const of = (said: readonly number[]): number =>
      pairScores(
        mine.map((nth) => truth[nth]!),
        mine.map((nth) => said[nth]!),
      ).recall;
    return figure(`recall of pairs, ${spoken} (${scriptOf[spoken]})`, of(ours), of(peer), null);
  });
  return [
    figure("adjusted Rand index", own.ari, theirs.ari, null),
    figure("precision of pairs", own.precision, theirs.precision, null),
    figure("recall of pairs", own.recall, theirs.recall, null),
    ...perLanguage,
  ];
}

/** In a process of its own, on the other core: a million adverts take as long as everything else together. */
const growthFigure = async (): Promise<Figure> => {
  const program = fileURLToPath(new URL("./detect-growth.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], {
    maxBuffer: 1 << 20,
  });
  return JSON.parse(stdout) as Figure;
};

/** Everything an advert goes through but the reading of pictures, on the given adverts and messages. */
function rateFigure(): Figure {
  const set = [...jobAdverts(), ...thaiMessages()];
  const model: LinearModel = train(set.slice(0, 400), { version: "bench", random: seeded(1) });
  const texts = set.slice(400).map(({ text }) => text.slice(0, 776));
  const through = (): void => {
    const campaigns = new Campaigns();
    for (const text of texts) {
      const { campaign } = campaigns.add(text);
      language(text);
      rank({
        flags: flags(text),
        selectors: { known: find(text).map((one) => one.canonical), sharedWith: 0 },
        campaign: { size: campaigns.size(campaign), confirmed: false },
        wording: { margin: margin(model, text), calibrated: true, terms: [] },
      });
    }
  };
  through();
  const rates = [1, 2, 3].map(() => texts.length / computing(through));
  const letters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  return {
    figure: `adverts through language, selectors, signs, campaign and rank (mean ${Math.round(letters)} letters)`,
    ours: Math.round(median(rates)),
    unit: "adverts/s and core",
    peer: Math.round(
      median([1, 2, 3].map(() => texts.length / computing(() => texts.forEach((one) => ngrams(one))))),
    ),
    peerName: "cutting the same texts into n-grams alone",
    bound: 1_000,
    ratio: null,
    runs: 3,
  };
}

export async function detect(): Promise<Figure[]> {
  const began = performance.now();
  const timed = <Told>(what: string, take: () => Told): Told => {
    const from = performance.now();
    const told = take();
    console.error(`${what} took ${Math.round((performance.now() - from) / 1000)} s`);
    return told;
  };
  const growth = growthFigure();
  // It stands in the list below; a failure before that is told there.
  growth.catch(() => undefined);
  const figures = [
    timed("rate", rateFigure),
    ...timed("wording", wordingFigures),
    timed("reworded", rewordedFigure),
    timed("unseen", unseenFigure),
    ...timed("campaigns", campaignFigures),
    await growth,
  ];
  console.error(`detect took ${Math.round((performance.now() - began) / 1000)} s`);
  return figures;
}
