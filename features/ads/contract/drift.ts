// How the last week of a source lies beside the eight before it: a change of wording, of place, or of what the source gives.
import type { Id } from "@simpul/model";

/** Shares between 0 and 1. */
export interface Beside {
  before: number;
  now: number;
}

export interface Drift {
  source: Id;
  name: string;
  /** Adverts of the eight weeks before, and of the last seven days. */
  adverts: Beside;
  /** Worth a look by the rank. */
  above: Beside;
  /** Like nothing that came before in their week: first of a campaign. */
  fresh: Beside;
  /** How far the scores lie from those before (population stability index); from 0.25 on they are others. */
  spread: number;
  /** Signs that stand far more or far less often than before, beyond chance. */
  signs: (Beside & { flag: string })[];
  /** Scores or signs are others: what was learned from this source may no longer hold. */
  alarm: boolean;
}

/** Adverts before and now below which nothing is said. */
export const driftNeeds = 50;
