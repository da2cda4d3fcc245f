// The words of an advert as numbers for a linear model, and back into words that a person can read.
import { fold } from "../fold.ts";

/** Hashed n-grams, ascending, with their weights; the length of the whole is one. */
export interface Vector {
  at: Uint32Array;
  weight: Float32Array;
}

export const dimensions = 1 << 20;
const longest = 20_000;

function hashed(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
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

export const slotOf = (kind: Kind, text: string): number =>
  hashed(text, kind * 0x5f3759df) & (dimensions - 1);

/** Counts of each kind, by slot: what a model weighs by how rare a term is. */
export interface Counted {
  terms: Map<number, { kind: Kind; count: number }>;
  share: readonly [number, number, number];
}

const dense = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]/g;
export function counted(original: string, terms: Terms = usualTerms): Counted {
  const counts: Counted["terms"] = new Map();
  const beginning = original.slice(0, spelled);
  const share = (beginning.match(dense)?.length ?? 0) > beginning.length / 3 ? unspaced : spaced;
  for (const { kind, text } of termsOf(original, terms)) {
    const slot = slotOf(kind, text);
    const held = counts.get(slot);
    if (held === undefined) counts.set(slot, { kind, count: 1 });
    else held.count++;
  }
  return { terms: counts, share };
}

/** Sublinear counts times rarity, each kind of length one, then the whole (tf-idf as usual). */
export function vector({ terms: counts, share }: Counted, rarity: (slot: number) => number): Vector {
  const slots = [...counts.keys()].sort((a, b) => a - b);
  const at = Uint32Array.from(slots);
  const weight = new Float32Array(at.length);
  const sums: [number, number, number] = [0, 0, 0];
  for (const [i, slot] of slots.entries()) {
    const { kind, count } = counts.get(slot)!;
    weight[i] = (1 + Math.log(count)) * rarity(slot);
    sums[kind] += weight[i] ** 2;
  }
  const whole =
    Math.sqrt(sums.reduce((all, sum, kind) => all + (sum > 0 ? share[kind as Kind] ** 2 : 0), 0)) || 1;
  for (const [i, slot] of slots.entries())
    weight[i]! *= share[counts.get(slot)!.kind] / (whole * Math.sqrt(sums[counts.get(slot)!.kind]) || 1);
  return { at, weight };
}
