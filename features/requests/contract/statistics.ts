// Statistics without content (MSG-11): how much was asked of whom, how fast it was opened and answered, and how it ended.
import type { NodeCode } from "@simpul/model";
import type { Box, UnaskedKind } from "./requests.ts";

export interface PartnerFigures {
  peer: NodeCode;
  box: Box;
  asked: number;
  urgent: number;
  full: number;
  partial: number;
  noneHeld: number;
  refused: number;
  transferred: number;
  withdrawn: number;
  /** Still under way. */
  open: number;
  /** Under way with their limit passed. */
  overdue: number;
  /** Ended after their limit. */
  late: number;
  /** Medians in seconds from arrival; null where nothing was opened or ended. */
  toOpen: number | null;
  toEnd: number | null;
  /** How often, by ground and by usefulness. */
  grounds: Record<string, number>;
  usefulness: Record<string, number>;
}

export interface Statistics {
  /** Days, the last one included. */
  from: string;
  to: string;
  partners: PartnerFigures[];
  /** What was told without having been asked, which is in no other figure (MSG-2). */
  unasked: { peer: NodeCode; box: Box; kind: UnaskedKind; told: number }[];
}
