// How sure it is that two are linked: from what each statement rests on, in words and never as a number.
import type { Evaluation } from "@simpul/model";

/**
 * - `firm`: a reliable source knows it beyond doubt, or two that do not depend on each other say so.
 * - `supported`: one reliable source that knows it itself, or whose word something else bears out.
 * - `weak`: everything else; an unreliable or unknown source, or a word that nothing bears out.
 */
export const suretys = ["firm", "supported", "weak"] as const;
export type Surety = (typeof suretys)[number];

export interface Grounds {
  evaluation: Evaluation;
  /** What it rests on in the end: an item, an officer, another state. Statements of one origin count once. */
  origin: string;
}

const reliable = ({ source }: Evaluation): boolean => source === "A" || source === "B";

/** How sure one statement is by itself (EV-3: source and information are graded apart). */
export function suretyOf(evaluation: Evaluation): Surety {
  if (!reliable(evaluation)) return "weak";
  if (evaluation.information === "1") return "firm";
  return evaluation.information === "4" ? "weak" : "supported";
}

/** How sure they are together. Weak statements never add up to more: a rumour told twice stays a rumour. */
export function suretyOfAll(grounds: readonly Grounds[]): Surety {
  if (grounds.some((one) => suretyOf(one.evaluation) === "firm")) return "firm";
  const origins = new Set(
    grounds.filter((one) => suretyOf(one.evaluation) === "supported").map((one) => one.origin),
  );
  if (origins.size === 0) return "weak";
  return origins.size > 1 ? "firm" : "supported";
}
