// Signs that a text was dressed up to slip past filters: hidden marks inside words, mixed alphabets, turned direction.

export interface Disguise {
  start: number;
  end: number;
  gloss: string;
}

// Between Latin letters or digits only: joiners and spaces of no width belong to Khmer, Burmese, Tamil and emoji.
const hidden = /(?<=[a-z0-9])[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+(?=[a-z0-9])/gi;
const turned = /[\u202d\u202e][^\u202c\n]*/g;
const mixed =
  /[\p{Script=Latin}]+[\p{Script=Cyrillic}\p{Script=Greek}][\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]*|[\p{Script=Cyrillic}\p{Script=Greek}]+[\p{Script=Latin}][\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]*/gu;

/** At most 50 of a kind: more say nothing more. Places are of the original text. */
export function disguises(original: string): Disguise[] {
  const found: Disguise[] = [];
  for (const [shape, gloss] of [
    [hidden, "hidden marks inside a word"],
    [turned, "writing direction turned round"],
    [mixed, "letters of another alphabet that look Latin"],
  ] as const) {
    if (shape === mixed && !/[\u0370-\u052f]/.test(original)) continue;
    let seen = 0;
    for (const hit of original.matchAll(shape)) {
      found.push({ start: hit.index, end: hit.index + hit[0].length, gloss });
      if (++seen === 50) break;
    }
  }
  return found;
}
