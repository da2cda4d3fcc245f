// Reading the text in pictures: letters read wrongly and seconds a picture, by language, on posters rendered from the project's
// own translated texts. Where the machine has a tesseract with Khmer, Khmer too.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { pictureLanguages, type PictureLanguage } from "@simpul/features/ads/contract/pictures.ts";
import { prepare, readPicture } from "@simpul/features/ads/pictures/engine.ts";
import { readsKhmer } from "@simpul/features/ads/pictures/packs.ts";
import { openBrowser } from "@simpul/testing/browser";
import { letterError, poster } from "@simpul/testing/posters";
import { median, type Figure } from "./figure.ts";

const posters = 3;

function textsOf(language: PictureLanguage): string[] {
  const file = new URL(`../features/screening/texts/${language}.json`, import.meta.url);
  const all = Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>);
  const sentences = all.filter((one): one is string => typeof one === "string" && one.length > (language === "zh" ? 10 : 25) && one.length < 140 && !one.includes("{")); // prettier-ignore
  return Array.from({ length: posters }, (_, nth) => sentences.slice(nth * 4, nth * 4 + 4).join("\n"));
}

export async function ocr(): Promise<Figure[]> {
  const browser = await openBrowser();
  const figures: Figure[] = [];
  try {
    for (const language of pictureLanguages) {
      if (language === "km" && !(await readsKhmer())) continue;
      const errors: number[] = [];
      const seconds: number[] = [];
      for (const text of textsOf(language)) {
        const bytes = await poster(browser, { heading: "EXERCISE", text });
        const began = performance.now();
        const { png } = await prepare(bytes);
        const found = await readPicture(png, [language], () => undefined);
        seconds.push((performance.now() - began) / 1000);
        errors.push(letterError(found.text.replace(/^EXERCISE\s*/u, ""), text));
      }
      const plain = { peer: null, peerName: null, bound: null, ratio: null, runs: posters };
      figures.push({ ...plain, figure: `text in posters, ${language}: letters wrong`, ours: Number(median(errors).toFixed(4)), unit: "of all" }); // prettier-ignore
      figures.push({ ...plain, figure: `text in posters, ${language}: time`, ours: Number(median(seconds).toFixed(2)), unit: "s a picture" }); // prettier-ignore
    }
  } finally {
    await browser.close();
  }
  return figures;
}
