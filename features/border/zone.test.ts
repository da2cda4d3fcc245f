// Photos of invented specimens (ICAO Doc 9303, state UTO): straight, leaning, noisy, upside down; and what is no zone.
import { readFileSync } from "node:fs";
import { readZone, type Grey } from "@simpul/match/zone";
import { wrongDigits } from "@simpul/match/profiles";
import sharp from "sharp";
import { expect, test } from "vitest";
import { photographed } from "./photographed.ts";

const passport = [
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];
const card = [
  "I<UTOD231458907<<<<<<<<<<<<<<<",
  "7408122F1204159UTO<<<<<<<<<<<6",
  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];

/** `noise`: dots vary by so many shades, the same way every time. */
async function photo(name: string, { turned = 0, noise = 0, wide = 1000 } = {}): Promise<Grey> {
  const bytes = readFileSync(new URL(`specimens/${name}.png`, import.meta.url));
  const { data, info } = await sharp(bytes)
    .resize(wide)
    .rotate(turned, { background: "#777" })
    .greyscale()
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  let seed = 1;
  const chance = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const dots = Uint8Array.from(data, (one) => Math.max(0, Math.min(255, one + (chance() - 0.5) * noise)));
  return { data: dots, width: info.width, height: info.height };
}

test.each([
  ["straight", {}],
  ["leaning, with noise", { turned: 3, noise: 80 }],
  ["leaning the other way", { turned: -5, noise: 60 }],
  ["upside down", { turned: 180, noise: 40 }],
  ["from further away", { wide: 760, noise: 60 }],
])("a passport photographed %s is read letter by letter, and all its check digits fit", async (_, how) => {
  const read = readZone(await photo("passport", how));
  expect(read!.lines).toEqual(passport);
  expect(read).toMatchObject({ fitting: 4, checks: 4 });
  expect(wrongDigits(read!.lines.join("\n"))).toEqual([]);
});

test.each([
  ["straight", {}],
  ["leaning, with noise", { turned: -2, noise: 80 }],
  ["on its side", { turned: 90, noise: 40 }],
])("a card of three lines photographed %s is read", async (_, how) => {
  expect(readZone(await photo("card", how))!.lines).toEqual(card);
});

// Measured over ten of each: 10 of 10 in ordinary light, 6 in bad light; none was read wrong with all its check digits fitting.
const ordinary = { angle: 5, blur: 1.2, shade: 60, glare: 60, noise: 20, quality: 70 };
const bad = { angle: 9, blur: 1.8, shade: 90, glare: 110, noise: 35, quality: 50 };
test("held at an angle under a lamp, out of focus and kept as JPEG, a page is read whole, or said to be unread or unsure", async () => {
  const specimen = readFileSync(new URL("specimens/passport.png", import.meta.url));
  for (const seed of [1, 2])
    expect(readZone(await photographed(specimen, ordinary, seed))!.lines).toEqual(passport);
  const read = readZone(await photographed(specimen, bad, 3));
  if (read?.fitting === read?.checks) expect(read?.lines ?? passport).toEqual(passport);
});

test("a check digit that does not fit is not talked away: it is said which", async () => {
  const read = readZone(await photo("passport-wrong-digit"));
  expect(read!.fitting).toBeLessThan(read!.checks);
  expect(wrongDigits(read!.lines.join("\n"))).toEqual(expect.arrayContaining(["birth"]));
});

test("a page without a zone, an even sheet and a field of noise give nothing", async () => {
  const even = { data: new Uint8Array(600 * 400).fill(200), width: 600, height: 400 };
  expect(readZone(even)).toBeNull();
  let seed = 7;
  const chance = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) & 255;
  expect(readZone({ ...even, data: Uint8Array.from(even.data, chance) })).toBeNull();
  const { data, width, height } = await photo("passport");
  const above = Math.round(height * 0.7);
  expect(readZone({ data: data.subarray(0, width * above), width, height: above })).toBeNull();
  expect(readZone({ data: new Uint8Array(1), width: 1, height: 1 })).toBeNull();
});
