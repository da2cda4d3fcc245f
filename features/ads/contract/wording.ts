// What pages may know of wording learned on this node: labelled sets, models with their figures, which one is in use.
import type { Id } from "@simpul/model";

/** What of a file is the text, what its label, and which labels mean false and honest; others are left out. */
export interface SetMapping {
  text: string[];
  said: string;
  yes: string[];
  no: string[];
}
export interface AskSet {
  name: string;
  origin: string;
  licence: string;
  /** Whose adverts these are, where that is a source of this agency: then they say what a margin means there. */
  source: Id | null;
  fileName: string;
  size: number;
  mapping: SetMapping;
}
export interface LabelSet extends Omit<AskSet, "mapping"> {
  id: Id;
  sourceName: string | null;
  /** Parts that are here, so that sending can go on. */
  parts: number[];
  state: "open" | "reading" | "ready" | "refused" | "withdrawn";
  refusal: string | null;
  yes: number;
  no: number;
  leftOut: number;
  by: Id;
  at: string;
}

/** Told apart by a model that learned from no near-duplicate of any of them. */
export interface WordingFigures {
  yes: number;
  no: number;
  /** Adverts that are no version of one another. */
  groups: number;
  f1: number;
  /** Share of the false found where one honest advert in a hundred is taken for false. */
  recall: number;
}
export interface SourceWording extends WordingFigures {
  /** Null: labelled sets that are of no source here. */
  source: Id | null;
  name: string;
  /** At the mark that three honest adverts in a hundred pass: false and honest above it. */
  above: { yes: number; no: number };
  /** Null where too few are labelled: what a margin means in this source nobody knows. */
  marks: { middle: number; rare: number } | null;
}
export interface ModelFigures extends WordingFigures {
  marks: { middle: number; rare: number } | null;
  sources: SourceWording[];
  /** Labelled adverts by language: in others the model says nothing. */
  languages: Record<string, number>;
}

export interface Learned {
  sets: { id: Id; name: string; yes: number; no: number }[];
  /** Own decisions, and how much each reviewer's count. */
  reviewers: { officer: Id; labels: number; weight: number; noticed: boolean }[];
  left: number;
}
export interface WordingModel {
  id: Id;
  version: number;
  state: "training" | "ready" | "failed";
  refusal: string | null;
  learned: Learned;
  /** Of five, how many folds are measured. */
  folds: number;
  figures: ModelFigures | null;
  size: number | null;
  by: Id;
  at: string;
}
export interface WordingUse {
  model: Id | null;
  version: number | null;
  reason: string;
  by: Id;
  at: string;
  /** Waiting adverts ranked anew; done when `rankedAt` is said. */
  ranked: number;
  rankedAt: string | null;
}
export interface WordingView {
  sets: LabelSet[];
  models: WordingModel[];
  uses: WordingUse[];
  /** Own decisions that could be learned from, and reviewers whose labels count for less or for nothing. */
  own: { yes: number; no: number; reviewers: Learned["reviewers"] };
  sources: { id: Id; name: string }[];
  /** Labels of a source or a language below which a margin counts little. */
  needed: number;
}

export const wordingLimits = {
  sets: 100,
  texts: 20_000,
  /** UTF-16 units of a text that wording is learned from. */
  text: 20_000,
  /** Examples of one model: the newest decisions first, then the sets. */
  examples: 8_000,
  /** Of either kind: with fewer there is nothing to tell apart. */
  least: 20,
  models: 200,
  folds: 5,
} as const;
