// Characters as they are meant: native digits, full-width and styled letters, odd spaces and dashes, invisible marks.

/** Where the decimal digits of a script begin (Unicode, general category Nd): ten code points each, zero first. */
export const digitZeros: Readonly<Record<string, number>> = {
  arabic: 0x0660,
  persian: 0x06f0,
  devanagari: 0x0966,
  bengali: 0x09e6,
  tamil: 0x0be6,
  thai: 0x0e50,
  lao: 0x0ed0,
  burmese: 0x1040,
  shan: 0x1090,
  khmer: 0x17e0,
  balinese: 0x1b50,
  javanese: 0xa9d0,
  fullWidth: 0xff10,
};

const kept = 0;
const removed = 0xffff;
const longer = 0xfffe;
const table = new Uint16Array(0x10000);
const many = new Map<number, string>();

function fill(from: number, to: number, value: number): void {
  for (let at = from; at <= to; at++) table[at] = value;
}

/** Letters and digits in another dress (NFKC), in blocks where that never changes the text of a living script. */
const dressed: readonly (readonly [number, number])[] = [
  [0x00b2, 0x00b3],
  [0x2070, 0x209c],
  [0x2100, 0x214f],
  [0x2460, 0x24ea],
  [0xfb00, 0xfb06],
  [0xff01, 0xff5e],
];

for (const [from, to] of dressed)
  for (let at = from; at <= to; at++) {
    const plain = String.fromCharCode(at).normalize("NFKC");
    if (plain.length === 1) table[at] = plain.charCodeAt(0);
    else {
      table[at] = longer;
      many.set(at, plain);
    }
  }
for (const zero of Object.values(digitZeros)) for (let n = 0; n < 10; n++) table[zero + n] = 0x30 + n;
for (const [from, to] of [
  [0x00a0, 0x00a0],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
] as const)
  fill(from, to, 0x20);
for (const dash of [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63])
  table[dash] = 0x2d;
// Soft hyphen, joiners, directions, word joiners, variation selectors, keycap: they show nothing and hide a number.
for (const [from, to] of [
  [0x00ad, 0x00ad],
  [0x061c, 0x061c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20e3, 0x20e3],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
] as const)
  fill(from, to, removed);

/**
 * What stands for this UTF-16 unit: itself (null), nothing (""), or other characters. Surrogates are left to
 * {@link plainPoint}.
 */
export function plainUnit(unit: number): string | null {
  const to = table[unit]!;
  if (to === kept) return null;
  if (to === removed) return "";
  return to === longer ? many.get(unit)! : String.fromCharCode(to);
}

/** The same above the Basic Multilingual Plane: styled letters and digits used to slip past filters. */
export function plainPoint(point: number): string | null {
  if (point < 0x1d400 || point > 0x1fbf9) return null;
  // Mathematical alphanumerics, enclosed alphanumerics, segmented digits.
  if (point <= 0x1d7ff || (point >= 0x1f100 && point <= 0x1f16f) || (point >= 0x1fbf0 && point <= 0x1fbf9)) {
    const plain = String.fromCodePoint(point).normalize("NFKC");
    return plain === String.fromCodePoint(point) ? null : plain;
  }
  return null;
}

/** Letters of other scripts that look like Latin ones (Unicode confusables, lower and upper case that share a shape). */
const looksLike: Readonly<Record<string, string>> = {
  а: "a", в: "b", е: "e", ѕ: "s", і: "i", ј: "j", к: "k", м: "m", о: "o", р: "p", с: "c", т: "t", у: "y", х: "x",
  ԁ: "d", ԛ: "q", ԝ: "w", һ: "h", А: "A", В: "B", Е: "E", Ѕ: "S", І: "I", Ј: "J", К: "K", М: "M", Н: "H", О: "O",
  Р: "P", С: "C", Т: "T", У: "Y", Х: "X", α: "a", ο: "o", ρ: "p", ν: "v", ι: "i", κ: "k", Α: "A", Β: "B", Ε: "E",
  Ζ: "Z", Η: "H", Ι: "I", Κ: "K", Μ: "M", Ν: "N", Ο: "O", Ρ: "P", Τ: "T", Υ: "Y", Χ: "X", ɑ: "a", ɡ: "g", ı: "i",
}; // prettier-ignore

/** The Latin letter this one pretends to be, or null. */
export const lookalike = (letter: string): string | null => looksLike[letter] ?? null;

/** Everything a reader does not see taken away, everything dressed up made plain. */
export function plain(text: string): string {
  let out = "";
  for (const letter of text) {
    const to = letter.length === 1 ? plainUnit(letter.charCodeAt(0)) : plainPoint(letter.codePointAt(0)!);
    out += to ?? letter;
  }
  return out;
}

/** The Luhn sum (ISO/IEC 7812-1 annex B) comes out even. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
