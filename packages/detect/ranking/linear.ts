// A small trainer of linear models: L2-loss support vectors by dual coordinate descent (Hsieh and others, ICML 2008).
import {
  counted,
  dimensions,
  slotOf,
  termsOf,
  usualTerms,
  vector,
  type Counted,
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

export interface Label {
  yes: boolean;
  /** How much it counts beside others, 1 unless told otherwise: the labels of one reviewer may count less. */
  weight?: number;
}
export interface Example extends Label {
  text: string;
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
export const train = (examples: readonly Example[], options: TrainOptions): LinearModel =>
  trainOn(
    examples.map(({ text }) => counted(text, options.terms ?? usualTerms)),
    examples,
    options,
  );

/** The same with texts that were counted before: for folds, where each is learned from several times. */
export function trainOn(
  counts: readonly Counted[],
  labels: readonly Label[],
  options: TrainOptions,
): LinearModel {
  const rarity = new Float32Array(dimensions);
  // What counts nothing moves nothing: not even how rare a word is.
  const heard = counts.filter((_, nth) => (labels[nth]!.weight ?? 1) > 0);
  for (const one of heard) for (const slot of one.slots) rarity[slot]!++;
  for (let slot = 0; slot < dimensions; slot++)
    if (rarity[slot]! > 0) rarity[slot] = Math.log((1 + heard.length) / (1 + rarity[slot]!)) + 1;
  const vectors = counts.map((one) => vector(one, rarity));
  const yes = labels.filter((one) => one.yes).length;
  return {
    version: options.version,
    terms: options.terms ?? usualTerms,
    rarity,
    ...descend(vectors, labels, options),
    learned: { yes, no: labels.length - yes },
  };
}

function descend(
  vectors: readonly Vector[],
  labels: readonly Label[],
  { cost = usualCost, random }: TrainOptions,
): { weights: Float32Array; bias: number } {
  const weights = new Float32Array(dimensions);
  let bias = 0;
  const alpha = new Float64Array(vectors.length);
  const sum = (side?: boolean): number =>
    labels.reduce((all, one) => all + (side === undefined || one.yes === side ? (one.weight ?? 1) : 0), 0);
  const [whole, yes, no] = [sum(), Math.max(1, sum(true)), Math.max(1, sum(false))];
  const balance = ({ yes: side, weight = 1 }: Label): number => (weight * whole) / (2 * (side ? yes : no));
  const ridges = labels.map((one) => 1 / (2 * cost * balance(one)));
  // What counts nothing is not visited.
  const order = vectors.flatMap((_, nth) => ((labels[nth]!.weight ?? 1) > 0 ? [nth] : []));
  for (let round = 0; round < rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    let moved = 0;
    for (const nth of order) {
      const { at, weight } = vectors[nth]!;
      const side = labels[nth]!.yes ? 1 : -1;
      const ridge = ridges[nth]!;
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
export const margin = (model: LinearModel, text: string): number =>
  marginOf(model, counted(text, model.terms));

export function marginOf(model: LinearModel, of: Counted): number {
  const { at, weight } = vector(of, model.rarity);
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
