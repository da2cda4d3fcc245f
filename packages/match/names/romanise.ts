// A name in Latin letters, from any of the region's scripts, and the skeleton of its sounds by which spellings meet.
import { before, carriesVowel, latin, letters, rhymes, silencing, tamilVowel } from "./scripts.ts";

const han = /\p{Script=Han}/u;

/** Latin letters for a name; Chinese signs stay as they are, for one sign has many readings. */
export function romanise(name: string): string {
  const signs = Array.from(reordered(rhymed(name.normalize("NFC").toLowerCase())));
  let out = "";
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i]!;
    if (silencing.has(signs[i + 1] ?? "")) continue;
    if (silencing.has(sign)) continue;
    if (han.test(sign)) out += sign;
    else if (sign in letters) {
      out += letters[sign]!;
      if (carriesVowel.test(sign) && !tamilVowel.test(signs[i + 1] ?? "")) out += "a";
    } else if (sign in latin) out += latin[sign]!;
    else if (sign <= "\x7f") out += sign;
    else out += sign.normalize("NFD").replace(/\p{M}/gu, "");
  }
  return out.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

const rhymed = (text: string): string =>
  /[\u1000-\u109f]/.test(text)
    ? rhymes.reduce((out, [signs, sound]) => out.replace(signs, sound), text)
    : text;

/** Thai and Lao write some vowels before their consonant; they are spoken after it. */
function reordered(text: string): string {
  const signs = Array.from(text);
  for (let i = 0; i + 1 < signs.length; i++)
    if (before.has(signs[i]!)) {
      [signs[i], signs[i + 1]] = [signs[i + 1]!, signs[i]!];
      i += 1;
    }
  return signs.join("");
}

const sounds: readonly (readonly [RegExp, string])[] = [
  [/ng/g, "N"],
  [/chh|tch|ch|tj|dj|j/g, "C"],
  [/sh|hs|zh|x|z/g, "s"],
  [/ph|hp|bh/g, "p"],
  [/th|ht|dh/g, "t"],
  [/kh|hk|gh|q|ck/g, "k"],
  [/ny|nh|ñ/g, "n"],
  [/c/g, "k"],
  [/f/g, "p"],
  [/v|w/g, "w"],
  [/b/g, "p"],
  [/d/g, "t"],
  [/g/g, "k"],
  [/r/g, "l"],
];

/** Consonants by their class, without vowels, h and doubling: `Phonphimol` and `พรพิมล` meet in it. */
export function skeleton(word: string): string {
  let out = word;
  for (const [sound, sign] of sounds) out = out.replace(sound, sign);
  const first = /^[aeiou]/.test(out) ? "a" : "";
  return (first + out.replace(/[aeiouyh]/g, "")).replace(/(.)\1+/g, "$1");
}

/** Titles and words of descent that stand on one list and not on the other. */
const little = new Set(
  "mr mrs ms miss nai nang nangsao daw u bin binti bt bte al ap so do a l s o p van thi anak lok neak".split(
    " ",
  ),
);

/** The parts of a name that count, in Latin letters; one part alone is a whole name. */
export function partsOf(name: string): string[] {
  const all = romanise(name)
    .split(" ")
    .filter((one) => one !== "");
  const kept = all.filter((one) => !little.has(one));
  return kept.length === 0 ? all : kept;
}
