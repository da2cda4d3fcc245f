// Burmese as older phones write it: known pairs of both encodings, and adverts that carry their signs in Zawgyi.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { find, flags, fromZawgyi, unicodeBurmese, zawgyiLikelihood } from "../index.ts";

// Pages of the Myanmar government and the UDHR in both encodings, as myanmar-tools 1.2.0 (Apache-2.0) publishes them.
const folder = path.dirname(createRequire(import.meta.url).resolve("myanmar-tools/package.json"));
const lines = (name: string): string[] =>
  readFileSync(path.join(folder, "resources", name), "utf8")
    .split("\n")
    .map((line) => line.trim().normalize("NFC"))
    .filter((line) => /[\u1000-\u109f].{40}/u.test(line));

test.each([
  ["mmgov_zawgyi_src.txt", "mmgov_unicode_out.txt"],
  ["udhr_mya_zawgyi_out.txt", "udhr_mya_unicode_src.txt"],
])("%s is known for Zawgyi and becomes %s", (zawgyi, unicode) => {
  const [old, plain] = [lines(zawgyi), new Set(lines(unicode))];
  expect(old.filter((line) => zawgyiLikelihood(line) <= 0.95)).toEqual([]);
  expect([...plain].filter((line) => zawgyiLikelihood(line) >= 0.05)).toEqual([]);
  const same = old.filter((line) => plain.has(fromZawgyi(line).normalize("NFC")));
  expect(same.length / old.length).toBeGreaterThan(0.9);
});

const zawgyi = "လစာေကာင္း၊ အေတြ့အႀကံဳမလိုပါ၊ လက္မွတ္ဖရီး။ ဖုန္း ၀၉၄၅၀၀၀၁၂၃၄";
const unicode = "လစာကောင်း၊ အတွေ့အကြုံမလိုပါ၊ လက်မှတ်ဖရီး။ ဖုန်း ၀၉၄၅၀၀၀၁၂၃၄";

test("an advert in Zawgyi has the signs and the number of the same advert in Unicode", () => {
  expect(flags(zawgyi).map(({ flag }) => flag)).not.toContain("pay");
  const read = unicodeBurmese(zawgyi);
  expect(read).toEqual({ text: unicode, zawgyi: true });
  expect(flags(read.text).map(({ flag }) => flag)).toEqual(["pay", "noExperience", "freeTravel"]);
  expect(find(read.text, { region: "MM" }).map((one) => one.canonical)).toEqual(["+959450001234"]);
});

test("what is no Zawgyi stays as it is, also beside a line that is", () => {
  for (const text of ["", "Hubungi 0812-3456-7890", unicode, "ဟုတ်ကဲ့", "လုပ် work"])
    expect(unicodeBurmese(text)).toEqual({ text, zawgyi: false });
  expect(unicodeBurmese(`${unicode}\n${zawgyi}\nFree ticket`)).toEqual({
    text: `${unicode}\n${unicode}\nFree ticket`,
    zawgyi: true,
  });
});

test("a long run takes time in proportion to its length", () => {
  const began = process.cpuUsage();
  for (const one of ["ျမန္မာနိုင္ငံ", " ", "\u103b", "\u200b\u1000"]) fromZawgyi(one.repeat(200_000 / one.length));
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
});
