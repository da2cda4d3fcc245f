// Names of states and languages, times and lists stand in the reader's language, whatever the browser knows of it.
import { describe, expect, test } from "vitest";
import { locales, type Locale } from "./locales.ts";
import { readCatalogues, sharedWords, wordsFromFiles } from "./node.ts";
import { createWords } from "./words.ts";
import { stateZones } from "./times.ts";

const now = "2031-04-17T12:00:00Z";
/** As in a browser that lacks the data of the locale, as the packaged one does for Khmer. */
const poor = (locale: Locale) =>
  createWords(locale, readCatalogues(locale, [sharedWords]), { known: false, timeZone: "UTC" });

/** A moment ago, half a minute, three minutes, three hours, a day ago; in two days; two days and four hours; nothing. */
const told: Readonly<Record<Locale, string[]>> = {
  en: [
    ...["now", "30 seconds ago", "3 minutes ago", "3 hours ago", "yesterday"],
    ...["in 2 days", "2 days 4 hr", "0 sec"],
  ],
  id: [
    ...["sekarang", "30 detik yang lalu", "3 menit yang lalu", "3 jam yang lalu", "kemarin"],
    ...["dalam 2 hari", "2 hari 4 jam", "0 detik"],
  ],
  km: [...["ឥឡូវ", "30 វិនាទីមុន", "3 នាទីមុន", "3 ម៉ោងមុន", "ម្សិលមិញ"], ...["2 ថ្ងៃទៀត", "2 ថ្ងៃ 4 ម៉ោង", "0 វិនាទី"]],
  fil: [
    ...["ngayon", "30 segundo ang nakalipas", "3 minuto ang nakalipas", "3 oras ang nakalipas", "kahapon"],
    ...["sa 2 araw", "2 araw 4 oras", "0 seg."],
  ],
};

describe.each(locales)("%s", (locale) => {
  const words = wordsFromFiles(locale, [], { timeZone: "UTC" });

  test("names every state of the region and every language of the product by its own catalogue", () => {
    for (const code of Object.keys(stateZones)) {
      expect(words.has(`region.${code.toUpperCase()}`), code).toBe(true);
      expect(words.state(code)).toBe(words.say(`region.${code.toUpperCase()}`));
    }
    for (const code of ["en", "id", "km", "fil", "th", "vi", "ms", "my", "lo", "zh"])
      expect(words.has(`language.${code}`), code).toBe(true);
  });

  test("tells how long ago and how long yet, without a word of English in another language", () => {
    const said = [
      words.ago("2031-04-17T11:59:59.900Z", now),
      words.ago("2031-04-17T11:59:30Z", now),
      words.ago("2031-04-17T11:57:00Z", now),
      words.ago("2031-04-17T09:00:00Z", now),
      words.ago("2031-04-16T11:00:00Z", now),
      words.ago("2031-04-19T12:00:00Z", now),
      words.duration(187_200_000),
      words.duration(0),
    ];
    expect(said.map((one) => one.replaceAll("\u200b", ""))).toEqual(told[locale]);
  });

  test("without data of the locale in the browser, dates and lists are the same as with it", () => {
    for (const at of ["2031-01-05T03:04:00Z", "2031-12-31T23:59:00Z"]) {
      expect(poor(locale).date(at)).toBe(words.date(at));
      expect(poor(locale).time(at).replaceAll(".", ":")).toBe(words.time(at).replaceAll(".", ":"));
      expect(poor(locale).date(at, "Asia/Phnom_Penh")).toBe(words.date(at, "Asia/Phnom_Penh"));
    }
    // Khmer joins with a space of no width where Intl knows it.
    const list = words.list(["kh", "ph"]).replaceAll("\u200b", " ");
    expect(poor(locale).list(["kh", "ph"])).toBe(list);
    expect(poor(locale).list([])).toBe("");
    expect(poor(locale).list(["kh"])).toBe("kh");
  });
});

test("a state or language of no catalogue, and what is none, is shown as well as it can be", () => {
  const words = wordsFromFiles("km", []);
  expect(words.state("FR")).not.toBe("");
  expect(words.state("not a state")).toBe("NOT A STATE");
  expect(words.language("not_a_language")).toBe("not_a_language");
  expect(words.ago("nonsense", now)).toBe("–");
});
