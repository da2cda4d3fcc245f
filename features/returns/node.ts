// What this room asks of its node.
import type { Clock, NodeCode } from "@simpul/model";
import type { SharesForReturns } from "../referrals/contract.ts";
import type { Compartment } from "../victims/contract.ts";
import type { ReturnTerms } from "./terms.ts";

export interface ReturnsNode {
  code: NodeCode;
  clock: Clock;
  terms: ReturnTerms;
  compartment: Compartment;
  shares: SharesForReturns;
  wake(topic: string): void;
}

/** Today in UTC, as days are written. */
export const todayOf = (node: Pick<ReturnsNode, "clock">): string =>
  node.clock.now().toISOString().slice(0, 10);
