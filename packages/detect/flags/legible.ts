// A folded text as phrases are sought in it: lower case, composed, spacing that hides words taken away; with the way back.
import type { Folded } from "../fold.ts";

export interface Legible {
  text: string;
  /** For every unit of `text`, the unit of the folded text it begins and ends with. */
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Scripts that put no space between words: a space there is layout, or hides a word. */
const dense = (unit: number): boolean =>
  (unit >= 0x0e00 && unit <= 0x0eff) ||
  (unit >= 0x1000 && unit <= 0x109f) ||
  (unit >= 0x1780 && unit <= 0x17ff) ||
  (unit >= 0x3400 && unit <= 0x9fff);

const space = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
const roman = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit <= 0x24f);
const digit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
/** Digits and signs that stand for a letter inside a word: "g4ji", "s@lary". */
const standIn: Readonly<Record<string, string>> = {
  0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s",
}; // prettier-ignore

/** Thai and Lao AM typed as two signs. */
const composed = (text: string): string =>
  text.normalize("NFC").replaceAll("\u0e4d\u0e32", "\u0e33").replaceAll("\u0ecd\u0eb2", "\u0eb3");

/** One phrase as {@link legible} would write it. */
export function legiblePhrase(phrase: string): string {
  const plain = composed(phrase).toLowerCase();
  return plain.replace(/\s+/g, (gap, at: number) =>
    dense(plain.charCodeAt(at - 1)) && dense(plain.charCodeAt(at + gap.length)) ? "" : " ",
  );
}

/** Unit by unit where that is composed already, else letter by letter with its marks. */
function pieces(text: string): { size: number; written: string }[] | null {
  if (composed(text) === text) return null;
  return Array.from(text.matchAll(/\P{M}?[\p{M}\u0e32\u0eb2]*/gsu), ([hit]) => ({
    size: hit.length,
    written: composed(hit),
  })).filter(({ size }) => size > 0);
}

export function legible({ text }: Folded): Legible {
  const apart = pieces(text);
  const lower = apart === null ? text.toLowerCase() : null;
  const same = lower?.length === text.length;
  // Composing and lower case make a few letters longer ("İ"); three units for one is the most.
  const starts = new Uint32Array(same ? text.length : text.length * 3);
  const ends = new Uint32Array(starts.length);
  let out = "";
  let length = 0;
  const put = (written: string, at: number, size: number): void => {
    out += written;
    for (let i = 0; i < written.length; i++) {
      starts[length] = at;
      ends[length++] = at + size;
    }
  };
  let gap = -1;
  let before = 0;
  const count = apart?.length ?? text.length;
  for (let nth = 0, at = 0; nth < count; nth++) {
    const size = apart === null ? 1 : apart[nth]!.size;
    const written = apart === null ? text[at]! : apart[nth]!.written;
    const unit = written.charCodeAt(0);
    if (space(unit)) {
      if (gap < 0) gap = at;
    } else {
      if (gap >= 0 && before !== 0 && !(dense(before) && dense(unit))) put(" ", gap, at - gap);
      gap = -1;
      const stand = unit < 0x41 ? standIn[written] : undefined;
      // NaN past the ends is neither letter nor digit.
      const inside = stand !== undefined && roman(text.charCodeAt(at - 1)) && !digit(text.charCodeAt(at + 1));
      put(inside ? stand : same ? lower[at]! : written.toLowerCase(), at, size);
      before = written.charCodeAt(written.length - 1);
    }
    at += size;
  }
  return { text: out, starts, ends };
}
