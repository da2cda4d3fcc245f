// A possible selector in a folded text, before the overlapping ones are weighed against each other.
import type { SelectorType } from "@simpul/model";
import type { Normalised, Reason } from "@simpul/match/profiles";
import type { Folded } from "./fold.ts";

export interface Candidate {
  type: SelectorType;
  /** In the folded text, UTF-16 units. */
  start: number;
  end: number;
  canonical: string;
  valid: boolean;
  reason?: Reason;
  platform?: string;
  chain?: string;
  /** How much the finding says by itself: 3 checksum or scheme, 2 named by the words around it, 1 shape alone. */
  weight: 1 | 2 | 3;
  /** May lie inside another finding: the number inside a link to it. */
  inside?: true;
}

export interface Page {
  folded: Folded;
  region: string | null;
  /** The country whose language is spoken around this place, or null. */
  home(at: number): string | null;
}

export const candidate = (
  type: SelectorType,
  span: { start: number; end: number },
  from: Normalised,
  weight: Candidate["weight"],
  more: Pick<Candidate, "platform" | "chain" | "inside"> = {},
): Candidate => ({
  type,
  start: span.start,
  end: span.end,
  canonical: from.canonical,
  valid: from.valid,
  weight,
  ...(from.reason ? { reason: from.reason } : {}),
  ...more,
});
