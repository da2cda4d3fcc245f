// A small trainer of linear models: L2-loss support vectors by dual coordinate descent (Hsieh and others, ICML 2008).
import {
  counted,
  dimensions,
  slotOf,
  termsOf,
  usualTerms,
  vector,
  type Terms,
  type Vector,
} from "./wording.ts";

/** A model as data: it can be kept as bytes, compared with the one before, and read. */
export interface LinearModel {
  version: string;
  terms: Terms;
  /** By slot: how rare a term was, and what it weighs. Terms that were never seen weigh nothing. */
  rarity: Float32Array;
  weights: Float32Array;
  bias: number;
  /** Labelled adverts it learned from: for and against. */
  learned: { yes: number; no: number };
}

export interface Example {
  text: string;
  yes: boolean;
}

export interface TrainOptions {
  version: string;
  terms?: Terms;
  /** How hard an error is punished; labels of the rarer kind weigh more, so that both kinds weigh the same. */
  cost?: number;
  /** From 0 to below 1: the order in which examples are visited. */
  random: () => number;
}

const rounds = 30;
const usualCost = 3;

/** Trains in time that grows with the number of examples; the same examples and random numbers give the same model. */
export function train(examples: readonly Example[], options: TrainOptions): LinearModel {
  const terms = options.terms ?? usualTerms;
  const counts = examples.map(({ text }) => counted(text, terms));
  const rarity = new Float32Array(dimensions);
  for (const one of counts) for (const slot of one.slots) rarity[slot]!++;
  for (let slot = 0; slot < dimensions; slot++)
    if (rarity[slot]! > 0) rarity[slot] = Math.log((1 + examples.length) / (1 + rarity[slot]!)) + 1;
  const vectors = counts.map((one) => vector(one, rarity));
  const yes = examples.filter((one) => one.yes).length;
  const { weights, bias } = descend(vectors, examples, yes, options);
  return {
    version: options.version,
    terms,
    rarity,
    weights,
    bias,
    learned: { yes, no: examples.length - yes },
  };
}

function descend(
  vectors: readonly Vector[],
  examples: readonly Example[],
  yes: number,
  { cost = usualCost, random }: TrainOptions,
): { weights: Float32Array; bias: number } {
  const weights = new Float32Array(dimensions);
  let bias = 0;
  const alpha = new Float64Array(vectors.length);
  const balance = (one: boolean): number =>
    examples.length / (2 * Math.max(1, one ? yes : examples.length - yes));
  const order = vectors.map((_, nth) => nth);
  for (let round = 0; round < rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    let moved = 0;
    for (const nth of order) {
      const { at, weight } = vectors[nth]!;
      const side = examples[nth]!.yes ? 1 : -1;
      const ridge = 1 / (2 * cost * balance(examples[nth]!.yes));
      let product = bias;
      let square = 1 + ridge;
      for (let i = 0; i < at.length; i++) {
        product += weights[at[i]!]! * weight[i]!;
        square += weight[i]! ** 2;
      }
      const slope = side * product - 1 + ridge * alpha[nth]!;
      const next = Math.max(0, alpha[nth]! - slope / square);
      const step = (next - alpha[nth]!) * side;
      if (step === 0) continue;
      alpha[nth] = next;
      moved = Math.max(moved, Math.abs(step));
      for (let i = 0; i < at.length; i++) weights[at[i]!]! += step * weight[i]!;
      bias += step;
    }
    if (moved < 1e-3) break;
  }
  return { weights, bias };
}

/** How far on the side of "yes" a text lies; no probability (see `calibrate`). */
export function margin(model: LinearModel, text: string): number {
  const { at, weight } = vector(counted(text, model.terms), model.rarity);
  let sum = model.bias;
  for (let i = 0; i < at.length; i++) sum += model.weights[at[i]!]! * weight[i]!;
  return sum;
}

/** The terms that moved the margin most, whole words first where letters say the same; for the panel of wording. */
export function tellingTerms(model: LinearModel, text: string, most = 5): { term: string; share: number }[] {
  const { at, weight } = vector(counted(text, model.terms), model.rarity);
  const shares = new Map(Array.from(at, (slot, i) => [slot, model.weights[slot]! * weight[i]!] as const));
  const found = new Map<string, number>();
  for (const { kind, text: term } of termsOf(text, model.terms)) {
    // Letters are read only where there are no words to read: a script without spaces.
    if (kind === 2) continue;
    if (kind === 1 && (/[a-z]/.test(term) || term.trim().length < 4)) continue;
    found.set(term, shares.get(slotOf(kind, term)) ?? 0);
  }
  return [...found]
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
    .slice(0, most)
    .map(([term, share]) => ({ term, share }));
}
