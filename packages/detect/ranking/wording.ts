// The words of an advert as numbers for a linear model, and back into words that a person can read.
import { fold } from "../fold.ts";

/** Hashed n-grams with their weights; the length of the whole is one. */
export interface Vector {
  at: Uint32Array;
  weight: Float32Array;
}

export const dimensions = 1 << 20;
const longest = 20_000;

/** FNV-1a by kind, its bits mixed at the end. */
const begun = (kind: Kind): number => 0x811c9dc5 ^ (kind * 0x5f3759df);
function ended(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
function hashed(text: string, kind: Kind): number {
  let hash = begun(kind);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ended(hash);
}

export interface Terms {
  /** Word pairs as well as words. */
  words: boolean;
  /** Letters, from and to; null for none. They need no segmenter, so Thai and Khmer are read like English. */
  letters: readonly [number, number] | null;
  /** How it is laid out: length, empty parts, capitals, marks. Says nothing about a person. */
  form?: boolean;
}

/** Words, letters, form. */
export type Kind = 0 | 1 | 2;
/** How much each kind counts beside the others; a script without spaces has letters to go by, and hardly words. */
const spaced: readonly [number, number, number] = [1, 0.5, 0.4];
const unspaced: readonly [number, number, number] = [0.6, 1, 0.1];
/** Letters are read at the beginning; a long advert is told by its words. */
const spelled = 800;

/** Words and letters in one: what the ranker uses. The plain model beside it in the bench has words alone. */
export const usualTerms: Terms = { words: true, letters: [2, 5], form: true };

const plain = (original: string): string =>
  fold(original.slice(0, longest))
    .text.normalize("NFC")
    .toLowerCase()
    .replace(/\d/g, "0")
    .replace(/\s+/g, " ");

function* formOf(original: string): Generator<string> {
  const text = original.slice(0, longest);
  yield `length ${Math.floor(2 * Math.log2(text.length + 1))}`;
  for (const [nth, part] of text.split("\n").slice(0, 8).entries())
    yield `part ${nth} ${part.trim() === "" ? "empty" : Math.floor(Math.log2(part.length + 1))}`;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  yield `capitals ${Math.round((20 * capitals) / (letters + 1))}`;
  for (const sign of ["!", "$", "?", "%", "http", "@", "•", "*", ":", "+", "/"])
    yield `${sign} ${Math.min(4, text.split(sign).length - 1)}`;
}

/** Every n-gram of a text with the kind it is of; the same one may come often. */
export function* termsOf(original: string, terms: Terms): Generator<{ kind: Kind; text: string }> {
  const text = plain(original);
  if (terms.form === true) for (const one of formOf(original)) yield { kind: 2, text: one };
  if (terms.words) {
    let before = "";
    for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      yield { kind: 0, text: word };
      if (before !== "") yield { kind: 0, text: `${before} ${word}` };
      before = word;
    }
  }
  if (terms.letters !== null)
    for (let size = terms.letters[0]; size <= terms.letters[1]; size++)
      for (let at = 0; at + size <= Math.min(spelled, text.length); at++)
        yield { kind: 1, text: text.slice(at, at + size) };
}

export const slotOf = (kind: Kind, text: string): number => hashed(text, kind) & (dimensions - 1);

/** Each term of a text once, by slot: of which kind it is and how often it stands. What a model weighs by rarity. */
export interface Counted {
  slots: Uint32Array;
  kinds: Uint8Array;
  counts: Uint16Array;
  share: readonly [number, number, number];
}

const dense = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]/g;
/** Counted here and cleared at once: a table is some times faster than a map, and a text has thousands of terms. */
const tally = new Uint16Array(dimensions);
/** Room for the terms of any text: two of each word, the letters of its beginning, its form. */
const slots = new Uint32Array(3 * longest);
const kinds = new Uint8Array(slots.length);

export function counted(original: string, terms: Terms = usualTerms): Counted {
  const beginning = original.slice(0, spelled);
  const share = (beginning.match(dense)?.length ?? 0) > beginning.length / 3 ? unspaced : spaced;
  let length = 0;
  const add = (slot: number, kind: Kind): void => {
    const before = tally[slot]!;
    if (before === 0 && length < slots.length) {
      slots[length] = slot;
      kinds[length++] = kind;
      tally[slot] = 1;
    } else if (before > 0 && before < 0xffff) tally[slot] = before + 1;
  };
  for (const { kind, text } of termsOf(original, { ...terms, letters: null })) add(slotOf(kind, text), kind);
  if (terms.letters !== null) {
    const [shortest, most] = terms.letters;
    const text = plain(original).slice(0, spelled);
    // The hashes of slotOf(1, …), letter by letter without cutting the text up.
    for (let at = 0; at < text.length; at++) {
      let hash = begun(1);
      for (let size = 1; size <= most && at + size <= text.length; size++) {
        hash = Math.imul(hash ^ text.charCodeAt(at + size - 1), 0x01000193);
        if (size >= shortest) add(ended(hash) & (dimensions - 1), 1);
      }
    }
  }
  const counts = new Uint16Array(length);
  for (let nth = 0; nth < length; nth++) {
    const slot = slots[nth]!;
    counts[nth] = tally[slot]!;
    tally[slot] = 0;
  }
  return { slots: slots.slice(0, length), kinds: kinds.slice(0, length), counts, share };
}

/** Sublinear counts times rarity, each kind of length one, then the whole (tf-idf as usual). */
export function vector({ slots, kinds, counts, share }: Counted, rarity: Float32Array): Vector {
  const weight = new Float32Array(slots.length);
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < slots.length; i++) {
    const own = (1 + Math.log(counts[i]!)) * rarity[slots[i]!]!;
    weight[i] = own;
    sums[kinds[i] as Kind] += own ** 2;
  }
  const whole =
    Math.sqrt(sums.reduce((all, sum, kind) => all + (sum > 0 ? share[kind as Kind] ** 2 : 0), 0)) || 1;
  const scale = sums.map((sum, kind) => share[kind as Kind] / (whole * Math.sqrt(sum) || 1));
  for (let i = 0; i < slots.length; i++) weight[i] = weight[i]! * scale[kinds[i]!]!;
  return { at: slots, weight };
}
